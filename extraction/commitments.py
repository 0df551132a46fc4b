"""Decides which segments are commitments: by their cues, the part of the letter they stand in, their neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from extraction.cues import Cue, Weight
from extraction.deadlines import Anchor, DateMention
from extraction.evidence import Evidence, gather
from extraction.lexicon import opens_with_action
from extraction.outline import Placed, Stance


class Verdict(NamedTuple):
    """What was decided about one segment, by which rule, and how sure that rule is."""

    taken: bool
    rule: str
    sureness: float
    cues: tuple[Cue, ...]
    dates: tuple[DateMention, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    """One row: the first that applies decides. A rule without a name takes the name of its weightiest cue."""

    name: str | None
    taken: bool
    sureness: float
    applies: Callable[[Evidence], bool]
    weight: Weight | None = None


_PRESENT = "现状"
STRONG, MEDIUM, DONE, SOFT_DONE, NEVER, UNLESS_PROMISED = Weight
FORWARD, REPORT, MIXED, REQUEST, PAST = Stance

_RULES = (
    _Rule(None, False, 0.95, lambda e: e.has(NEVER) and not e.asks_beside_a_promise, NEVER),
    _Rule("请求事项", False, 0.9, lambda e: e.stance is REQUEST),
    _Rule(None, False, 0.85, lambda e: e.has(UNLESS_PROMISED) and not e.promises_beside, UNLESS_PROMISED),
    _Rule("责任划分", False, 0.8, lambda e: e.assigns_a_duty and not e.dates),
    _Rule(None, True, 0.95, lambda e: e.has(STRONG), STRONG),
    _Rule("往年工作", False, 0.9, lambda e: e.stance is PAST),
    _Rule("将来的日期", True, 0.93, lambda e: e.names_a_day and not e.has(DONE)),
    _Rule("将来的日期", True, 0.8, lambda e: e.names_a_day),
    _Rule(None, True, 0.9, lambda e: e.has(MEDIUM) and not e.done, MEDIUM),
    _Rule("已办后争取", True, 0.8, lambda e: e.strives_after_the_done and e.stance is not REPORT),
    _Rule("已办", False, 0.7, lambda e: e.stance is FORWARD and e.done),
    _Rule("下一步部分的目标", True, 0.95, lambda e: e.stance is FORWARD and (bool(e.dates) or e.sets_a_figure)),
    _Rule("有期限的条目", True, 0.88, lambda e: e.stance is FORWARD and e.is_dated_item),
    _Rule("没有动作", False, 0.6, lambda e: e.stance is FORWARD and (not (e.acts or e.counts) or e.is_slogan)),
    _Rule("下一步部分", True, 0.92, lambda e: e.stance is FORWARD),
    _Rule("已办", False, 0.9, lambda e: e.done),
    _Rule("今年", True, 0.7, lambda e: e.has_a_day_ahead and e.stance is MIXED and not e.has(SOFT_DONE)),
    _Rule("时节之前", True, 0.75, lambda e: e.stance is MIXED and e.keeps_a_season and not e.has(SOFT_DONE)),
    _Rule("作为目标的结果", True, 0.65, lambda e: e.sets_a_goal and not e.has(SOFT_DONE)),
    _Rule(_PRESENT, False, 0.85, lambda e: e.has(SOFT_DONE)),
    _Rule("与承诺同句", True, 0.75, lambda e: e.sentence_promises and e.goes_on),
    _Rule(
        "紧随承诺",
        True,
        0.65,
        lambda e: e.paragraph_promises and (e.could_follow or e.recurs or (e.names_a_floor and e.stance is MIXED)),
    ),
    _Rule("与承诺同列", True, 0.6, lambda e: e.list_promises and e.could_follow),
    _Rule(_PRESENT, False, 0.8, lambda e: True),
)

# In a paragraph that reports in bare verbs (推进…建设), one promise turns what follows only with words like these.
_TURNS = {"下一步", "今后", "将(未来)", "继续"}


def judge_all(placed: list[Placed], anchor: Anchor) -> list[Verdict | None]:
    """A verdict on each segment, None for headings; those without words of their own follow their neighbours."""
    evidence = [None if spot.heading else gather(spot, _year_of(spot, anchor.on)) for spot in placed]
    _carry_reports(placed, evidence)
    first = [_decide(item) if item else None for item in evidence]
    promising = {spot.segment.sentence for spot, v in zip(placed, first, strict=True) if v and v.taken}
    listing = _promising_lists(placed, evidence, first)
    verdicts: list[Verdict | None] = []
    turned, lasting, paragraph, reports = False, False, -1, 0
    for spot, item, verdict in zip(placed, evidence, first, strict=True):
        if spot.paragraph != paragraph:
            turned = turned and lasting and spot.segment.level == 0
            paragraph, reports = spot.paragraph, 0
        if item and verdict and verdict.rule == _PRESENT:
            item.sentence_promises = spot.segment.sentence in promising
            item.paragraph_promises = turned
            item.list_promises = spot.paragraph in listing
            verdict = _decide(item)
        verdicts.append(verdict)
        if verdict and verdict.taken:
            turned = turned or not reports or any(cue.name in _TURNS for cue in verdict.cues)
            lasting = lasting or any(cue.name == "下一步" for cue in verdict.cues)
        elif spot.heading or (item and item.has(DONE)):
            turned, lasting = False, False
        elif verdict and verdict.rule == _PRESENT and opens_with_action(spot.segment.text):
            reports += 1
    return verdicts


def _carry_reports(placed: list[Placed], evidence: list[Evidence | None]) -> None:
    """去年清理渔船418艘；建成码头2座: what follows a past year in its sentence without a sign of its own is past."""
    past = back = -1
    for spot, item in zip(placed, evidence, strict=True):
        if item is None:
            back = -1
            continue
        silent = not (item.dates or item.names_a_floor or item.has(STRONG) or item.has(MEDIUM))
        # A plan looks back for a whole paragraph, in figures and without verbs.
        looks_back = spot.paragraph == back and item.stance is FORWARD and not opens_with_action(item.text)
        if silent and (spot.segment.sentence == past or looks_back):
            item.sentence_reports = True
        elif item.speaks_of_past_years and not item.has(STRONG):
            past, back = spot.segment.sentence, spot.paragraph
        else:
            past = back = -1


def _promising_lists(placed: list[Placed], evidence: list[Evidence | None], verdicts: list[Verdict | None]) -> set[int]:
    """Paragraphs that list (一是…二是…), promise somewhere and report nowhere: what they list is promised."""
    items = Counter(spot.paragraph for spot in placed if spot.segment.level >= 60)
    lists = {paragraph for paragraph, count in items.items() if count > 1}
    promising = lists & {spot.paragraph for spot, v in zip(placed, verdicts, strict=True) if v and v.taken}
    reporting = {
        spot.paragraph
        for spot, item in zip(placed, evidence, strict=True)
        if spot.paragraph in promising and item and (item.done or item.has(SOFT_DONE))
    }
    return promising - reporting


def _year_of(spot: Placed, anchor: date) -> date:
    """9月底前 in a plan for next year is a month of that year."""
    if spot.due and spot.due.rule == "year":
        return max(anchor, date(spot.due.on.year, 1, 1))
    return anchor


def _decide(evidence: Evidence) -> Verdict:
    rule = next(row for row in _RULES if row.applies(evidence))
    name = rule.name or next(cue.name for cue in evidence.cues if cue.weight is rule.weight)
    return Verdict(rule.taken, name, rule.sureness, evidence.cues, evidence.dates)
