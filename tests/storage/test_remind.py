"""知悉 and 改日提醒: what an official answers is kept, once, and leaves the due date alone."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import select

from commitments.people import Actor
from commitments.states import CommitmentState, Role
from jobs.sweep import sweep
from storage.engine import Database
from storage.ledger.remind import acknowledge, find_reminders, snooze
from storage.tables import Commitment, Event
from tests.jobs.office import RHYTHM, Office, morning, open_office

ZHOU = 7_000_000_001
BY = Actor("周明远", frozenset({Role.OFFICIAL}), ZHOU)
DUE = date(2024, 12, 31)
TUESDAY = date(2024, 12, 24)
NOW = morning(TUESDAY)


async def remind(database: Database) -> tuple[Office, int]:
    """A commitment whose contact was told this morning that a week is left."""
    office = await open_office(database)
    commitment_id = await office.add_commitment(DUE, contact_id=await office.add_person("周明远", ZHOU))
    await sweep(database, NOW, RHYTHM)
    return office, commitment_id


async def verbs(database: Database) -> list[str]:
    async with database.reading() as session:
        return [event.verb for event in await session.exec(select(Event).order_by("id"))]


async def test_nothing_told_is_nothing_to_acknowledge(database: Database) -> None:
    office = await open_office(database)
    commitment_id = await office.add_commitment(DUE)

    assert await acknowledge(database, [commitment_id], now=NOW, by=BY) == 0
    assert await verbs(database) == []


async def test_an_acknowledgement_is_kept_once_with_its_event(database: Database) -> None:
    _, commitment_id = await remind(database)

    assert await acknowledge(database, [commitment_id], now=NOW, by=BY) == 1
    assert await acknowledge(database, [commitment_id], now=NOW + timedelta(minutes=1), by=BY) == 0

    assert [row.acknowledged_at for row in await find_reminders(database, commitment_id)] == [NOW]
    assert await verbs(database) == ["acknowledge"]


async def test_what_was_closed_meanwhile_is_not_acknowledged(database: Database) -> None:
    office, commitment_id = await remind(database)
    await office.change(commitment_id, state=CommitmentState.CLOSED)

    assert await acknowledge(database, [commitment_id], now=NOW, by=BY) == 0


async def test_a_snooze_moves_the_reminder_and_not_the_date(database: Database) -> None:
    _, commitment_id = await remind(database)

    put_off = await snooze(database, [commitment_id], date(2024, 12, 26), RHYTHM, now=NOW, by=BY)

    assert put_off == {commitment_id: date(2024, 12, 26)}
    assert await verbs(database) == ["snooze"]
    async with database.reading() as session:
        assert (await session.get_one(Commitment, commitment_id)).due_on == DUE


async def test_a_snooze_past_the_due_date_ends_on_it(database: Database) -> None:
    _, commitment_id = await remind(database)

    assert await snooze(database, [commitment_id], date(2025, 2, 1), RHYTHM, now=NOW, by=BY) == {commitment_id: DUE}


async def test_what_is_overdue_cannot_be_put_off(database: Database) -> None:
    office = await open_office(database)
    overdue = await office.add_commitment(date(2024, 12, 20))

    assert await snooze(database, [overdue], date(2024, 12, 26), RHYTHM, now=NOW, by=BY) == {}
