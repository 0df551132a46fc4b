"""What is to be said to whom, written in the transaction that gives the reason; sending.py says how it is taken out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.people import Actor
from commitments.states import OutgoingState
from storage.engine import Database
from storage.ledger.events import record
from storage.tables import Outgoing

ANSWER = 0
"""Somebody waits for it: said at once, by day and by night."""
NEWS = 10
"""About one thing that happened; waits for waking hours."""
BULK = 20
"""Written by the clock for many; waits for waking hours and for everything else."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One message in our hands: claimed, not yet recorded."""

    id: int
    chat_id: int
    kind: str
    params: dict[str, Any]
    priority: int
    attempts: int
    """This one included."""
    maybe_repeated: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """A message that stands in the chat; with `about` it can be answered."""

    message_id: int
    about: str | None = None
    reply_id: int | None = None
    commitment_ids: tuple[int, ...] = ()
    asks: bool = False


@dataclass(frozen=True, slots=True)
class OutboxHealth:
    """How full the outbox is, and since when the longest waiting message could have been said."""

    waiting: int
    sending: int
    failed: int
    waiting_since: datetime | None


async def add(
    session: AsyncSession,
    chat_id: int,
    kind: str,
    params: dict[str, Any],
    *,
    now: datetime,
    key: str | None = None,
    priority: int = NEWS,
    not_before: datetime | None = None,
) -> int | None:
    """Put a message into the outbox with the caller's transaction; None when this key was said or queued before."""
    row = {
        "chat_id": chat_id,
        "kind": kind,
        "params": params,
        "key": key,
        "priority": priority,
        "created_at": now,
        "not_before": not_before or now,
        "state": OutgoingState.WAITING,
        "attempts": 0,
        "maybe_repeated": False,
    }
    statement = _insert(session).values(row).on_conflict_do_nothing(index_elements=["key"])
    added = await session.exec(statement.returning(col(Outgoing.id)))
    return cast("int | None", added.scalar_one_or_none())


def _insert(session: AsyncSession) -> Any:
    """Each database has its own "on conflict"; PostgreSQL's half of SQLAlchemy is loaded only where it is used."""
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert

        return insert(Outgoing)
    from sqlalchemy.dialects.sqlite import insert as insert_into_sqlite

    return insert_into_sqlite(Outgoing)


async def resend(database: Database, outgoing_id: int, *, now: datetime, by: Actor) -> bool:
    """Give a failed message new attempts; False when it is not failed (a second press)."""
    async with database.writing() as session:
        changed = await _count(
            session,
            update(Outgoing)
            .where(col(Outgoing.id) == outgoing_id, col(Outgoing.state) == OutgoingState.FAILED)
            .values(state=OutgoingState.WAITING, attempts=0, not_before=now, error=None),
        )
        if changed:
            await record(session, "resend", at=now, by=by, after={"outgoing_id": outgoing_id})
    return changed == 1


async def find_failed(database: Database, limit: int = 50) -> list[Outgoing]:
    """What could not be said, the newest first."""
    async with database.reading() as session:
        failed = select(Outgoing).where(Outgoing.state == OutgoingState.FAILED)
        return list(await session.exec(failed.order_by(col(Outgoing.id).desc()).limit(limit)))


async def was_sent(database: Database, key: str) -> bool:
    """Whether the message with this key stands in its chat."""
    async with database.reading() as session:
        found = await session.exec(select(Outgoing.id).where(Outgoing.key == key, Outgoing.state == OutgoingState.SENT))
        return found.first() is not None


async def read_health(database: Database) -> OutboxHealth:
    async with database.reading() as session:
        unsettled = (OutgoingState.WAITING, OutgoingState.SENDING, OutgoingState.FAILED)
        counted = await session.exec(
            select(Outgoing.state, func.count(), func.min(Outgoing.not_before))
            .where(col(Outgoing.state).in_(unsettled))
            .group_by(col(Outgoing.state))
        )
        rows = {state: (count, first) for state, count, first in counted}
    waiting, since = rows.get(OutgoingState.WAITING, (0, None))
    return OutboxHealth(
        waiting=waiting,
        sending=rows.get(OutgoingState.SENDING, (0, None))[0],
        failed=rows.get(OutgoingState.FAILED, (0, None))[0],
        waiting_since=since,
    )


async def _count(session: AsyncSession, statement: Any) -> int:
    return cast("CursorResult[Any]", await session.exec(statement)).rowcount
