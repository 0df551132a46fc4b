"""Flood control."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import Bot, InputMediaPhoto
from telegram.error import RetryAfter

from bot.playground.limits import FloodControl, Limits
from bot.playground.refusals import Refusal
from bot.playground.server import BotApiServer
from tests.bot.playground.pictures import png


class Stopwatch:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


def wait_of(flood: FloodControl, chat_id: int, messages: int = 1) -> int | None:
    """How long a message would have to wait; None when it was let through."""
    try:
        flood.admit(chat_id, messages)
    except Refusal as refusal:
        return refusal.retry_after
    return None


def test_without_limits_everything_passes(stopwatch: Stopwatch) -> None:
    flood = FloodControl(None, stopwatch)

    assert [wait_of(flood, 1) for _ in range(100)] == [None] * 100


def test_a_private_chat_takes_one_message_a_second(stopwatch: Stopwatch) -> None:
    flood = FloodControl(Limits(private_burst=1), stopwatch)

    assert [wait_of(flood, 1), wait_of(flood, 1), wait_of(flood, 2)] == [None, 1, None]
    stopwatch.seconds += 1
    assert [wait_of(flood, 1), wait_of(flood, 1)] == [None, 1]


def test_a_quiet_private_chat_takes_a_short_burst(stopwatch: Stopwatch) -> None:
    flood = FloodControl(Limits(private_burst=3), stopwatch)

    assert [wait_of(flood, 1) for _ in range(5)] == [None, None, None, 1, 1]
    stopwatch.seconds += 1
    assert [wait_of(flood, 1), wait_of(flood, 1)] == [None, 1]


def test_jitter_of_a_steady_sender_is_forgiven(stopwatch: Stopwatch) -> None:
    flood = FloodControl(Limits(private_burst=1), stopwatch)

    wait_of(flood, 1)
    stopwatch.seconds += 0.97

    assert wait_of(flood, 1) is None


def test_a_group_takes_20_messages_a_minute(stopwatch: Stopwatch) -> None:
    flood = FloodControl(Limits(), stopwatch)

    assert [wait_of(flood, -1) for _ in range(20)] == [None] * 20
    stopwatch.seconds += 15
    assert wait_of(flood, -1) == 45
    stopwatch.seconds += 45
    assert wait_of(flood, -1) is None


def test_all_chats_together_take_30_messages_a_second(stopwatch: Stopwatch) -> None:
    flood = FloodControl(Limits(), stopwatch)

    assert [wait_of(flood, chat) for chat in range(1, 31)] == [None] * 30
    assert wait_of(flood, 31) == 1
    stopwatch.seconds += 1
    assert wait_of(flood, 31) is None


def test_an_album_counts_as_its_messages(stopwatch: Stopwatch) -> None:
    flood = FloodControl(Limits(), stopwatch)

    assert wait_of(flood, 1, messages=10) is None
    assert wait_of(flood, 1) == 8


@pytest.fixture
async def strict() -> AsyncIterator[BotApiServer]:
    server = BotApiServer(limits=Limits(private_burst=1))
    await server.start()
    yield server
    await server.stop()


async def test_the_client_is_told_when_to_come_back(strict: BotApiServer) -> None:
    li = strict.add_person("李明")
    li.start()
    async with Bot(strict.token, base_url=strict.base_url) as bot:
        await bot.send_media_group(li.id, [InputMediaPhoto(png(10, 10))] * 2)

        with pytest.raises(RetryAfter) as raised:
            await bot.send_message(li.id, "太快了")

    assert raised.value.retry_after == timedelta(seconds=2)
    assert len(li.inbox) == 2
    assert strict.calls[-1].description == "Too Many Requests: retry after 2"
