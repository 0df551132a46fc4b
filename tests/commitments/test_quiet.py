"""Evenings, nights and days off are quiet; what is born in them waits for the next morning."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from commitments.quiet import QuietHours
from commitments.workdays import make_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = make_calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize("awake", ["2024-06-18 08:30", "2024-06-18 19:59", "2024-09-29 12:00"])
def test_working_hours_are_not_quiet(awake: str) -> None:
    assert QuietHours().earliest_send(at(awake), CHINA, SHANGHAI) == at(awake)


@pytest.mark.parametrize(
    ("born", "sent"),
    [
        ("2024-06-18 20:00", "2024-06-19 08:30"),
        ("2024-06-18 03:00", "2024-06-18 08:30"),
        ("2024-06-14 21:00", "2024-06-17 08:30"),  # a Friday evening waits for Monday
        ("2024-06-15 12:00", "2024-06-17 08:30"),
        ("2024-09-30 22:00", "2024-10-08 08:30"),
    ],
)
def test_a_message_born_in_quiet_waits_for_the_next_morning(born: str, sent: str) -> None:
    assert QuietHours().earliest_send(at(born), CHINA, SHANGHAI) == at(sent)


def test_a_place_may_speak_on_days_off() -> None:
    quiet = QuietHours(on_days_off=False)

    assert not quiet.is_quiet(at("2024-06-15 12:00"), CHINA, SHANGHAI)
    assert quiet.earliest_send(at("2024-06-14 21:00"), CHINA, SHANGHAI) == at("2024-06-15 08:30")


def test_quiet_hours_that_never_end_are_refused() -> None:
    with pytest.raises(ValueError, match="begin in the evening"):
        QuietHours(starts=time(8), ends=time(20))
