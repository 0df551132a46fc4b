"""How fast the outbox is said: beside the pace that Telegram allows, and beside a bare loop of python-telegram-bot.

Run: python -m tests.bench.delivery [--json] [--messages N]. The local Bot API server runs in a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from telegram import Bot
from telegram.ext import ExtBot

from bot.cards.base import Card
from bot.limiter import AnswersFirst
from bot.messenger import TelegramMessenger
from bot.playground.limits import Limits as ServerLimits
from bot.playground.server import BotApiServer
from commitments.clock import SetClock
from commitments.rhythm import Rhythm
from jobs.delivery import Delivery
from jobs.pace import UNLIMITED, Limits, Pace
from storage import outbox
from storage.engine import Database, open_database
from storage.outbox import Saying

TOKEN = "1000001:playground"
ROUNDS = 10
NOON = datetime(2024, 6, 18, 4, 0, tzinfo=UTC)
TEXT = "📋 承诺提醒 · 6月18日 周二\n🟡 还有 7 天（2024-06-25，周二）\n①澄湾大道北段改造完工"


@dataclass(frozen=True, slots=True)
class Served:
    """What the server saw."""

    said: int
    too_many: int
    chats: int


async def serve(people: int, limited: bool) -> None:
    """Be the server until SIGTERM, then say what was seen."""
    server = BotApiServer(limits=ServerLimits() if limited else None)
    await server.start()
    chats = [server.add_person(f"联系人{n}") for n in range(people)]
    for person in chats:
        person.start()
    print(json.dumps({"base_url": server.base_url, "chats": [person.id for person in chats]}), flush=True)
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    await stopped.wait()
    said = sum(len(person.inbox) for person in chats)
    too_many = sum("Too Many" in call.description for call in server.calls)
    print(json.dumps([said, too_many, sum(bool(person.inbox) for person in chats)]), flush=True)
    await server.stop()


class Line:
    """A running server, our client to it and a plain one; `end` tells what the server saw."""

    def __init__(self, process: asyncio.subprocess.Process, bot: ExtBot[str], bare: Bot, chats: list[int]) -> None:
        self.process, self.bot, self.bare, self.chats = process, bot, bare, chats

    async def end(self) -> Served:
        assert self.process.stdout is not None
        self.process.terminate()
        return Served(*json.loads(await self.process.stdout.readline()))


@asynccontextmanager
async def open_line(people: int, *, limited: bool) -> AsyncIterator[Line]:
    command = [
        sys.executable,
        "-m",
        "tests.bench.delivery",
        "--serve",
        str(people),
        *(["--limited"] if limited else []),
    ]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, limit=2**20)
    assert process.stdout is not None
    about = json.loads(await process.stdout.readline())
    ours = ExtBot(TOKEN, base_url=about["base_url"], rate_limiter=AnswersFirst(Pace(UNLIMITED)))
    async with ours, Bot(TOKEN, base_url=about["base_url"]) as bare:
        yield Line(process, ours, bare, about["chats"])
    await process.wait()


async def word(_saying: Saying) -> Card:
    return Card(TEXT)


async def fill(database: Database, line: Line, messages: int, limits: Limits) -> Delivery:
    """Put the messages into the outbox of a delivery."""
    async with database.writing() as session:
        for n in range(messages):
            await outbox.add(session, line.chats[n % len(line.chats)], "digest", {"n": n}, now=NOON)
    return Delivery(database, TelegramMessenger(line.bot, word), SetClock(NOON), Rhythm(), pace=Pace(limits))


async def deliver(database: Database, line: Line, messages: int) -> float:
    """Time the delivery as it runs in the bot, at the pace that it keeps."""
    delivery = await fill(database, line, messages, Limits())
    begun = time.perf_counter()
    running = asyncio.create_task(delivery.run())
    while (await outbox.read_health(database)).waiting:  # noqa: ASYNC110
        await asyncio.sleep(0.1)  # the delivery tells nobody that it is done; this looks from outside
    seconds = time.perf_counter() - begun
    delivery.stop()
    await running
    return seconds


async def measure_paced(messages: int) -> dict[str, Any]:
    async with open_line(messages, limited=True) as line:
        with tempfile.TemporaryDirectory() as folder:
            database = await open_database(f"sqlite:///{Path(folder)}/ledger.db")
            seconds = await deliver(database, line, messages)
            await database.close()
        seen = await line.end()
    rate = messages / seconds
    share = rate / Limits().overall_per_second
    lost = messages - seen.said
    return {"run": "outbox, real limits", "rate": rate, "share": share, "429": seen.too_many, "lost": lost}


async def measure_free(messages: int) -> list[dict[str, Any]]:
    """Bare loop and outbox in turns, so that whatever else the machine does meets both; the median of rounds."""
    async with open_line(200, limited=False) as line:
        with tempfile.TemporaryDirectory() as folder:
            database = await open_database(f"sqlite:///{Path(folder)}/ledger.db")
            each = messages // ROUNDS
            rounds = [(await send_bare(line, each), await drain(database, line, each)) for _ in range(ROUNDS)]
            await database.close()
        seen = await line.end()
    lost = 2 * ROUNDS * each - seen.said
    bare, ours = (median(each / seconds for seconds in column) for column in zip(*rounds, strict=True))
    share = median(of_bare / of_ours for of_bare, of_ours in rounds)
    return [
        {"run": "bare loop", "rate": bare, "429": seen.too_many, "lost": lost},
        {"run": "outbox, no limits", "rate": ours, "share": share, "429": seen.too_many, "lost": lost},
    ]


async def send_bare(line: Line, messages: int) -> float:
    begun = time.perf_counter()
    for n in range(messages):
        await line.bare.send_message(line.chats[n % len(line.chats)], TEXT, parse_mode="HTML")
    return time.perf_counter() - begun


async def drain(database: Database, line: Line, messages: int) -> float:
    delivery = await fill(database, line, messages, UNLIMITED)
    begun = time.perf_counter()
    await delivery.drain()
    return time.perf_counter() - begun


async def measure_all(messages: int) -> list[dict[str, Any]]:
    return [*await measure_free(messages), await measure_paced(messages)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--limited", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        asyncio.run(serve(given.serve, given.limited))
        return
    rows = asyncio.run(measure_all(given.messages))
    if given.json:
        print(json.dumps(rows))
        return
    print(f"{'run':20}{'messages/s':>12}{'share':>8}{'429':>6}{'lost':>6}")
    for row in rows:
        share = f"{row['share']:.0%}" if "share" in row else ""
        print(f"{row['run']:20}{row['rate']:>12.1f}{share:>8}{row['429']:>6}{row['lost']:>6}")


if __name__ == "__main__":
    main()
