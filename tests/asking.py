"""The invented letters of tests/corpus/questions.toml in a ledger, and whether an answer is what the corpus expects."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from bot.answering import Answer
from commitments.letters import Deadline, DueBasis, FoundCommitment, LetterKind, LetterRecord, Reading
from commitments.people import Actor
from commitments.states import Role
from storage.engine import Database
from storage.ledger.replies import add_reply, confirm_reply

ADMIN = Actor("督查室", frozenset({Role.ADMIN}))


async def load_letters(database: Database, letters: list[dict[str, Any]]) -> dict[str, int]:
    """Load and confirm the letters, each on its own day; the reply's id by the letter's key."""
    return {letter["key"]: await _load(database, letter) for letter in letters}


async def _load(database: Database, letter: dict[str, Any]) -> int:
    now = datetime.combine(letter["replied_on"], time(1), tzinfo=UTC)
    reply = await add_reply(
        database, source=letter["key"], text=letter["text"], reading=_reading(letter), now=now, by=ADMIN
    )
    assert reply.id is not None
    await confirm_reply(database, reply.id, now=now, today=letter["replied_on"], by=ADMIN)
    return reply.id


def _reading(letter: dict[str, Any]) -> Reading:
    name, phone = letter["contact"]
    record = LetterRecord(
        kind=LetterKind(letter["kind"]),
        title=letter["title"],
        number=letter["number"],
        session=letter["session"],
        addressees=tuple(letter["addressees"]),
        organ=letter["organ"],
        replied_on=letter["replied_on"],
        document_no=letter.get("document_no"),
        contact_name=name or None,
        contact_phone=phone,
        disclosure=letter.get("disclosure"),
    )
    return Reading(record, tuple(_found(row, letter["text"]) for row in letter["commitments"]), (), False)


def _found(row: dict[str, Any], text: str) -> FoundCommitment:
    start, due_on = text.index(row["quote"]), row.get("due")
    return FoundCommitment(
        quote=row["quote"],
        start=start,
        end=start + len(row["quote"]),
        section=None,
        verifiable=True,
        deadline=Deadline(due_on, DueBasis.EXPLICIT if due_on else DueBasis.NONE),
        recurrence=None,
        targets=(),
        owner=row.get("owner"),
        cues=(),
        confidence=1.0,
    )


def judge(question: dict[str, Any], answer: Answer) -> bool:
    """Whether the answer is right as the question's `reply`, `top`, `set` or `none` says."""
    shown = [f"{view.reply.source}.{view.position}" for view in answer.commitments]
    if question.get("none"):
        return not shown and not answer.replies
    if "reply" in question:
        return bool(answer.replies) and answer.replies[0].source == question["reply"]
    if "top" in question:
        return shown[:1] != [] and shown[0] in question["top"]
    return _f1(set(shown), set(question["set"])) >= 0.8


def _f1(shown: set[str], expected: set[str]) -> float:
    return 2 * len(shown & expected) / (len(shown) + len(expected)) if shown or expected else 1.0
