"""Years pass over invented offices: every due step reaches every right person exactly once, on its day, by daylight;
what was put off comes on its day; what nobody answered goes higher on its working day, and never after an answer.

A few weeks of a few offices in every test run; five years of many with JIANNUO_PROOF=whole (make proof).
"""

from __future__ import annotations

import asyncio
import os
import shutil
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as some

from bot.messenger import TelegramMessenger
from commitments.clock import SetClock
from commitments.ladder import Ladder
from commitments.rhythm import Rhythm, Rung
from commitments.states import Rank
from commitments.workdays import make_calendar
from jobs.delivery import Delivery
from jobs.heartbeat import Heartbeat
from jobs.pace import UNLIMITED, Pace
from jobs.timetable import TIMETABLE
from jobs.work import Work
from storage.engine import open_database
from tests.jobs.office import open_office
from tests.jobs.telegram import open_bot, serve
from tests.proof.oracle import ANSWERING, Oracle
from tests.proof.world import World, at_dawn, word

WHOLE = bool(os.environ.get("JIANNUO_PROOF"))
DAYS, OFFICES = (5 * 365, 12) if WHOLE else (75, 6)
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Thousands of days are lived through; what a disk adds to them is shown by the kill test."""

DATES = some.dates(date(2018, 1, 1), date(2026, 6, 30))
LADDERS = some.builds(
    Ladder,
    before=some.lists(some.integers(0, 45), max_size=5, unique=True).map(tuple),
    overdue_daily=some.integers(0, 5),
    overdue_every=some.integers(0, 15),
)
RUNGS = some.builds(Rung, some.sampled_from((Rank.DEPUTY, Rank.LEADER, Rank.ADMIN)), some.integers(1, 9))
CALENDARS = some.builds(make_calendar, some.sets(DATES, max_size=30), some.sets(DATES, max_size=30))
RHYTHMS = some.builds(
    Rhythm,
    ladder=some.one_of(some.just(Ladder()), LADDERS),
    calendar=some.one_of(some.just(make_calendar()), CALENDARS),
    escalation=some.lists(RUNGS, max_size=3, unique_by=lambda rung: rung.rank).map(tuple),
    rest_after_report_days=some.integers(0, 5),
)


@settings(
    max_examples=OFFICES,
    deadline=None,
    derandomize=not WHOLE,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rhythm=RHYTHMS, begins=DATES, seed=some.integers(0, 2**32))
def test_every_step_reaches_every_right_person_exactly_once(
    migrated_sqlite: Path, rhythm: Rhythm, begins: date, seed: int
) -> None:
    asyncio.run(_live(migrated_sqlite, rhythm, begins, Random(seed)))


async def _live(template: Path, rhythm: Rhythm, begins: date, rng: Random) -> None:
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        shutil.copy(template, f"{folder}/ledger.db")
        database = await open_database(f"sqlite:///{folder}/ledger.db")
        clock = SetClock(at_dawn(begins, rhythm))
        async with serve() as server, open_bot(server) as bot:
            office = await open_office(database)
            people = {rank: [server.add_person(f"{rank}{n}") for n in range(2)] for rank in Rank}
            for person in (person for group in people.values() for person in group):
                person.start()
            contact_ids = {
                person.id: await office.add_person(person.name, person.id, rank=rank)
                for rank in ANSWERING
                for person in people[rank]
            }
            admins = tuple(person.id for person in people[Rank.ADMIN])
            delivery = Delivery(database, TelegramMessenger(bot, word), clock, rhythm, pace=Pace(UNLIMITED))
            heartbeat = Heartbeat(Work(database, rhythm, admins), clock, delivery, TIMETABLE[:1])
            oracle = Oracle(rhythm, people)
            world = World(rng, rhythm, office, heartbeat, clock, people, contact_ids, oracle)
            for n in range(DAYS):
                await world.live(begins + timedelta(days=n))
            event("something was said" if oracle.said else "nothing was said")
        await database.close()
