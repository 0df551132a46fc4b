"""The nightly cleaning: what only bridged a moment goes, what the admin set a time for goes then, nothing else."""

from __future__ import annotations

from datetime import date, datetime

from jobs.work import Work
from storage import jobruns
from storage.housekeeping import clean, tidy

HOUSEKEEPING = "housekeeping"


async def run(work: Work, day: date, now: datetime) -> None:
    async with work.database.writing() as session:
        removed = await clean(session, now, work.retention)
        outcome = ", ".join(f"{count} {what}" for what, count in removed.items())
        await jobruns.cover(session, HOUSEKEEPING, day, now=now, outcome=outcome)
    await tidy(work.database)
