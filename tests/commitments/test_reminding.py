"""Who answers for a commitment, and what a day says of it, decided without any database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from commitments.reminding import Cause, Item, Person, WhyNot, address, find_responsible, plan_snoozed, plan_step
from commitments.rhythm import Rhythm
from commitments.states import Rank

RHYTHM = Rhythm()
BUREAU = 1
DUE = date(2024, 12, 31)
ITEM = Item(commitment_id=7, due_on=DUE, opened_on=date(2024, 6, 18), reported_at=None, unit_id=BUREAU, contact_id=1)
ZHOU = Person(1, BUREAU, "周明远", Rank.CONTACT, 7_000_000_001)
SUN = Person(2, BUREAU, "孙立", Rank.CONTACT, 7_000_000_002)
LI = Person(3, BUREAU, "李副", Rank.DEPUTY, 7_000_000_003)
WANG = Person(4, BUREAU, "王局", Rank.LEADER, 7_000_000_004)
STRANGER = Person(5, 2, "别局", Rank.CONTACT, 7_000_000_005)


def test_a_day_without_a_step_plans_nothing() -> None:
    assert plan_step(ITEM, date(2024, 12, 19), date(2024, 12, 20), RHYTHM) is None


def test_the_letters_contact_comes_first() -> None:
    assert find_responsible(ITEM, [WANG, LI, SUN, ZHOU, STRANGER]) == [ZHOU]


def test_without_a_named_contact_all_contacts_of_the_unit_answer() -> None:
    assert find_responsible(replace(ITEM, contact_id=None), [WANG, LI, SUN, ZHOU, STRANGER]) == [SUN, ZHOU]


def test_deputies_and_then_leaders_stand_in_for_who_is_gone() -> None:
    gone = replace(ZHOU, reachable=False)

    assert find_responsible(ITEM, [gone, WANG, LI]) == [LI]
    assert find_responsible(ITEM, [gone, WANG]) == [WANG]
    assert find_responsible(ITEM, [gone, STRANGER]) == []


def test_nobody_there_says_whether_somebody_ever_was() -> None:
    planned = plan_step(ITEM, date(2024, 12, 23), date(2024, 12, 24), RHYTHM)
    assert planned is not None

    (never,) = address(planned, ITEM, [replace(ZHOU, chat_id=None)])
    (gone,) = address(planned, ITEM, [replace(ZHOU, reachable=False)])

    assert (never.why_not, gone.why_not) == (WhyNot.UNBOUND, WhyNot.UNREACHABLE)


def test_whoever_reported_lately_is_left_alone() -> None:
    planned = plan_step(
        replace(ITEM, reported_at=datetime(2024, 12, 22, 1, tzinfo=UTC)), date(2024, 12, 23), date(2024, 12, 24), RHYTHM
    )

    assert planned is not None
    assert planned.why_not == WhyNot.REPORTED_LATELY


def test_whoever_reported_lately_is_left_alone_on_the_day_of_his_wish_too() -> None:
    reported = replace(ITEM, reported_at=datetime(2024, 12, 25, 1, tzinfo=UTC))

    planned = plan_snoozed(reported, date(2024, 12, 26), date(2024, 12, 26), RHYTHM)

    assert planned is not None
    assert planned.why_not == WhyNot.REPORTED_LATELY


def test_a_wish_for_a_day_past_the_due_date_is_void() -> None:
    assert plan_snoozed(ITEM, date(2025, 1, 2), date(2025, 1, 2), RHYTHM) is None


def test_a_snoozed_reminder_counts_the_days_that_are_left() -> None:
    planned = plan_snoozed(ITEM, date(2024, 12, 26), date(2024, 12, 26), RHYTHM)

    assert planned is not None
    assert (planned.step, planned.told_on, planned.cause) == (5, date(2024, 12, 26), Cause.SNOOZE)
