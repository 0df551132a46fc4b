"""How well a reply fits what a question says of it beside its number or its people."""

from __future__ import annotations

import re

from extraction.questions import Question
from storage.ledger.queries import ReplyHead

BODIES = {"delegate_suggestion": "人大", "cppcc_proposal": "政协"}
KINDS = {"建议": "delegate_suggestion", "提案": "cppcc_proposal"}
LEVEL = re.compile(r"[省市县区镇乡州]")
CONTRADICTS = -1.0


def how_well(question: Question, head: ReplyHead) -> float:
    """Higher fits better; below zero it cannot be meant."""
    if question.body and not _has_body(question.body, head):
        return CONTRADICTS
    fit = _level(question, head) + _session(question, head) + _names(question, head) + _title(question, head)
    if question.prefix and head.number:
        fit += 2 * (question.prefix in head.number)
    if question.kind:
        fit += 0.5 * (question.kind in (head.title or "") or KINDS[question.kind] == head.kind)
    return round(fit, 3)


def _has_body(body: str, head: ReplyHead) -> bool:
    said = f"{head.session or ''}{BODIES.get(head.kind, '')}"
    return body in said or not any(other in said for other in BODIES.values())


def _level(question: Question, head: ReplyHead) -> float:
    level = LEVEL.search(head.session or "")
    return 2.0 * (level is not None and level.group() == question.level)


def _session(question: Question, head: ReplyHead) -> float:
    if question.session is None or not head.session:
        return 0.0
    return 2.0 * all(part in head.session for part in question.session)


def _names(question: Question, head: ReplyHead) -> float:
    named = f"{head.unit or ''}{head.session or ''}"
    return 2.0 * any(place in named for place in question.places) + 2.0 * any(unit in named for unit in question.units)


def _title(question: Question, head: ReplyHead) -> float:
    words = [word for word in question.words if not word.optional]
    return sum(3 / len(words) for word in words if word.text in (head.title or ""))
