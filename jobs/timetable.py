"""What runs when: one table of jobs, the days and hours at which they are due, and how late they may still run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from commitments.clock import local_time
from commitments.rhythm import Rhythm
from commitments.workdays import WorkCalendar
from jobs import checkin, delegates_week, housekeeping, lookback, renewal, summary, sweep, undecided
from jobs.work import Work


@dataclass(frozen=True, slots=True)
class Job:
    """A row of the table. Its day is covered once; a restart, a second tick or a clock set back repeat nothing."""

    name: str
    find_day: Callable[[date, WorkCalendar], date | None]
    """The day on which it was due last, seen from a day; None when it is not due before another period begins."""
    hour: time | None
    """None: the place's morning."""
    may_be_days_late: int
    run: Callable[[Work, date, datetime], Awaitable[None]]


def every_day(today: date, _calendar: WorkCalendar) -> date | None:
    return today


def every_workday(today: date, calendar: WorkCalendar) -> date | None:
    return today if calendar.is_workday(today) else None


def first_workday_of_week(today: date, calendar: WorkCalendar) -> date | None:
    return _first_workday(today - timedelta(days=today.weekday()), today, calendar)


def first_workday_of_month(today: date, calendar: WorkCalendar) -> date | None:
    return _first_workday(today.replace(day=1), today, calendar)


# The sweep is never late: one that comes on a later day covers all days since the last one.
TIMETABLE = (
    Job(sweep.SWEEP, every_workday, None, 0, sweep.run),
    Job(delegates_week.DELEGATES_WEEK, first_workday_of_week, None, 4, delegates_week.run),
    Job(summary.WEEKLY, first_workday_of_week, None, 4, summary.run),
    # In the afternoon, so that nobody finds two long messages in one morning.
    Job(checkin.CHECKIN, first_workday_of_month, time(14, 30), 7, checkin.run),
    Job(undecided.UNDECIDED, every_workday, None, 0, undecided.run),
    Job(lookback.LOOK_BACK, every_workday, time(10, 0), 0, lookback.run),
    # By night and before the sweep: what it opens is spoken of from the next day.
    Job(renewal.RENEWAL, every_day, time(2, 0), 0, renewal.run),
    Job(housekeeping.HOUSEKEEPING, every_day, time(3, 0), 0, housekeeping.run),
)


def find_due_day(job: Job, now: datetime, covered_on: date | None, rhythm: Rhythm) -> date | None:
    """The day whose work a job has to do now; None when there is none."""
    local = local_time(now, rhythm.zone)
    today = local.date()
    day = job.find_day(today, rhythm.calendar)
    if day is None or (covered_on is not None and covered_on >= day):
        return None
    # What is made out after the evening's quiet began would meet the next morning's message.
    if not (job.hour or rhythm.morning) <= local.time() < rhythm.quiet.starts:
        return None
    # A job that has never run is not late: nobody waits for last month's card of a new bot.
    in_time = covered_on is not None and (today - day).days <= job.may_be_days_late
    return day if day == today or in_time else None


def _first_workday(begins: date, today: date, calendar: WorkCalendar) -> date | None:
    first = calendar.workday_from(begins)
    return first if first <= today else None
