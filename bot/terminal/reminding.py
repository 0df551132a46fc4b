"""`jiannuo reminders`: who would be told what on a day, and why; sends nothing."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from bot import texts
from bot.cards.reminders import planned_line
from bot.settings import Settings
from bot.terminal.opening import open_ledger
from commitments.clock import local_day
from jobs.planning import plan
from storage.ledger.queries import CommitmentView, find_commitments


async def reminders(settings: Settings, on: date | None, *, as_json: bool) -> None:
    async with open_ledger(settings) as services:
        day = on or local_day(services.clock.now(), settings.zone)
        planned = await plan(services.database, day, settings.rhythm, services.admins)
        views = {
            view.id: view for view in await find_commitments(services.database, [row.commitment_id for row in planned])
        }
    if not planned and not as_json:
        print(texts.no_reminders(day))
    for row in planned:
        view = views[row.commitment_id]
        print(
            json.dumps(asdict(row) | _subject(view), ensure_ascii=False, default=str)
            if as_json
            else planned_line(row, view)
        )


def _subject(view: CommitmentView) -> dict[str, Any]:
    return {"reply": view.reply.number, "source": view.reply.source, "position": view.position, "quote": view.quote}
