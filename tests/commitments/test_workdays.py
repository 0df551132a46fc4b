"""Working days follow the State Council's notices, the place's own days, and Monday to Friday where nobody knows."""

from __future__ import annotations

from datetime import date

import pytest

from commitments.workdays import make_calendar

CHINA = make_calendar()


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2024, 6, 18), True),
        (date(2024, 6, 16), False),  # a Sunday
        (date(2024, 10, 2), False),  # a Wednesday of National Day
        (date(2024, 9, 29), True),  # a Sunday worked in exchange
        (date(2024, 2, 18), True),  # a Sunday worked in exchange for Spring Festival
    ],
)
def test_holidays_and_make_up_days_are_known(day: date, worked: bool) -> None:
    assert CHINA.is_workday(day) is worked


def test_a_year_that_nobody_knows_is_worked_monday_to_friday() -> None:
    assert CHINA.knows(2026)
    assert not CHINA.knows(2031)
    assert CHINA.is_workday(date(2031, 10, 1))
    assert not CHINA.is_workday(date(2031, 10, 4))


def test_own_days_go_over_the_published_ones() -> None:
    place = make_calendar(days_off=[date(2031, 10, 1)], make_up_days=[date(2024, 10, 2), date(2031, 10, 4)])

    assert place.knows(2031)
    assert not place.is_workday(date(2031, 10, 1))
    assert place.is_workday(date(2031, 10, 4))
    assert place.is_workday(date(2024, 10, 2))


def test_the_next_and_the_previous_working_day_step_over_a_holiday() -> None:
    assert CHINA.next_workday(date(2024, 9, 30)) == date(2024, 10, 8)
    assert CHINA.previous_workday(date(2024, 10, 8)) == date(2024, 9, 30)


@pytest.mark.parametrize(
    ("count", "day"),
    [(0, date(2024, 9, 28)), (1, date(2024, 9, 29)), (3, date(2024, 10, 8)), (-2, date(2024, 9, 26))],
)
def test_working_days_are_counted_both_ways(count: int, day: date) -> None:
    assert CHINA.add_workdays(date(2024, 9, 28), count) == day
