"""Updates waiting for the bot: kept until confirmed, handed out by long polling."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from itertools import count

from bot.playground.bell import Bell
from bot.playground.refusals import conflict
from bot.playground.wire import Json, JsonObject, Parameters, whole, words

# "Specify an empty list to receive all update types except chat_member, message_reaction, and message_reaction_count"
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
# "Values between 1-100 are accepted"
MAX_LIMIT = 100
LONGEST_POLL = 50


class UpdateQueue:
    """What the bot has not confirmed yet; it outlives the bot. The real server forgets it after 24 hours."""

    def __init__(self) -> None:
        self._waiting: deque[JsonObject] = deque()
        self._numbers = count(800_000_001)
        self.allowed: tuple[str, ...] = ()
        self.bell = Bell()

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, kind: str, content: JsonObject) -> None:
        """Allowing "doesn't affect updates created before": what is not allowed now is never created."""
        if kind in self.allowed or (not self.allowed and kind not in NOT_BY_DEFAULT):
            self._waiting.append({"update_id": next(self._numbers), kind: content})
            self.bell.ring()

    def confirm(self, before: int) -> None:
        """An update is confirmed "as soon as getUpdates is called with an offset higher than its update_id"."""
        while self._waiting and whole(self._waiting[0]["update_id"]) < before:
            self._waiting.popleft()
        self.bell.ring()

    def forget_all_but(self, newest: int) -> None:
        while len(self._waiting) > newest:
            self._waiting.popleft()
        self.bell.ring()

    def first(self, limit: int) -> list[JsonObject]:
        return [update for update, _ in zip(self._waiting, range(limit), strict=False)]

    def allow(self, kinds: Json) -> None:
        """The rule: "If not specified, the previous setting will be used"."""
        if isinstance(kinds, Sequence) and not isinstance(kinds, str):
            self.allowed = tuple(words(kind) for kind in kinds)

    async def all_confirmed(self, within: float) -> bool:
        return await self.bell.until(lambda: not self._waiting, within)


class LongPolling:
    """getUpdates: one poll at a time, the newest wins."""

    def __init__(self, queue: UpdateQueue) -> None:
        self._queue = queue
        self._current: object | None = None
        self._ended_by = ""

    async def get_updates(self, parameters: Parameters, gone: Callable[[], bool]) -> Json:
        """`gone` tells that the poller has hung up: the poll ends, and what it would have got stays for the next."""
        self.end("terminated by other getUpdates request; make sure that only one bot instance is running")
        offset = parameters.integer("offset")
        if offset < 0:
            # "The negative offset can be specified to retrieve updates starting from -offset update from the end"
            self._queue.forget_all_but(-offset)
        self._queue.confirm(offset)
        self._queue.allow(parameters.json("allowed_updates", "can't parse allowed updates JSON object"))
        await self._wait(min(max(parameters.integer("timeout"), 0), LONGEST_POLL), gone)
        return self._queue.first(min(max(parameters.integer("limit", MAX_LIMIT), 1), MAX_LIMIT))

    async def begun(self, within: float = 5.0) -> bool:
        """Waits until a poll is under way."""
        return await self._queue.bell.until(lambda: self._current is not None, within)

    async def ended(self, within: float = 5.0) -> bool:
        """Waits until no poll is under way."""
        return await self._queue.bell.until(lambda: self._current is None, within)

    def end(self, reason: str) -> None:
        """Ends the poll that is under way, if any: it is answered 409."""
        self._ended_by, self._current = reason, None
        self._queue.bell.ring()

    async def _wait(self, seconds: int, gone: Callable[[], bool]) -> None:
        mine = self._current = object()
        self._queue.bell.ring()
        await self._queue.bell.until(lambda: self._current is not mine or gone() or len(self._queue) > 0, seconds)
        if self._current is not mine:
            raise conflict(self._ended_by)
        self._current = None
        self._queue.bell.ring()
