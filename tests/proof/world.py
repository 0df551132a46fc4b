"""A small world whose days pass: an office, its commitments and people, and a bot that is sometimes down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random

from bot.cards.base import Card
from bot.playground.people import Person
from commitments.clock import SetClock, instant
from commitments.people import Actor
from commitments.rhythm import Rhythm
from commitments.states import CommitmentState, Rank, RequestKind, Role
from jobs.heartbeat import Heartbeat
from storage.ledger.people import touch_account
from storage.ledger.remind import acknowledge, snooze
from storage.outbox import Saying
from tests.jobs.office import Office
from tests.proof.oracle import ANSWERING, ONE_DAY, Known, Oracle

MOST_COMMITMENTS = 60
"""So that a card of this proof, which is never cut, stays under Telegram's 4,096 characters."""


@dataclass
class World:
    rng: Random
    rhythm: Rhythm
    office: Office
    heartbeat: Heartbeat
    clock: SetClock
    people: dict[Rank, list[Person]]
    contact_ids: dict[int, int]
    oracle: Oracle
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
        expected = self.oracle.expect(day, hour)
        await self.heartbeat.tick(self.clock.now())
        await self.heartbeat.drain()
        heard = self._hear()
        for (known, chat_id), candidates in expected.items():
            may_be_told = candidates if self.oracle.blocked else candidates[:1]
            told = [one for one in may_be_told if (chat_id, known.id, one.step, known.due_on) in heard]
            if not told and self.oracle.may_be_silent(known, day):
                continue
            assert told, f"{day} {hour}: {chat_id} did not hear of {known}, expected {candidates}, said {heard}"
            heard.remove((chat_id, known.id, told[0].step, known.due_on))
            self.oracle.note(known, chat_id, told[0], self.clock.now())
        assert not heard, f"{day} {hour}: said and not expected: {heard}"

    def _hear(self) -> list[tuple[int, int, int, date]]:
        """The lines of all messages that came since the last look, each read in waking hours."""
        lines: list[tuple[int, int, int, date]] = []
        for group in self.people.values():
            for person in group:
                for message in person.inbox[self.read.get(person.id, 0) :]:
                    lines += [(person.id, *line) for line in read_lines(message.words)]
                    assert self.rhythm.is_awake(self.clock.now())
                self.read[person.id] = len(person.inbox)
        return lines

    async def _change_something(self, day: date, hour: time) -> None:
        self.clock.set(instant(day, hour, self.rhythm.zone))
        roll, commitments = self.rng.random(), self.oracle.commitments
        if not commitments or (roll < 0.08 and len(commitments) < MOST_COMMITMENTS):
            await self._open(day)
        elif roll < 0.18:
            await self._alter(self.rng.choice(commitments), day)
        elif roll < 0.22:
            await self._block_or_unblock(self.rng.choice([p for rank in ANSWERING for p in self.people[rank]]))
        elif roll < 0.34:
            await self._answer(self.rng.choice([known for known in commitments if known.standing()] or commitments))
        elif roll < 0.46:
            await self._put_off(self.rng.choice(commitments), day)

    async def _open(self, day: date) -> None:
        due_on = day + self.rng.randint(-20, 90) * ONE_DAY
        contact = self.rng.choice([None, *self.people[Rank.CONTACT]])
        contact_id = self.contact_ids[contact.id] if contact else None
        commitment_id = await self.office.add_commitment(due_on, contact_id=contact_id, opened_on=day)
        self.oracle.commitments.append(Known(commitment_id, due_on, day, contact))

    async def _alter(self, known: Known, day: date) -> None:
        match self.rng.randrange(5):
            case 0:
                known.due_on = day + self.rng.randint(-5, 60) * ONE_DAY
                await self.office.change(known.id, due_on=known.due_on)
            case 1:
                known.is_open = False
                await self.office.change(known.id, state=CommitmentState.CLOSED)
            case 2:
                known.is_open = True
                await self.office.change(known.id, state=CommitmentState.OPEN)
            case 3:
                known.is_pending = not known.is_pending
                await self.office.change(known.id, pending=RequestKind.EXTENSION if known.is_pending else None)
            case _:
                known.reported_at, known.reported_on = self.clock.now(), day
                await self.office.change(known.id, last_report_at=self.clock.now())

    async def _block_or_unblock(self, person: Person) -> None:
        if person.id in self.oracle.blocked:
            self.oracle.blocked.remove(person.id)
            person.unblock()
            await touch_account(self.office.database, person.id, person.name, now=self.clock.now())
        else:
            self.oracle.blocked.add(person.id)
            person.block()

    async def _answer(self, known: Known) -> None:
        if (by := self._somebody()) is None:
            return
        await acknowledge(self.office.database, [known.id], now=self.clock.now(), by=by)
        if known.is_open:
            known.answer()

    async def _put_off(self, known: Known, day: date) -> None:
        """改日提醒: to a day that somebody wishes, the working day before where that is none, and not past the date."""
        if (by := self._somebody()) is None or by.chat_id is None:
            return
        wished_on = day + self.rng.choice((1, 3, 10, 60)) * ONE_DAY
        await snooze(self.office.database, [known.id], wished_on, self.rhythm, now=self.clock.now(), by=by)
        until_on = min(wished_on, known.due_on)
        while not self.rhythm.calendar.is_workday(until_on):
            until_on -= ONE_DAY
        if known.is_open and until_on > day:
            known.wishes[by.chat_id] = until_on
            known.answer()

    def _somebody(self) -> Actor | None:
        there = [p for rank in ANSWERING for p in self.people[rank] if p.id not in self.oracle.blocked]
        if not there:
            return None
        person = self.rng.choice(there)
        return Actor(person.name, frozenset({Role.OFFICIAL}), person.id)


async def word(saying: Saying) -> Card | None:
    """A card that says just what is in the message, so that it can be read back."""
    items = saying.params.get("items", saying.params.get("unanswered", []))
    lines = [f"{item['commitment_id']}/{item['step']}/{item['due_on']}" for item in items]
    return Card("\n".join(lines)) if lines else None


def read_lines(words: str) -> list[tuple[int, int, date]]:
    found = re.findall(r"(\d+)/(-?\d+)/(\S+)", words)
    return [(int(commitment), int(step), date.fromisoformat(due_on)) for commitment, step, due_on in found]


def at_dawn(day: date, rhythm: Rhythm) -> datetime:
    return instant(day, time(0, 1), rhythm.zone)
