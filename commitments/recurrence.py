"""When a commitment of every year, quarter or month comes due again."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from commitments.letters import Recurrence

MONTHS = {Recurrence.MONTHLY: 1, Recurrence.QUARTERLY: 3, Recurrence.YEARLY: 12}


def next_due(due_on: date, recurrence: Recurrence, today: date) -> date:
    """The first due date of the series after its last one that is not past today.

    The end of a month stays the end of a month; a day that a month lacks becomes its last.
    """
    periods = 1
    while (day := _add_months(due_on, periods * MONTHS[recurrence])) < today:
        periods += 1
    return day


def _add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    last = calendar.monthrange(year, month)[1]
    was_last = (day + timedelta(days=1)).day == 1
    return date(year, month, last if was_last else min(day.day, last))
