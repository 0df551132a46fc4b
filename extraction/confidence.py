"""How sure the reader is of what it took or left, 0..1: what the rule is worth, less what speaks against it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from extraction.commitments import Verdict
from extraction.cues import Weight
from extraction.lexicon import opens_with_action
from extraction.outline import Placed, Stance
from extraction.recurrence import find_recurrence
from extraction.splitting import Part


@dataclass(frozen=True, slots=True)
class _Case:
    spot: Placed
    verdict: Verdict
    part: Part
    words: str

    def has(self, weight: Weight) -> bool:
        return any(cue.weight is weight for cue in self.verdict.cues)

    @property
    def has_no_words(self) -> bool:
        return not (self.has(Weight.STRONG) or self.has(Weight.MEDIUM) or self.part.date)

    @property
    def whole(self) -> bool:
        return self.part.end - self.part.start == len(self.spot.segment.text)


@dataclass(frozen=True, slots=True)
class _Doubt:
    """One reason to be less sure of a commitment, and how much."""

    name: str
    cost: float
    applies: Callable[[_Case], bool]


_NO_PROMISE_BY_ITSELF = re.compile(r"是|有|为|属于|应|须|可")
_COMMON_END = re.compile(r"(?:氛围|局面|格局|基础|保障|水平|作用|活力|贡献|发展)$")

_DOUBTS = (
    _Doubt("half of it is done", 0.12, lambda case: case.has(Weight.DONE)),
    _Doubt("a figure that may report", 0.1, lambda case: case.has(Weight.SOFT_DONE)),
    _Doubt("a refusal or another's words beside it", 0.15, lambda case: case.has(Weight.UNLESS_PROMISED)),
    _Doubt("a request beside it", 0.25, lambda case: case.has(Weight.NEVER)),
    _Doubt("in a part that reports", 0.25, lambda case: case.spot.stance in (Stance.REPORT, Stance.PAST)),
    _Doubt("no verb at the head of a clause", 0.1, lambda case: not opens_with_action(case.words)),
    _Doubt("cut at a comma", 0.04, lambda case: not case.whole),
    _Doubt("several dates", 0.12, lambda case: len(case.verdict.dates) > 1 and case.whole),
    _Doubt("very short", 0.08, lambda case: len(case.words) < 9 and not case.part.date),
    _Doubt("long, with many thoughts", 0.04, lambda case: len(case.words) > 110),
    _Doubt("states more than it promises", 0.05, lambda case: bool(_NO_PROMISE_BY_ITSELF.search(case.words[:12]))),
    _Doubt("only a wish", 0.03, lambda case: bool(_COMMON_END.search(case.words)) and not case.part.date),
    _Doubt("where letters close", 0.14, lambda case: case.spot.closing and _is_general(case)),
    _Doubt("says why before it says what", 0.2, lambda case: case.words.startswith("为") and case.has_no_words),
    _Doubt("a first sentence that later ones may explain", 0.06, lambda case: _may_be_heading(case)),
)


def _is_general(case: _Case) -> bool:
    """我们将… without a day or a figure: as likely a farewell as a promise."""
    return not case.part.date and not re.search(r"\d|《|“", case.words)


def _may_be_heading(case: _Case) -> bool:
    segment = case.spot.segment
    return segment.level > 0 and len(segment.text) <= 22 and "，" not in segment.text and not case.part.date


def rate(spot: Placed, verdict: Verdict, part: Part, words: str) -> float:
    """How sure it is that the quote is a commitment and that its fields are right."""
    case = _Case(spot, verdict, part, words)
    doubt = sum(reason.cost for reason in _DOUBTS if reason.applies(case))
    return round(min(0.99, max(0.05, verdict.sureness - doubt)), 3)


# Rules that only say "nothing speaks for it": such a segment is worth a second look when it acts or gives a figure.
_OPEN = {
    "现状": 0.12,
    "没有动作": 0.3,
    "已办": 0.06,
    "不具备条件": 0.12,
    "代表的话": 0.08,
    "预测": 0.12,
    "长期规则": 0.15,
    "应当": 0.12,
}
_ACTS = 0.14
_STANDS_FORWARD = 0.15
_HAS_PROMISING_WORD = 0.15


def near_miss_confidence(spot: Placed, verdict: Verdict) -> float | None:
    """How likely a segment that was left is a commitment after all; None when it is out of the question."""
    base = _OPEN.get(verdict.rule)
    if base is None:
        return None
    weights = {cue.weight for cue in verdict.cues}
    forward = spot.stance is Stance.FORWARD
    promising = bool(weights & {Weight.STRONG, Weight.MEDIUM} or verdict.dates or find_recurrence(spot.segment.text))
    acts = opens_with_action(spot.segment.text) and not weights & {Weight.DONE, Weight.SOFT_DONE}
    if not (forward or promising or acts):
        return None
    found = base + _ACTS * acts + _STANDS_FORWARD * forward + _HAS_PROMISING_WORD * promising
    return round(min(0.49, found), 3)
