"""What jobs need from the chat: a messenger that words a message and says it, or raises one of four troubles."""

from __future__ import annotations

from typing import Protocol

from storage.outbox import Said, Saying


class Messenger(Protocol):
    """Says one message of the outbox."""

    async def say(self, saying: Saying) -> Said | None:
        """Word it as things stand now and say it; None when it is no longer true and nobody was told.

        Raises Unreachable, RetryAfter, Transient or Refused.
        """
        ...


class SayingFailed(Exception):
    """The message was not said, as far as anybody knows; `reason` is for admins and the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unreachable(SayingFailed):
    """This person cannot be written to: never started, blocked, left."""


class Refused(SayingFailed):
    """The message itself was refused, and would be refused again."""


class RetryAfter(SayingFailed):
    """This chat had too much; it may be written to again after so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"retry after {seconds:g} s")
        self.seconds = seconds


class Transient(SayingFailed):
    """Something on the way failed; `maybe_said` when it broke after the message was handed over."""

    def __init__(self, reason: str, *, maybe_said: bool = False) -> None:
        super().__init__(reason)
        self.maybe_said = maybe_said
