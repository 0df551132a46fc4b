"""How fast questions are answered in ledgers of 1k, 100k and 1M commitments, from the raw query to the whole chat.

    python -m tests.bench.asking [--sizes 1000 100000] [--questions 200] [--json]

Three levels: the raw full-text query, answer(), and the running bot beside an echo bot of bare python-telegram-bot.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

from bot.answering import answer, prepare
from storage.engine import Database, migrate, open_database
from storage.search import SEARCH_COMMITMENT
from storage.search_queries import matching
from storage.search_text import Words
from tests.bench.asking_chat import measure_chat, percentiles
from tests.bench.asking_ledger import TODAY, World, fill, questions

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


async def measure(path: Path, asked: list[str], *, plain_jieba: bool) -> dict[str, Any]:
    return await measure_inside(path, asked) | await measure_chat(path, asked, plain_jieba=plain_jieba)


async def measure_inside(path: Path, asked: list[str]) -> dict[str, Any]:
    """The raw query and answer(), in this process."""
    database = await open_database(f"sqlite:///{path}")
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


def ledger(folder: Path, size: int, world: World) -> Path:
    """The ledger of that size, made where it is not there yet."""
    path = folder / f"asking-{size}.db"
    if not path.exists():
        migrate(f"sqlite:///{path}")
        fill(path, world, size)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--folder", type=Path, help="keep the ledgers here and use those that are there already")
    parser.add_argument("--plain-jieba", action="store_true", help="as if rjieba were not installed")
    options = parser.parse_args()
    results = {}
    with tempfile.TemporaryDirectory() as temporary:
        for size in options.sizes:
            world = World(random.Random(1))
            path = ledger(options.folder or Path(temporary), size, world)
            asked = list(questions(world, options.questions))
            results[size] = asyncio.run(measure(path, asked, plain_jieba=options.plain_jieba))
    if options.json:
        print(json.dumps(results))
        return
    print(f"{'commitments':24}", *(f"{size:>20,}" for size in results))
    for name, shape in ROWS.items():
        print(f"{name:24}", *(f"{shape.format(**figures):>20}" for figures in results.values()))


if __name__ == "__main__":
    main()
