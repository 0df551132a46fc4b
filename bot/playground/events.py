"""What happens in the playground, told live to whoever shows it: a terminal, a web page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.playground.chats import Chat
    from bot.playground.messages import SeenMessage
    from bot.playground.people import Person


class EventKind(StrEnum):
    SENT = "sent"
    """The bot sent a message."""
    EDITED = "edited"
    DELETED = "deleted"
    ANSWERED = "answered"
    """The bot answered a pressed button; `text` is the toast or alert, often empty."""
    SAID = "said"
    """A person sent a message."""
    CORRECTED = "corrected"
    """A person edited an own message."""
    PRESSED = "pressed"
    """A person pressed the button `text` under `message`."""
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"


@dataclass(frozen=True, slots=True)
class Event:
    kind: EventKind
    chat: Chat
    person: Person | None = None
    message: SeenMessage | None = None
    text: str = ""


Listener = Callable[[Event], None]


class Events:
    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Calls the listener with every event from now on; the answer ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, event: Event) -> None:
        for listener in tuple(self._listeners):
            listener(event)
