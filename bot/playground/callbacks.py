"""Pressed buttons, until the bot answers them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from bot.playground.refusals import Refusal, bad_request
from bot.playground.wire import JsonObject

if TYPE_CHECKING:
    from bot.playground.messages import SeenMessage
    from bot.playground.people import Person

# The client waits about this long with a progress bar; the docs only say that bots "must" answer.
ANSWER_WITHIN = timedelta(seconds=30)
# "0-200 characters" (answerCallbackQuery)
MAX_ANSWER = 200


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    alert: bool
    url: str = ""


@dataclass(slots=True, eq=False)
class CallbackQuery:
    id: str
    person: Person
    message: SeenMessage
    data: str
    pressed_on: datetime
    answer: Answer | None = None

    def as_json(self) -> JsonObject:
        return {
            "id": self.id,
            "from": self.person.as_json(),
            "message": self.message.as_json(),
            "chat_instance": str(self.message.chat.id * 31 % 2**63),
            "data": self.data,
        }


class CallbackQueries:
    def __init__(self) -> None:
        self._open: dict[str, CallbackQuery] = {}
        self._numbers = count(4_000_000_000_000_000_001)

    def press(self, person: Person, message: SeenMessage, data: str, at: datetime) -> CallbackQuery:
        query = CallbackQuery(str(next(self._numbers)), person, message, data, at)
        self._open[query.id] = query
        return query

    def answer(self, query_id: str, answer: Answer, at: datetime) -> CallbackQuery:
        """Each query once, and only while its person still waits."""
        query = self._open.pop(query_id, None)
        if query is None or at - query.pressed_on > ANSWER_WITHIN:
            raise too_old()
        if len(answer.text) > MAX_ANSWER:
            self._open[query_id] = query
            raise bad_request("MESSAGE_TOO_LONG")
        query.answer = answer
        return query

    def open_for(self, person: Person) -> list[CallbackQuery]:
        return [query for query in self._open.values() if query.person is person]


def too_old() -> Refusal:
    return bad_request("query is too old and response timeout expired or query ID is invalid")
