"""The messenger over Telegram: words a message of the outbox, sends it, and sorts what can go wrong."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
from telegram import Bot, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.cards.base import Card
from bot.markup import to_markup
from jobs import ports
from storage.outbox import Said, Saying

# python-telegram-bot warns at every 429 that retry_after becomes a timedelta; this is its switch to have it so now.
os.environ.setdefault("PTB_TIMEDELTA", "1")

Wording = Callable[[Saying], Awaitable[Card | None]]
"""The card for a message as things stand now; None when it is no longer true."""

NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid", "bot was kicked", "not enough rights to send")
"""What Bot API's 400 says of a chat that cannot be written to; the usual way to say so is 403."""
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class TelegramMessenger:
    """Fulfils jobs.ports.Messenger."""

    def __init__(self, bot: Bot, wording: Wording) -> None:
        self._bot, self._wording = bot, wording

    async def say(self, saying: Saying) -> Said | None:
        card = await self._wording(saying)
        if card is None:
            return None
        try:
            message = await self._bot.send_message(
                saying.chat_id,
                card.html,
                parse_mode=ParseMode.HTML,
                reply_markup=to_markup(card),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        except TelegramError as error:
            raise sorted_trouble(error) from error
        return Said(message.message_id, card.about, card.reply_id, card.commitment_ids, card.asks)


def sorted_trouble(error: TelegramError) -> ports.SayingFailed:
    """What Telegram's client raised, as one of the port's four troubles."""
    reason = f"{type(error).__name__}: {error.message}"
    match error:
        case RetryAfter():
            return ports.RetryAfter(_seconds(error))
        case Forbidden():
            return ports.Unreachable(reason)
        case BadRequest() if any(words in error.message.lower() for words in NOBODY_THERE):
            return ports.Unreachable(reason)
        # The next two before NetworkError: BadRequest is one of its kind.
        case BadRequest() | ChatMigrated():
            return ports.Refused(reason)
        case TimedOut() | NetworkError():
            return ports.Transient(reason, maybe_said=_may_have_arrived(error))
        case InvalidToken():
            # A wrong token refuses everything; the messages wait until it is put right.
            return ports.Transient(reason)
        case _:
            return ports.Transient(reason)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _may_have_arrived(error: TelegramError) -> bool:
    """True unless no connection stood: a line that broke, and a gateway that gave up, may have passed it on before."""
    return not isinstance(error.__cause__, NEVER_SENT)
