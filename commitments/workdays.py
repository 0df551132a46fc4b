"""Which days are worked in China: weekends, public holidays, and the weekend days worked in exchange (调休)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

# The one import here beside the standard library and pydantic: a table of the notices since 2004, nothing more.
from chinese_calendar.constants import holidays, workdays

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class WorkCalendar:
    """Working days as the State Council's notices set them; a year that nobody knows is worked Monday to Friday."""

    days_off: frozenset[date] = frozenset()
    """Weekdays on which nobody works."""
    make_up_days: frozenset[date] = frozenset()
    """Saturdays and Sundays that are worked in exchange."""
    years: frozenset[int] = frozenset()

    def knows(self, year: int) -> bool:
        """False when the year is only guessed from its weekends."""
        return year in self.years

    def is_workday(self, day: date) -> bool:
        if day.weekday() >= SATURDAY:
            return day in self.make_up_days
        return day not in self.days_off

    def next_workday(self, day: date) -> date:
        """The first working day after this one."""
        return self.workday_from(day + ONE_DAY)

    def previous_workday(self, day: date) -> date:
        """The last working day before this one."""
        return self.workday_until(day - ONE_DAY)

    def workday_from(self, day: date) -> date:
        """This day when it is worked, else the next working day."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def workday_until(self, day: date) -> date:
        """This day when it is worked, else the working day before it."""
        while not self.is_workday(day):
            day -= ONE_DAY
        return day

    def add_workdays(self, day: date, count: int) -> date:
        """The `count`-th working day after this one, or before it when `count` is negative; 0 is the day itself."""
        step = self.next_workday if count > 0 else self.previous_workday
        for _ in range(abs(count)):
            day = step(day)
        return day


def make_calendar(days_off: Iterable[date] = (), make_up_days: Iterable[date] = ()) -> WorkCalendar:
    """The published calendar with the place's own days over it; a year with own days off counts as known."""
    published = _read_published()
    own_off, own_worked = frozenset(days_off), frozenset(make_up_days)
    return WorkCalendar(
        days_off=(published.days_off | own_off) - own_worked,
        make_up_days=(published.make_up_days | own_worked) - own_off,
        years=published.years | {day.year for day in own_off},
    )


@cache
def _read_published() -> WorkCalendar:
    return WorkCalendar(
        days_off=frozenset(day for day in holidays if day.weekday() < SATURDAY),
        make_up_days=frozenset(day for day in workdays if day.weekday() >= SATURDAY),
        years=frozenset(range(min(holidays).year, max(holidays).year + 1)),
    )
