"""What a handler is given: who speaks, the time, the services, and three ways to speak back."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from telegram import CallbackQuery, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import Application, CallbackContext, ExtBot

from bot.buttons import Press
from bot.cards.base import Card
from bot.markup import NO_PREVIEW, to_inline, to_markup
from bot.services import Services
from commitments.clock import local_day
from commitments.people import Actor, Speaker
from storage.ledger.chats import find_card, remember_card
from storage.ledger.hearing import Heard

log = logging.getLogger(__name__)
SERVICES = "services"


class Context(CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """python-telegram-bot's context with our services and the person who speaks."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        chat_id: int | None = None,
        user_id: int | None = None,
    ) -> None:
        super().__init__(application=application, chat_id=chat_id, user_id=user_id)
        self.introduced: Heard | None = None

    @property
    def services(self) -> Services:
        services = self.application.bot_data[SERVICES]
        assert isinstance(services, Services)
        return services

    @property
    def now(self) -> datetime:
        return self.services.clock.now()

    @property
    def today(self) -> date:
        return local_day(self.now, self.services.settings.zone)

    @property
    def heard(self) -> Heard:
        """Who speaks, and in a private chat what was open before."""
        assert self.introduced is not None, "dispatch.py introduces the speaker before any handler runs"
        return self.introduced

    @property
    def person(self) -> Speaker:
        return self.heard.speaker

    @property
    def actor(self) -> Actor:
        return self.person.as_actor()

    async def send(self, chat_id: int, card: Card, *, reply_to: int | None = None) -> None:
        """Say a card in a chat, and remember what an answer to it is about."""
        sent = await self.bot.send_message(
            chat_id,
            card.html,
            parse_mode=ParseMode.HTML,
            reply_markup=to_markup(card),
            link_preview_options=NO_PREVIEW,
            reply_to_message_id=reply_to,
        )
        await self._remember(chat_id, sent.message_id, card)

    async def change(self, query: CallbackQuery, card: Card) -> None:
        """Let the pressed card itself become another one; where it is too old to edit, say the new one."""
        message = query.message
        if message is None:
            return
        try:
            await query.edit_message_text(
                card.html, parse_mode=ParseMode.HTML, reply_markup=to_inline(card), link_preview_options=NO_PREVIEW
            )
        except BadRequest as error:
            if "not modified" in error.message.lower():
                return
            log.info("card %s cannot be edited: %s", message.message_id, error.message)
            await self.send(message.chat.id, card)
            return
        await self._remember(message.chat.id, message.message_id, card)

    async def show(self, query: CallbackQuery, card: Card) -> None:
        """Open something from a card: an item's own card turns into it, a list or digest stays and it comes below."""
        message = query.message
        if message is None:
            return
        kept = await find_card(self.services.database, message.chat.id, message.message_id)
        if kept is not None and len(kept.commitment_ids) == 1 and card.commitment_ids == tuple(kept.commitment_ids):
            await self.change(query, card)
        else:
            await self.send(message.chat.id, card)

    async def _remember(self, chat_id: int, message_id: int, card: Card) -> None:
        if card.about is None:
            return
        await remember_card(
            self.services.database,
            chat_id,
            message_id,
            about=card.about,
            reply_id=card.reply_id,
            commitment_ids=card.commitment_ids,
            asks=card.asks,
            params=card.params,
            now=self.now,
        )


@dataclass(frozen=True, slots=True)
class Said:
    """A message in a private chat; `words` are its text or caption, for a command what follows it."""

    message: Message
    chat_id: int
    words: str

    @property
    def message_id(self) -> int:
        return self.message.message_id

    @property
    def has_words(self) -> bool:
        """An emoji or a row of dots says nothing that could be kept as a reason or a report."""
        return re.search(r"\w", self.words) is not None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button pressed in a private chat."""

    query: CallbackQuery
    chat_id: int
    press: Press

    @property
    def subject_id(self) -> int:
        return self.press.subject_id

    async def notice(self, text: str = "", *, alert: bool = False) -> None:
        """The small notice over the chat; Telegram shows at most 200 characters of it.

        Nobody waits for it where the button was pressed long ago, while the bot was away.
        """
        try:
            await self.query.answer(text[:200], show_alert=alert)
        except BadRequest as error:
            log.info("a notice came too late: %s", error)
