"""When each job last did its work, the day up to which it has covered, and what admins hear of one that fails."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import outbox
from storage.engine import Database
from storage.tables import JobRun

GRACE = timedelta(minutes=5)
"""So long a job may fail before anybody hears of it: most of what goes wrong is gone at the next try."""


async def find_covered_on(session: AsyncSession, job: str) -> date | None:
    """The day up to which a job has done its work; None before its first time."""
    run = await session.get(JobRun, job)
    return run.covered_on if run else None


async def cover(session: AsyncSession, job: str, covered_on: date, *, now: datetime, outcome: str = "") -> None:
    """Note in the job's own transaction that its work for a day is done."""
    run = await _get_or_begin(session, job, now)
    run.ran_at, run.covered_on, run.outcome = now, covered_on, outcome


async def note_trouble(database: Database, job: str, admins: Iterable[int], *, now: datetime, outcome: str) -> None:
    """Note that a job failed; the day it has covered stays, so it is tried again.

    However often it fails until it works again, the admins are told once, and not at all when that is soon.
    """
    async with database.writing() as session:
        run = await _get_or_begin(session, job, now)
        run.outcome, run.failing_since = outcome, run.failing_since or now
        await _tell(session, "job_failed", run, admins, now=now, not_before=run.failing_since + GRACE)


async def note_recoveries(database: Database, admins: Iterable[int], *, now: datetime) -> None:
    """End the bad times of all jobs that have worked since; who heard of them hears of their end."""
    async with database.writing() as session:
        recovered = select(JobRun).where(col(JobRun.ran_at) > col(JobRun.failing_since))
        for run in await session.exec(recovered):
            await _tell(session, "job_works_again", run, admins, now=now)
            run.failing_since = None


async def find_runs(database: Database) -> dict[str, JobRun]:
    """The last run of every job by its name."""
    async with database.reading() as session:
        return {run.job: run for run in await session.exec(select(JobRun))}


def key_of(kind: str, chat_id: int, params: dict[str, Any]) -> str:
    """What makes a message about a job the same message: told once to each admin in a spell of failures."""
    return f"{kind}:{params['job']}:{params['since']}:{chat_id}"


async def _get_or_begin(session: AsyncSession, job: str, now: datetime) -> JobRun:
    run = await session.get(JobRun, job)
    if run is None:
        run = JobRun(job=job, ran_at=now)
        session.add(run)
    return run


async def _tell(
    session: AsyncSession,
    kind: str,
    run: JobRun,
    admins: Iterable[int],
    *,
    now: datetime,
    not_before: datetime | None = None,
) -> None:
    assert run.failing_since is not None
    params = {"job": run.job, "since": run.failing_since.isoformat(), "at": run.ran_at.isoformat()}
    for chat_id in admins:
        key = key_of(kind, chat_id, params)
        await outbox.add(session, chat_id, kind, params, now=now, key=key, not_before=not_before)
