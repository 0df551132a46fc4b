"""Bad lines, a locked database, a full disk, a clock set back: nothing is lost, and what is repeated is marked."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
import threading
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.cards.base import Card
from bot.messenger import TelegramMessenger
from bot.playground.faults import Fault
from bot.playground.people import Person
from bot.playground.server import BotApiServer
from commitments.clock import SetClock
from commitments.rhythm import Rhythm
from jobs.delivery import Delivery
from jobs.pace import HANDFUL, UNLIMITED, Pace
from jobs.sweep import sweep
from storage import outbox, sending
from storage.engine import Database, open_database
from storage.outbox import Saying
from tests.jobs.office import morning, open_office
from tests.jobs.telegram import open_bot, serve
from tests.proof.delivering import MARK, word

WHOLE = bool(os.environ.get("JIANNUO_PROOF"))
MESSAGES, FAULTS, LOCK_SECONDS = (400, 300, 5.0) if WHOLE else (40, 30, 0.3)
TUESDAY = date(2024, 12, 24)
RHYTHM = Rhythm()


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with serve() as running:
        yield running


@pytest.fixture
def people(server: BotApiServer) -> list[Person]:
    made = [server.add_person(f"联系人{n}") for n in range(10)]
    for person in made:
        person.start()
    return made


async def put(database: Database, people: list[Person], messages: int, clock: SetClock) -> None:
    async with database.writing() as session:
        for n in range(messages):
            await outbox.add(session, people[n % len(people)].id, "digest", {"n": n}, now=clock.now())


def said_by(people: list[Person]) -> list[str]:
    return [message.words.strip() for person in people for message in person.inbox]


async def test_a_day_of_bad_lines_loses_nothing(database: Database, server: BotApiServer, people: list[Person]) -> None:
    rng, clock = Random(3), SetClock(morning(TUESDAY))
    await put(database, people, MESSAGES, clock)
    for _ in range(FAULTS):
        fault = rng.choices(list(Fault), weights=[1, 6, 6, 6])[0]
        passed_on = fault != Fault.TOO_MANY and rng.random() < 0.5
        server.faults.add("sendMessage", fault, after_effect=passed_on)

    async with open_bot(server, read_timeout=0.05) as bot:
        delivery = Delivery(database, TelegramMessenger(bot, word), clock, RHYTHM, pace=Pace(UNLIMITED))
        while (await outbox.read_health(database)).waiting:
            await delivery.drain()
            clock.move(timedelta(minutes=10))

    said = said_by(people)
    unmarked = Counter(words.split()[0] for words in said if MARK not in words)
    assert {words.split()[0] for words in said} == {str(n) for n in range(MESSAGES)}
    assert (await outbox.read_health(database)).failed == 0
    assert max(unmarked.values()) == 1


async def test_a_locked_database_holds_up_and_repeats_nothing(
    sqlite_url: str, server: BotApiServer, people: list[Person]
) -> None:
    path, clock = sqlite_url.removeprefix("sqlite:///"), SetClock(morning(TUESDAY))
    database = await open_database(sqlite_url)
    await put(database, people, 3, clock)

    async def word_while_locked(saying: Saying) -> Card:
        await asyncio.to_thread(lock_for_a_while, path)
        return await word(saying)

    async with open_bot(server) as bot:
        await Delivery(database, TelegramMessenger(bot, word_while_locked), clock, RHYTHM, pace=Pace(UNLIMITED)).drain()
    await database.close()

    assert sorted(said_by(people)) == ["0", "1", "2"]


def lock_for_a_while(path: str) -> None:
    """Somebody else holds the database from now on, for some seconds."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN EXCLUSIVE")
    threading.Timer(LOCK_SECONDS, connection.close).start()


async def test_a_full_disk_holds_up_and_repeats_nothing(
    tmp_path: Path, migrated_sqlite: Path, server: BotApiServer, people: list[Person]
) -> None:
    with small_disk(tmp_path) as disk:
        shutil.copy(migrated_sqlite, disk / "ledger.db")
        database = await open_database(f"sqlite:///{disk}/ledger.db")
        clock = SetClock(morning(TUESDAY))
        await put(database, people, 3, clock)

        async def word_while_full(saying: Saying) -> Card:
            await asyncio.to_thread(fill_for_a_while, disk)
            return await word(saying)

        async with open_bot(server) as bot:
            await Delivery(
                database, TelegramMessenger(bot, word_while_full), clock, RHYTHM, pace=Pace(UNLIMITED)
            ).drain()
        health = await outbox.read_health(database)
        await database.close()

    assert sorted(said_by(people)) == ["0", "1", "2"]
    assert (health.waiting, health.sending) == (0, 0)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", disk], check=True)


def fill_for_a_while(disk: Path) -> None:
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    threading.Timer(LOCK_SECONDS, ballast.unlink, kwargs={"missing_ok": True}).start()


async def test_after_a_power_cut_what_was_in_hand_is_said_again_with_a_mark(
    tmp_path: Path, sqlite_url: str, server: BotApiServer, people: list[Person]
) -> None:
    synced, clock = tmp_path / "synced", SetClock(morning(TUESDAY))
    database = await open_database(sqlite_url)
    await put(database, people, 3 * HANDFUL, clock)

    async def word_and_look_at_the_disk(saying: Saying) -> Card:
        if saying.params["n"] == HANDFUL:  # what is synced when the second handful was claimed, and nothing after it
            shutil.copytree(tmp_path, synced)
        return await word(saying)

    async with open_bot(server) as bot:
        messenger = TelegramMessenger(bot, word_and_look_at_the_disk)
        delivery = Delivery(database, messenger, clock, RHYTHM, pace=Pace(UNLIMITED))
        for _ in range(2 * HANDFUL - 2):
            await delivery.deliver_next()
        await database.close()
        database = await open_database(f"sqlite:///{synced}/ledger.db")
        await sending.recover_claims(database)
        await Delivery(database, TelegramMessenger(bot, word), clock, RHYTHM, pace=Pace(UNLIMITED)).drain()
        await database.close()

    said = said_by(people)
    assert sorted(int(words) for words in said if MARK not in words) == [
        n for n in range(3 * HANDFUL) if n not in (2 * HANDFUL - 2, 2 * HANDFUL - 1)
    ]
    assert sorted(int(words.split()[0]) for words in said if MARK in words) == list(range(HANDFUL, 2 * HANDFUL))


async def test_a_clock_that_jumps_back_an_hour_says_everything_once(
    database: Database, server: BotApiServer, people: list[Person]
) -> None:
    office, clock = await open_office(database), SetClock(morning(TUESDAY) + timedelta(minutes=20))
    contact = await office.add_person("周明远", people[0].id)
    await office.add_commitment(date(2024, 12, 31), contact_id=contact)

    async def word_kind(saying: Saying) -> Card:
        return Card(saying.kind)

    async with open_bot(server) as bot:
        delivery = Delivery(database, TelegramMessenger(bot, word_kind), clock, RHYTHM, pace=Pace(UNLIMITED))
        for minutes in (0, -60, 30, 60):
            clock.move(timedelta(minutes=minutes))
            await sweep(database, clock.now(), RHYTHM)
            await delivery.drain()

    assert said_by(people) == ["digest"]
