"""How a message leaves the outbox: claimed, said by somebody else, recorded; one at a time, each step a transaction."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Update, bindparam, delete, insert, select, update
from sqlmodel import SQLModel

from commitments.states import OutgoingState
from storage.engine import Database, Session
from storage.outbox import ANSWER, BULK, Said, Saying
from storage.tables import Card, Outgoing

OUTGOING = SQLModel.metadata.tables[str(Outgoing.__tablename__)]
CARD = SQLModel.metadata.tables[str(Card.__tablename__)]

# Built once: putting a statement together takes longer than the database takes to perform it.
NEXT = (
    select(*(OUTGOING.c[field.name] for field in fields(Saying)))
    .where(
        OUTGOING.c.state == OutgoingState.WAITING,
        OUTGOING.c.not_before <= bindparam("now"),
        OUTGOING.c.priority <= bindparam("least_priority"),
        OUTGOING.c.chat_id.not_in(bindparam("resting", expanding=True)),
    )
    .order_by(OUTGOING.c.priority, OUTGOING.c.id)
    .limit(1)
)
CLAIM = (
    update(OUTGOING)
    .where(OUTGOING.c.id == bindparam("claimed_id"), OUTGOING.c.state == OutgoingState.WAITING)
    .values(state=OutgoingState.SENDING, claimed_at=bindparam("now"), attempts=OUTGOING.c.attempts + 1)
)
SENT = (
    update(OUTGOING)
    .where(OUTGOING.c.id == bindparam("sent_id"))
    .values(
        state=OutgoingState.SENT, sent_at=bindparam("now"), message_id=bindparam("message"), claimed_at=None, error=None
    )
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which message may come next: at night only an answer, and none for a chat that rests."""

    now: datetime
    awake: bool = True
    resting: frozenset[int] = frozenset()


async def claim_next(database: Database, wanted: Wanted) -> Saying | None:
    """Take the next message that may be said now; None when there is none."""
    return await database.in_thread(lambda connection: _claim_next(connection, wanted))


async def recover_claims(database: Database) -> int:
    """Take back what a dead process held: it may have been said, so it is said again with a mark.

    To be called before this process claims anything; one process at a time drains an outbox.
    """
    held = update(OUTGOING).where(OUTGOING.c.state == OutgoingState.SENDING)
    taken_back = held.values(state=OutgoingState.WAITING, maybe_repeated=True, claimed_at=None)
    return await database.in_thread(lambda connection: connection.execute(taken_back).rowcount)


async def record_sent(
    database: Database, saying: Saying, said: Said, *, now: datetime, then: Wanted | None = None
) -> Saying | None:
    """It stands in the chat; when it can be answered, what an answer means is kept with it.

    With `then` the next message is taken in the same transaction: one a message where nothing slows the delivery.
    """

    def record(connection: Connection) -> Saying | None:
        connection.execute(SENT, {"sent_id": saying.id, "now": now, "message": said.message_id})
        if said.about is not None:
            _write_card(connection, saying.chat_id, said, now)
        return _claim_next(connection, then) if then else None

    return await database.in_thread(record)


async def record_void(database: Database, saying: Saying) -> None:
    """It was no longer true, so nobody was told."""
    settled = _settled(saying, OutgoingState.VOID, error=None)
    await database.in_thread(lambda connection: connection.execute(settled))


async def record_retry(
    database: Database, saying: Saying, *, not_before: datetime, error: str, maybe_said: bool = False
) -> None:
    """It could not be said now, or nobody knows whether it was; it waits for its next turn."""
    repeated = saying.maybe_repeated or maybe_said
    settled = _settled(saying, OutgoingState.WAITING, not_before=not_before, error=error, maybe_repeated=repeated)
    await database.in_thread(lambda connection: connection.execute(settled))


async def put_back(database: Database, saying: Saying, *, not_before: datetime) -> None:
    """It was held up by the chat's limit, which is no attempt of its own."""
    settled = _settled(saying, OutgoingState.WAITING, not_before=not_before, attempts=saying.attempts - 1)
    await database.in_thread(lambda connection: connection.execute(settled))


async def record_failed(session: Session, saying: Saying, *, error: str) -> None:
    """It will not be said unless an admin sends it again; for the transaction in which the admins are told."""
    await session.exec(_settled(saying, OutgoingState.FAILED, error=error))


def _claim_next(connection: Connection, wanted: Wanted) -> Saying | None:
    """The row count decides whose it is: somebody else may have been faster."""
    which = {
        "now": wanted.now,
        "least_priority": BULK if wanted.awake else ANSWER,
        "resting": sorted(wanted.resting),
    }
    while (row := connection.execute(NEXT, which).first()) is not None:
        if connection.execute(CLAIM, {"claimed_id": row.id, "now": wanted.now}).rowcount == 1:
            return replace(Saying(*row), attempts=row.attempts + 1)
    return None


def _settled(saying: Saying, state: OutgoingState, **columns: Any) -> Update:
    return update(OUTGOING).where(OUTGOING.c.id == saying.id).values(state=state, claimed_at=None, **columns)


def _write_card(connection: Connection, chat_id: int, said: Said, now: datetime) -> None:
    # A chat that was emptied and begun again counts its messages from one, so an old card may be in the way.
    connection.execute(delete(CARD).where(CARD.c.chat_id == chat_id, CARD.c.message_id == said.message_id))
    connection.execute(
        insert(CARD).values(
            chat_id=chat_id,
            message_id=said.message_id,
            about=said.about,
            reply_id=said.reply_id,
            commitment_ids=list(said.commitment_ids),
            sent_at=now,
            asks=said.asks,
        )
    )
