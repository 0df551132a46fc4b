"""The rows of the ledger, their constraints and indexes. Enums are stored as their words, instants as aware UTC."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from commitments.states import CommitmentState, OutgoingState, Rank, ReplyState, RequestState

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING
# Rows are not validated (that happens at the border), so no validators are built for them.
SQLModel.model_config["defer_build"] = True

Json = dict[str, Any]


def _bound(table: str) -> Index:
    """Over those who are bound: SQLite's statistics count the unbound too and make it read the whole table instead."""
    return Index(f"ix_{table}_chat_id", "chat_id", sqlite_where=text("chat_id IS NOT NULL"))


def _chat_id(**options: Any) -> Any:
    """A Telegram id: up to 52 bits, so a 32-bit integer would cut it."""
    return Field(sa_type=BigInteger, **options)


class Account(SQLModel, table=True):
    """Somebody who has pressed start; in a private chat the chat's id is the person's id."""

    chat_id: int = _chat_id(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str
    reachable: bool = True
    wants_week: bool = False
    """A delegate who wants a digest of the own commitments every week."""
    first_seen_at: datetime
    last_seen_at: datetime


class Unit(SQLModel, table=True):
    """An organ that promises."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)


class UnitAlias(SQLModel, table=True):
    """Another name of a unit, as an admin says: 市科技局 for 澄湾市科学技术局."""

    __tablename__ = "unit_alias"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    alias: str = Field(unique=True)


class Contact(SQLModel, table=True):
    """The person of a unit who is reminded; bound when chat_id is known."""

    __table_args__ = (UniqueConstraint("unit_id", "name", "phone", name="uq_contact_person"), _bound("contact"))

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    name: str = ""
    phone: str = Field(default="", index=True)
    """Digits only, without the country's 86; empty when the letter gives none."""
    rank: str = Rank.CONTACT
    chat_id: int | None = _chat_id(default=None)
    bound_at: datetime | None = None
    left_at: datetime | None = None
    """Since when somebody else does this person's work."""


class Delegate(SQLModel, table=True):
    """Who asked: a delegate, a member or a group of members."""

    __table_args__ = (_bound("delegate"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    chat_id: int | None = _chat_id(default=None)
    bound_at: datetime | None = None


class DelegateMember(SQLModel, table=True):
    """Who belongs to a group (代表团, 党派); the group sees what answers its members."""

    __tablename__ = "delegate_member"

    group_id: int = Field(foreign_key="delegate.id", primary_key=True)
    member_id: int = Field(foreign_key="delegate.id", primary_key=True, index=True)


class Reply(SQLModel, table=True):
    """One answer letter with its letter record; the text is kept as it was loaded."""

    id: int | None = Field(default=None, primary_key=True)
    source: str
    text: str = Field(sa_type=Text)
    text_sha256: str = Field(unique=True)
    state: str = Field(default=ReplyState.DRAFT, index=True)
    kind: str
    title: str | None = None
    number: str | None = Field(default=None, index=True)
    session: str | None = None
    organ: str | None = None
    co_organs: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    addressees: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    replied_on: date | None = None
    date_given_by_loader: bool = False
    published_on: date | None = None
    category: str | None = None
    document_no: str | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    disclosure: str | None = None
    relative_dates: bool = False
    near_misses: list[Json] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    loaded_at: datetime
    loaded_by: str


class ReplyDelegate(SQLModel, table=True):
    """Whom a reply answers, in the letter's order."""

    __tablename__ = "reply_delegate"

    reply_id: int = Field(foreign_key="reply.id", primary_key=True)
    delegate_id: int = Field(foreign_key="delegate.id", primary_key=True, index=True)
    position: int = 0


class Commitment(SQLModel, table=True):
    """One promise of a reply, the unit that is tracked."""

    __table_args__ = (
        UniqueConstraint("reply_id", "position", name="uq_commitment_position"),
        Index("ix_commitment_due", "state", "due_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    reply_id: int = Field(foreign_key="reply.id")
    position: int
    quote: str = Field(sa_type=Text)
    section: str | None = None
    verifiable: bool = False
    due_on: date | None = None
    due_basis: str = "none"
    due_text: str | None = None
    due_rule: str | None = None
    derivation: str | None = None
    original_due_on: date | None = None
    """The letter's own date; due_on differs from it only by a decision."""
    recurrence: str | None = Field(default=None, index=True)
    renews_id: int | None = Field(default=None, foreign_key="commitment.id", unique=True)
    """The commitment of the period before, of what comes due every year, quarter or month."""
    targets: list[Json] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    owner: str | None = None
    cues: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    confidence: float = 1.0
    state: str = CommitmentState.DRAFT
    reviewed: bool = False
    opened_on: date | None = None
    pending: str | None = None
    """The kind of the request that the admins have not decided yet; until then nobody is reminded."""
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    """Who answers for it, where that is no longer the unit of the reply."""
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    merged_into_id: int | None = Field(default=None, foreign_key="commitment.id")
    """The commitment that goes on for it."""
    reporter_id: int | None = _chat_id(default=None)
    """Who reported it done: somebody else must close it."""
    last_report_at: datetime | None = None
    closed_at: datetime | None = Field(default=None, index=True)
    redone: int = 0
    """How often it was opened again because its delegate was not satisfied."""
    looked_back_on: date | None = None
    """When both sides were asked how the closed commitment has lasted."""
    version: int = 1
    """Counts the changes, so that whoever acts on an older card is shown the newer one first."""


class Event(SQLModel, table=True):
    """What happened, who did it and when; rows are only ever added."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    verb: str
    actor_id: int | None = _chat_id(default=None)
    actor: str
    reply_id: int | None = Field(default=None, foreign_key="reply.id", index=True)
    commitment_id: int | None = Field(default=None, foreign_key="commitment.id", index=True)
    before: Json | None = Field(default=None, sa_column=Column(JSON))
    after: Json | None = Field(default=None, sa_column=Column(JSON))
    note: str | None = Field(default=None, sa_type=Text)
    sha256: str = ""
    """Over the event before and all of this one: no event can be changed or left out unnoticed."""


class Evidence(SQLModel, table=True):
    """A photo, document or link that came with a report: Telegram's file and our own copy by its SHA-256."""

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    commitment_id: int = Field(foreign_key="commitment.id", index=True)
    kind: str
    file_id: str
    file_name: str
    size_bytes: int
    sha256: str | None = None
    """None when the file was too large to be copied; Telegram still has it."""
    album: str | None = Field(default=None, index=True)
    """The files of an album come as messages of their own and belong to one report."""


class Request(SQLModel, table=True):
    """What an official asks for (another date, another unit, no longer to be tracked) and what became of it."""

    id: int | None = Field(default=None, primary_key=True)
    commitment_id: int = Field(foreign_key="commitment.id", index=True)
    kind: str
    state: str = Field(default=RequestState.PENDING, index=True)
    wished_on: date | None = None
    wished_unit: str | None = None
    reason: str = Field(sa_type=Text)
    asked_by: int = _chat_id()
    asked_by_name: str
    asked_at: datetime
    decided_at: datetime | None = None
    answer: str | None = Field(default=None, sa_type=Text)


class Rating(SQLModel, table=True):
    """What the delegate who asked says of a closed commitment; `handling` is 0 for the first, 1 for the second."""

    __table_args__ = (UniqueConstraint("commitment_id", "delegate_id", "handling", name="uq_rating_once"),)

    id: int | None = Field(default=None, primary_key=True)
    commitment_id: int = Field(foreign_key="commitment.id", index=True)
    delegate_id: int = Field(foreign_key="delegate.id")
    handling: int = 0
    value: str
    reason: str | None = Field(default=None, sa_type=Text)
    rated_at: datetime


class Invite(SQLModel, table=True):
    """A one-time link; only the hash of its code is kept."""

    id: int | None = Field(default=None, primary_key=True)
    code_sha256: str = Field(unique=True)
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    delegate_id: int | None = Field(default=None, foreign_key="delegate.id")
    created_by: int = _chat_id()
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    used_by: int | None = _chat_id(default=None)


class Card(SQLModel, table=True):
    """A message of ours that can be answered: what it is about and what an answer to it means."""

    __table_args__ = (Index("ix_card_open", "chat_id", "asks", "answered_at", "message_id"),)

    chat_id: int = _chat_id(primary_key=True, sa_column_kwargs={"autoincrement": False})
    message_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    about: str
    """What an answer does: report, send_back_reason, reply_date, unit, due_date …"""
    reply_id: int | None = Field(default=None, foreign_key="reply.id")
    commitment_ids: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    params: Json = Field(default_factory=dict, sa_column=Column(JSON, nullable=False, server_default="{}"))
    """What was chosen before the question: a date, a unit, the version of the commitment that was shown."""
    sent_at: datetime
    asks: bool = False
    """True for a question of ours: the next words in this chat are its answer, even when they quote nothing."""
    answered_at: datetime | None = None


class Follow(SQLModel, table=True):
    """Somebody wants to hear of a commitment's changes."""

    chat_id: int = _chat_id(primary_key=True, sa_column_kwargs={"autoincrement": False})
    commitment_id: int = Field(foreign_key="commitment.id", primary_key=True, index=True)
    followed_at: datetime


class Dialogue(SQLModel, table=True):
    """What a follow-up question in a chat may lean on."""

    chat_id: int = _chat_id(primary_key=True, sa_column_kwargs={"autoincrement": False})
    thread: Json = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    at: datetime


class LetterPart(SQLModel, table=True):
    """A piece of a letter that Telegram cut at 4,096 characters, until the rest has come."""

    __tablename__ = "letter_part"

    chat_id: int = _chat_id(primary_key=True, sa_column_kwargs={"autoincrement": False})
    message_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    text: str = Field(sa_type=Text)
    received_at: datetime


class Outgoing(SQLModel, table=True):
    """What is to be said to whom; it is worded only when it is sent."""

    __table_args__ = (Index("ix_outgoing_next", "state", "priority", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = _chat_id(index=True)
    kind: str
    params: Json = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    key: str | None = Field(default=None, unique=True)
    """The same fact is said to the same person once: a second row with this key is not added."""
    priority: int = 10
    created_at: datetime
    not_before: datetime
    state: str = OutgoingState.WAITING
    attempts: int = 0
    maybe_repeated: bool = False
    """A process died between Telegram's answer and our record, so it may be said a second time."""
    claimed_at: datetime | None = None
    sent_at: datetime | None = None
    message_id: int | None = None
    error: str | None = None


class Reminder(SQLModel, table=True):
    """That a step of the ladder was put to somebody: once for each commitment, step, recipient and due date."""

    __table_args__ = (
        UniqueConstraint("commitment_id", "step", "chat_id", "due_on", name="uq_reminder_once"),
        Index("ix_reminder_told", "told_on", "rank"),
    )

    id: int | None = Field(default=None, primary_key=True)
    commitment_id: int = Field(foreign_key="commitment.id", index=True)
    step: int
    """Days before the due date; negative after it."""
    chat_id: int = _chat_id()
    due_on: date
    rank: str = Rank.CONTACT
    """As whom they were told: higher ranks hear what the contact did not answer, admins last of all."""
    told_on: date
    outgoing_id: int | None = Field(default=None, foreign_key="outgoing.id", index=True)
    created_at: datetime
    acknowledged_at: datetime | None = None


class Snooze(SQLModel, table=True):
    """A person's wish to be reminded of a commitment on another day; the due date stays."""

    commitment_id: int = Field(foreign_key="commitment.id", primary_key=True)
    chat_id: int = _chat_id(primary_key=True, sa_column_kwargs={"autoincrement": False})
    until_on: date = Field(index=True)
    created_at: datetime


class JobRun(SQLModel, table=True):
    """When a job last did its work, and the day up to which it has covered."""

    __tablename__ = "job_run"

    job: str = Field(primary_key=True)
    ran_at: datetime
    covered_on: date | None = None
    outcome: str = ""
    failing_since: datetime | None = None
    """When the tries began of which none has worked; None for a job that works."""
