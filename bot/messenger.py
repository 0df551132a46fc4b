"""The messenger over Telegram: words a message of the outbox as things stand, and sends it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.cards.base import Card
from bot.limiter import OUTBOX
from bot.markup import to_markup
from bot.troubles import sorted_trouble
from storage.outbox import Said, Saying

Wording = Callable[[Saying], Awaitable[Card | None]]
"""The card for a message as things stand now; None when it is no longer true."""


class TelegramMessenger:
    """Fulfils jobs.ports.Messenger over a client whose limiter lets the outbox pass (limiter.py)."""

    def __init__(self, bot: ExtBot[str], wording: Wording) -> None:
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
                rate_limit_args=OUTBOX,
            )
        except TelegramError as error:
            raise sorted_trouble(error) from error
        return Said(message.message_id, card.about, card.reply_id, card.commitment_ids, card.asks)
