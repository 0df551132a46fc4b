"""Opens the next period of what was promised for every year, quarter or month."""

from __future__ import annotations

from datetime import date, datetime

from jobs.work import Work
from storage import jobruns
from storage.ledger.renewing import renew

RENEWAL = "renewal"


async def run(work: Work, day: date, now: datetime) -> None:
    async with work.database.writing() as session:
        opened = await renew(session, day, now=now)
        await jobruns.cover(session, RENEWAL, day, now=now, outcome=f"{len(opened)} opened")
