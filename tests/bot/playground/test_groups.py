"""Groups: what the bot reads there, and when it may write."""

from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden

from bot.playground.groups import Group
from bot.playground.people import Person
from bot.playground.server import BotApiServer


@pytest.fixture
async def group(bot: Bot, server: BotApiServer, li: Person) -> Group:
    """The bot is in it and has taken note of that."""
    group = server.add_group("议案小组", [li])
    server.playground.updates.forget_all_but(0)
    return group


async def test_being_added_is_told(bot: Bot, server: BotApiServer, li: Person) -> None:
    group = server.add_group("议案小组", [li])

    member, service = await bot.get_updates()

    assert member.my_chat_member is not None
    assert member.my_chat_member.new_chat_member.status == "member"
    assert service.message is not None
    assert [user.id for user in service.message.new_chat_members] == [bot.id]
    assert service.message.chat.id == group.id


async def test_the_bot_reads_what_is_meant_for_it(bot: Bot, server: BotApiServer, li: Person, group: Group) -> None:
    await bot.send_message(group.id, "各位好")
    li.send("闲聊", chat=group)
    li.send("/status@other_bot", chat=group)
    for text in ("/status", f"/status@{server.username} 9号", f"问问 @{server.username}"):
        li.send(text, chat=group)
    li.send("回答你", chat=group, reply_to=group.last)

    heard = [update.message.text for update in await bot.get_updates() if update.message]

    assert heard == ["/status", "/status@jiannuo_bot 9号", "问问 @jiannuo_bot", "回答你"]


async def test_groups_number_their_own_messages(bot: Bot, li: Person, group: Group) -> None:
    private, public = await bot.send_message(li.id, "私聊"), await bot.send_message(group.id, "群里")

    assert private.message_id == public.message_id == 2
    assert (li.last.text, group.last.text) == ("私聊", "群里")


async def test_a_bot_that_was_removed_is_not_heard(bot: Bot, server: BotApiServer, li: Person, group: Group) -> None:
    group.remove_bot()
    li.send("/status", chat=group)

    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(group.id, "还在吗")

    [update] = await bot.get_updates()
    assert update.my_chat_member is not None


async def test_a_group_may_do_without_the_bot(bot: Bot, server: BotApiServer, li: Person) -> None:
    group = server.add_group("没有机器人", [li], with_bot=False)

    li.send("/status", chat=group)

    assert await bot.get_updates() == ()
    assert group.messages[-1].text == "/status"


async def test_only_members_write(server: BotApiServer, stranger: Person, group: Group) -> None:
    with pytest.raises(AssertionError, match="王芳 is not a member of 议案小组"):
        stranger.send("你们好", chat=group)


async def test_a_group_receives_too(bot: Bot, li: Person, group: Group) -> None:
    li.send("/status", chat=group)
    await bot.send_message(group.id, "在办 3 件")

    assert (await group.receives("在办")).text == "在办 3 件"


async def test_membership_can_be_looked_up(bot: Bot, li: Person, stranger: Person, group: Group) -> None:
    members = [await bot.get_chat_member(group.id, user_id) for user_id in (li.id, stranger.id, bot.id)]

    assert [member.status for member in members] == ["member", "left", "member"]
    assert group.members == [li]
    with pytest.raises(BadRequest, match="User not found"):
        await bot.get_chat_member(group.id, 42)
