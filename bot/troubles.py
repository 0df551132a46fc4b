"""What Telegram's client raises, sorted into the four troubles of the messenger's port."""

from __future__ import annotations

import os
from datetime import timedelta

import httpx
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

from jobs import ports

# python-telegram-bot warns at every 429 that retry_after becomes a timedelta; this is its switch to have it so now.
os.environ.setdefault("PTB_TIMEDELTA", "1")

NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid", "bot was kicked", "not enough rights to send")
"""What Bot API's 400 says of a chat that cannot be written to; the usual way to say so is 403."""
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


def sorted_trouble(error: TelegramError) -> ports.SayingFailed:
    """What Telegram's client raised, as one of the port's four troubles."""
    reason = f"{type(error).__name__}: {error.message}"
    match error:
        case RetryAfter():
            return ports.RetryAfter(seconds_of(error))
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


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram wants us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _may_have_arrived(error: TelegramError) -> bool:
    """True unless no connection stood: a line that broke, and a gateway that gave up, may have passed it on before."""
    return not isinstance(error.__cause__, NEVER_SENT)
