"""Telegram's command menus: one for everybody, one for each person by role."""

from __future__ import annotations

import logging

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden

from bot.commands import Command, commands_of
from commitments.states import Role

log = logging.getLogger(__name__)


async def show_common_menu(bot: Bot, commands: tuple[Command, ...]) -> None:
    """What somebody sees who is not bound yet."""
    await bot.set_my_commands(_menu(commands, frozenset()), scope=BotCommandScopeAllPrivateChats())


async def show_menu(bot: Bot, commands: tuple[Command, ...], chat_id: int, roles: frozenset[Role]) -> None:
    """The menu of one person; a chat that does not exist yet gets its menu when the person comes in."""
    try:
        await bot.set_my_commands(_menu(commands, roles), scope=BotCommandScopeChat(chat_id))
    except (BadRequest, Forbidden) as error:
        log.info("no menu for chat %s yet: %s", chat_id, error.message)


def _menu(commands: tuple[Command, ...], roles: frozenset[Role]) -> list[BotCommand]:
    return [BotCommand(command.name, command.help) for command in commands_of(commands, roles)]
