"""A series goes on in a new commitment the day after its period, whatever became of the last one."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from commitments.letters import Recurrence
from commitments.states import CommitmentState
from jobs import renewal
from jobs.work import Work
from storage.tables import Commitment, Event
from tests.jobs.office import RHYTHM, Office, morning

NEW_YEAR = date(2025, 1, 1)
LAST = date(2024, 12, 31)


async def renew_on(office: Office, day: date) -> list[Commitment]:
    """Run the job; all commitments that go on from another."""
    await renewal.run(Work(office.database, RHYTHM), day, morning(day))
    async with office.database.reading() as session:
        return list(await session.exec(select(Commitment).where(Commitment.renews_id != None)))  # noqa: E711


async def test_what_does_not_recur_or_is_not_over_is_left_alone(office: Office) -> None:
    await office.add_commitment(LAST)
    await office.add_commitment(NEW_YEAR, recurrence=Recurrence.YEARLY)

    assert await renew_on(office, NEW_YEAR) == []


@pytest.mark.parametrize("state", [CommitmentState.OPEN, CommitmentState.REPORTED, CommitmentState.CLOSED])
async def test_the_next_period_opens_with_a_state_of_its_own(office: Office, state: CommitmentState) -> None:
    last = await office.add_commitment(LAST, recurrence=Recurrence.QUARTERLY, state=state)

    (following,) = await renew_on(office, NEW_YEAR)

    assert (following.renews_id, following.state, following.due_on) == (last, "open", date(2025, 3, 31))
    assert (following.position, following.opened_on, following.quote) == (2, NEW_YEAR, "新增公共泊位")
    async with office.database.reading() as session:
        event = (await session.exec(select(Event))).one()
    assert (event.verb, event.commitment_id, event.after["renews"]) == ("open", following.id, 1)  # type: ignore[index]


async def test_a_period_is_opened_once(office: Office) -> None:
    await office.add_commitment(LAST, recurrence=Recurrence.MONTHLY)

    await renew_on(office, NEW_YEAR)

    assert len(await renew_on(office, date(2025, 1, 2))) == 1
    assert len(await renew_on(office, date(2025, 2, 1))) == 2


async def test_a_dropped_commitment_ends_its_series(office: Office) -> None:
    await office.add_commitment(LAST, recurrence=Recurrence.MONTHLY, state=CommitmentState.DROPPED)

    assert await renew_on(office, NEW_YEAR) == []
