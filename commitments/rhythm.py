"""How a place wants to be reminded: its zone and calendar, its waking hours, its ladder, and who hears next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from commitments.clock import local_day
from commitments.ladder import Ladder
from commitments.quiet import QuietHours
from commitments.states import Rank
from commitments.workdays import WorkCalendar, make_calendar


@dataclass(frozen=True, slots=True)
class Rung:
    """Who is told when a reminder has stood unanswered for so many working days."""

    rank: Rank
    after_workdays: int


ESCALATION = (Rung(Rank.DEPUTY, 2), Rung(Rank.LEADER, 4), Rung(Rank.ADMIN, 6))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The settings of everything that happens because time passes."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    morning: time = time(8, 30)
    """When the day's reminders are made out."""
    ladder: Ladder = field(default_factory=Ladder)
    calendar: WorkCalendar = field(default_factory=make_calendar)
    quiet: QuietHours = field(default_factory=QuietHours)
    escalation: tuple[Rung, ...] = ESCALATION
    rest_after_report_days: int = 3
    """Whoever reported on a commitment is not reminded of it for so many days."""

    def today(self, now: datetime) -> date:
        return local_day(now, self.zone)

    def is_awake(self, now: datetime) -> bool:
        return not self.quiet.is_quiet(now, self.calendar, self.zone)

    def earliest_send(self, now: datetime) -> datetime:
        return self.quiet.earliest_send(now, self.calendar, self.zone)
