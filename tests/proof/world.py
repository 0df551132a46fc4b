"""A small world whose days pass: an office, its commitments and people, a bot that is sometimes down, and an oracle.

The oracle works out the long way, step by step, who must be told what; it shares no code with the ladder or the sweep.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from bot.cards.base import Card
from bot.playground.people import Person
from commitments.clock import SetClock, instant
from commitments.rhythm import Rhythm
from commitments.states import CommitmentState, Rank
from jobs.heartbeat import Heartbeat
from storage.ledger.people import touch_account
from storage.outbox import Saying
from tests.jobs.office import Office

ONE_DAY = timedelta(days=1)
MOST_COMMITMENTS = 60
"""So that a card of this proof, which is never cut, stays under Telegram's 4,096 characters."""
Line = tuple[int, int, int, date]
"""(chat, commitment, step, due date): what must be said exactly once."""


@dataclass
class Known:
    """What the oracle knows of a commitment."""

    id: int
    due_on: date
    opened_on: date
    contact: Person | None
    is_open: bool = True
    reported_on: date | None = None


@dataclass
class World:
    rng: Random
    rhythm: Rhythm
    office: Office
    heartbeat: Heartbeat
    clock: SetClock
    people: dict[Rank, list[Person]]
    contact_ids: dict[int, int]
    commitments: list[Known] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    covered_on: date | None = None
    said: set[Line] = field(default_factory=set)
    """All that has been expected so far."""
    read: dict[int, int] = field(default_factory=dict)
    """How many messages of each chat have been looked at."""
    evenings_left_down: int = 0

    async def live(self, day: date) -> None:
        """A day: perhaps something changes, the bot ticks at odd hours if it is up, perhaps something changes again."""
        await self._change_something(day, time(6, 0))
        if self.evenings_left_down:
            self.evenings_left_down -= 1
        else:
            for hour in self._ticks():
                await self._tick(day, hour)
            if self.rng.random() < 0.05:
                self.evenings_left_down = self.rng.choice((1, 2, 5, 40))
        await self._change_something(day, time(22, 0))

    def _ticks(self) -> list[time]:
        hours = [time(2, 0), time(8, 29), time(8, 30), time(9, 1), time(13, 0), time(19, 59), time(20, 0), time(23, 59)]
        return sorted(self.rng.sample(hours, self.rng.randint(1, len(hours))))

    async def _tick(self, day: date, hour: time) -> None:
        self.clock.set(instant(day, hour, self.rhythm.zone))
        expected = self._expect(day, hour)
        await self.heartbeat.tick(self.clock.now())
        await self.heartbeat.drain()
        heard = self._hear()
        assert sorted(heard) == sorted(expected), f"{day} {hour}: said {heard}, expected {expected}"
        self.said |= expected

    def _expect(self, day: date, hour: time) -> set[Line]:
        """What this tick must say, worked out the long way."""
        works = self.rhythm.calendar.is_workday(day)
        if not works or not time(8, 30) <= hour < time(20, 0) or (self.covered_on and self.covered_on >= day):
            return set()
        since, self.covered_on = self.covered_on or day - ONE_DAY, day
        lines: set[Line] = set()
        for known in self.commitments:
            step = self._last_step(known, since, day)
            if not known.is_open or step is None or self._rests(known, day):
                continue
            lines |= {(person.id, known.id, step, known.due_on) for person in self._right_people(known)}
        return lines - self.said

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

    def _rests(self, known: Known, today: date) -> bool:
        return known.reported_on is not None and (today - known.reported_on).days < self.rhythm.rest_after_report_days

    def _right_people(self, known: Known) -> list[Person]:
        groups = [[known.contact] if known.contact else [], *(self.people[rank] for rank in self.people)]
        there = ([person for person in group if person.id not in self.blocked] for group in groups)
        return next((group for group in there if group), [])

    def _hear(self) -> list[Line]:
        """The lines of all messages that came since the last look, each read in waking hours."""
        lines: list[Line] = []
        for group in self.people.values():
            for person in group:
                for message in person.inbox[self.read.get(person.id, 0) :]:
                    lines += [(person.id, *line) for line in read_lines(message.words)]
                    assert self.rhythm.is_awake(self.clock.now())
                self.read[person.id] = len(person.inbox)
        return lines

    async def _change_something(self, day: date, hour: time) -> None:
        self.clock.set(instant(day, hour, self.rhythm.zone))
        roll = self.rng.random()
        if not self.commitments or (roll < 0.08 and len(self.commitments) < MOST_COMMITMENTS):
            await self._open(day)
        elif roll < 0.16:
            await self._alter(self.rng.choice(self.commitments), day)
        elif roll < 0.20:
            await self._block_or_unblock(self.rng.choice([p for group in self.people.values() for p in group]))

    async def _open(self, day: date) -> None:
        due_on = day + self.rng.randint(-20, 90) * ONE_DAY
        contact = self.rng.choice([None, *self.people[Rank.CONTACT]])
        contact_id = self.contact_ids[contact.id] if contact else None
        commitment_id = await self.office.add_commitment(due_on, contact_id=contact_id, opened_on=day)
        self.commitments.append(Known(commitment_id, due_on, day, contact))

    async def _alter(self, known: Known, day: date) -> None:
        match self.rng.randrange(4):
            case 0:
                known.due_on = day + self.rng.randint(-5, 60) * ONE_DAY
                await self.office.change(known.id, due_on=known.due_on)
            case 1:
                known.is_open = False
                await self.office.change(known.id, state=CommitmentState.CLOSED)
            case 2:
                known.is_open = True
                await self.office.change(known.id, state=CommitmentState.OPEN)
            case _:
                known.reported_on = day
                await self.office.change(known.id, last_report_at=self.clock.now())

    async def _block_or_unblock(self, person: Person) -> None:
        if person.id in self.blocked:
            self.blocked.remove(person.id)
            person.unblock()
            await touch_account(self.office.database, person.id, person.name, now=self.clock.now())
        else:
            self.blocked.add(person.id)
            person.block()


async def word(saying: Saying) -> Card | None:
    """A card that says just what is in the message, so that it can be read back."""
    lines = [f"{item['commitment_id']}/{item['step']}/{item['due_on']}" for item in saying.params.get("items", [])]
    return Card("\n".join(lines)) if lines else None


def read_lines(words: str) -> list[tuple[int, int, date]]:
    found = re.findall(r"(\d+)/(-?\d+)/(\S+)", words)
    return [(int(commitment), int(step), date.fromisoformat(due_on)) for commitment, step, due_on in found]


def at_dawn(day: date, rhythm: Rhythm) -> datetime:
    return instant(day, time(0, 1), rhythm.zone)
