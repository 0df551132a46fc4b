"""Readings made by hand, so that the ledger's tests need no reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from commitments.letters import Deadline, DueBasis, FoundCommitment, LetterKind, LetterRecord, Reading
from commitments.people import Actor
from commitments.states import Role
from storage.engine import Database
from storage.ledger.replies import Given, add_reply, confirm_reply
from storage.tables import Reply

NOW = datetime(2024, 7, 8, 1, 0, tzinfo=UTC)
TODAY = date(2024, 7, 8)
CLERK = Actor("王芷", frozenset({Role.ADMIN}), 9)
LETTER = LetterRecord(
    kind=LetterKind.DELEGATE_SUGGESTION,
    title="关于加快建设科技企业孵化器的建议",
    number="第57号",
    session="市十七届人大四次会议",
    addressees=("陈书宁", "何青禾"),
    organ="澄湾市科学技术局",
    replied_on=date(2024, 6, 18),
    contact_name="周明远",
    contact_phone="139 0000 0026",
)


def found(quote: str, due_on: date | None = None, confidence: float = 0.9) -> FoundCommitment:
    basis = DueBasis.EXPLICIT if due_on else DueBasis.NONE
    deadline = Deadline(due_on, basis, str(due_on) if due_on else None, "by hand")
    return FoundCommitment(quote, 0, len(quote), None, True, deadline, None, (), None, (), confidence)


READING = Reading(
    letter=LETTER,
    commitments=(found("办法2024年10月31日前印发", date(2024, 10, 31)), found("进一步优化服务")),
    near_misses=(found("持续推进各项工作", confidence=0.3),),
    relative_dates=True,
)


def reading_of(**letter: object) -> Reading:
    """The same commitments in a letter with other fields."""
    return replace(READING, letter=replace(LETTER, **letter))  # type: ignore[arg-type]


async def load(database: Database, reading: Reading = READING, text: str = "全文", **given: object) -> Reply:
    return await add_reply(
        database,
        source="答复.txt",
        text=text,
        reading=reading,
        given=Given(**given),  # type: ignore[arg-type]
        now=NOW,
        by=CLERK,
    )


async def load_and_confirm(database: Database, reading: Reading = READING, text: str = "全文") -> Reply:
    reply = await load(database, reading, text)
    await confirm_reply(database, reply.id or 0, now=NOW, today=TODAY, by=CLERK)
    return reply
