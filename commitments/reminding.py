"""Who is reminded of what on a day, and why or why not: decided from plain values, written by nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from commitments.ladder import Fired, find_latest_step
from commitments.rhythm import Rhythm
from commitments.states import Rank


class Cause(StrEnum):
    """What brings a reminder about."""

    LADDER = "ladder"
    SNOOZE = "snooze"
    UNANSWERED = "unanswered"


class WhyNot(StrEnum):
    """What keeps a reminder back."""

    REPORTED_LATELY = "reported_lately"
    REPORTED_DONE = "reported_done"
    """Somebody checks whether it is done."""
    PENDING = "pending"
    """The admins have to decide a request."""
    SNOOZED = "snoozed"
    TOLD_BEFORE = "told_before"
    UNBOUND = "unbound"
    """Nobody of the unit has ever opened the bot."""
    UNREACHABLE = "unreachable"
    """Whoever had opened it has blocked it or left."""


NOBODY_THERE = frozenset({WhyNot.UNBOUND, WhyNot.UNREACHABLE})


class Owned(Protocol):
    """Something that a unit, and there the contact whom a letter names, answers for."""

    @property
    def unit_id(self) -> int | None: ...

    @property
    def contact_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Undated:
    """An open commitment without a due date."""

    commitment_id: int
    unit_id: int | None
    contact_id: int | None


@dataclass(frozen=True, slots=True)
class Item:
    """An open commitment with a due date, as far as reminding needs it."""

    commitment_id: int
    due_on: date
    opened_on: date | None
    reported_at: datetime | None
    unit_id: int | None
    contact_id: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """A contact of a unit; without `chat_id` never bound."""

    contact_id: int
    unit_id: int
    name: str
    rank: Rank
    chat_id: int | None
    reachable: bool = True

    @property
    def can_be_told(self) -> bool:
        return self.chat_id is not None and self.reachable


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """One commitment put to one person, or kept back (`why_not`)."""

    commitment_id: int
    step: int
    due_on: date
    told_on: date
    """The working day of the step; a day before today when it was missed."""
    cause: Cause
    rank: Rank = Rank.CONTACT
    """As whom they are told: whoever answers first counts as the contact."""
    chat_id: int | None = None
    contact_id: int | None = None
    name: str = ""
    unanswered_by: tuple[str, ...] = ()
    why_not: WhyNot | None = None

    @property
    def moved_from(self) -> date | None:
        """The step's own day, where a day off moved it."""
        own = self.due_on - timedelta(days=self.step)
        return own if own != self.told_on else None


def plan_step(item: Item, since: date, until: date, rhythm: Rhythm) -> PlannedReminder | None:
    """The latest step of an item in a span of days, to nobody yet; None when none is told then."""
    opened_on = item.opened_on or since
    # A commitment is spoken of from the day after it was opened: on that day its people heard of it anyway.
    fired = find_latest_step(item.due_on, max(since, opened_on), until, rhythm.ladder, rhythm.calendar)
    if fired is None:
        return None
    return _planned(item, fired, Cause.LADDER, until, rhythm)


def plan_snoozed(item: Item, wished_on: date, until: date, rhythm: Rhythm) -> PlannedReminder | None:
    """The reminder that somebody wanted on another day; None when the due date has come before it."""
    if wished_on > item.due_on:
        return None
    return _planned(item, Fired((item.due_on - wished_on).days, wished_on), Cause.SNOOZE, until, rhythm)


def address(planned: PlannedReminder, item: Item, people: Sequence[Person]) -> list[PlannedReminder]:
    """The reminder for each who answers for the item; when nobody can be told, one that says why."""
    if planned.why_not:
        return [planned]
    if told := find_responsible(item, people):
        return [replace(planned, chat_id=who.chat_id, contact_id=who.contact_id, name=who.name) for who in told]
    bound = any(person.chat_id is not None for person in _concerned(item, people))
    return [replace(planned, why_not=WhyNot.UNREACHABLE if bound else WhyNot.UNBOUND)]


def find_responsible(item: Owned, people: Sequence[Person]) -> list[Person]:
    """Who answers for an item: the letter's contact, else the unit's contacts, deputies, leaders; the first who can
    be told."""
    concerned = [person for person in _concerned(item, people) if person.can_be_told]
    named = [person for person in concerned if person.contact_id == item.contact_id]
    groups = [named] + [[p for p in concerned if p.rank == rank] for rank in (Rank.CONTACT, Rank.DEPUTY, Rank.LEADER)]
    return next((_once_each(group) for group in groups if group), [])


def find_ranked(item: Owned, rank: Rank, people: Sequence[Person]) -> list[Person]:
    """The people of one rank in the item's unit who can be told."""
    return _once_each(person for person in _concerned(item, people) if person.rank == rank and person.can_be_told)


def _planned(item: Item, fired: Fired, cause: Cause, today: date, rhythm: Rhythm) -> PlannedReminder:
    rests = item.reported_at and (today - rhythm.today(item.reported_at)).days < rhythm.rest_after_report_days
    why_not = WhyNot.REPORTED_LATELY if rests else None
    return PlannedReminder(item.commitment_id, fired.step, item.due_on, fired.on, cause, why_not=why_not)


def _concerned(item: Owned, people: Iterable[Person]) -> list[Person]:
    return [person for person in people if person.contact_id == item.contact_id or person.unit_id == item.unit_id]


def _once_each(people: Iterable[Person]) -> list[Person]:
    """One entry a chat: somebody may stand for two letters' contact lines."""
    return list({person.chat_id: person for person in reversed(list(people))}.values())[::-1]
