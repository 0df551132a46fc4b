"""The stage of the page and the terminal story: a local Bot API server, a cast, the real bot, a clock to be moved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from bot.playground.bot_process import BotGone, BotProcess
from bot.playground.people import Person
from bot.playground.server import BotApiServer
from bot.playground.wire import Json, JsonObject, words
from bot.settings import Settings
from commitments.clock import SetClock, instant, local_time
from commitments.workdays import ONE_DAY

LETTERS = Path(__file__).parent / "letters"
# a Tuesday after the dates of the sample letters: nobody begins with a summary of an empty week
OPENING_DAY = date(2024, 7, 9)
OPENING_HOUR = time(9, 0)
SETTLE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Cast:
    admin: Person
    official: Person
    delegate: Person


class Stage:
    """Used as `async with Stage() as stage`; the bot runs from the first moment and may be killed at any.

    Everything is kept in a temporary folder; a bot that is started again knows only what it finds there.
    """

    def __init__(self, *, opening_day: date = OPENING_DAY) -> None:
        self._stack = AsyncExitStack()
        self._turn = asyncio.Lock()
        self._bot: BotProcess | None = None
        self._folder = Path(
            self._stack.enter_context(TemporaryDirectory(prefix="jiannuo-", ignore_cleanup_errors=True))
        )
        self.zone = Settings().zone
        self._morning = Settings().clock.morning
        self.clock = SetClock(instant(opening_day, OPENING_HOUR, self.zone))
        self.server = BotApiServer(now=self.clock.now, limits=None)
        self.cast = Cast(
            admin=self.server.add_person("督查室 王芷", phone="+8613900000099"),
            official=self.server.add_person("周明远", phone="+8613900000026"),
            delegate=self.server.add_person("陈书宁", phone="+8613900000077"),
        )
        self._starting = False
        self.undone = 0
        """How much of what people did was left over by the last kill, or came while the bot was away."""
        self.on_time: Callable[[], None] = lambda: None
        """Called whenever the clock was moved."""
        self.on_life: Callable[[], None] = lambda: None
        """Called whenever the bot was killed, begins to start, or is back."""

    async def __aenter__(self) -> Self:
        await self.server.start()
        self._stack.push_async_callback(self.server.stop)
        self._stack.push_async_callback(self.kill_bot)
        await self.start_bot()
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._stack.aclose()

    @property
    def now(self) -> datetime:
        """What the pretended clock shows in the city."""
        return local_time(self.clock.now(), self.zone)

    @property
    def life(self) -> str:
        """running · starting · stopped"""
        if self._starting:
            return "starting"
        return "running" if self._bot is not None and self._bot.alive else "stopped"

    async def start_bot(self) -> None:
        """A new process, with the settings and the database that the one before had, as when the machine boots.

        It is back when it has caught up with what happened without it.
        """
        async with self._turn:
            if self.life == "running":
                return
            self._starting = True
            self._count_undone()
            self.on_life()
            try:
                self._bot = await BotProcess.start(self._about())
                await self._settle()
                await self._stand_at(self.clock.now())
            finally:
                self._starting = False
                self.on_life()

    async def kill_bot(self) -> None:
        """End the bot at once, whatever it is doing. People may go on writing: their messages wait."""
        if self._bot is not None:
            await self._bot.kill()
            self._count_undone()
            self.on_life()

    async def restart_bot(self) -> None:
        await self.kill_bot()
        await self.start_bot()

    async def settled(self) -> None:
        """Everything that people did is handled, and everything that may be said now is said."""
        async with self._turn:
            await self._settle()

    async def advance(self, *, days: int) -> None:
        """The same hour, some days on."""
        await self.to(self.now + timedelta(days=days))

    async def to(self, moment: datetime) -> None:
        """Let time pass up to a moment, stopping wherever the timetable has work. Only forward.

        While the bot is away, only the clock moves.
        """
        async with self._turn:
            await self._settle()
            for beat in self._beats(self.now, moment):
                await self._stand_at(beat)
            await self._stand_at(moment)

    async def to_next_reminder(self) -> date | None:
        """Let time pass up to the morning of the next reminder; None when none is to come."""
        day = await self.find_next_reminder()
        if day is not None:
            await self.to(self._at(day, self._morning))
        return day

    async def find_next_reminder(self) -> date | None:
        """The next working day on whose morning somebody will be reminded, as things stand now."""
        async with self._turn:
            await self._settle()
            day = words(await self._order({"do": "look_ahead"}))
            return date.fromisoformat(day) if day else None

    def _count_undone(self) -> None:
        self.undone = len(self.server.playground.updates)

    def _beats(self, after: datetime, until: datetime) -> Iterator[datetime]:
        """The moments at which a job of the timetable may fall due."""
        day = after.date()
        while day <= until.date():
            yield from (beat for hour in self._hours if after < (beat := self._at(day, hour)) < until)
            day += ONE_DAY

    @property
    def _hours(self) -> list[time]:
        """When jobs may fall due, as the bot said when it was ready."""
        told = self._bot.greeting if self._bot is not None else []
        return [time.fromisoformat(words(hour)) for hour in told] if isinstance(told, list) else []

    def _at(self, day: date, hour: time) -> datetime:
        return local_time(instant(day, hour, self.zone), self.zone)

    async def _stand_at(self, moment: datetime) -> None:
        self.clock.set(moment)
        self.on_time()
        await self._order({"do": "stand", "at": self.clock.now().isoformat()})

    async def _settle(self) -> None:
        if self._bot is None:
            return
        confirmed = asyncio.create_task(self.server.all_confirmed(SETTLE_SECONDS))
        gone = asyncio.create_task(self._bot.gone())
        done, undone = await asyncio.wait({confirmed, gone}, return_when=asyncio.FIRST_COMPLETED)
        for task in undone:
            task.cancel()
        if confirmed in done:
            await confirmed
            await self._order({"do": "settle"})

    async def _order(self, order: JsonObject) -> Json:
        """What the bot answers; nothing when it is away or is killed meanwhile."""
        if self._bot is not None:
            with suppress(BotGone):
                return await self._bot.ask(order)
        return None

    def _about(self) -> JsonObject:
        telegram = {
            "token": self.server.token,
            "base_url": self.server.base_url,
            "base_file_url": self.server.base_file_url,
        }
        return {
            "telegram": telegram,
            "admins": [self.cast.admin.id],
            "folder": str(self._folder),
            "now": self.clock.now().isoformat(),
        }
