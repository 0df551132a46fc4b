"""`jiannuo run`: the bot until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from datetime import datetime

from telegram.error import InvalidToken

from bot.app import Program
from bot.settings import Settings
from bot.terminal import CannotRun, words
from bot.terminal.opening import open_ledger
from commitments.clock import Clock

log = logging.getLogger("jiannuo")


async def run_bot(settings: Settings, starts_at: datetime | None) -> None:
    """Run until SIGINT or SIGTERM. Raises CannotRun."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # At INFO this logger prints every request's address, and the token is part of it.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    async with open_ledger(settings, Clock(starts_at)) as services:
        program = Program(services)
        try:
            await program.start()
            gc.freeze()  # what is there now stays: later searches for garbage pass over it
            gc.enable()
            log.info("running as @%s", services.bot_username)
            if services.clock.is_pretended:
                log.warning("rehearsal: the clock is pretended and shows %s", services.clock.now().isoformat())
            await stopped.wait()
        except InvalidToken as error:
            raise CannotRun(words.REFUSED_TOKEN) from error
        finally:
            await program.stop()
