"""How Telegram says no: the code, its sentence, and when to come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.playground.wire import JsonObject


class Refusal(Exception):
    """A call that is answered with `"ok": false`."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def as_answer(self) -> JsonObject:
        answer: JsonObject = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | {"parameters": {"retry_after": self.retry_after}} if self.retry_after else answer


def bad_request(reason: str) -> Refusal:
    return Refusal(400, f"Bad Request: {reason}")


def unauthorized() -> Refusal:
    return Refusal(401, "Unauthorized")


def forbidden(reason: str) -> Refusal:
    return Refusal(403, f"Forbidden: {reason}")


def no_such_method() -> Refusal:
    return Refusal(404, "Not Found: method not found")


def conflict(reason: str) -> Refusal:
    return Refusal(409, f"Conflict: {reason}")


def too_many_requests(seconds: int) -> Refusal:
    """In case of exceeding flood control, `retry_after` is the number of seconds left to wait (ResponseParameters)."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
