"""A second reader that knows no rules: how likely words are a promise, by their pairs of characters alone.

The weights are fitted on labelled letters by `python -m tests.bench.doubt --write`; where the two readers disagree,
a person should look.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_DIGITS = re.compile(r"\d+")
_WEIGHTS = Path(__file__).with_suffix(".tsv")
ALWAYS = ""
"""The name of the weight that every text gets."""


def pairs_of(words: str) -> Iterator[str]:
    """The pairs of neighbouring characters of folded words in order, their ends marked, numbers as one 0."""
    marked = f"^{_DIGITS.sub('0', words)}$"
    return map(operator.add, marked, marked[1:])


def log_odds(words: str) -> float:
    """The natural logarithm of the odds that a folded segment is a promise; within ±4, for it may be wrong as well."""
    weights = _weights()
    found = weights[ALWAYS] + sum(map(weights.__getitem__, weights.keys() & pairs_of(words)))
    return max(-4.0, min(4.0, found))


@cache
def _weights() -> dict[str, float]:
    rows = _WEIGHTS.read_text(encoding="utf-8").splitlines()
    return {pair: float(weight) for pair, weight in (row.split("\t") for row in rows)}
