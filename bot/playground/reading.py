"""What can be read in a chat: messages in order, the newest one, and waiting for one."""

from __future__ import annotations

from bot.playground.chats import Chat
from bot.playground.keyboards import ReplyKeyboard
from bot.playground.messages import SeenMessage

_SHOWN_ON_FAILURE = 12


class Reader:
    def __init__(self, chat: Chat) -> None:
        self.chat = chat

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def messages(self) -> list[SeenMessage]:
        """The whole chat in order; deleted messages are gone."""
        return list(self.chat.messages.values())

    @property
    def inbox(self) -> list[SeenMessage]:
        """Only what the bot sent."""
        return [message for message in self.chat.messages.values() if message.from_bot]

    @property
    def last(self) -> SeenMessage:
        """The bot's newest message."""
        for message in reversed(self.chat.messages.values()):
            if message.from_bot:
                return message
        raise AssertionError(f"the bot has sent nothing to {self}")

    @property
    def keyboard(self) -> ReplyKeyboard | None:
        """The reply keyboard that is open now."""
        return self.chat.keyboard

    @property
    def mark(self) -> int:
        """Where reading stands now, for `receives(…, since=mark)`."""
        return self.chat.sightings.mark

    async def receives(self, words: str = "", *, within: float = 10.0, since: int | None = None) -> SeenMessage:
        """Waits for a bot message whose text or caption holds the words, and returns the oldest new one.

        New is every version (sent, or edited later) that was shown after the last action of a person in this chat and
        that no earlier `receives` has returned. With `since=mark`, everything after the mark counts instead. An edited
        message is found by the words that it had, even when it was edited again meanwhile.
        """
        message = await self.chat.sightings.wait_for(words, within, since)
        if message is None:
            raise AssertionError(f"no new message with “{words}” within {within} s; {self.described()}")
        return message

    def described(self) -> str:
        """The end of the chat, a line a message, for people who look for a mistake."""
        lines = [_line(message) for message in self.messages[-_SHOWN_ON_FAILURE:]]
        return "\n".join([f"{self} sees:", *(lines or ["(nothing)"])])


def _line(message: SeenMessage) -> str:
    who = "bot" if message.sender is None else message.sender.name
    what = " ".join(message.words.split()) or (message.file_name if message.file else "") or "(no text)"
    edited = " (edited)" if message.edited else ""
    buttons = "".join(f" [{text}]" for text in message.button_texts)
    return f"  {message.id} {who}{edited}: {what}{buttons}"
