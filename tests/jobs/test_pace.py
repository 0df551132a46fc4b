"""Messages go out at an even rate, a chat rests between two, a group has a budget a minute."""

from __future__ import annotations

import pytest

from jobs.pace import UNLIMITED, Limits, Pace

ZHOU, CHEN, GROUP = 7_000_000_001, 7_000_000_002, -1_002_000_000_001
PLAIN = Limits(overall_per_second=25, chat_rest_seconds=1, group_per_minute=20)


def test_who_has_said_nothing_need_not_wait() -> None:
    pace = Pace(PLAIN)

    assert pace.seconds_to_wait(100.0) == 0
    assert pace.resting(100.0) == frozenset()
    assert pace.soonest_rested(100.0) is None


def test_the_overall_rate_holds_even_when_the_caller_is_a_little_late() -> None:
    pace, at, said = Pace(PLAIN), 100.0, 0

    while at < 110.0:
        pace.said(said + 1, at)
        said += 1
        at += pace.seconds_to_wait(at) + 0.002

    assert 248 <= said <= 252


def test_a_pause_is_not_made_up_for_with_a_burst() -> None:
    pace = Pace(PLAIN)
    pace.said(ZHOU, 100.0)

    pace.said(CHEN, 200.0)
    pace.said(GROUP, 200.0)

    assert pace.seconds_to_wait(200.0) == pytest.approx(0.04)


def test_a_chat_rests_a_second() -> None:
    pace = Pace(PLAIN)

    pace.said(ZHOU, 100.0)

    assert pace.resting(100.5) == {ZHOU}
    assert pace.soonest_rested(100.5) == pytest.approx(0.5)
    assert pace.resting(101.0) == frozenset()


def test_a_chat_that_had_too_much_rests_as_told_and_the_others_do_not() -> None:
    pace = Pace(PLAIN)

    pace.rest(ZHOU, 117.0)
    pace.said(CHEN, 100.0)

    assert pace.resting(110.0) == {ZHOU}


def test_a_group_rests_when_its_minute_is_spent() -> None:
    pace = Pace(PLAIN)

    for second in range(20):
        pace.said(GROUP, 100.0 + 2 * second)

    assert pace.resting(159.0) == {GROUP}
    assert pace.resting(160.0) == frozenset()


def test_without_limits_nobody_rests() -> None:
    pace = Pace(UNLIMITED)

    pace.said(GROUP, 100.0)

    assert pace.seconds_to_wait(100.0) == 0
    assert pace.resting(100.0) == frozenset()
