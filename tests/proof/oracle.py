"""Works out the long way, step by step, who must be told what; shares no code with the ladder and the sweep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.playground.people import Person
from commitments.rhythm import Rhythm
from commitments.states import Rank

ONE_DAY = timedelta(days=1)
ANSWERING = (Rank.CONTACT, Rank.DEPUTY, Rank.LEADER)
"""Who answers for a commitment: the next rank where nobody of the one before is there."""
Line = tuple[int, int, int, date]
"""(chat, commitment, step, due date): what must be said exactly once."""


@dataclass
class Told:
    """That somebody who answers for a commitment heard of it."""

    step: int
    due_on: date
    on: date
    at: datetime
    answered: bool = False


@dataclass(eq=False)
class Known:
    """What the oracle knows of a commitment."""

    id: int
    due_on: date
    opened_on: date
    contact: Person | None
    is_open: bool = True
    is_pending: bool = False
    reported_at: datetime | None = None
    reported_on: date | None = None
    told: list[Told] = field(default_factory=list)
    wishes: dict[int, date] = field(default_factory=dict)
    """By chat: the day until which it is to be left alone."""

    def answer(self) -> None:
        """知悉: whatever was told of it is known."""
        for one in self.told:
            one.answered = True

    def standing(self) -> list[Told]:
        """What was told of its date and answered by nobody, neither by a press nor by a report."""
        return [
            one
            for one in self.told
            if not one.answered and one.due_on == self.due_on and (not self.reported_at or one.at > self.reported_at)
        ]

    def waits(self, chat_id: int, today: date) -> bool:
        wished_on = self.wishes.get(chat_id)
        return wished_on is not None and today < wished_on <= self.due_on


@dataclass(frozen=True)
class Candidate:
    step: int
    as_answering: bool
    """False for somebody higher up who hears of a silence."""


@dataclass
class Oracle:
    rhythm: Rhythm
    people: dict[Rank, list[Person]]
    """With the admins as a rank of their own."""
    commitments: list[Known] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    covered_on: date | None = None
    said: set[Line] = field(default_factory=set)

    def expect(self, day: date, hour: time) -> dict[tuple[Known, int], list[Candidate]]:
        """For each commitment and chat that must hear of it now: what it may be told, the nearest to the date first.

        Where several fall together one of them is told: the nearest, unless the bot finds only now that somebody
        has left, and tells others in his place.
        """
        works = self.rhythm.calendar.is_workday(day)
        if not works or not time(8, 30) <= hour < time(20, 0) or (self.covered_on and self.covered_on >= day):
            return {}
        since, self.covered_on = self.covered_on or day - ONE_DAY, day
        expected: dict[tuple[Known, int], list[Candidate]] = defaultdict(list)
        for known in self.commitments:
            if not known.is_open or known.is_pending:
                continue
            for person, candidate in self._candidates(known, since, day):
                line = (person.id, known.id, candidate.step, known.due_on)
                if line not in self.said and not known.waits(person.id, day):
                    expected[known, person.id].append(candidate)
        for candidates in expected.values():
            candidates.sort(key=lambda one: (one.step, not one.as_answering))
        return expected

    def may_be_silent(self, known: Known, today: date) -> bool:
        """True while the bot may think that somebody who has left still waits for the day that he wished."""
        return any(known.waits(chat_id, today) for chat_id in self.blocked)

    def note(self, known: Known, chat_id: int, told: Candidate, at: datetime) -> None:
        """It was said."""
        self.said.add((chat_id, known.id, told.step, known.due_on))
        if told.as_answering:
            known.told.append(Told(told.step, known.due_on, self.rhythm.today(at), at))

    def _candidates(self, known: Known, since: date, day: date) -> Iterator[tuple[Person, Candidate]]:
        if not self._rests(known, day):
            step = self._last_step(known, since, day)
            for person in self._right_people(known) if step is not None else ():
                yield person, Candidate(step or 0, True)
            for chat_id, wished_on in known.wishes.items():
                if since < wished_on <= day and wished_on <= known.due_on:
                    for person in self._there(chat_id) or self._right_people(known):
                        yield person, Candidate((known.due_on - wished_on).days, True)
        for before in (True, False):
            row = [one for one in known.standing() if (one.step >= 0) == before]
            if not row:
                continue
            first_on = min(one.on for one in row)
            step = min(one.step for one in row if one.on == first_on)
            for rung in self.rhythm.escalation:
                if since < self._workdays_after(first_on, rung.after_workdays) <= day:
                    for person in self.people[rung.rank]:
                        if person.id not in self.blocked:
                            yield person, Candidate(step, False)

    def _last_step(self, known: Known, since: date, today: date) -> int | None:
        ladder, fired = self.rhythm.ladder, None
        late = [*range(1, ladder.overdue_daily + 1)]
        if ladder.overdue_every:
            late += range(ladder.overdue_daily + ladder.overdue_every, 4000, ladder.overdue_every)
        for step in [*sorted(ladder.before, reverse=True), *(-days for days in late)]:
            day = known.due_on - step * ONE_DAY
            if day > today + 40 * ONE_DAY:
                break
            if day < since - 40 * ONE_DAY:
                continue
            while not self.rhythm.calendar.is_workday(day):
                day += ONE_DAY if step < 0 else -ONE_DAY
            if max(since, known.opened_on) < day <= today:
                fired = step
        return fired

    def _workdays_after(self, day: date, count: int) -> date:
        while count:
            day += ONE_DAY
            count -= self.rhythm.calendar.is_workday(day)
        return day

    def _rests(self, known: Known, today: date) -> bool:
        return known.reported_on is not None and (today - known.reported_on).days < self.rhythm.rest_after_report_days

    def _right_people(self, known: Known) -> list[Person]:
        groups = [[known.contact] if known.contact else [], *(self.people[rank] for rank in ANSWERING)]
        there = ([person for person in group if person.id not in self.blocked] for group in groups)
        return next((group for group in there if group), [])

    def _there(self, chat_id: int) -> list[Person]:
        everybody = (person for rank in ANSWERING for person in self.people[rank])
        return [person for person in everybody if person.id == chat_id and chat_id not in self.blocked]
