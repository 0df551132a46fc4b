"""A date as a person types it in chat: a full date of any year, or words that the deadline rules read."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

FULL_DATE = re.compile(r"\s*((?:19|20)\d\d)\s*(?:年|[-./])\s*(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})\s*日?\s*")
COMPACT_DATE = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)\s*")


def read_typed_date(text: str, *, today: date) -> date | None:
    """The day that somebody means, counted from `today`; None when the words give no day.

    Unlike a letter's deadline it may lie in the past: whether that makes sense is for the caller to say.
    """
    plain = unicodedata.normalize("NFKC", text)
    for pattern in (FULL_DATE, COMPACT_DATE):
        if found := pattern.fullmatch(plain):
            return _find_day(*(int(number) for number in found.groups()))
    # The rules of dates take a moment to load; whoever writes digits, and the start of the bot, need not wait for it.
    from extraction.deadlines import read_deadline

    return read_deadline(text, anchor=today).due_on


def _find_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
