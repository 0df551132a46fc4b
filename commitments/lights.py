"""How a commitment stands at a glance: derived from its state, its due date and today, never stored."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from commitments.states import CommitmentState

NEAR_DAYS = 30
"""临近 begins with the first step of the usual ladder."""


class Light(StrEnum):
    ON_TIME = "🟢"
    NEAR = "🟡"
    OVERDUE = "🔴"
    PENDING = "⏸"
    DONE = "✅"
    NO_DATE = "⚪"


def light(
    state: CommitmentState | str, due_on: date | None, today: date, *, pending: bool = False, near_days: int = NEAR_DAYS
) -> Light | None:
    """None for a draft and for a commitment that was dropped: neither is under way."""
    if state == CommitmentState.CLOSED:
        return Light.DONE
    if state not in (CommitmentState.OPEN, CommitmentState.REPORTED):
        return None
    if pending or state == CommitmentState.REPORTED:
        return Light.PENDING
    if due_on is None:
        return Light.NO_DATE
    if due_on < today:
        return Light.OVERDUE
    return Light.NEAR if (due_on - today).days <= near_days else Light.ON_TIME


def days_left(due_on: date, today: date) -> int:
    """Days until the due date; negative once it is past."""
    return (due_on - today).days


def is_overdue(state: CommitmentState | str, due_on: date | None, today: date) -> bool:
    """Only what is still open can be overdue: what was reported done waits for its checker, not for its unit."""
    return state == CommitmentState.OPEN and due_on is not None and due_on < today
