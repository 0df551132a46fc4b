"""Reads one letter from its plain text: letter record, commitments, near misses. A pure function."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from commitments.letters import LetterKind, LetterRecord, Reading
from extraction.assembly import assemble
from extraction.commitments import judge_all
from extraction.deadlines import Anchor, DateMention, scan_dates
from extraction.folding import fold
from extraction.letter import read_record
from extraction.outline import Stance, place
from extraction.segments import Segment, cut
from extraction.traditional import is_traditional, simplify
from extraction.zones import find_zones

__all__ = ["NotALetter", "Reason", "read_letter"]


class Reason(StrEnum):
    """Why a text is no letter."""

    EMPTY = "empty"
    NOT_CHINESE = "not_chinese"
    NO_LETTER = "no_letter"


class NotALetter(ValueError):
    """The text is neither a reply nor a work plan; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def read_letter(text: str, *, replied_on: date | None = None) -> Reading:
    """Everything that one letter says; `replied_on` counts only where the letter itself shows no date."""
    folded = fold(text)
    if is_traditional(folded):
        folded = simplify(folded)
    zones = find_zones(folded)
    _refuse_what_is_no_letter(folded, opened=zones.opened)
    record = read_record(text, folded, zones)
    anchor = _anchor(record, replied_on, folded)
    segments = cut(folded, zones.body_start, zones.body_end)
    stance, lent = _whole_letter(record, segments, anchor)
    placed = place(segments, anchor, stance, lent)
    verdicts = judge_all(placed, anchor)
    return assemble(text, record, placed, verdicts, anchor)


_HAN = re.compile(r"[\u4e00-\u9fff]+")
_PLAN_SIGNS = re.compile(
    r"工作(?:计划|要点|安排|打算|方案|思路)|下一?步|力争|计划|确保|推进|实施|建议|提案|代表|委员|答复"
)
_PLAN_TITLE = re.compile(
    r"(?:^|\n)[^\n。，；：]{0,40}20\d\d年[^\n。，；：]{0,24}(?:工作要点|工作计划|工作安排|工作打算|重点工作)"
)
_LOOKED_AT = 5_000


def _refuse_what_is_no_letter(folded: str, *, opened: bool) -> None:
    start = folded[:_LOOKED_AT]
    written = len(start) - sum(map(start.count, " \n"))
    if not written:
        raise NotALetter(Reason.EMPTY)
    han = sum(map(len, _HAN.findall(start)))
    if han < 20 or han < 0.2 * written:
        raise NotALetter(Reason.NOT_CHINESE)
    if not opened and len(_PLAN_SIGNS.findall(start)) < 3 and not _PLAN_TITLE.search(start[:300]):
        raise NotALetter(Reason.NO_LETTER)


_YEAR = re.compile(r"(20\d\d)年")


def _anchor(record: LetterRecord, replied_on: date | None, folded: str) -> Anchor:
    """The day that relative words count from; a plan without a date begins with its year."""
    day = record.replied_on or replied_on or record.published_on
    if day:
        return Anchor(day, known=True)
    years = [int(year) for year in _YEAR.findall(folded)]
    year = max(set(years), key=years.count) if years else 2000
    if record.kind is LetterKind.WORK_PLAN:
        return Anchor(date(years[0] if years else year, 1, 1), known=bool(years))
    return Anchor(date(year, 6, 30), known=False)


_PLAN_OPENING = re.compile(r"将|计划|要点|打算|目标|安排|总体要求|总体思路")


def _whole_letter(record: LetterRecord, segments: list[Segment], anchor: Anchor) -> tuple[Stance, DateMention | None]:
    """A work plan looks forward from its first line, and its title or first sentence lends its year to all of it."""
    if record.kind is not LetterKind.WORK_PLAN:
        return Stance.MIXED, None
    for segment in segments[:6]:
        dates = scan_dates(segment.text, anchor.on)
        if dates and dates[0].rule in ("year", "within the year") and _PLAN_OPENING.search(segment.text):
            return Stance.FORWARD, dates[0]
    return Stance.FORWARD, None
