"""What time brings about for requests and closed commitments; the reminders do what the table of verbs says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

from commitments.people import Actor
from commitments.rulesets import RULE_SETS
from commitments.states import CommitmentState, RequestKind, Role
from commitments.verbs import TABLE, Reminding, Rule, Standing
from commitments.workdays import ONE_DAY
from jobs import lookback, undecided
from jobs.planning import plan
from jobs.work import Work
from storage.ledger import requests
from storage.ledger.requests import Wish
from storage.tables import Commitment, Event
from tests.jobs.office import ADMIN, RHYTHM, Office, morning

ZHOU = 7_000_000_001
BY = Actor("周明远", frozenset({Role.OFFICIAL}), ZHOU)
TUESDAY, DUE = date(2024, 6, 18), date(2024, 6, 25)
RULES = RULE_SETS["usual"]
WISH = Wish(RequestKind.EXTENSION, "管线迁改", date(2025, 3, 31))


async def ask(office: Office, on: date = TUESDAY) -> int:
    commitment_id = await office.add_commitment(DUE, contact_id=await office.add_person("周明远", ZHOU))
    await requests.ask(
        office.database, commitment_id, WISH, now=morning(on), by=BY, rules=RULES, rhythm=RHYTHM, admins=(ADMIN,)
    )
    return commitment_id


async def bring_up(office: Office, day: date) -> int:
    await undecided.run(Work(office.database, RHYTHM, (ADMIN,)), day, morning(day))
    return len(await office.outgoing("undecided"))


async def look_back(office: Office, day: date) -> int:
    await lookback.run(Work(office.database, RHYTHM, (ADMIN,)), day, morning(day))
    return len(await office.outgoing("look_back"))


async def test_nothing_asked_for_is_nothing_to_bring_up(office: Office) -> None:
    assert await bring_up(office, TUESDAY) == 0


async def test_a_request_is_brought_up_after_two_working_days_and_every_morning_once(office: Office) -> None:
    await ask(office, date(2024, 6, 20))

    assert await bring_up(office, date(2024, 6, 21)) == 0
    assert await bring_up(office, date(2024, 6, 24)) == 1
    assert await bring_up(office, date(2024, 6, 24)) == 1
    assert await bring_up(office, date(2024, 6, 25)) == 2


async def test_what_was_decided_is_not_brought_up(office: Office) -> None:
    commitment_id = await ask(office)
    by = Actor("督查室", frozenset({Role.ADMIN}), ADMIN)
    await requests.refuse(office.database, commitment_id, reason="按期完成", now=morning(TUESDAY), by=by)

    assert await bring_up(office, date(2024, 6, 24)) == 0


async def close(office: Office, closed_on: date) -> int:
    contact_id = await office.add_person("周明远", ZHOU)
    return await office.add_commitment(
        DUE, contact_id=contact_id, state=CommitmentState.CLOSED, closed_at=morning(closed_on)
    )


@pytest.mark.parametrize(
    ("closed_on", "asked_on"),
    [
        (date(2024, 6, 18), date(2024, 12, 18)),
        (date(2024, 8, 31), date(2025, 2, 28)),
        (date(2023, 8, 31), date(2024, 2, 29)),
    ],
)
async def test_half_a_year_after_closing_it_is_asked_once(office: Office, closed_on: date, asked_on: date) -> None:
    await close(office, closed_on)

    assert await look_back(office, asked_on - ONE_DAY) == 0
    assert await look_back(office, asked_on) == 1
    assert await look_back(office, asked_on + ONE_DAY) == 1


async def test_a_bot_that_was_down_asks_later(office: Office) -> None:
    await close(office, TUESDAY)

    assert await look_back(office, date(2025, 3, 3)) == 1


async def test_that_it_was_asked_is_an_event(office: Office) -> None:
    await close(office, TUESDAY)
    await look_back(office, date(2024, 12, 18))

    async with office.database.reading() as session:
        event = (await session.exec(select(Event))).one()
    assert (event.verb, event.actor, event.after) == (
        "ask_look_back",
        "clock",
        {"looked_back_on": "2024-12-18", "rules": "通行做法"},
    )


@pytest.mark.parametrize("rule", [rule for rule in TABLE if rule.reminders], ids=lambda rule: rule.verb)
async def test_reminders_start_pause_and_stop_as_the_table_says(office: Office, rule: Rule) -> None:
    commitment_id = await office.add_commitment(DUE, contact_id=await office.add_person("周明远", ZHOU))
    pending = next(iter(sorted(rule.pending, key=str)))
    after = rule.after(Standing(next(iter(rule.states)), pending))
    async with office.database.writing() as session:
        row = await session.get_one(Commitment, commitment_id)
        row.state, row.pending = after.state, after.pending

    planned = await plan(office.database, DUE - timedelta(days=7), RHYTHM)

    told = [line for line in planned if line.why_not is None]
    assert bool(told) == (rule.reminders is Reminding.START)
