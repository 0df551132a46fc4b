"""Command menus per scope and language, and how the bot presents itself."""

from __future__ import annotations

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
    MenuButtonCommands,
)
from telegram.error import BadRequest

from bot.playground.people import Person
from bot.playground.server import BotApiServer
from tests.bot.playground.raw import RawClient


def one(command: str) -> list[BotCommand]:
    return [BotCommand(command, f"关于 {command}")]


async def test_without_commands_the_menu_is_empty(li: Person) -> None:
    assert li.menu == []


async def test_the_narrowest_scope_wins(bot: Bot, server: BotApiServer, li: Person) -> None:
    zhao = server.add_person("赵强")
    await bot.set_my_commands(one("everybody"))
    await bot.set_my_commands(one("private"), BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(one("li"), BotCommandScopeChat(li.id))

    assert li.menu == [("li", "关于 li")]
    assert zhao.menu == [("private", "关于 private")]
    assert server.commands() == [("everybody", "关于 everybody")]
    assert server.commands("chat", chat_id=li.id) == [("li", "关于 li")]


async def test_a_deleted_list_uncovers_the_wider_one(bot: Bot, li: Person) -> None:
    await bot.set_my_commands(one("everybody"))
    await bot.set_my_commands(one("li"), BotCommandScopeChat(li.id))

    await bot.delete_my_commands(BotCommandScopeChat(li.id))

    assert li.menu == [("everybody", "关于 everybody")]
    assert await bot.get_my_commands(BotCommandScopeChat(li.id)) == ()


async def test_a_list_for_the_own_language_wins_within_its_scope(bot: Bot, server: BotApiServer, li: Person) -> None:
    john = server.add_person("John", language="en")
    await bot.set_my_commands(one("default"))
    await bot.set_my_commands(one("zh"), language_code="zh")

    assert (li.menu[0][0], john.menu[0][0]) == ("zh", "default")
    assert await bot.get_my_commands(language_code="zh") == tuple(one("zh"))


async def test_groups_have_menus_of_their_own(bot: Bot, server: BotApiServer, li: Person) -> None:
    zhao = server.add_person("赵强")
    group = server.add_group("议案小组", [li, zhao])
    await bot.set_my_commands(one("groups"), BotCommandScopeAllGroupChats())
    await bot.set_my_commands(one("li"), BotCommandScopeChatMember(group.id, li.id))

    assert li.menu_in(group)[0][0] == "li"
    assert zhao.menu_in(group)[0][0] == "groups"


@pytest.mark.parametrize(
    ("command", "description", "refusal"),
    [
        ("Load", "载入", "BOT_COMMAND_INVALID"),
        ("载入", "载入", "BOT_COMMAND_INVALID"),
        ("x" * 33, "载入", "BOT_COMMAND_INVALID"),
        ("load", " ", "command description must be non-empty"),
        ("load", "字" * 257, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_commands_keep_to_their_limits(raw: RawClient, command: str, description: str, refusal: str) -> None:
    commands = [{"command": command, "description": description}]

    assert await raw.refusal("setMyCommands", commands=commands) == f"Bad Request: {refusal}"


@pytest.mark.parametrize(
    ("commands", "scope", "refusal"),
    [
        ({}, {"type": "default"}, "expected an Array of BotCommand"),
        ([1], {"type": "default"}, "expected an Object"),
        ([], [], "BotCommandScope must be an Object"),
        ([], {"type": "everywhere"}, "Unsupported type specified"),
        ([], {"type": "chat"}, "Empty chat_id specified"),
        ([], {"type": "chat", "chat_id": 42}, "chat not found"),
        ([], {"type": "chat_member", "chat_id": 42}, "Invalid user_id specified"),
    ],
)
async def test_lists_and_scopes_must_be_sound(raw: RawClient, commands: object, scope: object, refusal: str) -> None:
    assert refusal in await raw.refusal("setMyCommands", commands=commands, scope=scope)


async def test_at_most_100_commands(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)BOT_COMMANDS_TOO_MUCH"):
        await bot.set_my_commands(one("load") * 101)


async def test_nobody_has_a_menu_before_the_first_start(bot: Bot, stranger: Person) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands(one("load"), BotCommandScopeChat(stranger.id))


async def test_an_empty_list_is_a_list(bot: Bot, raw: RawClient, li: Person) -> None:
    await bot.set_my_commands(one("everybody"))
    assert not (await raw.refusal("setMyCommands", scope={"type": "all_private_chats"}))

    assert li.menu == []


async def test_the_bot_presents_itself_per_language(bot: Bot) -> None:
    await bot.set_my_description("跟踪承诺")
    await bot.set_my_short_description("Follow-up", language_code="en")
    await bot.set_my_name("践诺")

    assert (await bot.get_my_description(language_code="zh")).description == "跟踪承诺"
    assert (await bot.get_my_short_description(language_code="en")).short_description == "Follow-up"
    assert (await bot.get_my_name()).name == "践诺"
    with pytest.raises(BadRequest, match=r"(?i)BOT_DESCRIPTION_INVALID"):
        await bot.set_my_description("字" * 513)
    with pytest.raises(BadRequest, match="Invalid language code specified"):
        await bot.set_my_name("践诺", language_code="zh-hans")


async def test_the_menu_button_is_kept_per_chat(bot: Bot, raw: RawClient, li: Person) -> None:
    await bot.set_chat_menu_button(li.id, MenuButtonCommands())

    assert (await bot.get_chat_menu_button(li.id)).type == "commands"
    assert (await bot.get_chat_menu_button()).type == "default"
    assert "unsupported type" in await raw.refusal("setChatMenuButton", menu_button={"type": "round"})
