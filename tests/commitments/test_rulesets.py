"""Periods as places write them, and the sets that ship."""

from __future__ import annotations

from datetime import date

import pytest

from commitments.rulesets import RULE_SETS, Period, period


@pytest.mark.parametrize(
    ("written", "day", "after"),
    [
        ("15 days", "2024-07-09", "2024-07-24"),
        ("1 month", "2024-07-09", "2024-08-09"),
        ("1 month", "2024-01-31", "2024-02-29"),
        ("2 months", "2023-12-31", "2024-02-29"),
        ("6 months", "2024-08-31", "2025-02-28"),
        ("12 months", "2024-02-29", "2025-02-28"),
    ],
)
def test_a_period_ends_on_the_same_day_of_a_later_month_or_on_its_last(written: str, day: str, after: str) -> None:
    assert period(written).after(date.fromisoformat(day)) == date.fromisoformat(after)


@pytest.mark.parametrize("written", ["", "month", "0 days", "-1 days", "1.5 months", "1 year", "一个月"])
def test_anything_else_is_no_period(written: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        period(written)


def test_a_period_is_written_as_it_is_read() -> None:
    assert [str(period(written)) for written in ("1 month", "15 days")] == ["1 month", "15 days"]


def test_looking_back_finds_the_day_from_which_it_is_counted() -> None:
    assert Period(6, "month").before(date(2025, 1, 9)) == date(2024, 7, 9)
    assert Period(15, "day").before(date(2024, 7, 24)) == date(2024, 7, 9)


def test_two_example_sets_ship_beside_the_usual_numbers() -> None:
    assert set(RULE_SETS) == {"usual", "city", "district"}
    assert RULE_SETS["district"].redo == Period(15, "day")
    assert "D" not in RULE_SETS["district"].classes
