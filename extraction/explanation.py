"""A letter marked up for a person: every passage in order, with what the reader made of it and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from commitments.letters import Comparison, FoundCommitment, Reading, Recurrence, Target
from extraction.folding import fold
from extraction.zones import find_zones


class PassageKind(StrEnum):
    """What a stretch of the letter is to the reader."""

    HEAD = "head"
    HEADING = "heading"
    TEXT = "text"
    COMMITMENT = "commitment"
    NEAR_MISS = "near_miss"
    TAIL = "tail"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the letter as it stands, and notes in Chinese; all passages together are the whole letter."""

    kind: PassageKind
    text: str
    notes: tuple[str, ...] = ()


_COMPARISONS = {
    Comparison.AT_LEAST: "不少于",
    Comparison.AT_MOST: "不超过",
    Comparison.EQUAL: "",
    Comparison.MORE_THAN: "超过",
    Comparison.LESS_THAN: "少于",
    Comparison.ABOUT: "约",
}
_RHYTHMS = {Recurrence.YEARLY: "每年", Recurrence.QUARTERLY: "每季度", Recurrence.MONTHLY: "每月"}


def explain(reading: Reading, text: str) -> list[Passage]:
    """The letter's passages in order; `text` is the text that was read."""
    zones = find_zones(fold(text))
    marks = sorted(
        [(item.start, item.end, PassageKind.COMMITMENT, item) for item in reading.commitments]
        + [(item.start, item.end, PassageKind.NEAR_MISS, item) for item in reading.near_misses],
        key=lambda mark: mark[:2],
    )
    passages = [Passage(PassageKind.HEAD, text[: zones.body_start])]
    at = zones.body_start
    for start, end, kind, item in marks:
        if start < at:
            continue
        passages += _between(text[at:start], reading)
        notes = _taken_notes(item) if kind is PassageKind.COMMITMENT else _left_notes(item)
        passages.append(Passage(kind, text[start:end], notes))
        at = end
    passages += _between(text[at : zones.body_end], reading)
    passages.append(Passage(PassageKind.TAIL, text[zones.body_end :]))
    return [passage for passage in passages if passage.text]


def _between(text: str, reading: Reading) -> list[Passage]:
    sections = {item.section for item in (*reading.commitments, *reading.near_misses) if item.section}
    found: list[Passage] = []
    for line in text.splitlines(keepends=True):
        heading = any(section in fold(line) for section in sections) and len(line) < 60
        found.append(Passage(PassageKind.HEADING if heading else PassageKind.TEXT, line))
    return found


def _taken_notes(item: FoundCommitment) -> tuple[str, ...]:
    deadline = item.deadline
    notes = [f"线索：{'、'.join(item.cues)}"]
    if deadline.derivation:
        notes.append(f"期限：{deadline.derivation}")
    else:
        notes.append(f"期限：未写明{f'（{deadline.text}）' if deadline.text else ''}")
    if item.recurrence:
        notes.append(f"周期：{_RHYTHMS[item.recurrence]}")
    notes += [f"指标：{_target(target)}" for target in item.targets]
    if item.owner:
        notes.append(f"责任：{item.owner}")
    notes.append(f"{'可核查' if item.verifiable else '难核查'}，把握{item.confidence:.0%}")
    return tuple(notes)


def _target(target: Target) -> str:
    return f"{target.metric} {_COMPARISONS[target.comparison]}{target.value:g}{target.unit}".replace("  ", " ")


def _left_notes(item: FoundCommitment) -> tuple[str, ...]:
    reason, *words = item.cues
    because = f"（{'、'.join(words)}）" if words else ""
    return (f"未列为承诺：{reason}{because}，可能性{item.confidence:.0%}",)
