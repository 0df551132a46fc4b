"""What would be told on a day can be asked beforehand, with the reason of each line, and nothing is written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from commitments.reminding import Cause, PlannedReminder, WhyNot
from commitments.states import CommitmentState, RequestKind
from jobs.planning import plan
from jobs.sweep import sweep
from tests.jobs.office import RHYTHM, Office, morning

ZHOU = 7_000_000_001
DUE = date(2024, 12, 31)


async def plan_on(office: Office, day: date) -> list[PlannedReminder]:
    return await plan(office.database, day, RHYTHM)


async def test_an_empty_ledger_plans_nothing(office: Office) -> None:
    assert await plan_on(office, date(2024, 12, 24)) == []


async def test_a_plan_names_step_date_person_and_the_day_off_that_moved_it(office: Office) -> None:
    zhou = await office.add_person("周明远", ZHOU)
    commitment = await office.add_commitment(DUE, contact_id=zhou)

    (line,) = await plan_on(office, date(2024, 12, 27))

    assert (line.commitment_id, line.step, line.due_on, line.name) == (commitment, 3, DUE, "周明远")
    assert (line.cause, line.why_not, line.moved_from) == (Cause.LADDER, None, date(2024, 12, 28))


async def test_a_plan_writes_nothing(office: Office) -> None:
    await office.add_commitment(DUE, contact_id=await office.add_person("周明远", ZHOU))

    await plan_on(office, date(2024, 12, 24))

    assert await office.digests() == []
    assert await office.reminders() == []


@pytest.mark.parametrize(
    ("chat_id", "reachable", "why_not"), [(None, True, WhyNot.UNBOUND), (ZHOU, False, WhyNot.UNREACHABLE)]
)
async def test_a_plan_says_who_cannot_be_told(
    office: Office, chat_id: int | None, reachable: bool, why_not: WhyNot
) -> None:
    contact = await office.add_person("周明远", chat_id, reachable=reachable)
    await office.add_commitment(DUE, contact_id=contact)

    (line,) = await plan_on(office, date(2024, 12, 24))

    assert (line.why_not, line.chat_id) == (why_not, None)


async def test_a_plan_says_what_was_reported_on_lately(office: Office) -> None:
    contact = await office.add_person("周明远", ZHOU)
    await office.add_commitment(DUE, contact_id=contact, last_report_at=morning(date(2024, 12, 23)))

    (line,) = await plan_on(office, date(2024, 12, 24))

    assert line.why_not == WhyNot.REPORTED_LATELY


@pytest.mark.parametrize(
    ("columns", "why_not"),
    [
        ({"pending": RequestKind.EXTENSION}, WhyNot.PENDING),
        ({"state": CommitmentState.REPORTED}, WhyNot.REPORTED_DONE),
    ],
)
async def test_a_plan_says_what_waits_for_somebody_elses_decision(
    office: Office, columns: dict[str, Any], why_not: WhyNot
) -> None:
    contact = await office.add_person("周明远", ZHOU)
    await office.add_commitment(DUE, contact_id=contact, **columns)

    (line,) = await plan_on(office, date(2024, 12, 24))
    await sweep(office.database, morning(date(2024, 12, 24)), RHYTHM)

    assert (line.step, line.why_not, line.chat_id) == (7, why_not, None)
    assert await office.digests() == []


async def test_after_the_sweep_a_plan_says_that_it_was_told(office: Office) -> None:
    await office.add_commitment(DUE, contact_id=await office.add_person("周明远", ZHOU))
    await sweep(office.database, morning(date(2024, 12, 24)), RHYTHM)

    (line,) = await plan_on(office, date(2024, 12, 24))

    assert line.why_not == WhyNot.TOLD_BEFORE
