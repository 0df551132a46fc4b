"""One message of a chat, as its people see it and as the Bot API tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot.playground.entities import Entity, FormattedText, as_html
from bot.playground.files import FileKind, StoredFile
from bot.playground.keyboards import Button, ForceReply, InlineKeyboard, ReplyKeyboard, ReplyMarkup, buttons_of
from bot.playground.wire import JsonObject

if TYPE_CHECKING:
    from bot.playground.chats import Chat
    from bot.playground.people import Person


@dataclass(frozen=True, slots=True)
class Contact:
    phone: str
    name: str
    user_id: int | None

    def as_json(self) -> JsonObject:
        answer: JsonObject = {"phone_number": self.phone, "first_name": self.name}
        return answer if self.user_id is None else answer | {"user_id": self.user_id}


@dataclass(slots=True, eq=False)
class SeenMessage:
    """A live view: an edit by the bot changes it in place. `sender` is None for the bot's messages."""

    id: int
    chat: Chat
    date: datetime
    sender: Person | None
    text: str = ""
    caption: str = ""
    entities: tuple[Entity, ...] = ()
    file: StoredFile | None = None
    contact: Contact | None = None
    markup: ReplyMarkup | None = None
    reply_to_id: int | None = None
    media_group: str | None = None
    forwarded_from: str | None = None
    forwarded_on: datetime | None = None
    edited_on: datetime | None = None
    silent: bool = False
    deleted: bool = False
    rest: JsonObject = field(default_factory=dict)
    """Content of other kinds (location, sticker, new_chat_members …), as the Bot API writes it."""

    @property
    def from_bot(self) -> bool:
        return self.sender is None

    @property
    def edited(self) -> bool:
        return self.edited_on is not None

    @property
    def words(self) -> str:
        """What there is to read: the text or the caption."""
        return self.text or self.caption

    @property
    def formatted(self) -> FormattedText:
        return FormattedText(self.words, self.entities)

    @property
    def html(self) -> str:
        return as_html(self.formatted)

    @property
    def photo(self) -> bytes | None:
        return self.file.data if self.file and self.file.kind is FileKind.PHOTO else None

    @property
    def document(self) -> bytes | None:
        return self.file.data if self.file and self.file.kind is FileKind.DOCUMENT else None

    @property
    def file_name(self) -> str | None:
        return self.file.name if self.file and self.file.kind is FileKind.DOCUMENT else None

    @property
    def buttons(self) -> tuple[tuple[Button, ...], ...]:
        """The rows of the keyboard under the message."""
        return self.markup.rows if isinstance(self.markup, InlineKeyboard) else ()

    @property
    def button_texts(self) -> list[str]:
        return [button.text for button in buttons_of(self.markup)]

    @property
    def keyboard(self) -> ReplyKeyboard | None:
        """The reply keyboard that came with the message."""
        return self.markup if isinstance(self.markup, ReplyKeyboard) else None

    @property
    def wants_reply(self) -> bool:
        return isinstance(self.markup, ForceReply)

    def as_json(self, *, with_reply: bool = True) -> JsonObject:
        """The Bot API's Message; the one that it replies to "will not contain further reply_to_message fields"."""
        answer: JsonObject = {
            "message_id": self.id,
            "from": self.chat.bot if self.sender is None else self.sender.as_json(),
            "chat": self.chat.as_json(),
            "date": int(self.date.timestamp()),
        }
        answer.update(self._content_json())
        if self.edited_on:
            answer["edit_date"] = int(self.edited_on.timestamp())
        if self.media_group:
            answer["media_group_id"] = self.media_group
        if self.forwarded_from and self.forwarded_on:
            answer["forward_origin"] = {
                "type": "hidden_user",
                "sender_user_name": self.forwarded_from,
                "date": int(self.forwarded_on.timestamp()),
            }
        if isinstance(self.markup, InlineKeyboard):
            answer["reply_markup"] = self.markup.as_json()
        if with_reply and (replied := self.chat.messages.get(self.reply_to_id or 0)):
            answer["reply_to_message"] = replied.as_json(with_reply=False)
        return answer

    def _content_json(self) -> JsonObject:
        answer = dict(self.rest)
        if self.file is not None and self.file.kind is FileKind.DOCUMENT:
            answer["document"] = self.file.as_json()
        elif self.file is not None:
            answer["photo"] = [self.chat.thumbnail.as_json(), self.file.as_json()]
        if self.contact:
            answer["contact"] = self.contact.as_json()
        if self.text:
            answer["text"] = self.text
        if self.caption:
            answer["caption"] = self.caption
        if self.entities:
            answer["caption_entities" if self.caption else "entities"] = [e.as_json() for e in self.entities]
        return answer
