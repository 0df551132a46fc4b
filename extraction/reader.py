"""Reads one letter from its plain text: letter record, commitments, near misses. A pure function."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from commitments.letters import Deadline, DueBasis, FoundCommitment, LetterKind, LetterRecord, Reading
from extraction.commitments import Surroundings, Verdict, judge
from extraction.confidence import confidence
from extraction.cues import Weight
from extraction.deadlines import inherit, scan_dates, to_deadline, vague_words
from extraction.folding import fold
from extraction.letter import read_record
from extraction.outline import Placed, Stance, place
from extraction.recurrence import find_recurrence
from extraction.segments import Segment, cut
from extraction.splitting import Part, split
from extraction.targets import find_targets
from extraction.verifiable import is_verifiable
from extraction.zones import find_zones

__all__ = ["NotALetter", "Reason", "read_letter"]


class Reason(StrEnum):
    """Why a text is no letter."""

    EMPTY = "empty"
    NOT_CHINESE = "not_chinese"
    NO_LETTER = "no_letter"


class NotALetter(ValueError):  # noqa: N818 - the name is what callers read
    """The text is neither a reply nor a work plan; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def read_letter(text: str, *, replied_on: date | None = None) -> Reading:
    """Everything that one letter says; `replied_on` counts only where the letter itself shows no date."""
    folded = fold(text)
    zones = find_zones(folded)
    record = read_record(text, folded, zones)
    _check(folded, zones.opened)
    anchor = record.replied_on or replied_on or record.published_on or _guess(folded)
    known = bool(record.replied_on or replied_on or record.published_on)
    segments = cut(folded, zones.body_start, zones.body_end)
    root, root_due = _root(record, segments, anchor)
    placed = place(segments, anchor, root, root_due)
    verdicts = _judge_all(placed, anchor)
    found = _collect(text, placed, verdicts, anchor, record)
    near = _near_misses(text, placed, verdicts, anchor, record)
    relative = any(v.taken and any(m.relative for m in v.dates) for v in verdicts if v)
    del known
    return Reading(record, tuple(found), tuple(near), relative)


_HAN = re.compile(r"[\u4e00-\u9fff]")
_PLAN_SIGNS = re.compile(
    r"工作(?:计划|要点|安排|打算|方案|思路)|下一?步|将|力争|计划|确保|推进|实施|建议|提案|代表|委员"
)


def _check(folded: str, opened: bool) -> None:
    if not folded.strip():
        raise NotALetter(Reason.EMPTY)
    han = len(_HAN.findall(folded[:20000]))
    if han < 20 or han < 0.2 * len(folded[:20000].replace(" ", "").replace("\n", "")):
        raise NotALetter(Reason.NOT_CHINESE)
    if not opened and len(_PLAN_SIGNS.findall(folded[:20000])) < 3:
        raise NotALetter(Reason.NO_LETTER)


def _guess(folded: str) -> date:
    years = [int(year) for year in re.findall(r"20\d\d(?=年)", folded)]
    return date(max(set(years), key=years.count) if years else 2000, 6, 30)


_PLAN_OPENING = re.compile(r"将|计划|要点|打算|目标")


def _root(record: LetterRecord, segments: list[Segment], anchor: date) -> tuple[Stance, Deadline | None]:
    if record.kind is not LetterKind.WORK_PLAN:
        return Stance.MIXED, None
    for segment in segments[:6]:
        dates = scan_dates(segment.text, anchor)
        if dates and dates[0].rule in ("year", "within the year") and _PLAN_OPENING.search(segment.text):
            return Stance.FORWARD, to_deadline(dates[0], anchor)
    return Stance.FORWARD, None


def _judge_all(placed: list[Placed], anchor: date) -> list[Verdict | None]:
    alone = Surroundings(sentence_promises=False, paragraph_promises=False)
    first = [None if spot.heading else judge(spot, alone, anchor) for spot in placed]
    promising = {spot.segment.sentence for spot, v in zip(placed, first, strict=True) if v and v.taken}
    verdicts: list[Verdict | None] = []
    turned, paragraph = False, -1
    for spot, verdict in zip(placed, first, strict=True):
        if spot.paragraph != paragraph:
            turned, paragraph = False, spot.paragraph
        if verdict and not verdict.taken and verdict.rule == "现状":
            around = Surroundings(spot.segment.sentence in promising, turned)
            verdict = judge(spot, around, anchor)
        if verdict and verdict.taken:
            turned = True
        elif verdict and any(cue.weight is Weight.DONE for cue in verdict.cues):
            turned = False
        verdicts.append(verdict)
    return verdicts


def _collect(
    text: str, placed: list[Placed], verdicts: list[Verdict | None], anchor: date, record: LetterRecord
) -> list[FoundCommitment]:
    found: list[FoundCommitment] = []
    sentence, carried = -1, None
    for spot, verdict in zip(placed, verdicts, strict=True):
        segment = spot.segment
        if segment.sentence != sentence or segment.level:
            sentence, carried = segment.sentence, None
        if verdict is None or not verdict.taken:
            continue
        for part in split(segment.text, verdict.dates, record.organ):
            item = _commitment(text, spot, verdict, part, carried, anchor)
            found.append(item)
            if item.deadline.due_on and item.deadline.basis is DueBasis.EXPLICIT:
                carried = item.deadline
    return found


_STANDING = re.compile(r"始终|一直|长期|常年")


def _deadline(spot: Placed, part: Part, text: str, carried: Deadline | None, anchor: date) -> Deadline:
    if part.date:
        return to_deadline(part.date, anchor)
    vague = vague_words(text)
    if (vague and re.match(r"待|收到|.*后", vague)) or _STANDING.search(text):
        return Deadline(text=vague)
    if carried:
        return inherit(carried)
    if spot.due:
        return inherit(spot.due)
    return Deadline(text=vague)


def _commitment(
    text: str, spot: Placed, verdict: Verdict, part: Part, carried: Deadline | None, anchor: date
) -> FoundCommitment:
    start, end = spot.segment.start + part.start, spot.segment.start + part.end
    words = spot.segment.text[part.start : part.end]
    deadline = _deadline(spot, part, words, carried, anchor)
    targets = find_targets(words)
    own_day = part.date is not None and part.date.rule not in ("year",)
    return FoundCommitment(
        quote=text[start:end].strip(" \u3000，,、"),
        start=start,
        end=end,
        section=spot.section,
        verifiable=is_verifiable(words, has_targets=bool(targets), has_own_date=own_day),
        deadline=deadline,
        recurrence=find_recurrence(words),
        targets=targets,
        owner=part.unit,
        cues=(verdict.rule, *(cue.words for cue in verdict.cues if cue.weight in (Weight.STRONG, Weight.MEDIUM))),
        confidence=confidence(verdict),
    )


def _near_misses(
    text: str, placed: list[Placed], verdicts: list[Verdict | None], anchor: date, record: LetterRecord
) -> list[FoundCommitment]:
    near = []
    for spot, verdict in zip(placed, verdicts, strict=True):
        if verdict is None or verdict.taken or verdict.sureness > 0.8:
            continue
        whole = Part(0, len(spot.segment.text), None, None)
        near.append(_commitment(text, spot, verdict, whole, None, anchor))
    return near
