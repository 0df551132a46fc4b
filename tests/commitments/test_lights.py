"""The light is derived from state, due date and today."""

from __future__ import annotations

from datetime import date

import pytest

from commitments.lights import Light, days_left, is_overdue, light
from commitments.states import CommitmentState

TODAY = date(2024, 12, 2)
OPEN = CommitmentState.OPEN


@pytest.mark.parametrize(
    ("state", "due_on", "expected"),
    [
        (CommitmentState.DRAFT, date(2024, 12, 31), None),
        (CommitmentState.DROPPED, date(2024, 12, 31), None),
        (OPEN, None, Light.NO_DATE),
        (OPEN, date(2025, 6, 30), Light.ON_TIME),
        (OPEN, date(2024, 12, 31), Light.NEAR),
        (OPEN, TODAY, Light.NEAR),
        (OPEN, date(2024, 12, 1), Light.OVERDUE),
        (CommitmentState.REPORTED, date(2024, 12, 1), Light.PENDING),
        (CommitmentState.CLOSED, date(2024, 12, 1), Light.DONE),
    ],
)
def test_the_light_follows_state_and_date(state: CommitmentState, due_on: date | None, expected: Light | None) -> None:
    assert light(state, due_on, TODAY) is expected


def test_a_pending_request_pauses_an_overdue_light() -> None:
    assert light(OPEN, date(2024, 12, 1), TODAY, pending=True) is Light.PENDING


def test_only_what_is_open_can_be_overdue() -> None:
    assert is_overdue(OPEN, date(2024, 12, 1), TODAY)
    assert not is_overdue(OPEN, TODAY, TODAY)
    assert not is_overdue(OPEN, None, TODAY)
    assert not is_overdue(CommitmentState.REPORTED, date(2024, 12, 1), TODAY)


def test_days_left_are_negative_once_the_date_is_past() -> None:
    assert days_left(date(2024, 12, 31), TODAY) == 29
    assert days_left(date(2024, 11, 30), TODAY) == -2
