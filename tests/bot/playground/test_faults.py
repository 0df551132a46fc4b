"""Faults on order, before and after the effect."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot.playground.faults import Fault
from bot.playground.people import Person
from bot.playground.server import BotApiServer


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.TIMEOUT, TimedOut),
        (Fault.SERVER_ERROR, NetworkError),
        (Fault.RESET, NetworkError),
        (Fault.TOO_MANY, RetryAfter),
    ],
)
@pytest.mark.parametrize("after_effect", [False, True])
async def test_a_fault_hits_before_or_after_the_effect(
    bot: Bot, server: BotApiServer, li: Person, fault: Fault, error: type[Exception], after_effect: bool
) -> None:
    server.faults.add("sendMessage", fault, after_effect=after_effect)

    with pytest.raises(error):
        await bot.send_message(li.id, "您好", read_timeout=0.05)
    await bot.send_message(li.id, "再试")

    assert [message.text for message in li.inbox] == (["您好", "再试"] if after_effect else ["再试"])


async def test_a_fault_hits_its_method_as_often_as_ordered(bot: Bot, server: BotApiServer, li: Person) -> None:
    server.faults.add("sendMessage", Fault.SERVER_ERROR, times=2)

    await bot.get_me()
    for _ in range(2):
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(li.id, "您好")
    await bot.send_message(li.id, "您好")

    assert server.faults.pending == 0


async def test_a_fault_can_hit_any_method(bot: Bot, server: BotApiServer) -> None:
    server.faults.add("*", Fault.TOO_MANY, retry_after=7)

    with pytest.raises(RetryAfter, match="Retry in 0:00:07"):
        await bot.get_me()


async def test_faults_can_be_called_off(bot: Bot, server: BotApiServer) -> None:
    server.faults.add("getMe", Fault.RESET, times=5)
    assert server.faults.pending == 5

    server.faults.clear()

    await bot.get_me()


async def test_a_refusal_is_lost_like_any_answer(bot: Bot, server: BotApiServer, li: Person) -> None:
    server.faults.add("sendMessage", Fault.RESET, after_effect=True)

    with pytest.raises(NetworkError) as raised:
        await bot.send_message(li.id, "")

    assert not isinstance(raised.value, BadRequest)


async def test_the_server_stops_while_somebody_waits(bot: Bot, server: BotApiServer, li: Person) -> None:
    server.faults.add("sendMessage", Fault.TIMEOUT)
    waiting = asyncio.create_task(bot.send_message(li.id, "您好", read_timeout=30))
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await server.polling.begun()

    await server.stop()

    for task in (waiting, polling):
        with pytest.raises(NetworkError):
            await task
