"""What was shown in a chat, version by version, and waiting for words to appear."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.bell import Bell
from bot.playground.messages import SeenMessage


@dataclass(frozen=True, slots=True)
class Sighting:
    """One version of a bot's message: as sent, or as edited later."""

    message: SeenMessage
    words: str


class Sightings:
    """New is what came after the reader's own last action and has not been returned by an earlier `receives`."""

    def __init__(self) -> None:
        self._seen: list[Sighting] = []
        self._returned: set[int] = set()
        self._acted_at = 0
        self.bell = Bell()

    @property
    def mark(self) -> int:
        """Where the reader is now; everything shown later is after it."""
        return len(self._seen)

    def show(self, message: SeenMessage) -> None:
        self._seen.append(Sighting(message, message.words))
        self.bell.ring()

    def acted(self) -> None:
        self._acted_at = self.mark

    def take(self, words: str, since: int | None) -> SeenMessage | None:
        """The oldest new version that holds the words, then no longer new; with a mark: the oldest after it."""
        start = self._acted_at if since is None else since
        for index in range(start, len(self._seen)):
            if words in self._seen[index].words and (since is not None or index not in self._returned):
                self._returned.add(index)
                return self._seen[index].message
        return None

    async def wait_for(self, words: str, within: float, since: int | None) -> SeenMessage | None:
        found: list[SeenMessage] = []

        def look() -> bool:
            message = self.take(words, since)
            if message is not None:
                found.append(message)
            return bool(found)

        await self.bell.until(look, within)
        return found[0] if found else None
