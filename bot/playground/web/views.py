"""What the page is told about messages and people: data only, the page makes its elements from it."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.playground.chats import Standing
from bot.playground.entities import Entity, utf16_slice
from bot.playground.keyboards import Button, ForceReply
from bot.playground.messages import SeenMessage
from bot.playground.people import Person
from bot.playground.wire import Json, JsonObject

_START_LINK = re.compile(r"https://t\.me/\w+\?start=([A-Za-z0-9_-]{1,64})")
_LONGEST_EXCERPT = 60


def view_person(person: Person, role: str, zone: ZoneInfo) -> JsonObject:
    """The chat of a person, whole."""
    messages = [view_message(message, zone) for message in person.messages]
    return {**view_head(person, role), "messages": messages}


def view_head(person: Person, role: str) -> JsonObject:
    """A chat without its messages: who it is, what can be written and pressed now."""
    keyboard = person.keyboard
    return {
        "id": person.id,
        "name": person.name,
        "role": role,
        "phone": person.phone,
        "started": person.chat.standing is not Standing.NEVER_STARTED,
        "menu": [{"command": command, "help": about} for command, about in person.menu],
        "keys": [[key.text for key in row] for row in keyboard.rows] if keyboard else [],
        "placeholder": _placeholder(person),
        "waiting": [{"message": query.message.id, "data": query.data} for query in person.unanswered],
    }


def view_message(message: SeenMessage, zone: ZoneInfo) -> JsonObject:
    at = message.date.astimezone(zone)
    return {
        "id": message.id,
        "chat": message.chat.id,
        "own": not message.from_bot,
        "day": f"{at:%Y-%m-%d}",
        "time": f"{at:%H:%M}",
        "text": message.words,
        "marks": [_mark(entity, message.words) for entity in message.entities],
        "file": _file(message),
        "contact": message.contact.phone if message.contact else None,
        "buttons": [[_button(button) for button in row] for row in message.buttons],
        "reply": _replied(message),
        "edited": message.edited,
    }


def view_clock(now: datetime) -> JsonObject:
    return {"day": f"{now:%Y-%m-%d}", "time": f"{now:%H:%M}"}


def start_code(link: str) -> str | None:
    """The code of a link that opens the bot."""
    found = _START_LINK.fullmatch(link)
    return found.group(1) if found else None


def _mark(entity: Entity, text: str) -> JsonObject:
    link = entity.argument if entity.kind == "text_link" else ""
    if entity.kind == "url":
        link = utf16_slice(text, entity.offset, entity.end)
    return {
        "kind": entity.kind,
        "offset": entity.offset,
        "length": entity.length,
        "link": link,
        "code": start_code(link),
    }


def _file(message: SeenMessage) -> Json:
    if message.file is None:
        return None
    return {
        "name": message.file.name,
        "size": len(message.file.data),
        "photo": message.photo is not None,
        "width": message.file.width,
        "height": message.file.height,
    }


def _button(button: Button) -> JsonObject:
    return {"text": button.text, "data": button.data, "link": button.url, "code": start_code(button.url or "")}


def _replied(message: SeenMessage) -> Json:
    replied = message.chat.messages.get(message.reply_to_id or 0)
    if replied is None:
        return None
    first_line = (replied.words or (replied.file.name if replied.file else "")).partition("\n")[0]
    return {"id": replied.id, "text": first_line[:_LONGEST_EXCERPT], "own": not replied.from_bot}


def _placeholder(person: Person) -> str:
    """What the bot wants to be written in the text field: of its newest message's forced reply, or of its keyboard."""
    newest = next((message for message in reversed(person.messages) if message.from_bot), None)
    if newest is not None and isinstance(newest.markup, ForceReply):
        return newest.markup.placeholder
    return person.keyboard.placeholder if person.keyboard else ""
