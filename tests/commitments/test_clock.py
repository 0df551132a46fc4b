"""Clocks run on, stand or are moved, and a city's day is not the machine's."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from commitments.clock import Clock, SetClock, instant, local_day

SHANGHAI = ZoneInfo("Asia/Shanghai")
EVENING_UTC = datetime(2024, 6, 18, 16, 30, tzinfo=UTC)


def test_a_clock_tells_the_machines_time() -> None:
    assert abs(Clock().now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert not Clock().is_pretended


def test_a_pretended_clock_starts_where_it_is_told_and_runs_on() -> None:
    clock = Clock(starts_at=EVENING_UTC)

    first, second = clock.now(), clock.now()

    assert EVENING_UTC <= first <= second < EVENING_UTC + timedelta(seconds=5)
    assert clock.is_pretended


def test_a_set_clock_stands_until_it_is_moved() -> None:
    clock = SetClock(EVENING_UTC)

    assert clock.now() == clock.now() == EVENING_UTC
    clock.move(timedelta(days=2))
    assert clock.now() == EVENING_UTC + timedelta(days=2)
    clock.set(EVENING_UTC)
    assert clock.now() == EVENING_UTC


def test_half_past_midnight_in_shanghai_is_a_new_day() -> None:
    assert local_day(EVENING_UTC, SHANGHAI) == date(2024, 6, 19)
    assert instant(date(2024, 6, 19), time(0, 30), SHANGHAI) == EVENING_UTC


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        local_day(datetime(2024, 6, 18, 8, 30), SHANGHAI)  # noqa: DTZ001
