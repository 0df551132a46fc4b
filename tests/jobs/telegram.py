"""The local Bot API server and a real client to it, as the jobs' tests use them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.limiter import AnswersFirst
from bot.playground.limits import Limits
from bot.playground.server import BotApiServer
from jobs.pace import UNLIMITED, Pace


@asynccontextmanager
async def serve(limits: Limits | None = None) -> AsyncIterator[BotApiServer]:
    server = BotApiServer(limits=limits)
    await server.start()
    yield server
    await server.stop()


@asynccontextmanager
async def open_bot(
    server: BotApiServer, *, read_timeout: float = 5.0, pace: Pace | None = None
) -> AsyncIterator[ExtBot[str]]:
    limiter = AnswersFirst(pace or Pace(UNLIMITED))
    request = HTTPXRequest(read_timeout=read_timeout)
    async with ExtBot(server.token, base_url=server.base_url, request=request, rate_limiter=limiter) as bot:
        yield bot
