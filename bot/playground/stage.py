"""The stage of the page and the terminal story: a local Bot API server, a cast, the real bot, a clock to be moved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from bot.app import Program, open_services
from bot.playground.people import Person
from bot.playground.server import BotApiServer
from bot.settings import Access, Settings, Storage, Telegram
from commitments.clock import SetClock, instant, local_time
from commitments.workdays import ONE_DAY
from jobs.pace import UNLIMITED
from jobs.planning import plan
from jobs.timetable import TIMETABLE

LETTERS = Path(__file__).parent / "letters"
# a Tuesday after the dates of the sample letters: nobody begins with a summary of an empty week
OPENING_DAY = date(2024, 7, 9)
OPENING_HOUR = time(9, 0)
LOOK_AHEAD = timedelta(days=550)
"""Further than the longest promise of the sample letters."""
SETTLE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Cast:
    admin: Person
    official: Person
    delegate: Person


class Stage:
    """Used as `async with Stage() as stage`; the bot runs from the first moment and may be stopped between any two.

    Everything is kept in a temporary folder; a bot that is started again knows only what it finds there.
    """

    def __init__(self, *, opening_day: date = OPENING_DAY) -> None:
        self._stack = AsyncExitStack()
        self._bot = AsyncExitStack()
        self._turn = asyncio.Lock()
        folder = Path(self._stack.enter_context(TemporaryDirectory(prefix="jiannuo-")))
        self.clock = SetClock(instant(opening_day, OPENING_HOUR, Settings().zone))
        self.server = BotApiServer(now=self.clock.now, limits=None)
        self.cast = Cast(
            admin=self.server.add_person("督查室 王芷", phone="+8613900000099"),
            official=self.server.add_person("周明远", phone="+8613900000026"),
            delegate=self.server.add_person("陈书宁", phone="+8613900000077"),
        )
        self._folder = folder
        self.program: Program | None = None
        self.on_time: Callable[[], None] = lambda: None
        """Called whenever the clock was moved."""

    async def __aenter__(self) -> Self:
        await self.server.start()
        self._stack.push_async_callback(self.server.stop)
        self._stack.push_async_callback(self.stop_bot)
        telegram = Telegram.model_validate(
            {"token": self.server.token, "base_url": self.server.base_url, "base_file_url": self.server.base_file_url}
        )
        self.settings = Settings(
            telegram=telegram,
            access=Access(admins=(self.cast.admin.id,)),
            storage=Storage(url=f"sqlite:///{self._folder}/jiannuo.db", files=self._folder / "files"),
        )
        await self.start_bot()
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._stack.aclose()

    @property
    def now(self) -> datetime:
        """What the pretended clock shows in the city."""
        return local_time(self.clock.now(), self.settings.zone)

    @property
    def running(self) -> bool:
        return self.program is not None

    async def start_bot(self) -> None:
        """Make the bot from its settings and its database, as the program does when the machine boots."""
        async with self._turn:
            if self.program is None:
                services = await self._bot.enter_async_context(open_services(self.settings, self.clock, readers=1))
                program = Program(services, UNLIMITED)
                await program.start(heartbeat=False)
                self.program = program
                await self._settle(program)
                await self._stand_at(self.clock.now(), program)

    async def stop_bot(self) -> None:
        """End the bot and drop all that it held in memory. People may go on writing: their messages wait."""
        async with self._turn:
            program, self.program = self.program, None
            if program is not None:
                await program.stop()
                await self._bot.aclose()

    async def restart_bot(self) -> None:
        await self.stop_bot()
        await self.start_bot()

    async def settled(self) -> None:
        """Everything that people did is handled, and everything that may be said now is said."""
        async with self._turn:
            await self._settle(self.program)

    async def advance(self, *, days: int) -> None:
        """The same hour, some days on."""
        await self.to(self.now + timedelta(days=days))

    async def to(self, moment: datetime) -> None:
        """Let time pass up to a moment, stopping wherever the timetable has work. Only forward.

        While the bot is stopped, only the clock moves.
        """
        async with self._turn:
            if self.program is not None:
                await self._settle(self.program)
                for beat in self._beats(self.now, moment):
                    await self._stand_at(beat, self.program)
            await self._stand_at(moment, self.program)

    async def to_next_reminder(self) -> date | None:
        """Let time pass up to the morning of the next reminder; None when none is to come."""
        day = await self.find_next_reminder()
        if day is not None:
            await self.to(self._at(day, self.settings.clock.morning))
        return day

    async def find_next_reminder(self) -> date | None:
        """The next working day on whose morning somebody will be reminded, as things stand now."""
        async with self._turn:
            return await self._look_ahead(self.program) if self.program else None

    async def _look_ahead(self, program: Program) -> date | None:
        """Halves the span until one day is left: whatever fires by a day also fires by every later one."""
        await self._settle(program)
        rhythm = self.settings.rhythm
        covered = self.now.date() - (ONE_DAY if self.now.time() < rhythm.morning else timedelta(0))
        quiet, firing = covered, covered + LOOK_AHEAD
        if not await self._fires(program, covered, firing):
            return None
        while firing - quiet > ONE_DAY:
            middle = quiet + (firing - quiet) // 2
            if await self._fires(program, covered, middle):
                firing = middle
            else:
                quiet = middle
        return rhythm.calendar.workday_from(firing)

    async def _fires(self, program: Program, after: date, until: date) -> bool:
        admins = self.settings.access.admins
        planned = await plan(program.services.database, until, self.settings.rhythm, admins, since=after)
        return any(one.why_not is None and one.chat_id is not None for one in planned)

    def _beats(self, after: datetime, until: datetime) -> Iterator[datetime]:
        """The moments at which a job of the timetable may fall due."""
        hours = sorted({job.hour or self.settings.clock.morning for job in TIMETABLE})
        day = after.date()
        while day <= until.date():
            yield from (beat for hour in hours if after < (beat := self._at(day, hour)) < until)
            day += ONE_DAY

    def _at(self, day: date, hour: time) -> datetime:
        return local_time(instant(day, hour, self.settings.zone), self.settings.zone)

    async def _stand_at(self, moment: datetime, program: Program | None) -> None:
        self.clock.set(moment)
        self.on_time()
        if program is not None:
            await program.heartbeat.tick(self.clock.now())
            await program.heartbeat.drain()

    async def _settle(self, program: Program | None) -> None:
        if program is not None:
            await self.server.all_confirmed(SETTLE_SECONDS)
            await program.application.update_queue.join()
            await program.heartbeat.drain()
