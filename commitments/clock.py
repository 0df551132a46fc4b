"""The one place that reads the machine's clock, and the way from instants (aware, UTC) to a city's days and hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


class Clock:
    """Tells the time; one that `starts_at` a pretended instant runs on from there as fast as any other."""

    def __init__(self, starts_at: datetime | None = None) -> None:
        self._offset = timedelta(0) if starts_at is None else _in_utc(starts_at) - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    @property
    def is_pretended(self) -> bool:
        return self._offset != timedelta(0)


class SetClock(Clock):
    """A clock that stands until it is moved, for demonstrations and tests."""

    def __init__(self, stands_at: datetime) -> None:
        super().__init__()
        self._stands_at = _in_utc(stands_at)

    def now(self) -> datetime:
        return self._stands_at

    @property
    def is_pretended(self) -> bool:
        return True

    def set(self, stands_at: datetime) -> None:
        self._stands_at = _in_utc(stands_at)

    def move(self, span: timedelta) -> None:
        self._stands_at += span


def local_time(at: datetime, zone: ZoneInfo) -> datetime:
    """The same instant as the city's clocks show it."""
    return _checked(at).astimezone(zone)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The city's date at an instant."""
    return local_time(at, zone).date()


def instant(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which the city's clocks show this day and hour."""
    return datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)


def _in_utc(at: datetime) -> datetime:
    return _checked(at).astimezone(UTC)


def _checked(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"an instant needs a zone: {at}")
    return at
