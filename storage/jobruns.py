"""When each job last did its work, and the day up to which it has covered."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.engine import Database
from storage.tables import JobRun


async def find_covered_on(session: AsyncSession, job: str) -> date | None:
    """The day up to which a job has done its work; None before its first time."""
    run = await session.get(JobRun, job)
    return run.covered_on if run else None


async def cover(session: AsyncSession, job: str, covered_on: date, *, now: datetime, outcome: str = "") -> None:
    """Note in the job's own transaction that its work for a day is done."""
    await session.merge(JobRun(job=job, ran_at=now, covered_on=covered_on, outcome=outcome))


async def note_trouble(database: Database, job: str, *, now: datetime, outcome: str) -> None:
    """Note that a job failed; the day it has covered stays, so it is tried again."""
    async with database.writing() as session:
        run = await session.get(JobRun, job)
        covered_on = run.covered_on if run else None
        await session.merge(JobRun(job=job, ran_at=now, covered_on=covered_on, outcome=outcome))


async def find_runs(database: Database) -> dict[str, JobRun]:
    """The last run of every job by its name."""
    async with database.reading() as session:
        return {run.job: run for run in await session.exec(select(JobRun))}
