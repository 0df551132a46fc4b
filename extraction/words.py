"""Chinese text cut into words: jieba's own dictionary, or rjieba (same cuts, faster) where it is installed."""

from __future__ import annotations

import importlib.util
import logging
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

from extraction.traditional import simplify

Cutter = Callable[[str], list[str]]

_RUN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?|[㐀-䶿一-鿿〇]+")


def plain(text: str) -> str:
    """The text as it is compared: simplified, half-width, lower case, one blank at most."""
    return " ".join(simplify(unicodedata.normalize("NFKC", text)).lower().split())


def cut_words(text: str) -> list[str]:
    """The words of a plain text in order, without marks and blanks."""
    cut = get_cutter()
    return [word for run in _RUN.findall(text) for word in (cut(run) if run[0] > "z" else [run])]


def load_dictionary(folder: Path | None = None) -> None:
    """Read the dictionary now (a second of work: call it off the event loop); `folder` keeps jieba's cache file."""
    get_cutter(folder)


@cache
def _loaded(folder: Path | None) -> Cutter:
    if importlib.util.find_spec("rjieba"):
        import rjieba

        return lambda text: list(rjieba.cut(text))
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    if folder is not None:
        tokenizer.tmp_dir = str(folder)
    tokenizer.initialize()
    return lambda text: list(tokenizer.cut(text))


_chosen: list[Path | None] = []


def get_cutter(folder: Path | None = None) -> Cutter:
    """The one cutter of this process; the first call decides where its cache file lives."""
    if not _chosen:
        _chosen.append(folder)
    return _loaded(_chosen[0])
