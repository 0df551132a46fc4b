"""What the events tell: how a commitment stands by them alone, and whether any of them was changed or left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from storage.chain import CHAINED, FIRST, event_sha256
from storage.engine import Database
from storage.ledger.events import TRACKED
from storage.ledger.queries import EventView
from storage.tables import Event

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Chain:
    """How many events are sound from the first on; `broken_at` is the first that is not."""

    events: int
    broken_at: int | None = None


def replay(events: Iterable[EventView]) -> dict[str, Any]:
    """How a commitment stands after its events, from the one that opened it on."""
    standing: dict[str, Any] = {}
    for event in events:
        if event.verb == "open":
            standing = {}
        standing |= {name: value for name, value in event.after.items() if name in TRACKED}
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
