"""Questions that lean on the one before: 那第二个呢？ 什么时候到期？ 那教育局呢？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from extraction.names import Lexicon
from extraction.question_rules import Intent
from extraction.questions import Question, read_question

WHO = (
    "number",
    "year",
    "prefix",
    "document_no",
    "session",
    "body",
    "level",
    "people",
    "contacts",
    "phone",
    "units",
    "places",
)
WHOSE = (*WHO, "mine", "ours", "kind")
HOW = ("overdue", "due", "undated", "done", "rate")
SILENT = (Intent.STATUS, Intent.LIST, Intent.UNKNOWN)
"""Intents that a question without words of its own falls into; the question before says more."""


def resume(previous: Question, question: Question) -> Question:
    """The question before with what the new one says otherwise: 那教育局呢 after 卫健局逾期的有哪些."""
    changes: dict[str, Any] = {}
    for group in (WHOSE, HOW, ("period",), ("words",)):
        if any(getattr(question, name) for name in group):
            changes |= {name: getattr(question, name) for name in group}
    silent = question.intent in SILENT or (question.intent is Intent.DUE and not question.due)
    intent = previous.intent if silent else question.intent
    return replace(previous, text=question.text, intent=intent, unknown=question.unknown, **changes)


def read_thread(texts: Sequence[str], *, lexicon: Lexicon, today: date) -> Question:
    """What the last of some questions means after those before it."""
    first, *later = (read_question(text, lexicon=lexicon, today=today) for text in texts)
    whole = first
    for question in later:
        whole = resume(whole, question) if question.leans else question
    return whole
