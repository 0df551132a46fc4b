"""A reading as plain data for programs; the marked-up view for people stands beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

from commitments.letters import FoundCommitment, LetterRecord, Reading, Target
from extraction.explanation import Passage, PassageKind, explain

__all__ = ["Passage", "PassageKind", "explain", "to_json"]


def to_json(reading: Reading, file: str) -> dict[str, Any]:
    """One JSON object a letter: its record, its commitments and its near misses, dates as YYYY-MM-DD."""
    return {
        "file": file,
        "letter": _letter(reading.letter),
        "commitments": [_commitment(item) for item in reading.commitments],
        "near_misses": [_commitment(item) for item in reading.near_misses],
        "relative_dates": reading.relative_dates,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _letter(letter: LetterRecord) -> dict[str, Any]:
    return {
        "kind": letter.kind.value,
        "title": letter.title,
        "number": letter.number,
        "session": letter.session,
        "addressees": list(letter.addressees),
        "organ": letter.organ,
        "co_organs": list(letter.co_organs),
        "reply_date": _day(letter.replied_on),
        "published": _day(letter.published_on),
        "category": letter.category,
        "document_no": letter.document_no,
        "contact_name": letter.contact_name,
        "contact_phone": letter.contact_phone,
        "disclosure": letter.disclosure,
    }


def _commitment(item: FoundCommitment) -> dict[str, Any]:
    return {
        "quote": item.quote,
        "section": item.section,
        "verifiable": item.verifiable,
        "due": _day(item.deadline.due_on),
        "due_basis": item.deadline.basis.value,
        "due_text": item.deadline.text,
        "recurrence": item.recurrence.value if item.recurrence else None,
        "targets": [_target(target) for target in item.targets],
        "owner": item.owner,
        "confidence": item.confidence,
        "rule": item.deadline.rule,
        "derivation": item.deadline.derivation,
        "cues": list(item.cues),
    }


def _target(target: Target) -> dict[str, Any]:
    value = int(target.value) if target.value.is_integer() else target.value
    return {"metric": target.metric, "op": target.comparison.value, "value": value, "unit": target.unit}
