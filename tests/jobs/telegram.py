"""The local Bot API server and a real client to it, as the jobs' tests use them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.playground.limits import Limits
from bot.playground.server import BotApiServer


@asynccontextmanager
async def serve(limits: Limits | None = None) -> AsyncIterator[BotApiServer]:
    server = BotApiServer(limits=limits)
    await server.start()
    yield server
    await server.stop()


@asynccontextmanager
async def open_bot(server: BotApiServer, *, read_timeout: float = 5.0) -> AsyncIterator[Bot]:
    request = HTTPXRequest(read_timeout=read_timeout)
    async with Bot(server.token, base_url=server.base_url, base_file_url=server.base_file_url, request=request) as bot:
        yield bot
