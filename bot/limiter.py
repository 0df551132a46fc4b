"""Answers before bulk: what handlers say goes out at once and is counted, so that the outbox makes room for it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.troubles import seconds_of
from jobs.pace import Pace

logger = logging.getLogger(__name__)

OUTBOX = "outbox"
"""The `rate_limit_args` of what the outbox says: its delivery keeps the pace and waits out a 429 by itself."""
TRIES = 4
HEADROOM_SECONDS = 0.2
"""So far answers may run ahead of the pace: Telegram takes 30 messages a second, the pace leaves some of them."""
COUNTED = ("send", "copy", "forward")
"""Telegram's limits are on new messages; edits and answers to buttons are not among them."""


class AnswersFirst(BaseRateLimiter[str]):
    """python-telegram-bot's own limiter stops everybody when one chat had too much; here only that answer waits."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Any:
        if rate_limit_args == OUTBOX:
            return await callback(*args, **kwargs)
        chat_id = data.get("chat_id")
        for tries_left in reversed(range(TRIES)):
            if isinstance(chat_id, int) and endpoint.startswith(COUNTED):
                await self._take_turn(chat_id)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                if not tries_left:
                    raise
                logger.warning("%s waits %g s: too many messages", endpoint, seconds_of(error))
                await self._wait_as_told(chat_id, seconds_of(error))
        raise AssertionError("the last try answers or raises")

    async def _take_turn(self, chat_id: int) -> None:
        at = time.monotonic()
        ahead = self._pace.seconds_to_wait(at)
        self._pace.said(chat_id, at)
        if ahead > HEADROOM_SECONDS:
            await asyncio.sleep(ahead - HEADROOM_SECONDS)

    async def _wait_as_told(self, chat_id: object, seconds: float) -> None:
        if isinstance(chat_id, int):
            self._pace.rest(chat_id, time.monotonic() + seconds)
        await asyncio.sleep(seconds)
