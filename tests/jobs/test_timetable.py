"""Each job is due on its day, late only as long as its row allows, and never twice."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from jobs.timetable import TIMETABLE, find_due_day
from tests.jobs.office import RHYTHM

JOBS = {job.name: job for job in TIMETABLE}


def due(name: str, at: str, covered_on: str | None = None) -> str | None:
    now = datetime.fromisoformat(at).replace(tzinfo=RHYTHM.zone)
    covered = date.fromisoformat(covered_on) if covered_on else None
    day = find_due_day(JOBS[name], now, covered, RHYTHM)
    return day.isoformat() if day else None


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2024-06-18 08:29", None),
        ("2024-06-18 08:30", "2024-06-18"),
        ("2024-06-18 19:59", "2024-06-18"),
        ("2024-06-18 20:00", None),  # waits for the next morning, so that nobody gets two digests then
        ("2024-06-16 09:00", None),  # a Sunday
        ("2024-09-29 09:00", "2024-09-29"),  # a Sunday that is worked
    ],
)
def test_the_sweep_is_due_on_working_days_in_waking_hours(at: str, day: str | None) -> None:
    assert due("sweep", at, "2024-06-01") == day


def test_what_was_done_today_is_not_due_again() -> None:
    assert due("sweep", "2024-06-18 09:00", "2024-06-18") is None
    assert due("sweep", "2024-06-18 09:00", "2024-06-19") is None


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2024-06-17 08:30", "2024-06-17"),
        ("2024-06-20 10:00", "2024-06-17"),
        ("2024-06-22 10:00", None),
        ("2024-10-07 10:00", None),  # a Monday in the National Day holiday: the week begins on Tuesday
        ("2024-10-08 08:30", "2024-10-08"),
    ],
)
def test_the_summary_comes_on_the_weeks_first_working_morning_or_some_days_late(at: str, day: str | None) -> None:
    assert due("weekly_summary", at, "2024-06-11") == day


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2024-06-03 14:00", None),
        ("2024-06-03 14:30", "2024-06-03"),  # the 1st is a Saturday
        ("2024-06-10 15:00", "2024-06-03"),
        ("2024-06-11 15:00", None),
    ],
)
def test_the_check_in_comes_on_the_months_first_working_afternoon(at: str, day: str | None) -> None:
    assert due("checkin", at, "2024-05-06") == day


def test_a_new_bot_does_not_make_up_for_what_was_before_it() -> None:
    assert due("weekly_summary", "2024-06-19 10:00") is None
    assert due("checkin", "2024-06-05 15:00") is None
    assert due("sweep", "2024-06-19 10:00") == "2024-06-19"
