"""The monthly check-in and the weekly summary: one card a person, once a period."""

from __future__ import annotations

from datetime import date

from commitments.states import CommitmentState
from jobs import checkin, summary
from jobs.work import Work
from tests.jobs.office import ADMIN, RHYTHM, Office, morning

ZHOU = 7_000_000_001
FIRST = date(2024, 7, 1)


async def test_without_undated_commitments_nobody_is_asked(office: Office) -> None:
    await office.add_commitment(date(2024, 12, 31), contact_id=await office.add_person("周明远", ZHOU))

    await checkin.run(Work(office.database, RHYTHM), FIRST, morning(FIRST))

    assert await office.outgoing("checkin") == []


async def test_one_card_carries_all_undated_open_commitments_of_a_person(office: Office) -> None:
    zhou = await office.add_person("周明远", ZHOU)
    undated = [await office.add_commitment(None, contact_id=zhou) for _ in range(3)]
    await office.add_commitment(None, contact_id=zhou, state=CommitmentState.CLOSED)

    for _ in range(2):
        await checkin.run(Work(office.database, RHYTHM), FIRST, morning(FIRST))

    (card,) = await office.outgoing("checkin")
    assert (card.chat_id, card.params) == (ZHOU, {"on": "2024-07-01", "commitment_ids": undated})


async def test_every_admin_gets_the_weeks_summary_once(office: Office) -> None:
    for _ in range(2):
        await summary.run(Work(office.database, RHYTHM, (ADMIN, ZHOU)), FIRST, morning(FIRST))

    cards = await office.outgoing("weekly_summary")
    assert [card.chat_id for card in cards] == [ADMIN, ZHOU]
    assert cards[0].params == {"since": "2024-06-24", "on": "2024-07-01"}
