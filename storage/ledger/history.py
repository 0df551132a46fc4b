"""What the events tell: how a commitment stands by them alone, and whether any of them was changed or left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from storage.chain import CHAINED, FIRST, event_sha256
from storage.engine import Database, Session
from storage.ledger.events import TRACKED, snapshot
from storage.ledger.queries import EventView
from storage.tables import Commitment, Event

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Chain:
    """How many events are sound from the first on; `broken_at` is the first that is not."""

    events: int
    broken_at: int | None = None


def replay(events: Iterable[EventView | Event]) -> dict[str, Any]:
    """How a commitment stands after its events, from the one that opened it on."""
    standing: dict[str, Any] = {}
    for event in events:
        if event.verb == "open":
            standing = {}
        standing |= {name: value for name, value in (event.after or {}).items() if name in TRACKED}
    return standing


async def verify_chain(database: Database) -> Chain:
    """Compute every hash again, in the order in which the events were written."""
    previous, checked, last_id = FIRST, 0, 0
    async with database.reading() as session:
        while True:
            rows = select(Event).where(col(Event.id) > last_id).order_by(col(Event.id)).limit(AT_ONCE)
            events = (await session.exec(rows)).all()
            for event in events:
                previous = event_sha256(previous, {name: getattr(event, name) for name in CHAINED})
                if event.sha256 != previous:
                    return Chain(checked, event.id)
                checked += 1
                last_id = event.id or 0
            if len(events) < AT_ONCE:
                return Chain(checked)
            session.expunge_all()


async def find_astray(database: Database) -> list[int]:
    """The commitments whose rows say something else than their events: somebody changed them past the ledger."""
    astray: list[int] = []
    async with database.reading() as session:
        opened = select(Event.commitment_id).where(Event.verb == "open").order_by(col(Event.commitment_id))
        ids = [commitment_id for commitment_id in await session.exec(opened.distinct()) if commitment_id is not None]
        for start in range(0, len(ids), AT_ONCE):
            astray += await _find_astray(session, ids[start : start + AT_ONCE])
            session.expunge_all()
    return astray


async def _find_astray(session: Session, ids: list[int]) -> list[int]:
    events: dict[int | None, list[Event]] = defaultdict(list)
    for event in await session.exec(select(Event).where(col(Event.commitment_id).in_(ids)).order_by(col(Event.id))):
        events[event.commitment_id].append(event)
    rows = await session.exec(select(Commitment).where(col(Commitment.id).in_(ids)).order_by(col(Commitment.id)))
    return [row.id or 0 for row in rows if snapshot(row) != replay(events[row.id])]
