"""One commitment becomes several, or two become one; nothing is deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.people import Actor
from commitments.verbs import NotNow, Verb
from storage.engine import Database
from storage.ledger.events import record, snapshot
from storage.ledger.moving import move, standing_of, take, tell
from storage.search import index_commitment
from storage.tables import Commitment

COPIED = (
    *("reply_id", "section", "verifiable", "due_on", "due_basis", "due_text", "due_rule", "derivation"),
    *("original_due_on", "recurrence", "owner", "cues", "confidence", "state", "reviewed", "opened_on"),
    *("unit_id", "contact_id", "redone"),
)


async def split(
    database: Database,
    commitment_id: int,
    parts: Sequence[str],
    *,
    now: datetime,
    by: Actor,
    expected: int | None = None,
) -> list[int]:
    """拆分: the first part stays, the others become commitments of their own with the same date; all their ids."""
    async with database.writing() as session:
        commitment = await take(session, commitment_id, Verb.SPLIT, by=by, expected=expected)
        others = [await _add_part(session, commitment, part, now, by) for part in parts[1:]]
        more = {"into": others}
        event = await move(session, commitment, Verb.SPLIT, {"quote": parts[0]}, by=by, now=now, more=more)
        for part_id in (commitment_id, *others):
            await index_commitment(session, part_id)
        await tell(session, commitment, event, now=now)
    return [commitment_id, *others]


async def merge(
    database: Database, commitment_id: int, into_id: int, *, now: datetime, by: Actor, expected: int | None = None
) -> Commitment:
    """并入: the other commitment of the same reply goes on for both; answers to this one's cards go there."""
    async with database.writing() as session:
        first, second = sorted((commitment_id, into_id))
        # Both rows in the order of their ids, so that two merges cannot wait for each other.
        locked = {row: await take(session, row, Verb.MERGE, by=by) for row in dict.fromkeys((first, second))}
        commitment, into = await take(session, commitment_id, Verb.MERGE, by=by, expected=expected), locked[into_id]
        if commitment.id == into.id or commitment.reply_id != into.reply_id:
            raise NotNow(Verb.MERGE, standing_of(commitment))
        moved, more = {"merged_into_id": into_id}, {"into": into.position}
        event = await move(session, commitment, Verb.MERGE, moved, by=by, now=now, more=more)
        await index_commitment(session, commitment_id)
        await tell(session, commitment, event, now=now)
    return into


async def _add_part(session: AsyncSession, whole: Commitment, quote: str, now: datetime, by: Actor) -> int:
    last = select(func.max(Commitment.position)).where(Commitment.reply_id == whole.reply_id)
    position = (await session.exec(last)).one() or 0
    part = Commitment(quote=quote, position=position + 1, **{name: getattr(whole, name) for name in COPIED})
    session.add(part)
    await session.flush()
    after = snapshot(part) | {"from": whole.position}
    await record(session, "open", at=now, by=by, commitment=part, after=after)
    assert part.id is not None
    return part.id
