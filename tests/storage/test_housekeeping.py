"""Only what bridged a moment is removed, and old messages when the admin set a time for them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlmodel import select

from commitments.retention import Retention
from storage import outbox, sending
from storage.engine import Database
from storage.housekeeping import clean, tidy
from storage.outbox import Said
from storage.sending import Wanted
from storage.tables import Invite, LetterPart, Outgoing, Reminder
from tests.jobs.office import morning, open_office

NOW = morning(date(2024, 12, 24))
LONG_AGO = NOW - timedelta(days=400)


async def clean_now(database: Database, keep: Retention | None = None) -> dict[str, int]:
    async with database.writing() as session:
        return await clean(session, NOW, keep or Retention())


async def test_an_empty_ledger_is_clean(database: Database) -> None:
    assert await clean_now(database) == {"letter parts": 0, "invites": 0}
    await tidy(database)


async def test_parts_and_invites_that_had_their_time_go(database: Database) -> None:
    async with database.writing() as session:
        for number, at in enumerate((LONG_AGO, NOW)):
            session.add(LetterPart(chat_id=1, message_id=number, text="", received_at=at))
            session.add(Invite(code_sha256=str(number), created_by=1, created_at=at, expires_at=at))

    assert await clean_now(database) == {"letter parts": 1, "invites": 1}


async def test_old_messages_go_only_when_the_admin_says_so_and_reminders_stay(database: Database) -> None:
    office = await open_office(database)
    commitment_id = await office.add_commitment(date(2024, 12, 31))
    async with database.writing() as session:
        outgoing_id = await outbox.add(session, 1, "digest", {}, now=LONG_AGO)
        told: dict[str, Any] = {"commitment_id": commitment_id, "step": 7, "chat_id": 1, "due_on": date(2024, 12, 31)}
        session.add(Reminder(**told, told_on=LONG_AGO.date(), outgoing_id=outgoing_id, created_at=LONG_AGO))
    [saying] = await sending.claim(database, Wanted(NOW))
    await sending.record_sent(database, saying, Said(1), now=LONG_AGO)

    assert "messages" not in await clean_now(database)
    assert (await clean_now(database, Retention(sent_messages=timedelta(days=180))))["messages"] == 1

    async with database.reading() as session:
        assert (await session.exec(select(Outgoing))).all() == []
        assert (await session.exec(select(Reminder))).one().outgoing_id is None
