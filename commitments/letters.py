"""What is read in one reply letter: the letter record, its commitments and where each field came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

PUBLIC = frozenset({"主动公开", "此件主动公开", "此件公开发布", "全文公开"})
"""What a letter says of itself (公开方式) when everybody may read it."""


class LetterKind(StrEnum):
    DELEGATE_SUGGESTION = "delegate_suggestion"
    CPPCC_PROPOSAL = "cppcc_proposal"
    WORK_PLAN = "work_plan"
    OTHER = "other"
    """An opinion addressed to another bureau (会办意见)."""


class DueBasis(StrEnum):
    EXPLICIT = "explicit"
    INHERITED = "inherited"
    NONE = "none"


class Recurrence(StrEnum):
    YEARLY = "yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"


class Comparison(StrEnum):
    """How a measured value must stand to the promised one."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="
    MORE_THAN = ">"
    LESS_THAN = "<"
    ABOUT = "~"


@dataclass(frozen=True, slots=True)
class Target:
    """A countable result that is promised; `value` is in `unit` as the letter writes it (万亩, 亿元, %)."""

    metric: str
    comparison: Comparison
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which a commitment can still be kept, and how that day was read.

    `text` holds the letter's words, `rule` names the row that read them, `derivation` says it in one Chinese sentence.
    """

    due_on: date | None = None
    basis: DueBasis = DueBasis.NONE
    text: str | None = None
    rule: str | None = None
    derivation: str | None = None


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """Who answers whom about what; a field that the letter does not give is None or empty, never guessed."""

    kind: LetterKind = LetterKind.OTHER
    title: str | None = None
    number: str | None = None
    session: str | None = None
    addressees: tuple[str, ...] = ()
    organ: str | None = None
    co_organs: tuple[str, ...] = ()
    replied_on: date | None = None
    published_on: date | None = None
    category: str | None = None
    document_no: str | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    disclosure: str | None = None
    """公开方式 as written, for example 主动公开."""


@dataclass(frozen=True, slots=True)
class FoundCommitment:
    """One commitment as the reader found it; `start` and `end` are the quote's offsets in the letter's text."""

    quote: str
    start: int
    end: int
    section: str | None
    verifiable: bool
    deadline: Deadline
    recurrence: Recurrence | None
    targets: tuple[Target, ...]
    owner: str | None
    cues: tuple[str, ...]
    """The words and rules that made it a commitment."""
    confidence: float
    """How sure the reader is, 0..1."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one letter says: its record, its commitments in order, and the segments that nearly were some."""

    letter: LetterRecord
    commitments: tuple[FoundCommitment, ...]
    near_misses: tuple[FoundCommitment, ...]
    relative_dates: bool
    """True when some due date depends on the letter's own date (年内, 明年), so a missing date must be asked for."""
