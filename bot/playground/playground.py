"""The world behind the Bot API: people, chats, messages, files, and the updates that wait for the bot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import count

from bot.playground.callbacks import CallbackQueries
from bot.playground.chats import Chat, Standing
from bot.playground.events import Event, EventKind, Events
from bot.playground.files import FileStore
from bot.playground.groups import Group
from bot.playground.inline import InlineQueries
from bot.playground.limits import FloodControl, Limits
from bot.playground.menus import Menus
from bot.playground.messages import SeenMessage
from bot.playground.people import Person
from bot.playground.refusals import bad_request
from bot.playground.updates import UpdateQueue
from bot.playground.wire import JsonObject

# "This number may have more than 32 significant bits" (Chat.id): ours always has.
_FIRST_PERSON = 7_000_000_001
_FIRST_GROUP = -1_002_000_000_001


class Playground:
    """`now` dates messages; it may jump. Flood control and waiting go by the machine's own clock."""

    def __init__(self, bot_id: int, username: str, now: Callable[[], datetime], limits: Limits | None = None) -> None:
        self.now = now
        self.bot: JsonObject = {"id": bot_id, "is_bot": True, "first_name": "践诺", "username": username}
        self.username = username
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.files = FileStore()
        self.updates = UpdateQueue()
        self.menus = Menus()
        self.callbacks = CallbackQueries()
        self.inline_queries = InlineQueries()
        self.events = Events()
        self.flood = FloodControl(limits)
        self.profile: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[int, str] = {}
        self._person_ids = count(_FIRST_PERSON)
        self._group_ids = count(_FIRST_GROUP, -1)
        self._private_numbers = count(1)
        self._albums = count(13_000_000_000_000_001)

    def add_person(
        self, name: str, *, phone: str | None = None, language: str = "zh-hans", username: str | None = None
    ) -> Person:
        """Somebody who has not yet opened the bot."""
        person_id = next(self._person_ids)
        about: JsonObject = {"id": person_id, "type": "private", "first_name": name}
        if username:
            about["username"] = username
        # private chats share one numbering of messages, as they do at Telegram
        chat = Chat(person_id, about, self.bot, self._private_numbers, self.files.thumbnail)
        person = Person(self, chat, name, phone, language, username)
        chat.members[person_id] = person
        self.chats[chat.id] = chat
        self.people[person_id] = person
        return person

    def add_group(self, title: str, members: Iterable[Person], *, with_bot: bool = True) -> Group:
        """A supergroup: it numbers its messages from 1, so a message id alone names no message."""
        about: JsonObject = {"id": next(self._group_ids), "type": "supergroup", "title": title}
        chat = Chat(int(str(about["id"])), about, self.bot, count(1), self.files.thumbnail)
        chat.members = {person.id: person for person in members}
        chat.standing = Standing.KICKED
        group = Group(self, chat, title)
        self.chats[chat.id] = chat
        self.groups[chat.id] = group
        if with_bot:
            group.add_bot()
        return group

    def chat(self, key: str) -> Chat:
        """The chat of a `chat_id` parameter."""
        if not key:
            raise bad_request("chat_id is empty")
        try:
            chat = self.chats.get(int(key))
        except ValueError:
            chat = None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def blank(self, chat: Chat, sender: Person | None) -> SeenMessage:
        """The next message of the chat, not yet in it; `sender` None is the bot."""
        return SeenMessage(chat.next_number(), chat, self.now(), sender)

    def new_album(self) -> str:
        return str(next(self._albums))

    def say(self, message: SeenMessage) -> None:
        """The bot's message reaches the chat."""
        message.chat.add(message)
        message.chat.sightings.show(message)
        self.events.publish(Event(EventKind.SENT, message.chat, message=message))

    def edited(self, message: SeenMessage) -> None:
        """The bot changed its message."""
        message.edited_on = self.now()
        message.chat.sightings.show(message)
        self.events.publish(Event(EventKind.EDITED, message.chat, message=message))

    def delete(self, message: SeenMessage) -> None:
        message.deleted = True
        del message.chat.messages[message.id]
        if message.chat.keyboard_message is message:
            message.chat.keyboard_message = None
        self.events.publish(Event(EventKind.DELETED, message.chat, message=message))

    def hear(self, message: SeenMessage) -> None:
        """A person's message reaches the chat, and the bot, if it may read it."""
        message.chat.add(message)
        message.chat.sightings.acted()
        if self._bot_reads(message):
            self.updates.put("message", message.as_json())
        self.events.publish(Event(EventKind.SAID, message.chat, message.sender, message))

    def corrected(self, message: SeenMessage) -> None:
        """A person changed an own message."""
        message.edited_on = self.now()
        message.chat.sightings.acted()
        if self._bot_reads(message):
            self.updates.put("edited_message", message.as_json())
        self.events.publish(Event(EventKind.CORRECTED, message.chat, message.sender, message))

    def membership_changed(self, chat: Chat, by: Person, old: str, new: str) -> None:
        """my_chat_member: "For private chats, this update is received only when the bot is blocked or unblocked"."""
        self.updates.put(
            "my_chat_member",
            {
                "chat": chat.as_json(),
                "from": by.as_json(),
                "date": int(self.now().timestamp()),
                "old_chat_member": self._bot_as_member(old),
                "new_chat_member": self._bot_as_member(new),
            },
        )

    def _bot_as_member(self, status: str) -> JsonObject:
        member: JsonObject = {"status": status, "user": self.bot}
        return member | {"until_date": 0} if status == "kicked" else member

    def _bot_reads(self, message: SeenMessage) -> bool:
        """Privacy mode, on by default: of a group, a bot gets service messages, commands, mentions, and answers."""
        if message.chat.standing is not Standing.OPEN:
            return False
        if message.chat.private or "new_chat_members" in message.rest:
            return True
        replied = message.chat.messages.get(message.reply_to_id or 0)
        addressed = f"@{self.username}".lower()
        text = message.words.lower()
        command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
        return (
            bool(replied and replied.from_bot)
            or addressed in text
            or (bool(command) and ("@" not in command or command.endswith(addressed)))
        )
