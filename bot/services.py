"""What every handler works with: settings, ledger, clock, readers and files, made once by the composition root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.commands import Command
from bot.settings import Settings
from commitments.clock import Clock
from extraction.sandbox import Readers
from storage.engine import Database
from storage.files import FileStore


@dataclass(slots=True)
class Services:
    settings: Settings
    database: Database
    clock: Clock
    readers: Readers
    files: FileStore
    wake_delivery: Callable[[], None]
    """Called after a change that left messages in the outbox, so that they go out at once."""
    commands: tuple[Command, ...]
    """The table of routes.py, for menus and /help."""
    bot_username: str = ""
    version: str = ""

    @property
    def admins(self) -> tuple[int, ...]:
        return self.settings.access.admins
