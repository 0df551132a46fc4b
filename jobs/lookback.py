"""回头看: asks both sides how a closed commitment has lasted, so long after closing as the place's rules say."""

from __future__ import annotations

from datetime import date, datetime

from jobs.work import Work
from storage import jobruns
from storage.ledger import lookback

LOOK_BACK = "look_back"


async def run(work: Work, day: date, now: datetime) -> None:
    async with work.database.writing() as session:
        asked = await lookback.ask_both_sides(session, day, work.rules, work.rhythm, now)
        await jobruns.cover(session, LOOK_BACK, day, now=now, outcome=f"{asked} commitments")
