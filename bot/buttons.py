"""Buttons and their callback data, both ways: at most 64 bytes, without state, so a card works months later."""

from __future__ import annotations

from dataclasses import dataclass

MAX_CALLBACK_BYTES = 64  # Bot API: callback_data, 1-64 bytes


@dataclass(frozen=True, slots=True)
class Button:
    """What stands on the button, and the data or link behind it."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: which verb, on which row of the ledger, with which choice."""

    verb: str
    subject_id: int
    choice: str = ""


def button(text: str, verb: str, subject_id: int = 0, choice: str = "") -> Button:
    data = f"{verb}:{subject_id}:{choice}" if choice else f"{verb}:{subject_id}"
    if len(data.encode()) > MAX_CALLBACK_BYTES:
        raise ValueError(f"callback data over {MAX_CALLBACK_BYTES} bytes: {data}")
    return Button(text, data)


def find_press(data: str | None) -> Press | None:
    """The press that callback data stands for; None for data that no card of ours carries."""
    verb, _, rest = (data or "").partition(":")
    subject, _, choice = rest.partition(":")
    if not verb or not subject.isascii() or not subject.isdigit():
        return None
    return Press(verb, int(subject), choice)
