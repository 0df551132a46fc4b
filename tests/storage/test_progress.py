"""A report is kept once, however often its message comes: a process that is killed may meet it a second time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commitments.people import Actor
from commitments.states import Role
from storage.engine import Database
from storage.ledger.lists import Wanted, list_commitments
from storage.ledger.people import bind_by_phone
from storage.ledger.progress import EvidenceFile, report
from storage.ledger.queries import find_events
from tests.storage.letters import NOW, load_and_confirm
from tests.storage.test_lists import ADMIN

ZHOU = Actor("周明远", frozenset({Role.OFFICIAL}), 11)
PHOTO = EvidenceFile("photo", "AgAC", "现场.jpg", 1_000, "ab" * 32)


@pytest.fixture
async def item(database: Database) -> int:
    await load_and_confirm(database)
    await bind_by_phone(database, 11, "13900000026", now=NOW, admins=())
    return (await list_commitments(database, ADMIN, Wanted(), open_to_all=False)).items[0].id


async def count_reports(database: Database, item: int) -> int:
    return len([event for event in await find_events(database, item) if event.verb in ("report", "attach")])


async def test_the_same_message_met_again_is_the_same_report(database: Database, item: int) -> None:
    for after in (timedelta(0), timedelta(seconds=20)):
        await report(database, item, note="已送审", files=(PHOTO,), now=NOW + after, by=ZHOU)

    assert await count_reports(database, item) == 1


async def test_the_same_words_on_another_day_are_another_report(database: Database, item: int) -> None:
    for after in (timedelta(0), timedelta(days=7)):
        await report(database, item, note="按计划推进", now=NOW + after, by=ZHOU)

    assert await count_reports(database, item) == 2


async def test_other_words_or_files_are_another_report(database: Database, item: int) -> None:
    await report(database, item, note="已送审", now=NOW, by=ZHOU)
    await report(database, item, note="已送审", files=(PHOTO,), now=NOW, by=ZHOU)
    await report(database, item, note="已印发", files=(PHOTO,), now=NOW, by=ZHOU)

    assert await count_reports(database, item) == 3
