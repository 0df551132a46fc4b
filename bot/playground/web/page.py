"""What the open pages look at: one stage at a time, its people with their roles, and the letters on offer."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.playground.events import Event, EventKind
from bot.playground.people import Person
from bot.playground.stage import Stage
from bot.playground.web.feed import Feed
from bot.playground.web.views import view_clock, view_head, view_message, view_person
from bot.playground.wire import Json, JsonObject

log = logging.getLogger(__name__)


class Mistake(Exception):
    """What was asked for cannot be done; the text is one of the codes that words.js puts in words."""


class Page:
    def __init__(self, letters: dict[str, Path]) -> None:
        self.letters = letters
        self.feed = Feed()
        self.token = secrets.token_urlsafe(24)
        self.turn = asyncio.Lock()
        """Whoever moves the clock, starts the bot or clears the stage has it to himself; a kill asks nobody."""
        self.stage: Stage
        self._roles: dict[int, str] = {}
        self._generation = 0
        self._at_work = 0
        self._afterwards: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """A new stage. The admin has opened the bot already, so that the visitor meets no empty page."""
        self.stage = await Stage().__aenter__()
        self._generation += 1
        cast = self.stage.cast
        self._roles = {cast.admin.id: "admin", cast.official.id: "official", cast.delegate.id: "delegate"}
        cast.admin.start()
        await self.stage.settled()
        self.stage.server.on_event(self._tell)
        self.stage.on_time = self.tell_time
        self.stage.on_life = self.tell_life
        self.feed.tell("stage", await self.snapshot())

    async def close(self) -> None:
        self.stage.on_life = lambda: None
        for task in self._afterwards:
            task.cancel()
        await asyncio.gather(*self._afterwards, return_exceptions=True)
        await self.stage.__aexit__()

    async def reset(self) -> None:
        await self.close()
        await self.open()

    def person(self, person_id: int) -> Person:
        if person_id not in self._roles:
            raise Mistake("nobody")
        return self.stage.server.playground.people[person_id]

    def add_person(self, name: str, phone: str | None) -> Person:
        person = self.stage.server.add_person(name, phone=phone)
        self._roles[person.id] = "guest"
        self.feed.tell("person", self._view(person))
        return person

    async def snapshot(self) -> JsonObject:
        """All that a page needs to begin."""
        return {
            "generation": self._generation,
            "people": [self._view(self.person(person_id)) for person_id in self._roles],
            "letters": list(self.letters),
            "clock": view_clock(self.stage.now),
            "next": await self._next_reminder(),
            "life": self._life(),
        }

    @asynccontextmanager
    async def busy(self) -> AsyncIterator[None]:
        """Shows that the bot is at work, and afterwards what has become of menus, buttons and the next reminder."""
        self._work(+1)
        try:
            yield
        finally:
            self._work(-1)
            self.tell_heads()
            self.feed.tell("next", await self._next_reminder())

    def settle_soon(self) -> None:
        """The bot does its work while the page goes on."""
        task = asyncio.create_task(self._quietly(self._settle()))
        self._afterwards.add(task)
        task.add_done_callback(self._afterwards.discard)

    def tell_time(self) -> None:
        self.feed.tell("clock", view_clock(self.stage.now))

    def tell_life(self) -> None:
        self.feed.tell("life", self._life())

    def tell_heads(self) -> None:
        for person_id, role in self._roles.items():
            self.feed.tell("head", view_head(self.person(person_id), role))

    def _life(self) -> Json:
        return {"state": self.stage.life, "undone": self.stage.undone}

    def _view(self, person: Person) -> JsonObject:
        return view_person(person, self._roles[person.id], self.stage.zone)

    def _tell(self, event: Event) -> None:
        if event.chat.id not in self._roles:
            return
        person = self.person(event.chat.id)
        if event.kind is EventKind.ANSWERED:
            alert = person.alerts[-1:] == [event.text]
            self.feed.tell("notice", {"chat": person.id, "text": event.text, "alert": alert})
        elif event.kind is EventKind.DELETED and event.message:
            self.feed.tell("gone", {"chat": person.id, "id": event.message.id})
        elif event.kind is not EventKind.PRESSED and event.message:
            self.feed.tell("message", view_message(event.message, self.stage.zone))
        self.feed.tell("head", view_head(person, self._roles[person.id]))

    def _work(self, change: int) -> None:
        self._at_work += change
        self.feed.tell("busy", self._at_work > 0)

    async def _settle(self) -> None:
        async with self.busy():
            await self.stage.settled()

    async def _quietly(self, work: Awaitable[None]) -> None:
        """Nobody waits for this work, so its failure is told here or nowhere."""
        try:
            await work
        except AssertionError:
            log.exception("the bot did not come to rest")

    async def _next_reminder(self) -> Json:
        day = await self.stage.find_next_reminder()
        return f"{day:%Y-%m-%d}" if day else None
