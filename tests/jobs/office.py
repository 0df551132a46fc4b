"""An office to be reminded: a unit with its people, replies, commitments, and a look at what was told to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from sqlmodel import select

from commitments.clock import instant
from commitments.rhythm import Rhythm
from commitments.states import CommitmentState, Rank, ReplyState
from storage.engine import Database
from storage.tables import Account, Commitment, Contact, Outgoing, Reminder, Reply, Unit

RHYTHM = Rhythm()
ADMIN = 7_100_000_000
DAY_ONE = date(2024, 1, 2)
LONG_AGO = datetime(2024, 1, 2, 1, 0, tzinfo=UTC)


def morning(day: date) -> datetime:
    """Half past eight in the office's city."""
    return instant(day, time(8, 30), RHYTHM.zone)


@dataclass
class Office:
    database: Database
    unit_id: int
    _replies: int = field(default=0)

    async def add_person(
        self, name: str, chat_id: int | None, *, rank: Rank = Rank.CONTACT, reachable: bool = True
    ) -> int:
        async with self.database.writing() as session:
            if chat_id is not None:
                await session.merge(
                    Account(
                        chat_id=chat_id, name=name, reachable=reachable, first_seen_at=LONG_AGO, last_seen_at=LONG_AGO
                    )
                )
            contact = Contact(unit_id=self.unit_id, name=name, rank=rank, chat_id=chat_id)
            session.add(contact)
            await session.flush()
            assert contact.id is not None
            return contact.id

    async def add_commitment(
        self, due_on: date | None, *, contact_id: int | None = None, opened_on: date = DAY_ONE, **columns: Any
    ) -> int:
        """An open commitment with a reply of its own."""
        self._replies += 1
        columns.setdefault("state", CommitmentState.OPEN)
        async with self.database.writing() as session:
            reply = Reply(
                source=f"{self._replies}.txt",
                text="",
                text_sha256=f"{self.unit_id}-{self._replies}",
                state=ReplyState.CONFIRMED,
                kind="delegate_suggestion",
                unit_id=self.unit_id,
                contact_id=contact_id,
                loaded_at=LONG_AGO,
                loaded_by="督查室",
            )
            session.add(reply)
            await session.flush()
            assert reply.id is not None
            commitment = Commitment(
                reply_id=reply.id, position=1, quote="新增公共泊位", due_on=due_on, opened_on=opened_on, **columns
            )
            session.add(commitment)
            await session.flush()
            assert commitment.id is not None
            return commitment.id

    async def change(self, commitment_id: int, **columns: Any) -> None:
        async with self.database.writing() as session:
            commitment = await session.get_one(Commitment, commitment_id)
            for name, value in columns.items():
                setattr(commitment, name, value)

    async def outgoing(self, kind: str = "digest") -> list[Outgoing]:
        async with self.database.reading() as session:
            return list(await session.exec(select(Outgoing).where(Outgoing.kind == kind).order_by("id")))

    async def digests(self) -> list[tuple[int, list[tuple[int, int]]]]:
        """Each digest as its reader and its (commitment, step) lines."""
        return [
            (row.chat_id, [(item["commitment_id"], item["step"]) for item in row.params["items"]])
            for row in await self.outgoing()
        ]

    async def reminders(self) -> list[Reminder]:
        async with self.database.reading() as session:
            return list(await session.exec(select(Reminder).order_by("id")))


async def open_office(database: Database, name: str = "澄湾市交通运输局") -> Office:
    async with database.writing() as session:
        unit = Unit(name=name)
        session.add(unit)
        await session.flush()
        assert unit.id is not None
        return Office(database, unit.id)
