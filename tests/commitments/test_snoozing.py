"""A reminder may be put off to a working day, and never past its due date."""

from __future__ import annotations

from datetime import date

import pytest

from commitments.snoozing import find_snooze_day, usual_days
from commitments.workdays import make_calendar

CHINA = make_calendar()
TUESDAY = date(2024, 12, 24)


@pytest.mark.parametrize(
    ("wished_on", "due_on", "day"),
    [
        (date(2024, 12, 26), date(2024, 12, 31), date(2024, 12, 26)),
        (date(2024, 12, 28), date(2024, 12, 31), date(2024, 12, 27)),  # a Saturday: the Friday before
        (date(2025, 1, 20), date(2024, 12, 31), date(2024, 12, 31)),
        (TUESDAY, date(2024, 12, 31), None),
        (date(2024, 12, 26), TUESDAY, None),
        (date(2024, 12, 26), date(2024, 12, 2), None),
        (date(2024, 12, 26), None, None),
    ],
)
def test_the_day_lies_between_today_and_the_due_date(wished_on: date, due_on: date | None, day: date | None) -> None:
    assert find_snooze_day(wished_on, due_on, TUESDAY, CHINA) == day


@pytest.mark.parametrize(
    ("due_on", "days"),
    [
        (TUESDAY, []),
        (None, []),
        (date(2024, 12, 26), [date(2024, 12, 25)]),
        (date(2024, 12, 31), [date(2024, 12, 25), date(2024, 12, 27)]),
    ],
)
def test_a_card_offers_only_days_that_are_left(due_on: date | None, days: list[date]) -> None:
    assert usual_days(due_on, TUESDAY, CHINA) == days
