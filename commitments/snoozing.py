"""改日提醒: to which day a reminder may be put off. The due date stays, and a reminder is never put off past it."""

from __future__ import annotations

from datetime import date

from commitments.workdays import WorkCalendar

USUAL_WORKDAYS = (1, 3)
"""Tomorrow, and in three working days: what a card offers beside a day of one's own."""


def find_snooze_day(wished_on: date, due_on: date | None, today: date, calendar: WorkCalendar) -> date | None:
    """The working day on which it is brought up again; None when none is left before the due date is past."""
    if due_on is None:
        return None
    day = calendar.workday_until(min(wished_on, due_on))
    return day if day > today else None


def usual_days(due_on: date | None, today: date, calendar: WorkCalendar) -> list[date]:
    """The days that a card offers; none for what is due today or overdue."""
    days = (calendar.add_workdays(today, count) for count in USUAL_WORKDAYS)
    return [day for day in days if find_snooze_day(day, due_on, today, calendar) == day]
