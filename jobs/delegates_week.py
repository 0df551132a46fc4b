"""The weekly digest for delegates who want one, on the first working morning of a week."""

from __future__ import annotations

from datetime import date, datetime

from jobs.work import Work
from storage import jobruns, outbox
from storage.ledger.follow import find_weekly_readers

DELEGATES_WEEK = "delegates_week"


async def run(work: Work, day: date, now: datetime) -> None:
    async with work.database.writing() as session:
        readers = await find_weekly_readers(session)
        for chat_id in readers:
            key = f"{DELEGATES_WEEK}:{chat_id}:{day}"
            params = {"on": day.isoformat()}
            await outbox.add(session, chat_id, DELEGATES_WEEK, params, now=now, key=key, priority=outbox.BULK)
        await jobruns.cover(session, DELEGATES_WEEK, day, now=now, outcome=f"{len(readers)} cards")
