"""How a message leaves the outbox: claimed, said by somebody else, recorded; each step a transaction.

A claim is on the disk before anything is said, a record at the latest with the next claim. So a power cut can undo a
record, never the claim before it, and what it undid is said again with a mark.
"""

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
    .limit(bindparam("at_most"))
)
CLAIM = (
    update(OUTGOING)
    .where(OUTGOING.c.id.in_(bindparam("claimed_ids", expanding=True)), OUTGOING.c.state == OutgoingState.WAITING)
    .values(state=OutgoingState.SENDING, claimed_at=bindparam("now"), attempts=OUTGOING.c.attempts + 1)
    .returning(OUTGOING.c.id)
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
    """Which messages may come next: at night only answers, and none for a chat that rests."""

    now: datetime
    awake: bool = True
    resting: frozenset[int] = frozenset()
    at_most: int = 1


async def claim(database: Database, wanted: Wanted) -> list[Saying]:
    """Take the next messages that may be said now, in their order; when nobody else was faster, as many as wanted."""
    return await database.desk.transact(lambda connection: _claim(connection, wanted))


async def recover_claims(database: Database) -> int:
    """Take back what a dead process held: it may have been said, so it is said again with a mark.

    Of a handful at most one was said when the process was killed; after a power cut nobody knows of any of them.
    To be called before this process claims anything; one process at a time drains an outbox.
    """
    held = update(OUTGOING).where(OUTGOING.c.state == OutgoingState.SENDING)
    taken_back = held.values(state=OutgoingState.WAITING, maybe_repeated=True, claimed_at=None)
    return await database.desk.transact(lambda connection: connection.execute(taken_back).rowcount)


async def record_sent(
    database: Database, saying: Saying, said: Said, *, now: datetime, then: Wanted | None = None
) -> list[Saying]:
    """It stands in the chat; when it can be answered, what an answer means is kept with it.

    With `then` the next messages are taken in the same transaction.
    """

    def record(connection: Connection) -> list[Saying]:
        connection.execute(SENT, {"sent_id": saying.id, "now": now, "message": said.message_id})
        if said.about is not None:
            _write_card(connection, saying.chat_id, said, now)
        return _claim(connection, then) if then else []

    return await database.desk.transact(record, synced=then is not None)


async def record_void(database: Database, saying: Saying) -> None:
    """It was no longer true, so nobody was told."""
    await _settle(database, _settled(saying, OutgoingState.VOID, error=None))


async def record_retry(
    database: Database, saying: Saying, *, not_before: datetime, error: str, maybe_said: bool = False
) -> None:
    """It could not be said now, or nobody knows whether it was; it waits for its next turn."""
    repeated = saying.maybe_repeated or maybe_said
    await _settle(
        database, _settled(saying, OutgoingState.WAITING, not_before=not_before, error=error, maybe_repeated=repeated)
    )


async def put_back(database: Database, saying: Saying, *, not_before: datetime) -> None:
    """It was held up before it was said, which is no attempt of its own."""
    await _settle(
        database, _settled(saying, OutgoingState.WAITING, not_before=not_before, attempts=saying.attempts - 1)
    )


async def record_failed(session: Session, saying: Saying, *, error: str) -> None:
    """It will not be said unless an admin sends it again; for the transaction in which the admins are told."""
    await session.exec(_settled(saying, OutgoingState.FAILED, error=error))


def _claim(connection: Connection, wanted: Wanted) -> list[Saying]:
    """What the update returns decides whose they are: somebody else may have been faster."""
    which = {
        "now": wanted.now,
        "least_priority": BULK if wanted.awake else ANSWER,
        "resting": sorted(wanted.resting),
        "at_most": wanted.at_most,
    }
    while found := connection.execute(NEXT, which).all():
        ids = [row.id for row in found]
        ours = set(connection.execute(CLAIM, {"claimed_ids": ids, "now": wanted.now}).scalars())
        if ours:
            return [replace(Saying(*row), attempts=row.attempts + 1) for row in found if row.id in ours]
    return []


async def _settle(database: Database, settled: Update) -> None:
    await database.desk.transact(lambda connection: connection.execute(settled), synced=False)


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
