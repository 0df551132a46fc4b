"""The people of the playground: what they do, and what they see."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.playground.callbacks import CallbackQuery
from bot.playground.chats import Chat, Standing
from bot.playground.entities import FormattedText, utf16_length, utf16_slice, with_found_entities
from bot.playground.events import Event, EventKind
from bot.playground.files import StoredFile
from bot.playground.groups import Group
from bot.playground.inline import LONGEST_QUERY, InlineQuery
from bot.playground.keyboards import Button, Key
from bot.playground.messages import Contact, SeenMessage
from bot.playground.pressing import find_button
from bot.playground.reading import Reader
from bot.playground.wire import Json, JsonObject

if TYPE_CHECKING:
    from bot.playground.playground import Playground

LONGEST_TEXT = 4096
# "The following characters are allowed: A-Z, a-z, 0-9, _ and -. … up to 64 characters" (Deep Linking)
_START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_START_LINK = re.compile(r"https://t\.me/(\w+)\?start=([A-Za-z0-9_-]{1,64})")


class Person(Reader):
    """Acts at once and without waiting; every action is an update for the bot. Call from the event loop's thread."""

    def __init__(
        self, playground: Playground, chat: Chat, name: str, phone: str | None, language: str, username: str | None
    ) -> None:
        super().__init__(chat)
        self.name = name
        self.phone = phone
        self.language = language
        self.username = username
        self.toasts: list[str] = []
        """The short notices that answered pressed buttons; `alerts` are those shown in a dialogue."""
        self.alerts: list[str] = []
        self._playground = playground

    def __str__(self) -> str:
        return self.name

    def as_json(self) -> JsonObject:
        about: JsonObject = {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}
        return about | {"username": self.username} if self.username else about

    @property
    def unanswered(self) -> list[CallbackQuery]:
        """Pressed buttons that still show a progress bar."""
        return self._playground.callbacks.open_for(self)

    @property
    def menu(self) -> list[tuple[str, str]]:
        """The commands and descriptions behind the menu button of the private chat."""
        return self._playground.menus.seen_by(self, self.chat)

    def menu_in(self, group: Group) -> list[tuple[str, str]]:
        return self._playground.menus.seen_by(self, group.chat)

    def start(self, payload: str | None = None) -> SeenMessage:
        """Presses START, or follows a link with `?start=payload`; lifts a block."""
        if payload is not None and not _START_PAYLOAD.fullmatch(payload):
            raise ValueError(f"no start link can carry {payload!r}")
        if self.chat.standing is Standing.BLOCKED:
            self.unblock()
        return self.send(f"/start {payload}" if payload else "/start")

    def send(
        self,
        text: str,
        *,
        reply_to: SeenMessage | None = None,
        chat: Group | None = None,
        forwarded_from: str | None = None,
    ) -> SeenMessage:
        """Sends a text; one of more than 4,096 characters goes out in pieces, as clients do; the last is returned."""
        if not text.strip():
            raise ValueError("clients send no empty text")
        for start in range(0, utf16_length(text), LONGEST_TEXT):
            piece = utf16_slice(text, start, start + LONGEST_TEXT)
            message = self._new_message(reply_to, chat, forwarded_from)
            found = with_found_entities(FormattedText(piece))
            message.text, message.entities = found.text, found.entities
            self._playground.hear(message)
        return self._latest(chat)

    def send_document(
        self,
        name: str,
        data: bytes,
        caption: str | None = None,
        *,
        reply_to: SeenMessage | None = None,
        mime: str | None = None,
        media_group: str | None = None,
        chat: Group | None = None,
        forwarded_from: str | None = None,
    ) -> SeenMessage:
        mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        message = self._new_message(reply_to, chat, forwarded_from)
        return self._send_file(message, self._playground.files.add_document(name, data, mime), caption, media_group)

    def send_photo(
        self,
        data: bytes,
        caption: str | None = None,
        *,
        reply_to: SeenMessage | None = None,
        media_group: str | None = None,
        chat: Group | None = None,
    ) -> SeenMessage:
        message = self._new_message(reply_to, chat)
        return self._send_file(message, self._playground.files.add_photo(data), caption, media_group)

    def send_album(
        self,
        items: Sequence[bytes | tuple[str, bytes]],
        caption: str | None = None,
        *,
        reply_to: SeenMessage | None = None,
    ) -> list[SeenMessage]:
        """Photos (bytes) or documents (name and bytes) as one album: a message each, the caption on the first."""
        album = self._playground.new_album()
        sent = []
        for position, item in enumerate(items):
            words = caption if position == 0 else None
            if isinstance(item, bytes):
                sent.append(self.send_photo(item, words, reply_to=reply_to, media_group=album))
            else:
                sent.append(self.send_document(*item, words, reply_to=reply_to, media_group=album))
        return sent

    def send_other(self, kind: str, content: Json, *, reply_to: SeenMessage | None = None) -> SeenMessage:
        """Anything else, as the Bot API writes it: `send_other("location", {"latitude": 1.0, "longitude": 2.0})`."""
        message = self._new_message(reply_to, None)
        message.rest = {kind: content}
        self._playground.hear(message)
        return message

    def share_contact(
        self, of: Person | None = None, *, forwarded: bool = False, reply_to: SeenMessage | None = None
    ) -> SeenMessage:
        """Shares the own phone number, or another person's card; `forwarded` passes on a card that somebody sent."""
        owner = of or self
        if owner.phone is None:
            raise AssertionError(f"{owner} has no phone number")
        message = self._new_message(reply_to, None, owner.name if forwarded else None)
        message.contact = Contact(owner.phone, owner.name, owner.id)
        self._playground.hear(message)
        return message

    def press(
        self, text: str, message: SeenMessage | None = None, *, chat: Group | None = None
    ) -> CallbackQuery | SeenMessage | str:
        """Presses the button with that text, on the newest message that has it, or a key of the open reply keyboard.

        Answers the callback query, the message that a key or a start link sent, or the link that another button opens.
        """
        group_chat = chat.chat if chat else None
        place = message.chat if message else (group_chat or self.chat)
        shown, button = find_button(place, text, message)
        if isinstance(button, Key):
            return self._press_key(button, shown, chat)
        if button.data is not None:
            return self._press_button(button, button.data, shown)
        link = _START_LINK.fullmatch(button.url or "")
        if link and link.group(1) == self._playground.username:
            return self.start(link.group(2))
        return button.url or button.rest

    def inline(self, query: str) -> InlineQuery:
        """Writes `@bot query` in the field of any chat without sending it; the results come in the query's `answer`."""
        if len(query) > LONGEST_QUERY:
            raise ValueError(f"clients ask with no more than {LONGEST_QUERY} characters")
        asked = self._playground.inline_queries.ask(self, query, self._playground.now())
        self._playground.updates.put("inline_query", asked.as_json())
        return asked

    def edit(self, message: SeenMessage, text: str) -> None:
        """Corrects an own message, text or caption."""
        if message.sender is not self:
            raise AssertionError("only own messages can be edited")
        found = with_found_entities(FormattedText(text))
        message.entities = found.entities
        if message.file:
            message.caption = text
        else:
            message.text = text
        self._playground.corrected(message)

    def block(self) -> None:
        self._change_standing(Standing.BLOCKED, "member", "kicked", EventKind.BLOCKED)

    def unblock(self) -> None:
        self._change_standing(Standing.OPEN, "kicked", "member", EventKind.UNBLOCKED)

    def deactivate(self) -> None:
        """Deletes the account: the bot hears nothing of it until it writes again."""
        self.chat.standing = Standing.DEACTIVATED

    def _change_standing(self, standing: Standing, old: str, new: str, kind: EventKind) -> None:
        if self.chat.standing is standing:
            return
        self.chat.standing = standing
        self.chat.sightings.acted()
        self._playground.membership_changed(self.chat, self, old, new)
        self._playground.events.publish(Event(kind, self.chat, self))

    def _new_message(
        self, reply_to: SeenMessage | None, group: Group | None, forwarded_from: str | None = None
    ) -> SeenMessage:
        place = group.chat if group else self.chat
        if self.id not in place.members:
            raise AssertionError(f"{self} is not a member of {group}")
        if group is None:
            self._open_chat()
        message = self._playground.blank(place, self)
        message.reply_to_id = reply_to.id if reply_to else None
        if forwarded_from:
            message.forwarded_from, message.forwarded_on = forwarded_from, message.date
        return message

    def _open_chat(self) -> None:
        if self.chat.standing is Standing.NEVER_STARTED:
            self.chat.standing = Standing.OPEN
        if self.chat.standing is not Standing.OPEN:
            raise AssertionError(f"{self} cannot write to the bot: {self.chat.standing.name.lower()}")

    def _send_file(
        self, message: SeenMessage, file: StoredFile, caption: str | None, media_group: str | None
    ) -> SeenMessage:
        message.file, message.media_group = file, media_group
        found = with_found_entities(FormattedText(caption or ""))
        message.caption, message.entities = found.text, found.entities
        self._playground.hear(message)
        return message

    def _press_key(self, key: Key, shown: SeenMessage, group: Group | None) -> SeenMessage:
        if shown.keyboard and shown.keyboard.one_time:
            shown.chat.keyboard_message = None
        if key.asks_contact:
            return self.share_contact(reply_to=shown)
        return self.send(key.text, chat=group)

    def _press_button(self, button: Button, data: str, shown: SeenMessage) -> CallbackQuery:
        if shown.chat.private:
            self._open_chat()
        query = self._playground.callbacks.press(self, shown, data, self._playground.now())
        shown.chat.sightings.acted()
        self._playground.updates.put("callback_query", query.as_json())
        self._playground.events.publish(Event(EventKind.PRESSED, shown.chat, self, shown, button.text))
        return query

    def _latest(self, group: Group | None) -> SeenMessage:
        place = group.chat if group else self.chat
        return next(message for message in reversed(place.messages.values()) if message.sender is self)
