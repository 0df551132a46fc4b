"""The monthly check-in (每月调度): one card a person with the open commitments that have no due date."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from commitments.reminding import find_responsible
from jobs.work import Work
from storage import jobruns, outbox
from storage.ledger import due

CHECKIN = "checkin"


async def run(work: Work, day: date, now: datetime) -> None:
    async with work.database.writing() as session:
        undated = await due.find_undated(session)
        people = await due.find_people(session, undated)
        by_chat: dict[int, list[int]] = defaultdict(list)
        for item in undated:
            for person in find_responsible(item, people[item.commitment_id]):
                assert person.chat_id is not None
                by_chat[person.chat_id].append(item.commitment_id)
        for chat_id, commitment_ids in by_chat.items():
            params = {"on": day.isoformat(), "commitment_ids": commitment_ids}
            key = f"{CHECKIN}:{chat_id}:{day}"
            await outbox.add(session, chat_id, CHECKIN, params, now=now, key=key, priority=outbox.BULK)
        await jobruns.cover(session, CHECKIN, day, now=now, outcome=f"{len(by_chat)} cards")
