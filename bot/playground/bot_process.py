"""The bot in a process of its own, as the stage holds it: started, given orders, killed."""

from __future__ import annotations

import json
import os
import sys
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from typing import Self

from bot.playground.wire import Json, JsonObject

PROGRAM = "bot.playground.bot_program"


class BotGone(Exception):
    """The process ended, by a kill or by itself."""


class BotProcess:
    """One life of the bot. Orders are given one at a time; a kill may come in the middle of any."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._heard_the_end = False
        self.greeting: Json = None
        """What the program said when it was ready."""

    @classmethod
    async def start(cls, about: JsonObject) -> Self:
        """A bot that has read its database and waits for updates. Raises BotGone."""
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
        process = await create_subprocess_exec(sys.executable, "-m", PROGRAM, stdin=PIPE, stdout=PIPE, env=environment)
        bot = cls(process)
        try:
            bot.greeting = await bot.ask(about)
        except BaseException:
            await bot.kill()
            raise
        return bot

    @property
    def alive(self) -> bool:
        return self._process.returncode is None and not self._heard_the_end

    async def ask(self, order: JsonObject) -> Json:
        """Give an order; the answer, once it is obeyed. Raises BotGone."""
        if not self.alive:
            raise BotGone
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            await self._process.stdin.drain()
            line = await self._process.stdout.readline()
        except ConnectionError:
            line = b""
        if not line:
            self._heard_the_end = True
            raise BotGone
        answer: Json = json.loads(line)
        return answer

    async def gone(self) -> None:
        """Waits until the process has ended."""
        await self._process.wait()

    async def kill(self) -> None:
        """At once and without a word to it, as when the power fails."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
