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

    @property
    def version(self) -> int | None:
        """The version of the commitment that the card showed; None on cards that change nothing."""
        version, _, _ = self.choice.partition(".")
        return int(version) if version.isascii() and version.isdigit() else None

    @property
    def chosen(self) -> str:
        """What was chosen, behind the version."""
        return self.choice.partition(".")[2]


def button(text: str, verb: str, subject_id: int = 0, choice: str = "") -> Button:
    data = f"{verb}:{subject_id}:{choice}" if choice else f"{verb}:{subject_id}"
    if len(data.encode()) > MAX_CALLBACK_BYTES:
        raise ValueError(f"callback data over {MAX_CALLBACK_BYTES} bytes: {data}")
    return Button(text, data)


def versioned(text: str, verb: str, subject_id: int, version: int, choice: str = "") -> Button:
    """A button that decides: it carries the version that its reader saw."""
    return button(text, verb, subject_id, f"{version}.{choice}" if choice else str(version))


def find_press(data: str | None) -> Press | None:
    """The press that callback data stands for; None for data that no card of ours carries."""
    verb, _, rest = (data or "").partition(":")
    subject, _, choice = rest.partition(":")
    if not verb or not subject.isascii() or not subject.isdigit():
        return None
    return Press(verb, int(subject), choice)
