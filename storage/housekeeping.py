"""What may be removed: parts of letters that never came whole, dead invites, and old messages if the admin says so."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, update
from sqlmodel import col, select

from commitments.retention import Retention
from commitments.states import OutgoingState
from storage.engine import Database, Session
from storage.tables import Invite, LetterPart, Outgoing, Reminder

SETTLED = (OutgoingState.SENT, OutgoingState.VOID)


async def clean(session: Session, now: datetime, keep: Retention) -> dict[str, int]:
    """Remove what has had its time; how many rows of what."""
    removed = {
        "letter parts": await _count(
            session, delete(LetterPart).where(col(LetterPart.received_at) < now - keep.letter_parts)
        ),
        "invites": await _count(session, delete(Invite).where(col(Invite.expires_at) < now - keep.dead_invites)),
    }
    if keep.sent_messages is not None:
        removed["messages"] = await _remove_messages(session, now - keep.sent_messages)
    return removed


async def tidy(database: Database) -> None:
    """Let SQLite refresh what it knows of its indexes; PostgreSQL does so by itself."""
    if database.is_sqlite:
        async with database.engine.connect() as connection:
            await connection.exec_driver_sql("PRAGMA optimize")


async def _remove_messages(session: Session, before: datetime) -> int:
    old = select(Outgoing.id).where(col(Outgoing.state).in_(SETTLED), Outgoing.created_at < before)
    await session.exec(update(Reminder).where(col(Reminder.outgoing_id).in_(old)).values(outgoing_id=None))
    return await _count(session, delete(Outgoing).where(col(Outgoing.id).in_(old)))


async def _count(session: Session, statement: Any) -> int:
    return cast("CursorResult[Any]", await session.exec(statement)).rowcount
