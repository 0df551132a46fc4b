"""The morning sweep tells each person once, on the right day, all that concerns them."""

from __future__ import annotations

from datetime import date, timedelta

from commitments.reminding import WhyNot
from commitments.states import CommitmentState, Rank
from jobs.sweep import Swept, sweep
from storage.engine import Database
from tests.jobs.office import ADMIN, RHYTHM, Office, morning

ZHOU, LI, WANG = 7_000_000_001, 7_000_000_002, 7_000_000_003
DUE = date(2024, 12, 31)
WEEK_BEFORE = date(2024, 12, 24)


async def sweep_on(database: Database, day: date) -> Swept:
    return await sweep(database, morning(day), RHYTHM, (ADMIN,))


async def test_an_empty_ledger_has_nothing_due(database: Database) -> None:
    assert await sweep_on(database, WEEK_BEFORE) == Swept(WEEK_BEFORE)


async def test_a_day_between_two_steps_is_silent(office: Office) -> None:
    await office.add_commitment(DUE, contact_id=await office.add_person("周明远", ZHOU))

    await sweep_on(office.database, date(2024, 12, 20))

    assert await office.digests() == []


async def test_one_digest_carries_all_that_one_person_must_hear(office: Office) -> None:
    zhou = await office.add_person("周明远", ZHOU)
    week_left = await office.add_commitment(DUE, contact_id=zhou)
    two_days_late = await office.add_commitment(date(2024, 12, 22), contact_id=zhou)
    await office.add_commitment(date(2025, 3, 1), contact_id=zhou)

    swept = await sweep_on(office.database, WEEK_BEFORE)

    assert await office.digests() == [(ZHOU, [(two_days_late, -2), (week_left, 7)])]
    assert (swept.digests, swept.reminders) == (1, 2)
    assert [row.told_on for row in await office.reminders()] == [WEEK_BEFORE] * 2


async def test_a_second_sweep_on_the_same_day_finds_nothing(office: Office) -> None:
    await office.add_commitment(DUE, contact_id=await office.add_person("周明远", ZHOU))

    await sweep_on(office.database, WEEK_BEFORE)
    await sweep_on(office.database, WEEK_BEFORE)

    assert len(await office.digests()) == 1


async def test_a_clock_that_jumps_back_tells_nothing_twice(office: Office) -> None:
    await office.add_commitment(DUE, contact_id=await office.add_person("周明远", ZHOU))

    for day in (WEEK_BEFORE, date(2024, 12, 23), WEEK_BEFORE):
        await sweep_on(office.database, day)

    assert len(await office.digests()) == 1


async def test_missed_days_collapse_to_the_latest_step_and_are_marked(office: Office) -> None:
    commitment = await office.add_commitment(DUE, contact_id=await office.add_person("周明远", ZHOU))

    await sweep_on(office.database, date(2024, 11, 20))
    await sweep_on(office.database, date(2024, 12, 25))

    assert await office.digests() == [(ZHOU, [(commitment, 7)])]
    assert (await office.outgoing())[0].params["late"] is True


async def test_a_weekend_is_no_missed_day(office: Office) -> None:
    commitment = await office.add_commitment(date(2024, 12, 21), contact_id=await office.add_person("周明远", ZHOU))

    await sweep_on(office.database, date(2024, 12, 20))
    await sweep_on(office.database, date(2024, 12, 23))

    assert await office.digests() == [(ZHOU, [(commitment, 0)]), (ZHOU, [(commitment, -2)])]
    assert [row.params["late"] for row in await office.outgoing()] == [False, False]


async def test_nobody_is_reminded_of_what_is_not_open(office: Office) -> None:
    zhou = await office.add_person("周明远", ZHOU)
    for state in set(CommitmentState) - {CommitmentState.OPEN}:
        await office.add_commitment(DUE, contact_id=zhou, state=state)
    await office.add_commitment(None, contact_id=zhou)

    await sweep_on(office.database, WEEK_BEFORE)

    assert await office.digests() == []


async def test_a_commitment_is_spoken_of_from_the_day_after_it_was_opened(office: Office) -> None:
    zhou = await office.add_person("周明远", ZHOU)
    await office.add_commitment(DUE, contact_id=zhou, opened_on=WEEK_BEFORE)
    known = await office.add_commitment(DUE, contact_id=zhou, opened_on=WEEK_BEFORE - timedelta(days=1))

    await sweep_on(office.database, WEEK_BEFORE)

    assert await office.digests() == [(ZHOU, [(known, 7)])]


async def test_a_late_report_gives_some_days_of_rest(office: Office) -> None:
    zhou = await office.add_person("周明远", ZHOU)
    await office.add_commitment(DUE, contact_id=zhou, last_report_at=morning(date(2024, 12, 22)))
    long_silent = await office.add_commitment(DUE, contact_id=zhou, last_report_at=morning(date(2024, 12, 21)))

    await sweep_on(office.database, WEEK_BEFORE)

    assert await office.digests() == [(ZHOU, [(long_silent, 7)])]


async def test_a_moved_date_needs_no_repair(office: Office) -> None:
    commitment = await office.add_commitment(DUE, contact_id=await office.add_person("周明远", ZHOU))
    await sweep_on(office.database, WEEK_BEFORE)

    await office.change(commitment, due_on=date(2025, 3, 31))
    await sweep_on(office.database, DUE)
    await sweep_on(office.database, date(2025, 3, 24))

    assert await office.digests() == [(ZHOU, [(commitment, 7)]), (ZHOU, [(commitment, 7)])]


async def test_the_units_contacts_stand_in_for_a_letters_contact_who_is_not_there(office: Office) -> None:
    never_bound = await office.add_person("周明远", None)
    await office.add_person("李向南", LI)
    await office.add_person("王局", WANG, rank=Rank.LEADER)
    commitment = await office.add_commitment(DUE, contact_id=never_bound)

    await sweep_on(office.database, WEEK_BEFORE)

    assert await office.digests() == [(LI, [(commitment, 7)])]


async def test_a_deputy_stands_in_where_no_contact_can_be_reached(office: Office) -> None:
    await office.add_person("周明远", ZHOU, reachable=False)
    await office.add_person("李副", LI, rank=Rank.DEPUTY)
    await office.add_person("王局", WANG, rank=Rank.LEADER)
    commitment = await office.add_commitment(DUE)

    await sweep_on(office.database, WEEK_BEFORE)

    assert await office.digests() == [(LI, [(commitment, 7)])]


async def test_one_account_for_two_contact_lines_hears_it_once(office: Office) -> None:
    await office.add_person("周明远", ZHOU)
    await office.add_person("周 明远", ZHOU)
    commitment = await office.add_commitment(DUE)

    await sweep_on(office.database, WEEK_BEFORE)

    assert await office.digests() == [(ZHOU, [(commitment, 7)])]


async def test_admins_hear_of_reminders_that_reach_nobody(office: Office) -> None:
    unbound = await office.add_commitment(DUE, contact_id=await office.add_person("周明远", None))
    await office.add_person("李向南", LI, reachable=False)
    blocked = await office.add_commitment(DUE)

    swept = await sweep_on(office.database, WEEK_BEFORE)

    (told,) = await office.outgoing("admin_digest")
    assert told.chat_id == ADMIN
    assert [item["commitment_id"] for item in told.params["unreached"]] == [unbound, blocked]
    assert {one.why_not for one in swept.unreached} == {WhyNot.UNREACHABLE}
    assert await office.reminders() == []
