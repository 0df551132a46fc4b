"""A card's buttons as Telegram's keyboards, and a commitment as a result of an inline query."""

from __future__ import annotations

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import ParseMode

from bot import texts
from bot.cards.base import Card
from bot.cards.inline import Offer
from bot.cards.people import SHARE_PHONE

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove

START_FROM_INLINE = "inline"
"""What /start carries when somebody comes from an inline query; no invite code looks like it."""
BIND_FIRST = InlineQueryResultsButton(texts.BIND_FIRST, start_parameter=START_FROM_INLINE)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def to_markup(card: Card) -> Markup | None:
    if card.asks_phone:
        share = KeyboardButton(SHARE_PHONE, request_contact=True)
        return ReplyKeyboardMarkup([[share]], resize_keyboard=True, one_time_keyboard=True)
    return to_inline(card) or (ReplyKeyboardRemove() if card.clears_keyboard else None)


def to_inline(card: Card) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(b.text, callback_data=b.data, url=b.url) for b in row] for row in card.buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def to_article(offer: Offer) -> InlineQueryResultArticle:
    message = InputTextMessageContent(offer.html, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW)
    return InlineQueryResultArticle(offer.id, offer.title, message, description=offer.description)
