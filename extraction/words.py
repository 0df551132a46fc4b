"""Chinese text cut into words: jieba's own dictionary, or rjieba (same cuts, faster) where it is installed."""

from __future__ import annotations

import importlib.util
import logging
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from extraction.traditional import simplify

Cutter = Callable[[str, bool], list[str]]
"""Cuts a text; the second argument says whether words that the dictionary does not hold may be guessed."""

_RUN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?|[㐀-䶿一-鿿〇]+")


def plain(text: str) -> str:
    """The text as it is compared: simplified, half-width, lower case, one blank at most."""
    return " ".join(simplify(unicodedata.normalize("NFKC", text)).lower().split())


def cut_words(text: str) -> list[str]:
    """The words of a plain text in order, without marks and blanks."""
    cut = load_dictionary()
    return [word for run in _RUN.findall(text) for word in (cut(run, True) if run[0] > "z" else [run])]


def is_word(text: str) -> bool:
    """Whether the dictionary itself holds it."""
    return load_dictionary()(text, False) == [text]


_loaded: list[Cutter] = []
_loading = Lock()


def load_dictionary(folder: Path | None = None) -> Cutter:
    """The one cutter of this process; the first call reads the dictionary (a second of work: off the event loop).

    `folder` is where jieba keeps its cache; only the first call decides.
    """
    if not _loaded:
        with _loading:
            if not _loaded:
                _loaded.append(_open_rjieba() or _open_jieba(folder))
    return _loaded[0]


def _open_rjieba() -> Cutter | None:
    if importlib.util.find_spec("rjieba") is None:
        return None
    import rjieba

    return lambda text, guess: list(rjieba.cut(text, guess))


def _open_jieba(folder: Path | None) -> Cutter:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    if folder is not None:
        tokenizer.tmp_dir = str(folder)
    tokenizer.initialize()
    return lambda text, guess: list(tokenizer.cut(text, HMM=guess))
