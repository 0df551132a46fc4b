"""Who is told what in a span of days: the ladder's steps, the snoozes that end, what nobody answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from commitments.ladder import Span, find_firing_due_dates
from commitments.reminding import (
    Cause,
    Item,
    Person,
    PlannedReminder,
    WhyNot,
    address,
    find_ranked,
    plan_snoozed,
    plan_step,
)
from commitments.rhythm import Rhythm, Rung
from commitments.states import Rank
from commitments.workdays import ONE_DAY
from storage.engine import Database, Session
from storage.ledger import due
from storage.ledger.due import Told


async def plan(
    database: Database, on: date, rhythm: Rhythm, admins: tuple[int, ...] = (), *, since: date | None = None
) -> list[PlannedReminder]:
    """What a sweep would tell on a day, and what it would keep back and why; writes and sends nothing.

    `since` is the last day that was covered; without it the day before.
    """
    since = since or on - ONE_DAY
    async with database.reading() as session:
        planned = await plan_span(session, since, on, rhythm, admins)
        return planned + await _plan_paused(session, since, on, rhythm)


async def plan_span(
    session: Session, since: date, until: date, rhythm: Rhythm, admins: tuple[int, ...]
) -> list[PlannedReminder]:
    """All that is told after `since` and not after `until`, and all that is kept back."""
    steps = await _plan_steps(session, since, until, rhythm)
    steps += await _plan_ended_snoozes(session, since, until, rhythm)
    steps += await _plan_escalations(session, since, until, rhythm, admins)
    return _latest_for_each(await _keep_back(session, steps, until))


async def _plan_paused(session: Session, since: date, until: date, rhythm: Rhythm) -> list[PlannedReminder]:
    """What would be told if nobody had to check or to decide something first; to nobody."""
    paused = await due.find_paused_due(session, await _firing_due_dates(session, since, until, rhythm))
    steps = [(plan_step(item, since, until, rhythm), why) for item, why in paused]
    return [replace(planned, why_not=why) for planned, why in steps if planned]


async def _firing_due_dates(session: Session, since: date, until: date, rhythm: Rhythm) -> list[Span]:
    oldest = await due.find_oldest_due(session)
    return find_firing_due_dates(since, until, oldest, rhythm.ladder, rhythm.calendar) if oldest else []


async def _plan_steps(session: Session, since: date, until: date, rhythm: Rhythm) -> list[PlannedReminder]:
    items = await due.find_items_due(session, await _firing_due_dates(session, since, until, rhythm))
    steps = [(item, planned) for item in items if (planned := plan_step(item, since, until, rhythm))]
    return await _address(session, steps)


async def _plan_ended_snoozes(session: Session, since: date, until: date, rhythm: Rhythm) -> list[PlannedReminder]:
    snoozes = await due.find_ended_snoozes(session, since, until)
    items = await due.find_items(session, (snooze.commitment_id for snooze in snoozes))
    people = await due.find_people(session, items.values())
    planned: list[PlannedReminder] = []
    for snooze in snoozes:
        item = items.get(snooze.commitment_id)
        wished = plan_snoozed(item, snooze.until_on, until, rhythm) if item else None
        if item is None or wished is None:
            continue
        concerned = people[item.commitment_id]
        wishing = [person for person in concerned if person.chat_id == snooze.chat_id and person.can_be_told]
        planned += address(wished, item, wishing or concerned)
    return planned


async def _plan_escalations(
    session: Session, since: date, until: date, rhythm: Rhythm, admins: tuple[int, ...]
) -> list[PlannedReminder]:
    planned: list[PlannedReminder] = []
    for rung in rhythm.escalation:
        unanswered = await due.find_unanswered(session, _told_days(rung, since, until, rhythm))
        people = await due.find_people(session, (one.item for one in unanswered))
        for one in unanswered:
            concerned = people[one.item.commitment_id]
            silent = tuple(dict.fromkeys(who.name for who in concerned if who.chat_id in one.chat_ids))
            told_on = rhythm.calendar.add_workdays(one.told_on, rung.after_workdays)
            higher = PlannedReminder(
                one.item.commitment_id,
                one.step,
                one.item.due_on,
                told_on,
                Cause.UNANSWERED,
                rung.rank,
                unanswered_by=silent,
            )
            planned += _address_rung(higher, one.item, concerned, admins)
    return planned


def _address_rung(
    higher: PlannedReminder, item: Item, people: Sequence[Person], admins: tuple[int, ...]
) -> list[PlannedReminder]:
    if higher.rank == Rank.ADMIN:
        return [replace(higher, chat_id=chat_id) for chat_id in admins]
    ranked = find_ranked(item, higher.rank, people)
    return [replace(higher, chat_id=who.chat_id, contact_id=who.contact_id, name=who.name) for who in ranked]


def _told_days(rung: Rung, since: date, until: date, rhythm: Rhythm) -> list[date]:
    """The days whose reminders have stood for the rung's working days after `since` and not after `until`."""
    first = rhythm.calendar.add_workdays(since, -rung.after_workdays - 1)
    days = (first + timedelta(days=n) for n in range((until - first).days + 1))
    return [day for day in days if since < rhythm.calendar.add_workdays(day, rung.after_workdays) <= until]


async def _address(session: Session, steps: Sequence[tuple[Item, PlannedReminder]]) -> list[PlannedReminder]:
    people = await due.find_people(session, (item for item, _ in steps))
    return [one for item, planned in steps for one in address(planned, item, people[item.commitment_id])]


def _latest_for_each(planned: Iterable[PlannedReminder]) -> list[PlannedReminder]:
    """One line a commitment and person: of those that are told the one nearest to the date, else what is kept back."""
    latest: dict[tuple[int, int | None], PlannedReminder] = {}
    for one in sorted(planned, key=lambda one: (one.why_not is not None, one.step)):
        latest.setdefault((one.commitment_id, one.chat_id), one)
    return list(latest.values())


async def _keep_back(session: Session, planned: list[PlannedReminder], today: date) -> list[PlannedReminder]:
    """Mark what was told before, and what its reader wanted on a later day."""
    ids = {one.commitment_id for one in planned}
    told = await due.find_told(session, ids)
    snoozed = await due.find_snoozed(session, ids, today)
    return [replace(one, why_not=one.why_not or _why_not(one, told, snoozed)) for one in planned]


def _why_not(one: PlannedReminder, told: set[Told], snoozed: dict[tuple[int, int], date]) -> WhyNot | None:
    if one.chat_id is None:
        return None
    if Told(one.commitment_id, one.step, one.chat_id, one.due_on) in told:
        return WhyNot.TOLD_BEFORE
    until_on = snoozed.get((one.commitment_id, one.chat_id))
    # A wish never outlasts the due date, even when that was moved nearer afterwards.
    return WhyNot.SNOOZED if until_on and until_on <= one.due_on else None
