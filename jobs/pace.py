"""How fast messages may go out: a slot overall, a rest for each chat, a budget a minute for each group."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

MINUTE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What the chat allows; 0 for no limit.

    Telegram: not over 30 messages a second in bulk, one a second in a chat, 20 a minute in a group.
    """

    overall_per_second: float = 25
    chat_rest_seconds: float = 1.05
    """A little over a second: the other side's clock starts when our message arrives."""
    group_per_minute: int = 20


UNLIMITED = Limits(0, 0, 0)
HANDFUL = 8
"""So many messages are claimed together where nothing holds them up."""


class Pace:
    """Remembers what was said lately; instants are seconds of a clock that never jumps (time.monotonic)."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._interval = 1 / limits.overall_per_second if limits.overall_per_second else 0.0
        self._next_slot = 0.0
        self._rests_until: dict[int, float] = {}
        self._group_said: dict[int, deque[float]] = {}

    def seconds_to_wait(self, at: float) -> float:
        """How long until anything may be said."""
        return max(0.0, self._next_slot - at)

    @property
    def at_once(self) -> int:
        """How many messages may be taken in hand together, so that none of them has to wait there."""
        return HANDFUL if self._limits == UNLIMITED else 1

    def resting(self, at: float) -> frozenset[int]:
        """The chats to which nothing may be said yet."""
        self._rests_until = {chat: until for chat, until in self._rests_until.items() if until > at}
        return frozenset(self._rests_until)

    def rests(self, chat_id: int, at: float) -> bool:
        return self._rests_until.get(chat_id, at) > at

    def soonest_rested(self, at: float) -> float | None:
        """Seconds until the first resting chat may be written to again; None when none rests."""
        return min((until - at for until in self._rests_until.values()), default=None)

    def said(self, chat_id: int, at: float) -> None:
        """Something was said in a chat. One late slot is made up for, so that the rate holds; never two."""
        self._next_slot = max(self._next_slot, at - self._interval) + self._interval
        if self._limits.chat_rest_seconds:
            self.rest(chat_id, at + self._limits.chat_rest_seconds)
        # Bot API: groups, supergroups and channels have negative ids.
        if chat_id < 0 and self._limits.group_per_minute:
            self._spend_group_budget(chat_id, at)

    def rest(self, chat_id: int, until: float) -> None:
        """Leave a chat alone until then."""
        self._rests_until[chat_id] = max(until, self._rests_until.get(chat_id, 0.0))

    def _spend_group_budget(self, chat_id: int, at: float) -> None:
        said = self._group_said.setdefault(chat_id, deque(maxlen=self._limits.group_per_minute))
        said.append(at)
        if len(said) == self._limits.group_per_minute:
            self.rest(chat_id, said[0] + MINUTE_SECONDS)
