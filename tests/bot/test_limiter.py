"""Answers go out at once and are counted; one chat that had too much waits alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from telegram.error import RetryAfter
from telegram.ext import ExtBot

from bot.limiter import OUTBOX
from bot.playground.faults import Fault
from bot.playground.people import Person
from bot.playground.server import BotApiServer
from jobs.pace import Limits, Pace
from tests.jobs.telegram import open_bot, serve


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with serve() as running:
        yield running


@pytest.fixture
def pace() -> Pace:
    return Pace(Limits())


@pytest.fixture
async def bot(server: BotApiServer, pace: Pace) -> AsyncIterator[ExtBot[str]]:
    async with open_bot(server, pace=pace) as opened:
        yield opened


@pytest.fixture
def zhou(server: BotApiServer) -> Person:
    person = server.add_person("周明远")
    person.start()
    return person


async def test_an_answer_takes_a_slot_from_the_outbox(bot: ExtBot[str], pace: Pace, zhou: Person) -> None:
    await bot.send_message(zhou.id, "收到")

    at = time.monotonic()
    assert zhou.id in pace.resting(at)
    assert pace.seconds_to_wait(at) >= 0


async def test_an_edit_takes_none(bot: ExtBot[str], pace: Pace, zhou: Person) -> None:
    message = await bot.send_message(zhou.id, "收到", rate_limit_args=OUTBOX)

    await bot.edit_message_text("已确认", zhou.id, message.message_id)

    assert pace.resting(time.monotonic()) == frozenset()


async def test_one_chat_that_had_too_much_waits_alone(bot: ExtBot[str], server: BotApiServer, zhou: Person) -> None:
    chen = server.add_person("陈书宁")
    chen.start()
    server.faults.add("sendMessage", Fault.TOO_MANY, retry_after=1)

    waiting = asyncio.create_task(bot.send_message(zhou.id, "收到"))
    await asyncio.wait({waiting}, timeout=0.3)
    await bot.send_message(chen.id, "收到")

    assert not waiting.done()
    assert (await waiting).text == "收到"


async def test_what_the_outbox_says_is_not_held(bot: ExtBot[str], server: BotApiServer, zhou: Person) -> None:
    server.faults.add("sendMessage", Fault.TOO_MANY, retry_after=30)

    with pytest.raises(RetryAfter):
        await bot.send_message(zhou.id, "提醒", rate_limit_args=OUTBOX)
