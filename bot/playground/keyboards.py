"""Reply markup: what a call may bring, in which words Telegram refuses it, and what people see of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.playground.entities import utf16_length
from bot.playground.refusals import bad_request
from bot.playground.wire import Json, JsonObject, Parameters, words

MAX_BUTTONS = 100
MAX_BUTTONS_IN_ROW = 8
MAX_CALLBACK_DATA = 64
MAX_PLACEHOLDER = 64


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. `data` comes back when it is pressed, `url` opens."""

    text: str
    data: str | None = None
    url: str | None = None
    rest: str = ""
    """Which other kind it is (switch_inline_query, web_app …)."""
    json: JsonObject = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a reply keyboard: it sends its text, or the person's own phone number."""

    text: str
    asks_contact: bool = False


@dataclass(frozen=True, slots=True)
class InlineKeyboard:
    rows: tuple[tuple[Button, ...], ...]

    def as_json(self) -> JsonObject:
        return {"inline_keyboard": [[button.json for button in row] for row in self.rows]}


@dataclass(frozen=True, slots=True)
class ReplyKeyboard:
    rows: tuple[tuple[Key, ...], ...]
    one_time: bool = False
    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class KeyboardRemoved:
    pass


@dataclass(frozen=True, slots=True)
class ForceReply:
    placeholder: str = ""


ReplyMarkup: TypeAlias = InlineKeyboard | ReplyKeyboard | KeyboardRemoved | ForceReply


def read_markup(parameters: Parameters, *, private: bool) -> ReplyMarkup | None:
    """The `reply_markup` of a call, or None; `private` because phone numbers can only be asked for there."""
    raw = parameters.json("reply_markup", "can't parse reply keyboard markup JSON object")
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply markup")
    if raw.get("keyboard"):
        return _reply_keyboard(raw, private)
    if raw.get("inline_keyboard"):
        return _inline_keyboard(raw["inline_keyboard"])
    if raw.get("remove_keyboard"):
        return KeyboardRemoved()
    return ForceReply(_placeholder(raw)) if raw.get("force_reply") else None


def read_inline_keyboard(parameters: Parameters) -> InlineKeyboard | None:
    """The `reply_markup` of an edit: "A JSON-serialized object for an inline keyboard"."""
    markup = read_markup(parameters, private=True)
    if markup is not None and not isinstance(markup, InlineKeyboard):
        raise bad_request("inline keyboard expected")
    return markup


def _inline_keyboard(value: Json) -> InlineKeyboard | None:
    complaint = 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
    rows = tuple(tuple(_button(item) for item in row) for row in _rows(value, complaint))
    rows = tuple(row for row in rows if row)
    return InlineKeyboard(rows) if rows else None


def _reply_keyboard(raw: JsonObject, private: bool) -> ReplyKeyboard:
    rows = _rows(raw["keyboard"], 'field "keyboard" must be an Array of Arrays')
    keys = tuple(tuple(_key(item, private) for item in row) for row in rows)
    return ReplyKeyboard(keys, bool(raw.get("one_time_keyboard")), _placeholder(raw))


def _rows(value: Json, complaint: str) -> list[Sequence[Json]]:
    """At most 100 buttons, and 8 in a row: a wider row, which the real server breaks in two, is refused here."""
    if not isinstance(value, list):
        raise bad_request(complaint)
    rows: list[Sequence[Json]] = []
    for row in value:
        if not isinstance(row, list):
            raise bad_request(complaint)
        rows.append(row)
    if sum(map(len, rows)) > MAX_BUTTONS or any(len(row) > MAX_BUTTONS_IN_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return rows


def _button(item: Json) -> Button:
    if not isinstance(item, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = item.get("text")
    if not isinstance(text, str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if url := words(item.get("url")):
        return Button(text, url=_checked_url(url), json=item)
    if data := words(item.get("callback_data")):
        return Button(text, data=_checked_data(data), json=item)
    # "Exactly one of the fields other than text, icon_custom_emoji_id, and style must be used"
    for kind in _OTHER_KINDS:
        if kind in item:
            return Button(text, rest=kind, json=item)
    if "pay" in item:
        raise bad_request("BUTTON_TYPE_INVALID")
    raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")


_OTHER_KINDS = (
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "web_app",
    "login_url",
    "copy_text",
)
_WEB_HOST = re.compile(r"https?://[^/?#\s]*\w\.[^/?#\s]+\S*|https?://(localhost|\d+(\.\d+){3})(:\d+)?(/\S*)?")


def _checked_data(data: str) -> str:
    """The rule: "Data to be sent in a callback query to the bot when the button is pressed, 1-64 bytes"."""
    if len(data.encode()) > MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    return data


def _checked_url(url: str) -> str:
    """The rule: "HTTP or tg:// URL to be opened when the button is pressed"."""
    if not url.startswith("tg://") and not _WEB_HOST.fullmatch(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return url


def _key(item: Json, private: bool) -> Key:
    if isinstance(item, str):
        item = {"text": item}
    if not isinstance(item, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    text = item.get("text")
    if not isinstance(text, str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not text.strip():
        raise bad_request("keyboard button text must be non-empty")
    asks_contact = bool(item.get("request_contact"))
    if asks_contact and not private:
        raise bad_request("phone number can be requested in private chats only")
    return Key(text, asks_contact)


def _placeholder(raw: JsonObject) -> str:
    """The rule: "to be shown in the input field when the keyboard is active; 1-64 characters"."""
    placeholder = words(raw.get("input_field_placeholder"))
    if utf16_length(placeholder) > MAX_PLACEHOLDER:
        raise bad_request("REPLY_KEYBOARD_PLACEHOLDER_INVALID")
    return placeholder


def buttons_of(markup: ReplyMarkup | None) -> Iterator[Button]:
    if isinstance(markup, InlineKeyboard):
        for row in markup.rows:
            yield from row
