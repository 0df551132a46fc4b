"""Waiting for a condition without polling and without sleeping."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Bell:
    """Rung whenever something changed; those who wait look again, and only then."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, check: Callable[[], bool], within: float) -> bool:
        """True as soon as `check()` holds; False when it does not within that many seconds."""
        if check():
            return True
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while (left := deadline - loop.time()) > 0:
            await self._next_ring(left)
            if check():
                return True
        return False

    async def _next_ring(self, within: float) -> None:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await asyncio.wait([waiter], timeout=within)
        finally:
            self._waiting.discard(waiter)
