"""Flood control: how many messages in which time, and how long to wait after too many."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.refusals import too_many_requests


@dataclass(frozen=True, slots=True)
class Limits:
    """The Bot FAQ, "My bot is hitting limits, how do I avoid this?".

    "In a single chat, avoid sending more than one message per second. We may allow short bursts that go over this
    limit, but eventually you'll begin receiving 429 errors. In a group, bots are not able to send more than 20 messages
    per minute. For bulk notifications, bots are not able to broadcast more than about 30 messages per second."
    """

    overall_per_second: int = 30
    private_per_second: float = 1
    private_burst: int = 3
    """How many messages may come at once in a private chat that was quiet; 1 allows no burst."""
    group_per_minute: int = 20


class _Window:
    """At most so many in any stretch of so many seconds."""

    __slots__ = ("_most", "_seconds", "_times")

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._times: deque[float] = deque()

    def wait(self, now: float, messages: int) -> float:
        while self._times and self._times[0] <= now - self._seconds:
            self._times.popleft()
        excess = len(self._times) + messages - self._most
        return self._times[min(excess, len(self._times)) - 1] + self._seconds - now if excess > 0 and self._times else 0

    def record(self, now: float, messages: int) -> None:
        self._times.extend([now] * messages)


class FloodControl:
    """Counts messages per chat and overall; edits, deletions and answers to buttons are not counted."""

    def __init__(self, limits: Limits | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._overall = _Window(limits.overall_per_second, 1) if limits else None
        self._groups: dict[int, _Window] = {}
        self._paid_until: dict[int, float] = {}

    def admit(self, chat_id: int, messages: int = 1) -> None:
        """Counts the messages, or refuses them with the seconds after which they may come again."""
        if self._limits is None or self._overall is None:
            return
        now = self._clock()
        wait = max(self._overall.wait(now, messages), self._wait_in_chat(chat_id, now, messages, self._limits))
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        self._overall.record(now, messages)
        if chat_id < 0:
            self._groups[chat_id].record(now, messages)
        else:
            spent = messages / self._limits.private_per_second
            self._paid_until[chat_id] = max(self._paid_until.get(chat_id, 0.0), now) + spent

    def _wait_in_chat(self, chat_id: int, now: float, messages: int, limits: Limits) -> float:
        if chat_id < 0:
            return self._groups.setdefault(chat_id, _Window(limits.group_per_minute, 60)).wait(now, messages)
        # every message takes its share of a second; a quiet chat may run ahead by the burst. An album is one burst.
        ahead = max(self._paid_until.get(chat_id, 0.0) - now, 0.0)
        share = 1 / limits.private_per_second
        return max(0.0, ahead - (limits.private_burst - 1) * share - _SLACK)


_SLACK = 0.05
"""Seconds of jitter on the way that are forgiven to a sender who keeps the pace."""
