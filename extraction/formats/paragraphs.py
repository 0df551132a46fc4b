"""Chinese running text: what counts as a wide character, and how lines are cleaned."""

from __future__ import annotations

import re
from collections.abc import Iterable

WIDE = (
    r"\u2e80-\u303f\u3105-\u312f\u31a0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    r"\U00020000-\U0003ffff“”‘’—…·"
)
"""CJK characters and punctuation, as the inside of a regex class: between two of them a line wrap means nothing."""

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]")
_TRAILING = re.compile(r"[^\S\n]+$", re.MULTILINE)
_GAPS = re.compile(r"\n{4,}")


def tidy(text: str) -> str:
    """One kind of line end, no invisible characters, no blanks at line ends, at most two empty lines in a row."""
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)).replace("\xa0", " ")
    return _GAPS.sub("\n\n\n", _TRAILING.sub("", text)).strip("\n")


def table_row(cells: Iterable[list[str]]) -> list[str]:
    """A table's row as one line with tabs between its cells; a row that only lays out running text keeps its lines."""
    rows = list(cells)
    if sum(map(bool, rows)) <= 1 or any(len(line) > 200 for cell in rows for line in cell):
        return [line for cell in rows for line in cell]
    return ["\t".join(" ".join(cell) for cell in rows).rstrip("\t")]
