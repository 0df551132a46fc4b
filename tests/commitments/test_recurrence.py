"""What is promised for every year, quarter or month comes due again."""

from __future__ import annotations

from datetime import date

import pytest

from commitments.letters import Recurrence
from commitments.recurrence import next_due

TODAY = date(2024, 6, 18)


@pytest.mark.parametrize(
    ("due_on", "recurrence", "following"),
    [
        (date(2024, 6, 17), Recurrence.MONTHLY, date(2024, 7, 17)),
        (date(2024, 5, 31), Recurrence.MONTHLY, date(2024, 6, 30)),
        (date(2024, 4, 30), Recurrence.QUARTERLY, date(2024, 7, 31)),  # the end of a month stays one
        (date(2023, 12, 31), Recurrence.YEARLY, date(2024, 12, 31)),
        (date(2024, 2, 29), Recurrence.YEARLY, date(2025, 2, 28)),
        (date(2020, 3, 31), Recurrence.QUARTERLY, date(2024, 6, 30)),  # periods nobody spoke of are left out
        (date(2023, 6, 18), Recurrence.YEARLY, TODAY),
    ],
)
def test_the_next_period_ends_like_the_last(due_on: date, recurrence: Recurrence, following: date) -> None:
    assert next_due(due_on, recurrence, TODAY) == following
