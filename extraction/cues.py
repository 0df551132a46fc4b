"""Finds the words that make a segment a promise or keep it from being one."""

from __future__ import annotations

import re
from typing import NamedTuple

from extraction.cue_rules import RULES, Weight
from extraction.lexicon import opening

__all__ = ["Cue", "Weight", "find_cues", "is_overview"]


class Cue(NamedTuple):
    """One cue as it was found."""

    name: str
    weight: Weight
    words: str
    start: int


_ROWS_NEEDING = {
    char: frozenset(row for row, rule in enumerate(RULES) if char in rule.needs)
    for char in frozenset[str]().union(*(rule.needs for rule in RULES))
}
_NEEDED = re.compile(f"[{''.join(_ROWS_NEEDING)}]")


def find_cues(text: str) -> list[Cue]:
    """The cues of one folded segment, in the order of the table."""
    found = []
    rows = set[int]().union(*map(_ROWS_NEEDING.__getitem__, set(_NEEDED.findall(text))))
    for row in sorted(rows):
        rule = RULES[row]
        match = rule.pattern.search(text)
        if match:
            found.append(Cue(rule.name, rule.weight, match[0], match.start()))
    return found


_OVERVIEW = re.compile(
    opening(
        "以如下这从抓做围聚",
        r"(?:(?:以下|如下|下列)(?:几|[一二三四五六七八九\d])?|这(?:几|[一二三四五六七八九\d])|下面几)(?:个|项|点|件|(?<=几)条|方面|工作|措施|任务|重点)"
        r"|(?:从|抓好|做好|围绕|聚焦)[^，。；]{0,10}[一二两三四五六七八九几](?:个|大)?(?:方面|项(?:重点)?工作|件事|点)(?!的)",
    )
)


def is_overview(text: str) -> bool:
    """True for a sentence that only announces what follows (重点抓好三项工作)."""
    return len(text) < 60 and _OVERVIEW.search(text) is not None
