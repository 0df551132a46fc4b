"""The cards stand in the manual as they are said, fit a phone's screen and carry data that Telegram takes."""

from __future__ import annotations

import pytest

from bot.cards.base import Card
from tests.bot.cards.gallery import DOCUMENT, as_text, cards, document

MOST_LINES = 14
CARDS = [pytest.param(card, id=f"{moment}·{reader}") for reader, moment, card in cards()]


def test_the_manual_shows_the_cards_as_they_are() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "run: python -m tests.bot.cards.gallery"


@pytest.mark.parametrize("card", CARDS)
def test_a_card_fits_a_phones_screen(card: Card) -> None:
    assert len(as_text(card).splitlines()) <= MOST_LINES + len(card.buttons)
    assert all(len(row) <= 5 for row in card.buttons)


@pytest.mark.parametrize("card", CARDS)
def test_a_card_uses_no_words_of_programs(card: Card) -> None:
    text = as_text(card)

    assert not [word for word in ("None", "null", "error", "_", "！", "!") if word in text]
