"""JSON as it travels, and the parameters of one call."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.playground.refusals import bad_request

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = "dict[str, Json]"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart/form-data body."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    """What came with one call. Values are kept as text: the Bot API takes `1` and `"1"`, `true` and `"true"` alike."""

    values: Mapping[str, str]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def integer(self, name: str, default: int = 0) -> int:
        """What is not a number counts as not given, as in the real server."""
        try:
            return int(self.values.get(name, ""))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        return self.values.get(name, "").lower() in {"true", "yes", "1"}

    def json(self, name: str, refusal: str) -> Json:
        """A JSON-serialized parameter, None when it is not given; malformed JSON is refused with `refusal`."""
        raw = self.values.get(name, "")
        if not raw:
            return None
        try:
            value: Json = json.loads(raw)
        except ValueError:
            raise bad_request(refusal) from None
        return value


def whole(value: Json, default: int = 0) -> int:
    """A JSON number or a number in a string; anything else is `default`."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return default
    try:
        return int(value)
    except ValueError:
        return default


def words(value: Json) -> str:
    """A JSON string; anything else is empty."""
    return value if isinstance(value, str) else ""
