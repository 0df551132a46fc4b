"""The ledger as the terminal opens it: an address that cannot be used is told in a sentence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.app import open_services
from bot.cards import checkup
from bot.services import Services
from bot.settings import Settings
from bot.terminal import CannotRun, words
from commitments.clock import Clock
from storage.engine import CANNOT_OPEN, BadDatabaseUrl, NewerDatabase
from storage.migrating import Standing


@asynccontextmanager
async def open_ledger(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Services]:
    """As `open_services`, by the machine's own clock unless another is given. Raises CannotRun."""
    async with AsyncExitStack() as stack:
        try:
            services = await stack.enter_async_context(open_services(settings, clock or Clock()))
        except BadDatabaseUrl:
            raise CannotRun(words.BAD_DATABASE) from None
        except NewerDatabase:
            raise CannotRun(f"{checkup.LEDGER}的{checkup.STANDINGS[Standing.NEWER]}") from None
        except CANNOT_OPEN as error:
            raise CannotRun(words.ledger_closed(error)) from error
        yield services
