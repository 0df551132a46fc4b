"""The hours in which nobody is disturbed: evenings, nights and days off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from commitments.clock import instant, local_time
from commitments.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From an evening hour to a morning hour, and (unless the place wants otherwise) the whole of a day off."""

    starts: time = time(20, 0)
    ends: time = time(8, 30)
    on_days_off: bool = True

    def __post_init__(self) -> None:
        if self.ends >= self.starts:
            raise ValueError("quiet hours begin in the evening and end in the morning")

    def is_quiet(self, at: datetime, calendar: WorkCalendar, zone: ZoneInfo) -> bool:
        return self.earliest_send(at, calendar, zone) != at

    def earliest_send(self, at: datetime, calendar: WorkCalendar, zone: ZoneInfo) -> datetime:
        """The instant itself when people are up, else the end of the quiet it falls into."""
        local = local_time(at, zone)
        day = local.date()
        if self._is_restful(local, calendar):
            return at
        if local.time() >= self.starts:
            day = calendar.next_workday(day) if self.on_days_off else day.fromordinal(day.toordinal() + 1)
        elif self.on_days_off:
            day = calendar.workday_from(day)
        return instant(day, self.ends, zone)

    def _is_restful(self, local: datetime, calendar: WorkCalendar) -> bool:
        worked = not self.on_days_off or calendar.is_workday(local.date())
        return worked and self.ends <= local.time() < self.starts
