"""A delivery that is killed again and again loses nothing, and repeats at most one message a kill, marked as such.

Some kills in every test run; 220 kills over 2,000 messages with JIANNUO_PROOF=whole (make proof).
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections import Counter
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event
from random import Random

from sqlmodel import col, func, select

from bot.playground.people import Person
from bot.playground.server import BotApiServer
from commitments.states import OutgoingState
from storage import outbox
from storage.engine import Database
from storage.tables import Outgoing
from tests.jobs.telegram import serve
from tests.proof.delivering import MARK, NOON, live

WHOLE = bool(os.environ.get("JIANNUO_PROOF"))
MESSAGES, KILLS, LONGEST_LIFE_SECONDS = (2_000, 220, 0.025) if WHOLE else (150, 8, 0.06)
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.proof.delivering"])


async def test_kills_lose_nothing_and_repeat_at_most_one_message_each(database: Database, database_url: str) -> None:
    rng = Random(7)
    async with serve() as server:
        people = [server.add_person(f"联系人{n}") for n in range(40)]
        await put_messages(database, people)
        for _ in range(KILLS):
            said_before = count_said(people)
            process = await start(database_url, server)
            await asyncio.sleep(rng.uniform(0, LONGEST_LIFE_SECONDS))
            process.kill()
            await asyncio.to_thread(process.join)
            said_now = count_said(people) - said_before
            assert len(said_now.keys() & await find_in_hand(database)) <= 1, "said, and not recorded before the next"
        assert await count_waiting(database), "all was said before the last kill: a proof of nothing"
        process = await start(database_url, server)
        while await count_waiting(database):  # noqa: ASYNC110  # another process delivers; this looks from outside
            await asyncio.sleep(0.2)
        process.kill()
        await asyncio.to_thread(process.join)

    check(people)


def check(people: list[Person]) -> None:
    said = [message.words.split() for person in people for message in person.inbox]
    times = Counter(words[0] for words in said)
    unmarked = Counter(words[0] for words in said if MARK not in words)
    repeated = sum(times.values()) - len(times)
    print(f"{MESSAGES} messages, {KILLS} kills: {MESSAGES - len(times)} lost, {repeated} said twice, all marked")
    assert len(times) == MESSAGES
    assert repeated <= KILLS
    assert max(unmarked.values()) == 1


async def put_messages(database: Database, people: list[Person]) -> None:
    for person in people:
        person.start()
    async with database.writing() as session:
        for n in range(MESSAGES):
            await outbox.add(session, people[n % len(people)].id, "digest", {"n": n}, now=NOON)


async def start(url: str, server: BotApiServer) -> ForkServerProcess:
    """A process that has begun to work; how long it takes to get there is not what is tested."""
    begun: Event = FORKS.Event()
    process = FORKS.Process(target=live, args=(url, server.token, server.base_url, begun.set))
    process.start()
    assert await asyncio.to_thread(begun.wait, 30)
    return process


def count_said(people: list[Person]) -> Counter[str]:
    """How often each message (by its number) stands in the chats."""
    return Counter(message.words.split()[0] for person in people for message in person.inbox)


async def find_in_hand(database: Database) -> set[str]:
    """What the dead process had claimed and not recorded."""
    async with database.reading() as session:
        held = await session.exec(select(Outgoing).where(Outgoing.state == OutgoingState.SENDING))
        return {str(row.params["n"]) for row in held}


async def count_waiting(database: Database) -> int:
    unsettled = col(Outgoing.state).in_((OutgoingState.WAITING, OutgoingState.SENDING))
    async with database.reading() as session:
        return (await session.exec(select(func.count()).where(unsettled))).one()
