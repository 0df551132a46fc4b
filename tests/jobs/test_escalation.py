"""What nobody answers goes to the deputy, the leader and the admins, one after the other; an answer ends it."""

from __future__ import annotations

from datetime import date

import pytest

from commitments.people import Actor
from commitments.states import CommitmentState, Rank, Role
from jobs.sweep import sweep
from storage.ledger.remind import acknowledge, find_reminders
from tests.jobs.office import ADMIN, RHYTHM, Office, morning

ZHOU, LI, WANG = 7_000_000_001, 7_000_000_002, 7_000_000_003
BY = Actor("周明远", frozenset({Role.OFFICIAL}), ZHOU)
DUE = date(2025, 1, 24)
TOLD = date(2024, 12, 25)
"""A Wednesday, thirty days before."""
DAYS = [TOLD, *(date(2024, 12, day) for day in (26, 27, 30, 31)), *(date(2025, 1, day) for day in (2, 3, 6))]


async def sweep_days(office: Office, days: list[date]) -> None:
    for day in days:
        await sweep(office.database, morning(day), RHYTHM, (ADMIN,))


@pytest.fixture
async def commitment(office: Office) -> int:
    zhou = await office.add_person("周明远", ZHOU)
    await office.add_person("李副", LI, rank=Rank.DEPUTY)
    await office.add_person("王局", WANG, rank=Rank.LEADER)
    return await office.add_commitment(DUE, contact_id=zhou)


async def told(office: Office, commitment_id: int) -> list[tuple[int, date]]:
    return [(row.chat_id, row.told_on) for row in await find_reminders(office.database, commitment_id)]


async def test_silence_climbs_the_ranks_in_working_days(office: Office, commitment: int) -> None:
    await sweep_days(office, DAYS)

    assert await told(office, commitment) == [
        (ZHOU, TOLD),
        (LI, date(2024, 12, 27)),
        (WANG, date(2024, 12, 31)),
        (ADMIN, date(2025, 1, 3)),
    ]


async def test_each_rank_is_told_whom_the_silence_is_of(office: Office, commitment: int) -> None:
    await sweep_days(office, DAYS)

    deputy = (await office.outgoing())[1].params["items"][0]
    assert (deputy["commitment_id"], deputy["rank"], deputy["unanswered_by"]) == (commitment, "deputy", ["周明远"])
    (admins,) = await office.outgoing("admin_digest")
    assert admins.params["unanswered"][0]["unanswered_by"] == ["周明远"]


async def test_an_acknowledgement_ends_it(office: Office, commitment: int) -> None:
    await sweep_days(office, DAYS[:2])
    await acknowledge(office.database, [commitment], now=morning(DAYS[1]), by=BY)

    await sweep_days(office, DAYS[2:])

    assert await told(office, commitment) == [(ZHOU, TOLD)]


async def test_a_deputys_acknowledgement_ends_it_too(office: Office, commitment: int) -> None:
    await sweep_days(office, DAYS[:3])
    await acknowledge(office.database, [commitment], now=morning(DAYS[2]), by=Actor("李副", BY.roles, LI))

    await sweep_days(office, DAYS[3:])

    assert [chat for chat, _ in await told(office, commitment)] == [ZHOU, LI]


async def test_a_report_is_an_answer(office: Office, commitment: int) -> None:
    await sweep_days(office, DAYS[:2])
    await office.change(commitment, last_report_at=morning(DAYS[1]))

    await sweep_days(office, DAYS[2:])

    assert await told(office, commitment) == [(ZHOU, TOLD)]


@pytest.mark.parametrize("change", [{"state": CommitmentState.CLOSED}, {"due_on": date(2025, 6, 30)}])
async def test_a_closed_item_or_a_moved_date_ends_it(
    office: Office, commitment: int, change: dict[str, object]
) -> None:
    await sweep_days(office, DAYS[:2])
    await office.change(commitment, **change)

    await sweep_days(office, DAYS[2:])

    assert await told(office, commitment) == [(ZHOU, TOLD)]


async def test_each_rank_hears_of_one_silence_once_though_more_steps_follow(office: Office, commitment: int) -> None:
    await sweep_days(office, DAYS)

    await sweep_days(office, [date(2025, 1, day) for day in (7, 8, 9, 10, 13, 14, 15, 16, 17, 20, 21, 22, 23, 24)])

    later = [row for row in await told(office, commitment) if row[1] > DAYS[-1]]
    assert later == [(ZHOU, date(2025, 1, day)) for day in (17, 21, 23, 24)]


async def test_a_date_that_passes_is_brought_up_again(office: Office, commitment: int) -> None:
    await office.change(commitment, due_on=date(2024, 12, 30), opened_on=date(2024, 12, 27))

    await sweep_days(office, [date(2024, 12, 30), date(2024, 12, 31), date(2025, 1, 2), date(2025, 1, 3)])

    assert [row for row in await told(office, commitment) if row[0] == LI] == [
        (LI, date(2025, 1, 2)),
        (LI, date(2025, 1, 3)),
    ]


async def test_missed_days_are_caught_up_with(office: Office, commitment: int) -> None:
    await sweep_days(office, [TOLD, date(2025, 1, 2)])

    assert await told(office, commitment) == [
        (ZHOU, TOLD),
        (LI, date(2025, 1, 2)),
        (WANG, date(2025, 1, 2)),
    ]
