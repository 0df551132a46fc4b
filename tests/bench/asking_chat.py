"""The running bot and an echo bot, asked in turns: each a process of its own, each with a local Bot API server."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bot.playground.people import Person
from bot.playground.server import BotApiServer
from tests.bench.asking_ledger import TODAY

STARTS = 3
WAIT_SECONDS = 60.0
BETWEEN_SECONDS = 0.05
"""A question every now and then: answers in a row would wait for the pace that Telegram allows, 25 a second."""
BEFORE_MORNING = f"{TODAY}T06:00"
"""The reminders of the day are not what is measured."""


@dataclass(frozen=True, slots=True)
class Command:
    words: Sequence[str]
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A bot that has answered its first question, and the person who asks it."""

    server: BotApiServer
    person: Person
    process: asyncio.subprocess.Process
    start_seconds: float

    async def ask(self, question: str) -> float:
        """Seconds from the update to the answer."""
        await self.server.polling.begun()
        begun = time.perf_counter()
        self.person.send(question)
        await self.person.receives("", within=WAIT_SECONDS)
        return time.perf_counter() - begun

    def peak_mb(self) -> int:
        """The most memory that the process and its workers ever held."""
        pid = self.process.pid
        workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return sum(_peak_kb(number) for number in (str(pid), *workers)) // 1024


async def measure_chat(url: str, files: Path, asked: list[str]) -> dict[str, Any]:
    """Start-up, answers and memory of both bots, in turns, so that what else the machine does meets both."""

    def ours(server: BotApiServer, person: Person) -> Command:
        return _jiannuo(server, person, url, files)

    starts = [(await _start(ours, asked[0]), await _start(_echo, asked[0])) for _ in range(STARTS)]
    async with open_line(ours, asked[0]) as line, open_line(_echo, asked[0]) as echo_line:
        times = [(await _ask(line, question), await _ask(echo_line, question)) for question in asked]
        memory, echo_memory = line.peak_mb(), echo_line.peak_mb()
    chat, echo = (
        percentiles(name, list(row)) for name, row in zip(("chat", "echo"), zip(*times, strict=True), strict=True)
    )
    start, echo_start = (median(column) for column in zip(*starts, strict=True))
    slowest = sorted(zip((row[0] for row in times), asked, strict=True), reverse=True)[:3]
    return {
        **chat,
        **echo,
        "p50_ratio": round(chat["chat_p50_ms"] / echo["echo_p50_ms"], 2),
        "start_s": round(start, 2),
        "echo_start_s": round(echo_start, 2),
        "start_ratio": round(start / echo_start, 2),
        "memory_mb": memory,
        "echo_memory_mb": echo_memory,
        "slowest": [f"{seconds * 1000:.0f} ms {question}" for seconds, question in slowest],
    }


@asynccontextmanager
async def open_line(command: Callable[[BotApiServer, Person], Command], question: str) -> AsyncIterator[Line]:
    """Start a bot for which a question waits already."""
    server = BotApiServer()
    await server.start()
    person = server.add_person("督查室 王芷")
    person.send(question)
    made = command(server, person)
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *made.words, env=os.environ | made.settings, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await person.receives("", within=WAIT_SECONDS)
        yield Line(server, person, process, time.perf_counter() - begun)
    finally:
        process.terminate()
        await process.wait()
        await server.stop()


async def _start(command: Callable[[BotApiServer, Person], Command], question: str) -> float:
    async with open_line(command, question) as line:
        return line.start_seconds


async def _ask(line: Line, question: str) -> float:
    await asyncio.sleep(BETWEEN_SECONDS)
    return await line.ask(question)


def _jiannuo(server: BotApiServer, person: Person, url: str, files: Path) -> Command:
    settings = {
        "JIANNUO_TELEGRAM__TOKEN": server.token,
        "JIANNUO_TELEGRAM__BASE_URL": server.base_url,
        "JIANNUO_TELEGRAM__BASE_FILE_URL": server.base_file_url,
        "JIANNUO_STORAGE__URL": url,
        "JIANNUO_STORAGE__FILES": str(files),
        "JIANNUO_ACCESS__ADMINS": f"[{person.id}]",
    }
    return Command((sys.executable, "-m", "bot", "run", "--pretend-now", BEFORE_MORNING), settings)


def _echo(server: BotApiServer, person: Person) -> Command:
    return Command((sys.executable, "-m", "tests.bench.echo_bot", server.token, server.base_url), {})


def _peak_kb(pid: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(row.split()[1]) for row in status.splitlines() if row.startswith("VmHWM:"))


def percentiles(name: str, seconds: list[float]) -> dict[str, float]:
    cuts = quantiles(seconds, n=100, method="inclusive")
    return {f"{name}_p50_ms": round(cuts[49] * 1000, 1), f"{name}_p99_ms": round(cuts[98] * 1000, 1)}
