"""News for the open pages: server-sent events, fanned out to everybody who looks on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.playground.wire import Json

# A page that is this far behind is asleep; it starts afresh when it wakes up.
LONGEST_BACKLOG = 2_000

News = str
"""One event, worded as the protocol wants it."""


def worded(kind: str, content: Json) -> News:
    # JSON has no bare line ends, so one data line is enough
    return f"event: {kind}\ndata: {json.dumps(content, ensure_ascii=False)}\n\n"


class Feed:
    def __init__(self) -> None:
        self._readers: set[asyncio.Queue[News | None]] = set()

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[asyncio.Queue[News | None]]:
        """A queue of what happens from now on; None ends it."""
        news: asyncio.Queue[News | None] = asyncio.Queue()
        self._readers.add(news)
        try:
            yield news
        finally:
            self._readers.discard(news)

    def tell(self, kind: str, content: Json) -> None:
        one = worded(kind, content)
        for reader in tuple(self._readers):
            if reader.qsize() < LONGEST_BACKLOG:
                reader.put_nowait(one)
            else:
                self._dismiss(reader)

    def close(self) -> None:
        for reader in tuple(self._readers):
            self._dismiss(reader)

    def _dismiss(self, reader: asyncio.Queue[News | None]) -> None:
        self._readers.discard(reader)
        reader.put_nowait(None)
