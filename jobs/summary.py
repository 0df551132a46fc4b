"""The weekly summary for admins, on the first working morning of a week."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from jobs.work import Work
from storage import jobruns, outbox

WEEKLY = "weekly_summary"


async def run(work: Work, day: date, now: datetime) -> None:
    since = day - timedelta(days=7)
    async with work.database.writing() as session:
        for chat_id in work.admins:
            params = {"since": since.isoformat(), "on": day.isoformat()}
            key = f"{WEEKLY}:{chat_id}:{day}"
            await outbox.add(session, chat_id, WEEKLY, params, now=now, key=key, priority=outbox.BULK)
        await jobruns.cover(session, WEEKLY, day, now=now, outcome=f"{len(work.admins)} cards")
