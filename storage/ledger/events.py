"""What happened is written here, in the transaction that makes it happen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.people import Actor
from storage.tables import Commitment, Event, Reply


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
    event = Event(
        at=at,
        verb=verb,
        actor_id=by.chat_id,
        actor=by.name,
        reply_id=commitment.reply_id if commitment else reply.id if reply else None,
        commitment_id=commitment.id if commitment else None,
        before=before,
        after=after,
        note=note,
    )
    session.add(event)
    await session.flush()
    return event
