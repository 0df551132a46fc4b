"""The morning sweep: whom the day's reminders concern, one digest a person, told once and never lost."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from commitments.reminding import NOBODY_THERE, PlannedReminder
from commitments.rhythm import Rhythm
from commitments.states import Rank
from commitments.workdays import ONE_DAY
from jobs.planning import plan_span
from jobs.work import Work
from storage import jobruns
from storage.engine import Database, Session
from storage.ledger import remind, unreached

SWEEP = "sweep"


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep wrote down."""

    on: date
    digests: int = 0
    reminders: int = 0
    unreached: tuple[PlannedReminder, ...] = ()


async def sweep(database: Database, now: datetime, rhythm: Rhythm, admins: tuple[int, ...] = ()) -> Swept:
    """Write the digests for all days since the last sweep. A second one on the same day finds nothing to do."""
    today = rhythm.today(now)
    async with database.writing() as session:
        covered_on = await jobruns.find_covered_on(session, SWEEP) or today - ONE_DAY
        if covered_on >= today:
            return Swept(today)
        planned = await plan_span(session, covered_on, today, rhythm, admins)
        swept = await _write(session, planned, today, now, admins)
        outcome = f"{swept.digests} digests, {swept.reminders} reminders, {len(swept.unreached)} unreached"
        await jobruns.cover(session, SWEEP, today, now=now, outcome=outcome)
    return swept


async def _write(
    session: Session, planned: list[PlannedReminder], today: date, now: datetime, admins: tuple[int, ...]
) -> Swept:
    by_chat: dict[int, list[PlannedReminder]] = defaultdict(list)
    for one in planned:
        if one.why_not is None and one.chat_id is not None and one.rank != Rank.ADMIN:
            by_chat[one.chat_id].append(one)
    for chat_id, mine in by_chat.items():
        await remind.write_digest(session, chat_id, mine, on=today, now=now, key=f"digest:{chat_id}:{today}")
    nobody_there = [one for one in planned if one.why_not in NOBODY_THERE]
    unanswered = [one for one in planned if one.why_not is None and one.rank == Rank.ADMIN]
    await unreached.tell_admins(session, nobody_there, unanswered, admins, on=today, now=now)
    return Swept(today, len(by_chat), sum(map(len, by_chat.values())), tuple(nobody_there))


async def run(work: Work, _day: date, now: datetime) -> None:
    """The sweep as the timetable calls it."""
    await sweep(work.database, now, work.rhythm, work.admins)
