"""What happened is written here, in the transaction that makes it happen, each event chained to the one before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.people import Actor
from storage.chain import CHAINED, FIRST, event_sha256
from storage.tables import Commitment, Event, Reply

END_OF_CHAIN = "end of chain"
"""Where a transaction keeps the hash of its own last event."""
CHAIN_LOCK = 0x6A69616E
"""PostgreSQL's advisory lock on the end of the chain; SQLite has one writer at a time anyway."""

TRACKED = (
    *("state", "pending", "due_on", "quote", "owner", "unit_id", "contact_id", "merged_into_id", "opened_on"),
    *("reporter_id", "last_report_at", "closed_at", "redone", "looked_back_on", "version"),
)
"""The columns that verbs change once a commitment is open."""


async def record(
    session: AsyncSession,
    verb: str,
    *,
    at: datetime,
    by: Actor,
    reply: Reply | None = None,
    commitment: Commitment | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    note: str | None = None,
) -> Event:
    return await append(
        session,
        Event(
            at=at,
            verb=verb,
            actor_id=by.chat_id,
            actor=by.name,
            reply_id=commitment.reply_id if commitment else reply.id if reply else None,
            commitment_id=commitment.id if commitment else None,
            before=before,
            after=after,
            note=note,
        ),
    )


async def append(session: AsyncSession, event: Event) -> Event:
    """Put an event at the end of the chain, which is ours until this transaction ends."""
    previous = session.info.get(END_OF_CHAIN) or await _take_end(session)
    event.sha256 = event_sha256(previous, {name: getattr(event, name) for name in CHAINED})
    session.info[END_OF_CHAIN] = event.sha256
    session.add(event)
    await session.flush()
    return event


async def _take_end(session: AsyncSession) -> str:
    """The hash of the last event. Rows are locked before this is called, so that no two writers wait crosswise."""
    await session.flush()
    if session.get_bind().dialect.name == "postgresql":
        await session.exec(select(func.pg_advisory_xact_lock(CHAIN_LOCK)))
    last = select(Event.sha256).order_by(col(Event.id).desc()).limit(1)
    return (await session.exec(last)).first() or FIRST


def snapshot(commitment: Commitment) -> dict[str, Any]:
    """How a commitment stands when it is opened: what its history begins with."""
    return {name: plain(getattr(commitment, name)) for name in TRACKED}


def plain(value: object) -> object:
    """A column's value as an event keeps it, instants in UTC as they come back from the database."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
