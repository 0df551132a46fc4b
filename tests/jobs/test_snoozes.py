"""A reminder that was put off comes on its day, to whoever wished it, and the ladder goes on from there."""

from __future__ import annotations

from datetime import date

import pytest

from commitments.people import Actor
from commitments.reminding import WhyNot
from commitments.states import Role
from jobs.planning import plan
from jobs.sweep import sweep
from storage.ledger.remind import snooze
from tests.jobs.office import RHYTHM, Office, morning

ZHOU, SUN = 7_000_000_001, 7_000_000_002
BY = Actor("周明远", frozenset({Role.OFFICIAL}), ZHOU)
DUE = date(2024, 12, 31)


async def sweep_all(office: Office, days: list[int]) -> None:
    for day in days:
        await sweep(office.database, morning(date(2024, 12, day)), RHYTHM)


@pytest.fixture
async def commitment(office: Office) -> int:
    """Told this Tuesday that a week is left, and put off to Monday."""
    await office.add_person("周明远", ZHOU)
    commitment_id = await office.add_commitment(DUE)
    await sweep_all(office, [24])
    await snooze(office.database, [commitment_id], date(2024, 12, 30), RHYTHM, now=morning(date(2024, 12, 24)), by=BY)
    return commitment_id


async def test_it_is_silent_until_its_day_and_then_says_what_is_left(office: Office, commitment: int) -> None:
    await sweep_all(office, [25, 26, 27, 30, 31])

    lines = [(ZHOU, [(commitment, step)]) for step in (7, 1, 0)]
    assert await office.digests() == lines


async def test_a_plan_says_that_it_was_put_off(office: Office, commitment: int) -> None:
    (line,) = await plan(office.database, date(2024, 12, 27), RHYTHM)

    assert (line.commitment_id, line.step, line.why_not) == (commitment, 3, WhyNot.SNOOZED)


async def test_a_colleague_is_reminded_as_ever(office: Office, commitment: int) -> None:
    await office.add_person("孙立", SUN)

    await sweep_all(office, [27])

    assert (await office.digests())[-1] == (SUN, [(commitment, 3)])


async def test_a_date_that_moves_nearer_ends_the_wish(office: Office, commitment: int) -> None:
    await office.change(commitment, due_on=date(2024, 12, 27))

    await sweep_all(office, [27])

    assert (await office.digests())[-1] == (ZHOU, [(commitment, 0)])
