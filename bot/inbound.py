"""Telegram is told of an update only when it was handled: what a killed process had in hand comes again.

python-telegram-bot confirms what it has fetched, so a kill would lose the letter that is just being read.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import httpx
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import HTTPXRequest

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.05
"""While something is in hand, getUpdates answers at once; this often we look whether somebody else has written."""
MOST_IN_HAND = 100
"""What one getUpdates brings: with more in hand than that, nobody new would ever be heard."""


class InHand:
    """The updates that were fetched, in their order, until they and all before them are handled."""

    def __init__(self) -> None:
        self._handled: dict[int, bool] = {}
        self._after_newest: int | None = None
        self._at_rest = asyncio.Event()
        self._at_rest.set()

    def take(self, fetched: Iterable[Update]) -> tuple[Update, ...]:
        """Those that were not in hand before."""
        fresh = tuple(update for update in fetched if update.update_id not in self._handled)
        for update in fresh:
            self._handled[update.update_id] = False
            self._after_newest = update.update_id + 1
        self._look()
        return fresh

    def put_down(self, update_id: int) -> None:
        """It was handled."""
        if update_id in self._handled:
            self._handled[update_id] = True
        self._look()

    def find_offset(self) -> int | None:
        """The oldest update that may not be forgotten yet, or the next to come; None before the first."""
        for update_id, handled in tuple(self._handled.items()):
            if not handled and len(self._handled) < MOST_IN_HAND:
                return update_id
            del self._handled[update_id]
        return self._after_newest

    async def rest(self, within: float) -> None:
        """Until everything is handled, or so many seconds have passed."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._at_rest.wait(), within)

    def _look(self) -> None:
        if all(self._handled.values()):
            self._at_rest.set()
        else:
            self._at_rest.clear()


class ConfirmingBot(ExtBot[Any]):
    """A bot whose `get_updates` confirms what was put down; whoever handles updates puts down each of them."""

    def __init__(self, token: str, base_url: str, base_file_url: str, limiter: BaseRateLimiter[Any]) -> None:
        # The authorities are read once for both kinds of request; that takes longer than all else here.
        trusted = {"verify": httpx.create_ssl_context()}
        super().__init__(
            token,
            base_url,
            base_file_url,
            request=HTTPXRequest(httpx_kwargs=trusted),
            get_updates_request=HTTPXRequest(connection_pool_size=1, httpx_kwargs=trusted),
            rate_limiter=limiter,
        )
        self._in_hand = InHand()

    def put_down(self, update: Update) -> None:
        self._in_hand.put_down(update.update_id)

    async def get_updates(self, offset: int | None = None, *given: Any, **options: Any) -> tuple[Update, ...]:
        """What has come since the last call; `offset` counts only before anything was fetched."""
        await self._in_hand.rest(PAUSE_SECONDS)
        kept = self._in_hand.find_offset()
        return self._in_hand.take(await super().get_updates(offset if kept is None else kept, *given, **options))

    async def confirm(self) -> None:
        """Once more, before the end: what was handled since the last fetch would come again otherwise."""
        offset = self._in_hand.find_offset()
        if offset is None:
            return
        try:
            await super().get_updates(offset, limit=1)
        except TelegramError as trouble:
            log.warning("what was handled last will come again: %s", trouble)
