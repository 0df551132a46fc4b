"""Inline queries: `@bot words` in whatever chat, until the bot answers them with results to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from bot.playground.callbacks import too_old
from bot.playground.entities import FormattedText
from bot.playground.wire import JsonObject

if TYPE_CHECKING:
    from bot.playground.people import Person

# "Text of the query (up to 256 characters)" (InlineQuery)
LONGEST_QUERY = 256
# Telegram says only that a query gets too old; clients have asked again long before.
ANSWER_WITHIN = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class InlineResult:
    """An article to choose; `message` is what the person would send."""

    id: str
    title: str
    description: str
    message: FormattedText
    has_buttons: bool = False


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What the bot offers; `button` stands above the results and leads to `/start start_parameter`."""

    results: tuple[InlineResult, ...]
    is_personal: bool
    cache_seconds: int
    button: str = ""
    start_parameter: str = ""


@dataclass(slots=True, eq=False)
class InlineQuery:
    id: str
    person: Person
    query: str
    asked_on: datetime
    answer: InlineAnswer | None = None

    def as_json(self) -> JsonObject:
        return {"id": self.id, "from": self.person.as_json(), "query": self.query, "offset": ""}


class InlineQueries:
    def __init__(self) -> None:
        self._open: dict[str, InlineQuery] = {}
        self._numbers = count(5_000_000_000_000_000_001)

    def ask(self, person: Person, query: str, at: datetime) -> InlineQuery:
        asked = InlineQuery(str(next(self._numbers)), person, query, at)
        self._open[asked.id] = asked
        return asked

    def answer(self, query_id: str, answer: InlineAnswer, at: datetime) -> None:
        """Each query once, and only while it is young."""
        asked = self._open.pop(query_id, None)
        if asked is None or at - asked.asked_on > ANSWER_WITHIN:
            raise too_old()
        asked.answer = answer
