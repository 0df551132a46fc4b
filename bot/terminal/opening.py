"""The ledger as the terminal opens it: an address that cannot be used is told in a sentence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import open_services
from bot.services import Services
from bot.settings import Settings
from bot.terminal import CannotRun, words
from commitments.clock import Clock
from storage.engine import BadDatabaseUrl


@asynccontextmanager
async def open_ledger(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Services]:
    """As `open_services`, by the machine's own clock unless another is given. Raises CannotRun."""
    try:
        async with open_services(settings, clock or Clock()) as services:
            yield services
    except BadDatabaseUrl:
        raise CannotRun(words.BAD_DATABASE) from None
