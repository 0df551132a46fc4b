"""What people say and what letters write: rows of words that mean the same thing in this trade."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_ROWS = Path(__file__).with_suffix(".txt")


@cache
def rows_of(kind: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the section `actions`, `things` or `ways`; synonyms.txt says what they are for."""
    _, _, rows = _ROWS.read_text(encoding="utf-8").partition(f"[{kind}]\n")
    lines = rows.partition("\n[")[0].splitlines()
    return tuple(tuple(line.split()) for line in lines if line and not line.startswith("#"))


@cache
def _others() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    others: dict[str, list[str]] = {}
    for words in (*rows_of("actions"), *rows_of("things"), *rows_of("ways")):
        for word in words:
            others.setdefault(word, []).extend(other for other in words if other != word)
    actions = frozenset(word for row in rows_of("actions") for word in row)
    return {word: tuple(dict.fromkeys(rest)) for word, rest in others.items()}, actions


def others_for(word: str) -> tuple[str, ...]:
    """Other words for the same thing or action, the nearest first."""
    return _others()[0].get(word, ())


def is_known(word: str) -> bool:
    return word in _others()[0]


def is_action(word: str) -> bool:
    return word in _others()[1]


def names_thing(word: str) -> bool:
    """Whether it is a thing, or what is done, that others call otherwise."""
    return is_known(word) and not is_way(word)


def is_way(word: str) -> bool:
    return word in _ways()


@cache
def _ways() -> frozenset[str]:
    things = {word for row in (*rows_of("actions"), *rows_of("things")) for word in row}
    return frozenset(word for row in rows_of("ways") for word in row if word not in things)
