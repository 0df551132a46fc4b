"""Nobody rewrites what happened: the database refuses it, and the chain shows where somebody got around that."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from commitments.people import Actor
from commitments.states import Role
from storage.engine import Database
from storage.ledger.drafts import get_locked
from storage.ledger.events import record
from storage.ledger.history import Chain, verify_chain
from storage.ledger.moving import Changed
from storage.ledger.progress import change_due
from storage.tables import Event
from tests.jobs.office import open_office

NOON = datetime(2024, 6, 18, 4, 0, tzinfo=UTC)
ADMIN = Actor("督查室 王芷", frozenset({Role.ADMIN}), 7_000_000_009)
DUE = date(2024, 12, 31)


async def move_three_times(database: Database) -> None:
    office = await open_office(database)
    commitment_id = await office.add_commitment(DUE)
    for month in (1, 2, 3):
        await change_due(database, commitment_id, date(2025, month, 28), reason="汛期", now=NOON, by=ADMIN)


async def execute(database: Database, *statements: str) -> None:
    async with database.engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def test_an_empty_ledger_has_a_sound_chain(database: Database) -> None:
    assert await verify_chain(database) == Chain(0)


async def test_what_happened_is_chained(database: Database) -> None:
    await move_three_times(database)

    assert await verify_chain(database) == Chain(3)
    async with database.reading() as session:
        hashes = list(await session.exec(select(Event.sha256).order_by(col(Event.id))))
    assert len(set(hashes)) == 3
    assert all(len(one) == 64 for one in hashes)


@pytest.mark.parametrize(
    "statement", ["UPDATE event SET note = '改过' WHERE id = 2", "DELETE FROM event", "DELETE FROM event WHERE id = 2"]
)
async def test_the_database_refuses_to_change_or_remove_an_event(database: Database, statement: str) -> None:
    await move_three_times(database)

    with pytest.raises(DBAPIError, match="events are only ever added"):
        await execute(database, statement)

    assert await verify_chain(database) == Chain(3)


async def test_postgresql_refuses_to_empty_the_events(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite has no TRUNCATE")
    await move_three_times(database)

    with pytest.raises(DBAPIError, match="events are only ever added"):
        await execute(database, "TRUNCATE event CASCADE")


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE event SET note = '改过' WHERE id = 2", Chain(1, 2)),
        ("UPDATE event SET actor = '别人' WHERE id = 1", Chain(0, 1)),
        ("DELETE FROM event WHERE id = 2", Chain(1, 3)),
    ],
)
async def test_who_gets_around_the_refusal_is_found_out(database: Database, statement: str, found: Chain) -> None:
    await move_three_times(database)

    await execute(database, *_without_triggers(database.is_sqlite), statement)

    assert await verify_chain(database) == found


async def test_a_transaction_that_fails_leaves_no_gap_in_the_chain(database: Database) -> None:
    await move_three_times(database)
    office = await open_office(database, "澄湾市城市管理局")
    commitment_id = await office.add_commitment(DUE)

    with pytest.raises(ZeroDivisionError):
        async with database.writing() as session:
            commitment = await get_locked(session, commitment_id)
            await record(session, "edit", at=NOON, by=ADMIN, commitment=commitment)
            1 / 0  # noqa: B018
    await change_due(database, commitment_id, date(2025, 1, 1), reason=None, now=NOON, by=ADMIN)

    assert await verify_chain(database) == Chain(4)


async def test_many_writers_at_once_make_one_chain(database: Database) -> None:
    office = await open_office(database)
    items = [await office.add_commitment(DUE) for _ in range(12)]

    await asyncio.gather(
        *(change_due(database, item, date(2025, 1, 1), reason=None, now=NOON, by=ADMIN) for item in items)
    )

    assert await verify_chain(database) == Chain(12)


async def test_of_two_who_decide_on_the_same_card_one_is_shown_what_changed(database: Database) -> None:
    office = await open_office(database)
    item = await office.add_commitment(DUE)
    days = (date(2025, 1, 1), date(2025, 2, 1))

    done = await asyncio.gather(
        *(change_due(database, item, day, reason=None, now=NOON, by=ADMIN, expected=1) for day in days),
        return_exceptions=True,
    )

    assert [type(one) for one in done].count(Changed) == 1
    assert await verify_chain(database) == Chain(1)


def _without_triggers(is_sqlite: bool) -> list[str]:
    if is_sqlite:
        return ["DROP TRIGGER event_refuses_update", "DROP TRIGGER event_refuses_delete"]
    return ["DROP TRIGGER event_refuses_change ON event"]
