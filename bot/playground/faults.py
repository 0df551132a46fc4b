"""Faults on order: what the network and Telegram's servers do on a bad day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

EVERY_METHOD = "*"


class Fault(StrEnum):
    TIMEOUT = "timeout"
    """No answer at all, until the bot gives up."""
    SERVER_ERROR = "server_error"
    """502 Bad Gateway."""
    RESET = "reset"
    """The connection is torn down without an answer."""
    TOO_MANY = "too_many"
    """429 with retry_after."""


@dataclass(slots=True)
class OrderedFault:
    method: str
    fault: Fault
    times: int
    after_effect: bool
    retry_after: int


class Faults:
    def __init__(self) -> None:
        self._ordered: list[OrderedFault] = []

    def add(
        self, method: str, fault: Fault, *, times: int = 1, after_effect: bool = False, retry_after: int = 1
    ) -> None:
        """The next `times` calls of the method (`*`: of any) fail; with `after_effect` after their effect."""
        self._ordered.append(OrderedFault(method.lower(), fault, times, after_effect, retry_after))

    def clear(self) -> None:
        self._ordered.clear()

    @property
    def pending(self) -> int:
        """How many calls will still fail."""
        return sum(ordered.times for ordered in self._ordered)

    def take(self, method: str) -> OrderedFault | None:
        for ordered in self._ordered:
            if ordered.method in (method, EVERY_METHOD):
                ordered.times -= 1
                if not ordered.times:
                    self._ordered.remove(ordered)
                return ordered
        return None
