"""A ladder tells which step a due date is at on a day, and which due dates are spoken of on a day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from commitments.ladder import Ladder, Span, find_firing_due_dates, find_latest_step, fires_on, step_on
from commitments.workdays import ONE_DAY, WorkCalendar, make_calendar

CHINA = make_calendar()
EVERY_DAY = WorkCalendar(make_up_days=frozenset(date(2024, 1, 6) + timedelta(days=n) for n in range(1000)))
USUAL = Ladder()


def test_a_day_between_two_steps_has_none() -> None:
    assert step_on(date(2024, 12, 31), date(2024, 12, 3), USUAL, CHINA) is None


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (date(2024, 11, 29), 30),  # 12-01 is a Sunday: the Friday before
        (date(2024, 12, 24), 7),
        (date(2024, 12, 27), 3),  # 12-28 is a Saturday
        (date(2024, 12, 30), 1),
        (date(2024, 12, 31), 0),
        (date(2025, 1, 2), -2),  # New Year's Day is off: the first and second day past meet, the later one wins
        (date(2025, 1, 3), -3),
        (date(2025, 1, 10), -10),
        (date(2025, 1, 17), -17),
    ],
)
def test_steps_move_off_days_off(day: date, step: int) -> None:
    assert step_on(date(2024, 12, 31), day, USUAL, CHINA) == step


def test_nobody_hears_of_a_due_date_on_a_day_off_only_after_it() -> None:
    assert fires_on(date(2024, 10, 6), 0, CHINA) == date(2024, 9, 30)
    assert step_on(date(2024, 10, 6), date(2024, 9, 30), USUAL, CHINA) == 0


def test_missed_days_collapse_to_the_latest_step() -> None:
    fired = find_latest_step(date(2024, 12, 31), date(2024, 12, 1), date(2024, 12, 29), USUAL, CHINA)

    assert fired == (3, date(2024, 12, 27))


def test_nothing_missed_is_nothing_to_tell() -> None:
    assert find_latest_step(date(2024, 12, 31), date(2024, 12, 24), date(2024, 12, 26), USUAL, CHINA) is None


def test_a_ladder_without_a_tail_falls_silent() -> None:
    short = Ladder(before=(5,), overdue_daily=0, overdue_every=0)
    days = [date(2024, 6, 1) + n * ONE_DAY for n in range(400)]

    assert [day for day in days if step_on(date(2024, 7, 31), day, short, CHINA) is not None] == [date(2024, 7, 26)]


def test_the_due_dates_of_a_plain_day_are_its_steps() -> None:
    spans = find_firing_due_dates(date(2024, 6, 18), date(2024, 6, 19), date(2024, 6, 1), USUAL, EVERY_DAY)

    assert spans == [
        Span(date(2024, 6, 2), date(2024, 6, 2)),
        Span(date(2024, 6, 9), date(2024, 6, 9)),
        Span(date(2024, 6, 16), date(2024, 6, 20)),
        Span(date(2024, 6, 22), date(2024, 6, 22)),
        Span(date(2024, 6, 26), date(2024, 6, 26)),
        Span(date(2024, 7, 19), date(2024, 7, 19)),
    ]


def test_a_negative_day_in_a_ladder_is_refused() -> None:
    with pytest.raises(ValueError, match="from zero up"):
        Ladder(before=(7, -1))


DAYS = some.dates(date(2023, 1, 1), date(2026, 12, 31))
LADDERS = some.builds(
    Ladder,
    before=some.lists(some.integers(0, 120), max_size=6).map(tuple),
    overdue_daily=some.integers(0, 9),
    overdue_every=some.integers(0, 40),
)
OWN_DAYS = some.sets(DAYS, max_size=40)
CALENDARS = some.builds(make_calendar, OWN_DAYS, OWN_DAYS)


@given(DAYS, some.integers(1, 40), LADDERS, CALENDARS)
def test_the_inverse_finds_exactly_the_due_dates_that_fire(
    since: date, days: int, ladder: Ladder, calendar: WorkCalendar
) -> None:
    until, oldest = since + days * ONE_DAY, since - 200 * ONE_DAY
    every = [oldest + n * ONE_DAY for n in range(400)]

    spans = find_firing_due_dates(since, until, oldest, ladder, calendar)

    found = {day for day in every if any(span.first <= day <= span.last for span in spans)}
    fired = {day for day in every if _fires_between(day, since, until, ladder, calendar)}
    assert found == fired
    assert all(former.last + ONE_DAY < latter.first for former, latter in pairwise(spans))


@given(DAYS, some.integers(1, 40), DAYS, LADDERS, CALENDARS)
def test_a_span_collapses_to_the_last_of_its_days(
    since: date, days: int, due_on: date, ladder: Ladder, calendar: WorkCalendar
) -> None:
    until = since + days * ONE_DAY
    told = [(step_on(due_on, day, ladder, calendar), day) for day in _days(since, until)]

    last = [(step, day) for step, day in told if step is not None][-1:]

    assert find_latest_step(due_on, since, until, ladder, calendar) == (last[0] if last else None)


@given(DAYS, LADDERS, CALENDARS)
def test_steps_are_told_on_working_days_and_never_late(due_on: date, ladder: Ladder, calendar: WorkCalendar) -> None:
    for step in ladder.before:
        told_on = fires_on(due_on, step, calendar)
        assert calendar.is_workday(told_on)
        assert told_on <= due_on - step * ONE_DAY


def _fires_between(due_on: date, since: date, until: date, ladder: Ladder, calendar: WorkCalendar) -> bool:
    steps = [step for step in range(-300, 121) if ladder.is_step(step)]
    return any(since < fires_on(due_on, step, calendar) <= until for step in steps)


def _days(since: date, until: date) -> list[date]:
    return [since + n * ONE_DAY for n in range(1, (until - since).days + 1)]
