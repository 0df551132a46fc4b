"""What is offered to an inline query: a message that will stand in another chat, so it holds no phone and no button."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.cards import progress
from bot.cards.base import shorten, state_line
from commitments.people import masked_phone
from storage.ledger.queries import CommitmentView

MOBILE = r"1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
LINE_WITH_CITY = r"[(（]?0\d{2,3}[)）]?[-－— ]?\d{7,8}"
LINE_NAMED_SO = r"(?:(?<=电话)|(?<=电话[:：])|(?<=热线)|(?<=热线[:：]))\d{7,8}"
PHONE = re.compile(rf"(?<!\d)(?:{MOBILE}|{LINE_WITH_CITY}|{LINE_NAMED_SO})(?!\d)")


@dataclass(frozen=True, slots=True)
class Offer:
    """One result to choose: two lines in the list, and the message that is sent when it is chosen."""

    id: str
    title: str
    description: str
    html: str


def offer(view: CommitmentView, today: date) -> Offer:
    return Offer(
        id=str(view.id),
        title=without_phones(shorten(view.quote)),
        description=state_line(view, today),
        html=without_phones(progress.answer(view, (), today, frozenset()).html),
    )


def without_phones(text: str) -> str:
    """The text with every phone number in it masked."""
    return PHONE.sub(lambda found: masked_phone(found.group()), text)
