"""A server without flood control, python-telegram-bot's client for it, and people with names."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import Bot

from bot.playground.people import Person
from bot.playground.server import BotApiServer
from tests.bot.playground.clock import Clock
from tests.bot.playground.raw import RawClient


@pytest.fixture(autouse=True)
def retry_after_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, every RetryAfter of python-telegram-bot 22 is itself a deprecation warning."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[BotApiServer]:
    server = BotApiServer(now=clock, control=True, webhook_pause=0.01)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[Bot]:
    async with Bot(server.token, base_url=server.base_url, base_file_url=server.base_file_url) as bot:
        yield bot


@pytest.fixture
async def raw(server: BotApiServer) -> AsyncIterator[RawClient]:
    async with httpx.AsyncClient() as client:
        yield RawClient(client, server.base_url + server.token)


@pytest.fixture
def stranger(server: BotApiServer) -> Person:
    """Has never opened the bot."""
    return server.add_person("王芳", phone="+8613900000002")


@pytest.fixture
async def li(server: BotApiServer) -> Person:
    """Has pressed START, and the bot has taken that."""
    li = server.add_person("李明", phone="+8613900000001")
    li.start()
    server.playground.updates.forget_all_but(0)
    return li
