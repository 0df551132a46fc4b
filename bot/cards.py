"""Messages with buttons as people see them: functions from the ledger's data to a card."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons import Button


@dataclass(frozen=True, slots=True)
class Card:
    """One message: Telegram HTML, rows of buttons, and what an answer to it is about."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    about: str | None = None
    reply_id: int | None = None
    commitment_ids: tuple[int, ...] = ()
    asks: bool = False
