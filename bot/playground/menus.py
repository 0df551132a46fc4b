"""Command menus: a list per scope and language, and which of them a person sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from bot.playground.refusals import bad_request
from bot.playground.wire import Json, JsonObject, whole, words

if TYPE_CHECKING:
    from bot.playground.chats import Chat
    from bot.playground.people import Person

Scope: TypeAlias = tuple[str, int, int]
"""Type, chat and member; 0 where the type has none."""
Commands: TypeAlias = list[tuple[str, str]]

# "Text of the command; 1-32 characters. Can contain only lowercase English letters, digits and underscores."
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
# "Description of the command; 1-256 characters." "At most 100 commands can be specified."
_MAX_DESCRIPTION = 256
_MAX_COMMANDS = 100
# "A two-letter ISO 639-1 language code"
_LANGUAGE = re.compile(r"([a-z]{2})?")
_WIDE_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
_CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}


class Menus:
    def __init__(self) -> None:
        self._lists: dict[tuple[Scope, str], Commands] = {}

    def set(self, scope: Scope, language: str, commands: Commands) -> None:
        self._lists[scope, checked_language(language)] = commands

    def get(self, scope: Scope, language: str) -> Commands:
        return self._lists.get((scope, checked_language(language)), [])

    def delete(self, scope: Scope, language: str) -> None:
        """The rule: "After deletion, higher level commands will be shown to affected users"."""
        self._lists.pop((scope, checked_language(language)), None)

    def seen_by(self, person: Person, chat: Chat) -> Commands:
        """The first list that is set, from the narrowest scope to the widest (Determining list of commands)."""
        language = person.language.partition("-")[0]
        for scope in _narrow_to_wide(person, chat):
            for key in ((scope, language), (scope, "")):
                if key in self._lists:
                    return self._lists[key]
        return []


def _narrow_to_wide(person: Person, chat: Chat) -> Iterator[Scope]:
    if chat.private:
        yield "chat", chat.id, 0
        yield "all_private_chats", 0, 0
    else:
        yield "chat_member", chat.id, person.id
        yield "chat", chat.id, 0
        yield "all_group_chats", 0, 0
    yield "default", 0, 0


def checked_language(code: str) -> str:
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def read_scope(value: Json) -> tuple[str, str, int]:
    """Type, chat_id as written, and user_id of a BotCommandScope; "Defaults to BotCommandScopeDefault"."""
    if value is None:
        return "default", "", 0
    if not isinstance(value, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = words(value.get("type"))
    if kind in _WIDE_SCOPES:
        return kind, "", 0
    if kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat_id = value.get("chat_id")
    if not chat_id:
        raise bad_request("can't parse BotCommandScope: Empty chat_id specified")
    user_id = whole(value.get("user_id")) if kind == "chat_member" else 0
    if kind == "chat_member" and user_id <= 0:
        raise bad_request("can't parse BotCommandScope: Invalid user_id specified")
    return kind, str(chat_id), user_id


def read_commands(value: Json) -> Commands:
    if value is None:
        return []
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise bad_request("expected an Array of BotCommand")
    if len(value) > _MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(item) for item in value]


def _command(item: Json) -> tuple[str, str]:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command, description = words(item.get("command")).removeprefix("/"), words(item.get("description")).strip()
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > _MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return command, description


def as_json(commands: Commands) -> list[JsonObject]:
    return [{"command": command, "description": description} for command, description in commands]
