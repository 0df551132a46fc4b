"""The process that the kill test kills: a delivery over a ledger and a server that others hold."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from telegram.ext import ExtBot

from bot.cards.base import Card
from bot.limiter import AnswersFirst
from bot.messenger import TelegramMessenger
from commitments.clock import SetClock
from commitments.rhythm import Rhythm
from jobs.delivery import Delivery
from jobs.pace import UNLIMITED, Pace
from storage.engine import open_database
from storage.outbox import Saying

NOON = datetime(2024, 6, 18, 4, 0, tzinfo=UTC)
MARK = "可能重复"


async def word(saying: Saying) -> Card:
    return Card(f"{saying.params['n']} {MARK if saying.maybe_repeated else ''}", about="report")


async def deliver(url: str, token: str, base_url: str, begun: Callable[[], None]) -> None:
    database = await open_database(url)
    async with ExtBot(token, base_url=base_url, rate_limiter=AnswersFirst(Pace(UNLIMITED))) as bot:
        begun()
        await Delivery(database, TelegramMessenger(bot, word), SetClock(NOON), Rhythm(), pace=Pace(UNLIMITED)).run()


def live(url: str, token: str, base_url: str, begun: Callable[[], None]) -> None:
    asyncio.run(deliver(url, token, base_url, begun))
