"""getUpdates: offsets, long polling, one poller at a time."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Bot
from telegram.error import Conflict

from bot.playground.people import Person
from bot.playground.server import BotApiServer
from tests.bot.playground.raw import RawClient


async def test_nothing_is_due_at_first(bot: Bot) -> None:
    assert await bot.get_updates() == ()


async def test_the_bot_knows_its_own_name(bot: Bot, server: BotApiServer) -> None:
    assert bot.username == server.username
    assert bot.id == 1000001


async def test_an_update_comes_again_until_it_is_confirmed(bot: Bot, li: Person) -> None:
    li.send("在办吗")

    first = await bot.get_updates()
    again = await bot.get_updates()
    after = await bot.get_updates(offset=first[0].update_id + 1)

    assert [update.update_id for update in first] == [update.update_id for update in again]
    assert first[0].message is not None
    assert first[0].message.text == "在办吗"
    assert after == ()


async def test_updates_outlive_the_bot(server: BotApiServer, li: Person) -> None:
    for waiting in (1, 2):
        async with Bot(server.token, base_url=server.base_url) as bot:
            li.send("还在吗")

            assert len(await bot.get_updates()) == waiting


async def test_limit_takes_the_oldest(bot: Bot, li: Person) -> None:
    li.send("一")
    li.send("二")

    [update] = await bot.get_updates(limit=1)

    assert update.message is not None
    assert update.message.text == "一"


async def test_a_negative_offset_forgets_all_but_the_newest(bot: Bot, li: Person) -> None:
    for text in "一二三":
        li.send(text)

    newest = await bot.get_updates(offset=-1)

    assert [update.message.text for update in newest if update.message] == ["三"]
    assert len(await bot.get_updates()) == 1


async def test_a_long_poll_is_answered_as_soon_as_somebody_writes(bot: Bot, server: BotApiServer, li: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await server.polling.begun()

    li.send("来了")

    [update] = await asyncio.wait_for(poll, 5)
    assert update.message is not None


async def test_a_second_poller_ends_the_first(bot: Bot, server: BotApiServer, li: Person) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await server.polling.begun()

    async with Bot(server.token, base_url=server.base_url) as second:
        await second.get_updates()

    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first


async def test_a_poller_that_hangs_up_disturbs_nobody(bot: Bot, server: BotApiServer, li: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await server.polling.begun()
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    await server.polling.ended()

    li.send("接着说")

    assert len(await bot.get_updates(timeout=30)) == 1


async def test_only_allowed_kinds_are_created(bot: Bot, li: Person) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    li.send("没人要听")
    assert await bot.get_updates() == ()

    await bot.get_updates(allowed_updates=[])
    li.send("听到了")
    assert len(await bot.get_updates()) == 1


@pytest.mark.parametrize(
    ("path", "code", "description"),
    [
        ("/bot2:other/getMe", 401, "Unauthorized"),
        ("/bot1000001:playground/sendGreetings", 404, "Not Found: method not found"),
        ("/nowhere", 404, "Not Found"),
    ],
)
async def test_a_wrong_address_is_refused(
    raw: RawClient, server: BotApiServer, path: str, code: int, description: str
) -> None:
    answer = await raw.client.post(server.base_url.removesuffix("/bot") + path)

    assert (answer.status_code, answer.json()) == (
        code,
        {"ok": False, "error_code": code, "description": description},
    )


async def test_all_confirmed_waits_for_the_bot(bot: Bot, server: BotApiServer, li: Person) -> None:
    li.send("收到了吗")
    with pytest.raises(AssertionError, match="1 updates not confirmed"):
        await server.all_confirmed(within=0)

    waiting = asyncio.create_task(server.all_confirmed())
    [update] = await bot.get_updates()
    await bot.get_updates(offset=update.update_id + 1)

    await waiting


async def test_malformed_json_is_refused(raw: RawClient, li: Person) -> None:
    refusal = await raw.refusal("sendMessage", chat_id=li.id, text="x", reply_markup="{")

    assert refusal == "Bad Request: can't parse reply keyboard markup JSON object"
