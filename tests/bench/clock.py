"""What a morning and a start cost at 10 thousand to a million open commitments, beside one scheduler job a reminder.

Run: python -m tests.bench.clock [--json] [--sizes N ...]; each figure is measured in a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import pickle
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from telegram.ext import ApplicationBuilder, CallbackContext

from commitments.ladder import Ladder, find_firing_due_dates
from commitments.rhythm import Rhythm
from jobs.sweep import sweep
from storage import jobruns, sending
from storage.engine import migrate, open_database

RHYTHM = Rhythm()
TODAY = date(2024, 6, 18)
NOW = datetime(2024, 6, 18, 0, 30, tzinfo=UTC)
FIRING = 200
UNITS = 100
ROUNDS = 5
PEER_SIZES = (10_000, 100_000)
FAR = datetime(2034, 1, 1, tzinfo=UTC)


def build_ledger(path: Path, size: int) -> None:
    """A ledger of open commitments of which always the same number is spoken of today."""
    migrate(f"sqlite:///{path}")
    oldest = TODAY - timedelta(days=730)
    spans = find_firing_due_dates(TODAY - timedelta(days=1), TODAY, oldest, Ladder(), RHYTHM.calendar)
    days = [oldest + timedelta(days=n) for n in range(1460)]
    firing = [day for day in days if any(span.first <= day <= span.last for span in spans)]
    silent = sorted(set(days) - set(firing))
    with sqlite3.connect(path) as connection:
        _fill(connection, "unit", "id, name", ((n, f"单位{n}") for n in range(UNITS)))
        columns = "id, unit_id, name, phone, rank, chat_id"
        _fill(
            connection,
            "contact",
            columns,
            ((n, n, f"联系人{n}", "", "contact", 7_000_000_000 + n) for n in range(UNITS)),
        )
        columns = (
            "id, source, text, text_sha256, state, kind, co_organs, addressees, near_misses, date_given_by_loader,"
            " relative_dates, unit_id, contact_id, loaded_at, loaded_by"
        )
        _fill(connection, "reply", columns, _replies(size // 5))
        columns = (
            "id, reply_id, position, quote, verifiable, due_on, due_basis, targets, cues, confidence, state, reviewed,"
            " opened_on, version"
        )
        due = (firing[n % len(firing)] if n < FIRING else silent[n % len(silent)] for n in range(size))
        _fill(connection, "commitment", columns, _commitments(due))


def _replies(count: int) -> Iterator[tuple[Any, ...]]:
    for n in range(count):
        at = str(NOW.replace(tzinfo=None))
        yield n, f"{n}.txt", "", str(n), "confirmed", "other", "[]", "[]", "[]", 0, 0, n % UNITS, n % UNITS, at, "bench"


def _commitments(due: Iterator[date]) -> Iterator[tuple[Any, ...]]:
    quote = "力争年内完成澄湾大道北段改造，新增公共泊位1200个以上。" * 3
    for n, day in enumerate(due):
        fixed = (0, str(day), "explicit", "[]", "[]", 1.0, "open", 1, "2020-01-02", 1)
        yield n, n // 5, n % 5 + 1, quote, *fixed


def _fill(connection: sqlite3.Connection, table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


async def measure_ours(path: Path, _size: int) -> dict[str, float]:
    before = time.perf_counter()
    database = await open_database(f"sqlite:///{path}")
    await sending.recover_claims(database)
    await jobruns.find_runs(database)
    started = time.perf_counter()
    swept = await sweep(database, NOW, RHYTHM)
    done = time.perf_counter()
    await database.close()
    assert swept.reminders == FIRING, swept
    return {"start": started - before, "morning": done - started}


async def measure_jobstore(path: Path, size: int) -> dict[str, float]:
    """Bare APScheduler with SQLAlchemyJobStore: its jobs are kept, so a start only opens it; then the due ones fire."""
    store_path = path.with_suffix(".jobs.db")
    _fill_jobstore(store_path, size)
    before = time.perf_counter()
    scheduler = BackgroundScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None})
    scheduler.add_jobstore(SQLAlchemyJobStore(url=f"sqlite:///{store_path}"))
    scheduler.start(paused=True)
    started = time.perf_counter()
    store = scheduler._lookup_jobstore("default")
    for job in store.get_due_jobs(NOW):
        store.remove_job(job.id)  # what the scheduler does with a job that has run for the last time
    done = time.perf_counter()
    scheduler.shutdown()
    return {"start": started - before, "morning": done - started}


def _fill_jobstore(path: Path, size: int) -> None:
    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.add_jobstore(SQLAlchemyJobStore(url=f"sqlite:///{path}"))
    scheduler.start(paused=True)
    template: Job = scheduler.add_job(remind_by_job, "date", run_date=FAR, args=(1,), id="template")
    state = template.__getstate__()
    scheduler.shutdown()
    with sqlite3.connect(path) as connection:
        _fill(connection, "apscheduler_jobs", "id, next_run_time, job_state", _job_rows(state, size))


def _job_rows(state: dict[str, Any], size: int) -> Iterator[tuple[Any, ...]]:
    for n in range(size):
        at = NOW if n < FIRING else FAR + timedelta(seconds=n)
        row = state | {"id": str(n), "args": (n,), "next_run_time": at}
        yield str(n), at.timestamp(), pickle.dumps(row, pickle.HIGHEST_PROTOCOL)


def remind_by_job(_commitment_id: int) -> None:
    """What a job of the usual design would call."""


async def measure_job_queue(path: Path, size: int) -> dict[str, float]:
    """python-telegram-bot's JobQueue keeps nothing over a restart: every start reads the ledger and adds all jobs."""

    async def remind(_context: CallbackContext[Any, Any, Any, Any]) -> None:
        """Told."""

    before = time.perf_counter()
    application = ApplicationBuilder().token("1000001:bench").build()
    queue = application.job_queue
    assert queue is not None
    with sqlite3.connect(path) as connection:
        for commitment_id, due_on in connection.execute("SELECT id, due_on FROM commitment WHERE state = 'open'"):
            queue.run_once(remind, FAR, data=(commitment_id, due_on), name=str(commitment_id))
    assert len(queue.jobs()) == size
    started = time.perf_counter()
    return {"start": started - before, "morning": float("nan")}


DESIGNS: dict[str, Callable[[Path, int], Any]] = {
    "jiannuo": measure_ours,
    "APScheduler + SQLAlchemyJobStore": measure_jobstore,
    "python-telegram-bot JobQueue": measure_job_queue,
}


def measure(design: str, size: int) -> dict[str, Any]:
    """One design at one size: the median of some rounds, each in a fresh process over a fresh copy of the ledger."""
    with tempfile.TemporaryDirectory() as folder:
        ledger, path = Path(folder) / "ledger.db", Path(folder) / "round.db"
        build_ledger(ledger, size)
        rounds = []
        for _ in range(ROUNDS):
            shutil.copy(ledger, path)
            os.sync()  # what was copied is not to be paid for by whoever syncs first
            command = [sys.executable, "-m", "tests.bench.clock", "--one", design, str(size), str(path)]
            output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            rounds.append(json.loads(output))
            for left in Path(folder).glob("round*"):
                left.unlink()
    return {"design": design, "open": size, **{name: median(one[name] for one in rounds) for name in rounds[0]}}


def measure_here(design: str, size: int, path: Path) -> None:
    figures = asyncio.run(DESIGNS[design](path, size))
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(figures))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--one", nargs=3, metavar=("DESIGN", "SIZE", "PATH"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        measure_here(given.one[0], int(given.one[1]), Path(given.one[2]))
        return
    plans = [(design, n) for design in DESIGNS for n in given.sizes if design == "jiannuo" or n in PEER_SIZES]
    rows = [measure(design, size) for design, size in plans]
    if given.json:
        print(json.dumps(rows))
        return
    print(f"{'design':34}{'open':>10}{'start-up s':>12}{f'morning of {FIRING} s':>18}{'peak MB':>10}")
    for row in rows:
        print(f"{row['design']:34}{row['open']:>10}{row['start']:>12.3f}{row['morning']:>18.3f}{row['peak_mb']:>10.0f}")


if __name__ == "__main__":
    main()
