"""What the reminding of a day reads: what is due, who answers for it, what was told, put off and never answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlalchemy.orm import load_only
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from commitments.ladder import Span
from commitments.reminding import Item, Owned, Person, Undated, WhyNot
from commitments.states import CommitmentState, Rank
from commitments.workdays import ONE_DAY
from storage.engine import Session
from storage.ledger.responsible import CONTACT_ID, UNIT_ID
from storage.tables import Account, Commitment, Contact, Reminder, Reply, Snooze

CHUNK = 500
"""Values in one query, well below SQLite's limit of 32,766."""


class Told(NamedTuple):
    """What makes a reminder the same reminder."""

    commitment_id: int
    step: int
    chat_id: int
    due_on: date


class Unanswered(NamedTuple):
    """The first of a row of reminders that nobody answered."""

    item: Item
    step: int
    told_on: date
    chat_ids: tuple[int, ...]


async def find_oldest_due(session: Session) -> date | None:
    """The earliest due date of any commitment that is under way."""
    earliest = [
        (await session.exec(select(func.min(Commitment.due_on)).where(Commitment.state == state))).one()
        for state in (CommitmentState.OPEN, CommitmentState.REPORTED)
    ]
    return min((due_on for due_on in earliest if due_on), default=None)


async def find_items_due(session: Session, spans: Iterable[Span]) -> list[Item]:
    """The open commitments that are due in these days."""
    items: list[Item] = []
    for days in _chunks(day for span in spans for day in _days(span)):
        rows = await session.exec(_items().where(col(Commitment.due_on).in_(days)))
        items += [_item(row) for row in rows]
    return items


async def find_paused_due(session: Session, spans: Iterable[Span]) -> list[tuple[Item, WhyNot]]:
    """The commitments due in these days that are under way and of which nobody is reminded for now, and why."""
    pauses = {
        WhyNot.PENDING: (Commitment.state == CommitmentState.OPEN, col(Commitment.pending).is_not(None)),
        WhyNot.REPORTED_DONE: (Commitment.state == CommitmentState.REPORTED,),
    }
    paused: list[tuple[Item, WhyNot]] = []
    for days in _chunks(day for span in spans for day in _days(span)):
        for why, conditions in pauses.items():
            rows = await session.exec(_items(*conditions).where(col(Commitment.due_on).in_(days)))
            paused += [(_item(row), why) for row in rows]
    return paused


async def find_items(session: Session, commitment_ids: Iterable[int]) -> dict[int, Item]:
    """Those of the commitments that are open and have a due date."""
    items: dict[int, Item] = {}
    for ids in _chunks(set(commitment_ids)):
        rows = await session.exec(_items().where(col(Commitment.id).in_(ids), col(Commitment.due_on).is_not(None)))
        items |= {item.commitment_id: item for item in (_item(row) for row in rows)}
    return items


async def find_undated(session: Session) -> list[Undated]:
    """The open commitments without a due date."""
    rows = await session.exec(_items().where(col(Commitment.due_on).is_(None)).order_by(col(Commitment.id)))
    return [Undated(commitment.id or 0, unit_id, contact_id) for commitment, unit_id, contact_id in rows]


async def find_people(session: Session, items: Iterable[Item | Undated]) -> dict[int, list[Person]]:
    """For each commitment the people of its unit, and whom its letter names."""
    items = list(items)
    by_unit: dict[int, list[Person]] = defaultdict(list)
    by_id: dict[int, Person] = {}
    for units in _chunks({item.unit_id for item in items if item.unit_id is not None}):
        for person in await _people(session, col(Contact.unit_id).in_(units)):
            by_unit[person.unit_id].append(person)
            by_id[person.contact_id] = person
    for ids in _chunks({item.contact_id for item in items if item.contact_id is not None} - by_id.keys()):
        by_id |= {person.contact_id: person for person in await _people(session, col(Contact.id).in_(ids))}
    return {item.commitment_id: _concerned(item, by_unit, by_id) for item in items}


async def find_told(session: Session, commitment_ids: Iterable[int]) -> set[Told]:
    """What was told before about these commitments."""
    told: set[Told] = set()
    for ids in _chunks(set(commitment_ids)):
        rows = await session.exec(select(Reminder).where(col(Reminder.commitment_id).in_(ids)))
        told |= {Told(row.commitment_id, row.step, row.chat_id, row.due_on) for row in rows}
    return told


async def find_told_on(session: Session, day: date, commitment_ids: Iterable[int]) -> set[tuple[int, int]]:
    """Which of these commitments were put to whom (chat) on a day."""
    told: set[tuple[int, int]] = set()
    for ids in _chunks(set(commitment_ids)):
        that_day = (col(Reminder.commitment_id).in_(ids), Reminder.told_on == day)
        told |= set(await session.exec(select(Reminder.commitment_id, Reminder.chat_id).where(*that_day)))
    return told


async def find_ended_snoozes(session: Session, since: date, until: date) -> list[Snooze]:
    """Wishes to be reminded on a day after `since` and not after `until`."""
    ended = select(Snooze).where(Snooze.until_on > since, Snooze.until_on <= until)
    return list(await session.exec(ended.order_by(col(Snooze.commitment_id))))


async def find_snoozed(session: Session, commitment_ids: Iterable[int], today: date) -> dict[tuple[int, int], date]:
    """Until when (commitment, chat) is to be left alone."""
    snoozed: dict[tuple[int, int], date] = {}
    for ids in _chunks(set(commitment_ids)):
        rows = await session.exec(select(Snooze).where(col(Snooze.commitment_id).in_(ids), Snooze.until_on > today))
        snoozed |= {(row.commitment_id, row.chat_id): row.until_on for row in rows}
    return snoozed


async def find_unanswered(session: Session, told_on: Sequence[date]) -> list[Unanswered]:
    """Reminders of these days that nobody has answered by a press or a report, each the first of its row.

    Before and after the due date are two rows, so that a date that passes is brought up again.
    """
    # In three steps, each by an index: a join would let the database begin with all that is open.
    standing = col(Reminder.acknowledged_at).is_(None) & (col(Reminder.rank) == Rank.CONTACT)
    ids: set[int] = set()
    for days in _chunks(told_on):
        ids |= set(await session.exec(select(Reminder.commitment_id).where(col(Reminder.told_on).in_(days), standing)))
    items = await find_items(session, ids)
    rows: dict[tuple[int, bool], list[Reminder]] = defaultdict(list)
    for chunk in _chunks(sorted(items)):
        asked = select(Reminder).where(col(Reminder.commitment_id).in_(chunk), standing).order_by(col(Reminder.id))
        for reminder in await session.exec(asked):
            if _still_stands(reminder, items[reminder.commitment_id]):
                rows[reminder.commitment_id, reminder.step >= 0].append(reminder)
    firsts = (_first_of(items[key[0]], row) for key, row in rows.items())
    return [first for first in firsts if first.told_on in set(told_on)]


def _still_stands(reminder: Reminder, item: Item) -> bool:
    unreported = item.reported_at is None or item.reported_at < reminder.created_at
    return unreported and reminder.due_on == item.due_on


def _first_of(item: Item, row: Sequence[Reminder]) -> Unanswered:
    told_on = min(reminder.told_on for reminder in row)
    first = [reminder for reminder in row if reminder.told_on == told_on]
    step = min(reminder.step for reminder in first)
    return Unanswered(item, step, told_on, tuple(reminder.chat_id for reminder in first))


def _items(*conditions: Any) -> Select[Commitment, int | None, int | None]:
    """The commitments of which people are reminded, or those that meet other conditions."""
    columns: tuple[Any, ...] = (
        Commitment.id,
        Commitment.due_on,
        Commitment.opened_on,
        Commitment.last_report_at,
    )
    # Whoever asked the admins for something is left alone until they have decided.
    which = conditions or (Commitment.state == CommitmentState.OPEN, col(Commitment.pending).is_(None))
    return (
        select(Commitment, UNIT_ID, CONTACT_ID)
        .join(Reply, col(Reply.id) == col(Commitment.reply_id))
        .where(*which)
        .options(load_only(*columns))  # the long texts stay where they are
    )


def _item(row: tuple[Commitment, int | None, int | None]) -> Item:
    commitment, unit_id, contact_id = row
    assert commitment.id is not None
    assert commitment.due_on is not None
    return Item(commitment.id, commitment.due_on, commitment.opened_on, commitment.last_report_at, unit_id, contact_id)


async def _people(session: Session, condition: Any) -> list[Person]:
    rows = await session.exec(
        select(Contact, Account.reachable)
        .join(Account, col(Account.chat_id) == col(Contact.chat_id), isouter=True)
        .where(condition, col(Contact.left_at).is_(None))
        .order_by(col(Contact.id))
    )
    return [
        Person(row.id or 0, row.unit_id, row.name, Rank(row.rank), row.chat_id, reachable is not False)
        for row, reachable in rows
    ]


def _concerned(item: Owned, by_unit: Mapping[int, list[Person]], by_id: Mapping[int, Person]) -> list[Person]:
    people = by_unit.get(item.unit_id, []) if item.unit_id is not None else []
    named = by_id.get(item.contact_id) if item.contact_id is not None else None
    return people if named is None or named in people else [named, *people]


def _days(span: Span) -> Iterable[date]:
    day = span.first
    while day <= span.last:
        yield day
        day += ONE_DAY


def _chunks(values: Iterable[Any]) -> Iterable[list[Any]]:
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
