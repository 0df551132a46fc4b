"""How fast questions are answered in ledgers of 1k, 100k and 1M commitments, from the raw query to the whole chat.

    python -m tests.bench.asking [--postgres] [--sizes 1000 100000] [--questions 200] [--json]

Three levels: the raw full-text query, answer(), and the running bot beside an echo bot of bare python-telegram-bot.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.answering import answer, prepare
from storage.engine import Database, migrate, open_database
from storage.search import SEARCH_COMMITMENT
from storage.search_queries import matching
from storage.search_text import Words
from tests.bench.asking_chat import measure_chat, percentiles
from tests.bench.asking_filling import fill_postgres, fill_sqlite
from tests.bench.asking_ledger import TODAY, World, questions
from tests.postgres import find_postgres, start_postgres

ROWS = {
    "raw query, p50 / p99": "{raw_p50_ms:.1f} / {raw_p99_ms:.1f} ms",
    "answer(), p50 / p99": "{answer_p50_ms:.0f} / {answer_p99_ms:.0f} ms",
    "chat, p50 / p99": "{chat_p50_ms:.0f} / {chat_p99_ms:.0f} ms",
    "echo bot, p50 / p99": "{echo_p50_ms:.0f} / {echo_p99_ms:.0f} ms",
    "chat p50 to echo bot's": "{p50_ratio:.2f}",
    "start to first answer": "{start_s:.2f} s",
    "echo bot's": "{echo_start_s:.2f} s",
    "start to echo bot's": "{start_ratio:.2f}",
    "peak memory": "{memory_mb} MB",
    "echo bot's memory": "{echo_memory_mb} MB",
}


Ledger = Callable[[int, World], str]
"""Size and world → the address of a ledger with so many commitments."""


async def measure(url: str, files: Path, asked: list[str]) -> dict[str, Any]:
    return await measure_inside(url, asked) | await measure_chat(url, files, asked)


async def measure_inside(url: str, asked: list[str]) -> dict[str, Any]:
    """The raw query and answer(), in this process."""
    database = await open_database(url)
    await prepare(database)
    raw = [await _seconds(_raw(database, question)) for question in asked]
    answered = [await _seconds(answer(database, question, speaker=None, today=TODAY)) for question in asked]
    await database.close()
    return percentiles("raw", raw) | percentiles("answer", answered)


async def _raw(database: Database, question: str) -> None:
    """One full-text query for the rarest thing there is: the question's first three characters."""
    await database.look(lambda look: matching(look, SEARCH_COMMITMENT, Words(question[:3]), 50))


async def _seconds(work: Awaitable[object]) -> float:
    started = time.perf_counter()
    await work
    return time.perf_counter() - started


@contextmanager
def sqlite_ledgers(folder: Path) -> Iterator[Ledger]:
    """Made where they are not there yet."""

    def ledger(size: int, world: World) -> str:
        path = folder / f"asking-{size}.db"
        url = f"sqlite:///{path}"
        if not path.exists():
            migrate(url)
            fill_sqlite(path, world, size)
        return url

    yield ledger


@contextmanager
def postgres_ledgers(folder: Path) -> Iterator[Ledger]:
    binaries = find_postgres()
    if binaries is None:
        raise SystemExit("no PostgreSQL server binaries on this machine (Debian: apt-get install postgresql)")
    with start_postgres(binaries, folder) as server:

        def ledger(size: int, world: World) -> str:
            url = server.fresh_database()
            fill_postgres(url, world, size)
            return url

        yield ledger


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--folder", type=Path, help="keep the SQLite ledgers here and use those that are there already")
    parser.add_argument("--postgres", action="store_true", help="a server of its own instead of SQLite")
    options = parser.parse_args()
    results = {}
    with tempfile.TemporaryDirectory() as name:
        temporary = Path(name)
        ledgers = postgres_ledgers(temporary) if options.postgres else sqlite_ledgers(options.folder or temporary)
        with ledgers as ledger:
            for size in options.sizes:
                world = World(random.Random(1))
                url = ledger(size, world)
                asked = list(questions(world, options.questions))
                results[size] = asyncio.run(measure(url, temporary / "files", asked))
    if options.json:
        print(json.dumps(results))
        return
    print(f"{'commitments':24}", *(f"{size:>20,}" for size in results))
    for name, shape in ROWS.items():
        print(f"{name:24}", *(f"{shape.format(**figures):>20}" for figures in results.values()))


if __name__ == "__main__":
    main()
