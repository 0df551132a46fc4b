"""What is to be said to whom: written in the transaction that gives the reason, claimed and recorded one at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, func, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.people import Actor
from commitments.states import OutgoingState
from storage.engine import Database
from storage.ledger.events import record
from storage.tables import Card, Outgoing

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
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
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
    statement = dialect.insert(Outgoing).values(row).on_conflict_do_nothing(index_elements=["key"])
    added = await session.exec(statement.returning(col(Outgoing.id)))
    return cast("int | None", added.scalar_one_or_none())


async def claim_next(
    database: Database, now: datetime, *, awake: bool = True, resting: Collection[int] = ()
) -> Saying | None:
    """Take the next message that may be said now; None when there is none.

    When people are not `awake` only answers are taken; chats that are `resting` are passed over.
    """
    query = (
        select(Outgoing)
        .where(Outgoing.state == OutgoingState.WAITING, Outgoing.not_before <= now)
        .order_by(col(Outgoing.priority), col(Outgoing.id))
        .limit(1)
    )
    if not awake:
        query = query.where(Outgoing.priority <= ANSWER)
    if resting:
        query = query.where(col(Outgoing.chat_id).not_in(sorted(resting)))
    while True:
        async with database.reading() as session:
            row = (await session.exec(query)).first()
        if row is None:
            return None
        if await _claim(database, row, now):
            return _saying(row)


async def recover_claims(database: Database) -> int:
    """Take back what a dead process held: it may have been said, so it is said again with a mark.

    To be called before this process claims anything; one process at a time drains an outbox.
    """
    async with database.writing() as session:
        return await _count(
            session,
            update(Outgoing)
            .where(col(Outgoing.state) == OutgoingState.SENDING)
            .values(state=OutgoingState.WAITING, maybe_repeated=True, claimed_at=None),
        )


async def record_sent(database: Database, saying: Saying, said: Said, *, now: datetime) -> None:
    """It stands in the chat; when it can be answered, what an answer means is kept with it."""
    async with database.writing() as session:
        await _settle(session, saying.id, OutgoingState.SENT, sent_at=now, message_id=said.message_id, error=None)
        if said.about is not None:
            await session.merge(
                Card(
                    chat_id=saying.chat_id,
                    message_id=said.message_id,
                    about=said.about,
                    reply_id=said.reply_id,
                    commitment_ids=list(said.commitment_ids),
                    sent_at=now,
                    asks=said.asks,
                )
            )


async def record_void(database: Database, saying: Saying) -> None:
    """It was no longer true, so nobody was told."""
    async with database.writing() as session:
        await _settle(session, saying.id, OutgoingState.VOID, error=None)


async def record_retry(
    database: Database, saying: Saying, *, not_before: datetime, error: str, maybe_said: bool = False
) -> None:
    """It could not be said now, or nobody knows whether it was; it waits for its next turn."""
    async with database.writing() as session:
        repeated = saying.maybe_repeated or maybe_said
        columns = {"not_before": not_before, "error": error, "maybe_repeated": repeated}
        await _settle(session, saying.id, OutgoingState.WAITING, **columns)


async def put_back(database: Database, saying: Saying, *, not_before: datetime) -> None:
    """It was held up by somebody else's limit, which is no attempt of its own."""
    async with database.writing() as session:
        attempts = saying.attempts - 1
        await _settle(session, saying.id, OutgoingState.WAITING, not_before=not_before, attempts=attempts)


async def record_failed(session: AsyncSession, saying: Saying, *, error: str) -> None:
    """It will not be said unless an admin sends it again."""
    await _settle(session, saying.id, OutgoingState.FAILED, error=error)


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


async def _claim(database: Database, row: Outgoing, now: datetime) -> bool:
    """True when the row was still waiting and is ours now."""
    async with database.writing() as session:
        changed = await _count(
            session,
            update(Outgoing)
            .where(col(Outgoing.id) == row.id, col(Outgoing.state) == OutgoingState.WAITING)
            .values(state=OutgoingState.SENDING, claimed_at=now, attempts=Outgoing.attempts + 1),
        )
    return changed == 1


def _saying(row: Outgoing) -> Saying:
    assert row.id is not None
    return Saying(
        id=row.id,
        chat_id=row.chat_id,
        kind=row.kind,
        params=row.params,
        priority=row.priority,
        attempts=row.attempts + 1,
        maybe_repeated=row.maybe_repeated,
        created_at=row.created_at,
    )


async def _settle(session: AsyncSession, outgoing_id: int, state: OutgoingState, **columns: Any) -> None:
    await session.exec(
        update(Outgoing).where(col(Outgoing.id) == outgoing_id).values(state=state, claimed_at=None, **columns)
    )


async def _count(session: AsyncSession, statement: Any) -> int:
    return cast("CursorResult[Any]", await session.exec(statement)).rowcount
