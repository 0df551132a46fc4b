"""Brings requests up with the admins every working morning, once they have waited as long as the rules allow."""

from __future__ import annotations

from datetime import date, datetime

from jobs.work import Work
from storage import jobruns, outbox
from storage.ledger import requests

UNDECIDED = "undecided"


async def run(work: Work, day: date, now: datetime) -> None:
    async with work.database.writing() as session:
        waiting = await requests.find_overlong(session, day, work.rules, work.rhythm)
        for chat_id in work.admins if waiting else ():
            params = {"request_ids": [request.id for request in waiting]}
            key = f"{UNDECIDED}:{chat_id}:{day}"
            await outbox.add(session, chat_id, UNDECIDED, params, now=now, key=key, priority=outbox.BULK)
        await jobruns.cover(session, UNDECIDED, day, now=now, outcome=f"{len(waiting)} requests")
