"""Updates are confirmed when they were handled, neither earlier nor never."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Update

from bot import inbound
from bot.inbound import ConfirmingBot
from bot.limiter import AnswersFirst
from bot.playground.people import Person
from bot.playground.server import BotApiServer
from jobs.pace import UNLIMITED, Pace


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    server = BotApiServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def li(server: BotApiServer) -> Person:
    li = server.add_person("李明")
    li.start()
    return li


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[ConfirmingBot]:
    async with new_bot(server) as bot:
        yield bot


def new_bot(server: BotApiServer) -> ConfirmingBot:
    return ConfirmingBot(server.token, server.base_url, server.base_file_url, AnswersFirst(Pace(UNLIMITED)))


def texts(updates: tuple[Update, ...]) -> list[str | None]:
    return [update.message.text for update in updates if update.message]


async def test_what_was_fetched_and_not_handled_comes_again_to_the_next_process(
    server: BotApiServer, li: Person, bot: ConfirmingBot
) -> None:
    assert texts(await bot.get_updates()) == ["/start"]
    await bot.get_updates()

    async with new_bot(server) as next_life:
        assert texts(await next_life.get_updates()) == ["/start"]


async def test_what_was_handled_does_not(server: BotApiServer, li: Person, bot: ConfirmingBot) -> None:
    (start,) = await bot.get_updates()
    bot.put_down(start)
    await bot.confirm()

    async with new_bot(server) as next_life:
        assert await next_life.get_updates() == ()


async def test_nobody_waits_for_an_update_that_takes_its_time(li: Person, bot: ConfirmingBot) -> None:
    await bot.get_updates()
    li.send("谁在？")

    assert texts(await bot.get_updates()) == ["谁在？"]
    assert await bot.get_updates() == ()


async def test_what_is_handled_before_an_older_update_is_confirmed_with_it(
    server: BotApiServer, li: Person, bot: ConfirmingBot
) -> None:
    (start,) = await bot.get_updates()
    li.send("谁在？")
    (question,) = await bot.get_updates()
    bot.put_down(question)
    await bot.get_updates()
    assert len(server.playground.updates) == 2

    bot.put_down(start)
    await bot.confirm()

    assert len(server.playground.updates) == 0


async def test_one_that_never_ends_is_let_go_before_it_keeps_everybody_out(
    li: Person, bot: ConfirmingBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbound, "MOST_IN_HAND", 3)
    await bot.get_updates()
    for text in ("一", "二"):
        li.send(text)
    for update in await bot.get_updates():
        bot.put_down(update)

    li.send("三")

    assert texts(await bot.get_updates()) == ["三"]


async def test_an_end_without_a_connection_is_told_in_the_log(
    server: BotApiServer, li: Person, bot: ConfirmingBot, caplog: pytest.LogCaptureFixture
) -> None:
    (start,) = await bot.get_updates()
    bot.put_down(start)
    await server.stop()

    await bot.confirm()

    assert "will come again" in caplog.text
