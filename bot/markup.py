"""A card's buttons as Telegram's keyboards."""

from __future__ import annotations

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.cards.base import Card
from bot.cards.people import SHARE_PHONE

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


def to_markup(card: Card) -> Markup | None:
    if card.asks_phone:
        share = KeyboardButton(SHARE_PHONE, request_contact=True)
        return ReplyKeyboardMarkup([[share]], resize_keyboard=True, one_time_keyboard=True)
    return to_inline(card) or (ReplyKeyboardRemove() if card.clears_keyboard else None)


def to_inline(card: Card) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(b.text, callback_data=b.data, url=b.url) for b in row] for row in card.buttons]
    return InlineKeyboardMarkup(rows) if rows else None
