"""What the full-text index holds: two characters a token, so that a word is found exactly as LIKE would find it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_RUN = re.compile(r"[a-z0-9]+|[㐀-䶿一-鿿〇\U00020000-\U0003ffff]+")
_ROMAN = str.maketrans("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", "一二三四五六七八九十")
LABEL = "zz"
"""Labels (whose, where, which number) share the index with the words; no word begins like this."""


def plain(text: str) -> str:
    """The text as it is compared: half-width, lower case, Ⅲ as 三, without blanks."""
    folded = unicodedata.normalize("NFKC", text.translate(_ROMAN)).lower()
    return "".join(folded.split(" ")) if " " in folded else folded


def tokens(text: str) -> Iterator[str]:
    """Every two neighbouring characters, the last of a run alone; Latin words and numbers whole."""
    for run in _RUN.findall(text):
        if run[0] <= "z":
            yield run
            continue
        yield from (run[at : at + 2] for at in range(len(run) - 1))
        yield run[-1]


def label(kind: str, name: object) -> str:
    """One token for a fact: label("unit", "桐浦县民政局")."""
    return LABEL + kind + "".join(re.findall(r"\w", str(name).lower().replace("_", "")))


@dataclass(frozen=True, slots=True)
class Words:
    """Matches where these characters stand together."""

    text: str


@dataclass(frozen=True, slots=True)
class Label:
    token: str


@dataclass(frozen=True, slots=True)
class Every:
    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Some:
    parts: tuple[Query, ...]


Query = Words | Label | Every | Some


def every(*parts: Query | None) -> Query | None:
    """All of the parts that are given; None (no condition) where none is."""
    given = tuple(part for part in parts if part is not None)
    return Every(given) if len(given) > 1 else given[0] if given else None


def some(parts: Sequence[Query]) -> Query | None:
    return Some(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None


def _phrase(text: str) -> tuple[list[str], bool]:
    """The tokens of a phrase, and whether the last is only the beginning of one."""
    words = list(tokens(text))
    run = _RUN.findall(text)[-1]
    if run[0] <= "z":
        return words, False
    return (words[:-1], False) if len(run) > 1 else (words, True)


def to_fts5(query: Query) -> str:
    match query:
        case Words(text):
            words, open_end = _phrase(text)
            return f'"{" ".join(words)}"' + ("*" if open_end else "")
        case Label(token):
            return f'"{token}"'
        case Every(parts):
            return "(" + " AND ".join(map(to_fts5, parts)) + ")"
        case Some(parts):
            return "(" + " OR ".join(map(to_fts5, parts)) + ")"


def to_tsquery(query: Query, *, loosely: bool = False) -> str:
    """`loosely` it matches more: where the characters of a word stand anywhere in the row, not together."""
    match query:
        case Words(text):
            words, open_end = _phrase(text)
            quoted = [f"'{word}'" for word in words]
            return "(" + (" & " if loosely else " <-> ").join(quoted) + (":*" if open_end else "") + ")"
        case Label(token):
            return f"'{token}'"
        case Every(parts):
            return "(" + " & ".join(to_tsquery(part, loosely=loosely) for part in parts) + ")"
        case Some(parts):
            return "(" + " | ".join(to_tsquery(part, loosely=loosely) for part in parts) + ")"


def to_tsvector(words: Sequence[str]) -> str:
    """PostgreSQL's own notation, so that its parser need not understand Chinese."""
    return " ".join(f"'{word}':{at}" for at, word in enumerate(words[:16_000], 1))
