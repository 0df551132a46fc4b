"""Which card answers a question: data found by answering.py, worded by cards/answers.py."""

from __future__ import annotations

from datetime import date

from bot.answering import Answer
from bot.cards.base import Card
from bot.services import Services
from commitments.people import Speaker


async def answered(services: Services, found: Answer, today: date, *, speaker: Speaker | None) -> Card:
    """The card for an answer, as this speaker may see it."""
    raise NotImplementedError
