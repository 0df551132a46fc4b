"""Chinese text cut into words by jieba, for what is asked."""

from __future__ import annotations

import re
import unicodedata
from threading import Lock
from typing import TYPE_CHECKING

from extraction.traditional import simplify

if TYPE_CHECKING:
    from jieba import Tokenizer

_RUN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?|[㐀-䶿一-鿿〇]+")


def plain(text: str) -> str:
    """The text as it is compared: simplified, half-width, lower case, one blank at most."""
    return " ".join(simplify(unicodedata.normalize("NFKC", text)).lower().split())


def cut_words(text: str) -> list[str]:
    """The words of a plain text in order, without marks and blanks."""
    dictionary = load_dictionary()
    return [word for run in _RUN.findall(text) for word in (dictionary.cut(run) if run[0] > "z" else (run,))]


def is_word(text: str) -> bool:
    """Whether the dictionary itself holds it."""
    return list(load_dictionary().cut(text, HMM=False)) == [text]


def is_noun(text: str) -> bool:
    """Whether the dictionary holds it as a thing or a place; one that it does not hold may be anything."""
    return bool(load_dictionary().FREQ.is_noun(text))


_loaded: list[Tokenizer] = []
_loading = Lock()


def load_dictionary() -> Tokenizer:
    """The one of this process; the first call opens it (a second of work where it must be made: off the event loop)."""
    if not _loaded:
        with _loading:
            if not _loaded:
                from extraction.dictionary import open_tokenizer

                _loaded.append(open_tokenizer())
    return _loaded[0]
