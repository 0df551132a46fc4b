"""Finding the button that a person means."""

from __future__ import annotations

from collections.abc import Iterable

from bot.playground.chats import Chat
from bot.playground.keyboards import Button, Key, buttons_of
from bot.playground.messages import SeenMessage


def find_button(chat: Chat, text: str, message: SeenMessage | None) -> tuple[SeenMessage, Button | Key]:
    """The button with exactly that text, else the only one that contains it; the newest message first.

    An open reply keyboard comes after the messages. Raises an AssertionError that names what could be pressed.
    """
    if message is not None and message.deleted:
        raise AssertionError(f"message {message.id} was deleted")
    places = [message] if message else list(reversed(chat.messages.values()))
    for exact in (True, False):
        for place in places:
            if button := _only(buttons_of(place.markup), text, exact):
                return place, button
        if message is None and chat.keyboard_message and chat.keyboard:
            keys = (key for row in chat.keyboard.rows for key in row)
            if key := _only(keys, text, exact):
                return chat.keyboard_message, key
    raise AssertionError(f"no button “{text}”; to be pressed: {_visible(chat, places)}")


def _only(buttons: Iterable[Button | Key], text: str, exact: bool) -> Button | Key | None:
    matching = [button for button in buttons if (button.text == text if exact else text in button.text)]
    if len(matching) > 1 and not exact:
        raise AssertionError(f"“{text}” may be any of {', '.join(button.text for button in matching)}")
    return matching[0] if matching else None


def _visible(chat: Chat, places: list[SeenMessage]) -> str:
    rows = [f"[{button.text}]" for place in places for button in buttons_of(place.markup)]
    if chat.keyboard:
        rows += [f"[{key.text}] (keyboard)" for row in chat.keyboard.rows for key in row]
    return " ".join(rows) or "nothing"
