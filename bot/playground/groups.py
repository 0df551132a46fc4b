"""A group of people, with or without the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.chats import Chat, Standing
from bot.playground.reading import Reader

if TYPE_CHECKING:
    from bot.playground.people import Person
    from bot.playground.playground import Playground


class Group(Reader):
    """People write into it with `person.send(…, chat=group)`."""

    def __init__(self, playground: Playground, chat: Chat, title: str) -> None:
        super().__init__(chat)
        self.title = title
        self._playground = playground

    def __str__(self) -> str:
        return self.title

    @property
    def members(self) -> list[Person]:
        return list(self.chat.members.values())

    def add_bot(self) -> None:
        """The first member adds the bot."""
        self.chat.standing = Standing.OPEN
        by = self.members[0]
        self._playground.membership_changed(self.chat, by, "left", "member")
        message = self._playground.blank(self.chat, by)
        message.rest = {"new_chat_members": [self._playground.bot]}
        self._playground.hear(message)

    def remove_bot(self) -> None:
        self.chat.standing = Standing.KICKED
        self._playground.membership_changed(self.chat, self.members[0], "member", "kicked")
