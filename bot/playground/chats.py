"""A private chat or a group: its messages, and whether the bot may write there."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import TYPE_CHECKING

from bot.playground.files import StoredFile
from bot.playground.keyboards import KeyboardRemoved, ReplyKeyboard
from bot.playground.messages import SeenMessage
from bot.playground.refusals import bad_request, forbidden
from bot.playground.sightings import Sightings
from bot.playground.wire import JsonObject

if TYPE_CHECKING:
    from bot.playground.people import Person


class Standing(Enum):
    """How the people of the chat stand to the bot."""

    NEVER_STARTED = auto()
    OPEN = auto()
    BLOCKED = auto()
    KICKED = auto()
    DEACTIVATED = auto()


_REFUSALS = {
    # "bots can't initiate conversations with users" (Bot FAQ)
    Standing.NEVER_STARTED: "bot can't initiate conversation with a user",
    Standing.BLOCKED: "bot was blocked by the user",
    Standing.KICKED: "bot was kicked from the supergroup chat",
    Standing.DEACTIVATED: "user is deactivated",
}


class Chat:
    def __init__(
        self, chat_id: int, about: JsonObject, bot: JsonObject, numbers: Iterator[int], thumbnail: StoredFile
    ) -> None:
        self.id = chat_id
        self.about = about
        self.bot = bot
        self.thumbnail = thumbnail
        self.members: dict[int, Person] = {}
        self.messages: dict[int, SeenMessage] = {}
        self.sightings = Sightings()
        self.standing = Standing.NEVER_STARTED
        self.keyboard_message: SeenMessage | None = None
        self._numbers = numbers

    @property
    def private(self) -> bool:
        return self.about["type"] == "private"

    @property
    def keyboard(self) -> ReplyKeyboard | None:
        """The reply keyboard that is open in the chat now."""
        return self.keyboard_message.keyboard if self.keyboard_message else None

    def as_json(self) -> JsonObject:
        return self.about

    def next_number(self) -> int:
        return next(self._numbers)

    def add(self, message: SeenMessage) -> None:
        self.messages[message.id] = message
        if isinstance(message.markup, ReplyKeyboard):
            self.keyboard_message = message
        elif isinstance(message.markup, KeyboardRemoved):
            self.keyboard_message = None

    def refuse_strangers(self) -> None:
        """A person who never wrote to the bot is not known to it."""
        if self.standing is Standing.NEVER_STARTED:
            raise bad_request("chat not found")

    def refuse_unless_writable(self) -> None:
        if self.standing is not Standing.OPEN:
            raise forbidden(_REFUSALS[self.standing])

    def existing(self, message_id: int, what: str) -> SeenMessage:
        """The message, or the refusal "message to … not found"."""
        message = self.messages.get(message_id)
        if message is None:
            raise bad_request(f"{what} not found")
        return message
