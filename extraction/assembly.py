"""Puts a reading together: cuts what was taken into commitments, gives each its fields, keeps what nearly was one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from commitments.letters import DueBasis, FoundCommitment, LetterRecord, Reading
from extraction.commitments import Verdict
from extraction.confidence import Around, rate, rate_near_miss, signs_of_left, signs_of_taken
from extraction.cues import Cue, Weight, find_cues
from extraction.deadlines import Anchor, DateMention, to_deadline, undated, vague_words
from extraction.evidence import DEMANDS
from extraction.outline import Placed
from extraction.owners import unless_answering
from extraction.recurrence import find_recurrence
from extraction.splitting import Part, split
from extraction.targets import find_targets
from extraction.verifiable import is_verifiable


def assemble(
    text: str, record: LetterRecord, placed: list[Placed], verdicts: list[Verdict | None], anchor: Anchor
) -> Reading:
    """The reading of one letter from its judged segments; `text` is the letter as it was given."""
    desk = _Desk(text, record, anchor)
    taken = [False, *(verdict is not None and verdict.taken for verdict in verdicts), False]
    last = max((spot.paragraph for spot in placed), default=0) or 1
    for spot, verdict, behind, before in zip(placed, verdicts, taken, taken[2:], strict=False):
        desk.take(spot, verdict, Around(behind, before, spot.paragraph / last))
    return Reading(record, tuple(desk.found), tuple(desk.near), desk.relative)


# What is always done, or hangs on an event, has no day from the sentence beside it.
_STANDING = re.compile(r"始终|一直|长期|常年")
_HANGS_ON_EVENT = re.compile(r"待|收到|汛期|.*任期内|.{2,20}后")
_ONE_THOUGHT = 80
_OUT_OF_THE_QUESTION = 0.95  # thanks, closings, requests
_WAITS = re.compile(r"待[^，。；]{2,24}后")


# 市X院年内招聘12名；争取明年取得资质: still the same unit.
_GOES_ON = re.compile(
    r"(?:并|再)?(?:争取|力争|确保)?(?:到|于)?(?:\d{1,4}[年月]|[今明]年|年底|年内|同步|完成|取得|建成)|争取|力争|确保"
)


@dataclass(slots=True)
class _Desk:
    text: str
    record: LetterRecord
    anchor: Anchor
    found: list[FoundCommitment] = field(default_factory=list)
    near: list[FoundCommitment] = field(default_factory=list)
    relative: bool = False
    _sentence: int = -1
    _carried: DateMention | None = None
    _acting: str | None = None
    """The unit that the sentence named last."""

    def take(self, spot: Placed, verdict: Verdict | None, around: Around) -> None:
        """One segment after the other: day and unit carry over from the one before in the same sentence."""
        if spot.segment.sentence != self._sentence or spot.segment.level:
            self._sentence, self._carried, self._acting = spot.segment.sentence, None, None
        if verdict is None:
            return
        if not verdict.taken:
            self._keep_near_miss(spot, verdict, around)
            return
        for part in self._with_units(split(spot.segment.text, verdict.dates, self.record.organ), spot.segment.text):
            if _only_reports(spot.segment.text, part, verdict.cues):
                continue
            mention, basis = self._day_of(spot, part, half_done=any(cue.name == "已" for cue in verdict.cues))
            if part.date:
                self._carried = None if _closes(spot.segment.text, part) else part.date
            self.relative = self.relative or (mention is not None and mention.relative)
            words = spot.segment.text[part.start : part.end]
            inherits = basis is DueBasis.INHERITED
            signs = signs_of_taken(spot, verdict, part, words, inherits=inherits, around=around)
            self.found.append(self._commitment(spot, verdict, part, mention, basis, rate(signs)))

    def _with_units(self, parts: list[Part], text: str) -> Iterator[Part]:
        """The parts; one that begins with what is done or when has the unit of the one before it."""
        for part in parts:
            if part.unit is None and part.start == 0 and self._acting and _GOES_ON.match(text):
                part = part._replace(unit=self._acting)
            self._acting = part.unit
            yield part

    def _keep_near_miss(self, spot: Placed, verdict: Verdict, around: Around) -> None:
        if verdict.sureness >= _OUT_OF_THE_QUESTION:
            return
        whole = Part(0, len(spot.segment.text), verdict.dates[-1] if verdict.dates else None, None)
        mention, basis = self._day_of(spot, whole)
        inherits = basis is DueBasis.INHERITED
        confidence = rate_near_miss(signs_of_left(spot, verdict, inherits=inherits, around=around))
        if confidence is not None:
            self.near.append(self._commitment(spot, verdict, whole, mention, basis, confidence))

    def _day_of(self, spot: Placed, part: Part, *, half_done: bool = False) -> tuple[DateMention | None, DueBasis]:
        if part.date:
            return part.date, DueBasis.EXPLICIT
        words = spot.segment.text[part.start : part.end]
        vague = vague_words(words)
        if _STANDING.search(words) or _WAITS.search(words) or (vague and _HANGS_ON_EVENT.match(vague)):
            return None, DueBasis.NONE
        if self._carried and not vague and not half_done and not find_recurrence(words):
            return self._carried, DueBasis.INHERITED
        return (spot.due, DueBasis.INHERITED) if spot.due else (None, DueBasis.NONE)

    def _commitment(
        self,
        spot: Placed,
        verdict: Verdict,
        part: Part,
        mention: DateMention | None,
        basis: DueBasis,
        confidence: float,
    ) -> FoundCommitment:
        start, end = spot.segment.start + part.start, spot.segment.start + part.end
        words = spot.segment.text[part.start : part.end]
        targets = find_targets(words)
        deadline = to_deadline(mention, self.anchor, basis) if mention else undated(words)
        return FoundCommitment(
            quote=self.text[start:end].strip(" \u3000，,、"),
            start=start,
            end=end,
            section=spot.section,
            verifiable=is_verifiable(words, has_targets=bool(targets), has_own_date=_can_be_checked(part.date, words)),
            deadline=deadline,
            recurrence=find_recurrence(words),
            targets=targets,
            owner=part.unit or (unless_answering(spot.owner, self.record.organ) if spot.owner else None),
            cues=_cues(verdict, part),
            confidence=confidence,
        )


def _closes(text: str, part: Part) -> bool:
    """True where a last clause forecasts the day (方案已完成论证，预计三季度出台): it covers nothing after it."""
    comma = text.rfind("，", part.start, part.end)
    return part.date is not None and comma > part.start and "预计" in text[comma : part.date.start]


def _only_reports(text: str, part: Part, said: tuple[Cue, ...]) -> bool:
    """True for a part cut off at a comma that says only what is done, refused, asked for or demanded from above."""
    if part.end - part.start == len(text):
        return False
    if part.date and not any(cue.name in DEMANDS for cue in said):
        return False
    cues = find_cues(text[part.start : part.end])
    weights = {cue.weight for cue in cues}
    against = any(cue.name in DEMANDS for cue in cues) if part.date else weights & {Weight.DONE, Weight.UNLESS_PROMISED}
    return bool(against) and not weights & {Weight.STRONG, Weight.MEDIUM}


def _can_be_checked(mention: DateMention | None, words: str) -> bool:
    """A day of its own; a bare year only where it is not the year of a whole programme."""
    return mention is not None and (mention.rule != "year" or len(words) <= _ONE_THOUGHT)


def _cues(verdict: Verdict, part: Part) -> tuple[str, ...]:
    """The deciding rule first, then the words in this part that spoke for or against."""
    weights = (Weight.STRONG, Weight.MEDIUM) if verdict.taken else tuple(Weight)
    words = [cue.words for cue in verdict.cues if cue.weight in weights and part.start <= cue.start < part.end]
    dates = [mention.text for mention in verdict.dates if part.start <= mention.start < part.end]
    return tuple(dict.fromkeys([verdict.rule, *words, *dates]))
