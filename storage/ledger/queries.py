"""Looks into the ledger: views of replies, commitments and events, as cards and answers need them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, func
from sqlalchemy import select as select_columns
from sqlmodel import SQLModel, col, select

from commitments.states import CommitmentState, ReplyState, RequestKind
from commitments.verbs import Standing
from storage.engine import Database, Look
from storage.ledger.replies import missing_fields
from storage.tables import Commitment, Contact, Delegate, Event, Evidence, Reply, ReplyDelegate, Unit


@dataclass(frozen=True, slots=True)
class ReplyHead:
    """What a card says of the reply that a commitment stands in."""

    id: int
    source: str
    kind: str
    number: str | None
    title: str | None
    session: str | None
    unit: str | None
    unit_id: int | None
    replied_on: date | None
    disclosure: str | None
    state: str


@dataclass(frozen=True, slots=True)
class EventView:
    """One thing that happened, with the number of files that came with it."""

    id: int
    at: datetime
    verb: str
    actor: str
    actor_id: int | None
    before: dict[str, Any]
    after: dict[str, Any]
    note: str | None
    files: int = 0


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """A commitment as people see it; `position` counts within its reply, `total` are all that were not dropped."""

    id: int
    reply: ReplyHead
    position: int
    total: int
    quote: str
    section: str | None
    verifiable: bool
    due_on: date | None
    original_due_on: date | None
    due_basis: str
    due_text: str | None
    due_rule: str | None
    derivation: str | None
    recurrence: str | None
    targets: tuple[dict[str, Any], ...]
    owner: str | None
    confidence: float
    state: CommitmentState
    reviewed: bool
    version: int
    unit: str | None = None
    """Who answers for it now: the reply's unit, or the one to which it was given since."""
    unit_id: int | None = None
    pending: RequestKind | None = None
    redone: int = 0
    merged_into_id: int | None = None
    opened_on: date | None = None
    last_event: EventView | None = None

    @property
    def standing(self) -> Standing:
        return Standing(self.state, self.pending)


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A reply with its letter record and its commitments in order."""

    head: ReplyHead
    co_organs: tuple[str, ...]
    addressees: tuple[str, ...]
    category: str | None
    document_no: str | None
    contact_name: str | None
    contact_phone: str | None
    published_on: date | None
    date_given_by_loader: bool
    missing: tuple[str, ...]
    near_misses: tuple[dict[str, Any], ...]
    contact_id: int | None
    contact_is_bound: bool
    commitments: tuple[CommitmentView, ...]


async def find_commitment(database: Database, commitment_id: int) -> CommitmentView | None:
    return next(iter(await find_commitments(database, [commitment_id])), None)


async def find_commitments(database: Database, ids: Iterable[int]) -> list[CommitmentView]:
    """The views of these commitments, in the order of the ids; unknown ids are passed over."""
    wanted = list(ids)
    return await database.look(lambda look: commitments_of(look, wanted))


async def find_reply(database: Database, reply_id: int) -> ReplyView | None:
    return await database.look(lambda look: reply_of(look, reply_id))


async def get_text(database: Database, reply_id: int) -> str:
    """The letter as it was loaded. Raises NoResultFound."""
    async with database.reading() as session:
        return (await session.exec(select(Reply.text).where(Reply.id == reply_id))).one()


async def find_drafts_waiting(database: Database) -> list[ReplyHead]:
    """Loaded replies that nobody has confirmed yet, oldest first."""
    waiting = select(Reply.id).where(Reply.state == ReplyState.DRAFT).order_by(col(Reply.id))
    return await database.look(lambda look: list(heads_of(look, look.scalars(waiting).all()).values()))


async def find_events(database: Database, commitment_id: int) -> list[EventView]:
    """All that happened to a commitment, oldest first."""
    rows = EVENTS.where(EVENT.c.commitment_id == commitment_id).order_by(EVENT.c.id)
    return await database.look(lambda look: _events(look, look.execute(rows).all()))


async def find_event(database: Database, event_id: int) -> EventView | None:
    found = await database.look(lambda look: _events(look, look.execute(EVENTS.where(EVENT.c.id == event_id)).all()))
    return next(iter(found), None)


async def find_evidence(database: Database, commitment_id: int) -> list[Evidence]:
    async with database.reading() as session:
        rows = select(Evidence).where(Evidence.commitment_id == commitment_id).order_by(col(Evidence.id))
        return list(await session.exec(rows))


async def find_delegates_of(database: Database, reply_id: int) -> list[Delegate]:
    """Whom a reply answers, in the letter's order."""
    async with database.reading() as session:
        return list(
            await session.exec(
                select(Delegate)
                .join(ReplyDelegate, col(ReplyDelegate.delegate_id) == col(Delegate.id))
                .where(ReplyDelegate.reply_id == reply_id)
                .order_by(col(ReplyDelegate.position))
            )
        )


async def is_answered_to(database: Database, reply_id: int, delegate_ids: frozenset[int]) -> bool:
    """Whether the reply answers one of these delegates."""
    link = select(ReplyDelegate.reply_id).where(
        ReplyDelegate.reply_id == reply_id, col(ReplyDelegate.delegate_id).in_(delegate_ids)
    )
    return await database.look(lambda look: look.execute(link).first() is not None)


# What a look gives. The statements are put together once: that takes longer than the database takes to perform them.

COMMITMENT, EVENT, REPLY, UNIT = (
    SQLModel.metadata.tables[str(table.__tablename__)] for table in (Commitment, Event, Reply, Unit)
)
_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_UNIT_NOW = UNIT.alias("unit_now")
_SAME_REPLY = COMMITMENT.alias("same_reply")
_OWN = [column for column in COMMITMENT.c if column.name not in ("cues", "contact_id", "looked_back_on")]
_HEAD = [UNIT.c.name if field.name == "unit" else REPLY.c[field.name] for field in fields(ReplyHead)]
_TOTAL = (
    select_columns(func.count())
    .where(_SAME_REPLY.c.reply_id == COMMITMENT.c.reply_id, _SAME_REPLY.c.state != CommitmentState.DROPPED)
    .scalar_subquery()
)
VIEWED: Select[Any] = (
    select_columns(
        *_OWN,
        _TOTAL.label("total"),
        _UNIT_NOW.c.name.label("unit_now"),
        *(column.label(f"head_{at}") for at, column in enumerate(_HEAD)),
    )
    .join(REPLY, REPLY.c.id == COMMITMENT.c.reply_id)
    .outerjoin(UNIT, UNIT.c.id == REPLY.c.unit_id)
    .outerjoin(_UNIT_NOW, _UNIT_NOW.c.id == COMMITMENT.c.unit_id)
)
"""What views are made of, for conditions of one's own over commitments and their replies."""
COMMITMENTS = VIEWED.where(COMMITMENT.c.id.in_(_IDS))
OF_REPLY = VIEWED.where(COMMITMENT.c.reply_id == bindparam("reply")).order_by(COMMITMENT.c.position)
HEADS = select_columns(*_HEAD).outerjoin(UNIT, UNIT.c.id == REPLY.c.unit_id).where(REPLY.c.id.in_(_IDS))
RECORD = select_columns(*(column for column in REPLY.c if column.name != "text")).where(
    REPLY.c.id == bindparam("reply")
)
EVENTS = select_columns(EVENT)
LAST_EVENTS = EVENTS.where(
    EVENT.c.id.in_(
        select_columns(func.max(EVENT.c.id)).where(EVENT.c.commitment_id.in_(_IDS)).group_by(EVENT.c.commitment_id)
    )
)
FILES = select(Evidence.event_id).where(col(Evidence.event_id).in_(_IDS))
CONTACTS = select_columns(REPLY.c.id, REPLY.c.contact_name, REPLY.c.contact_phone).where(REPLY.c.id.in_(_IDS))
CONTACT_CHAT = select(Contact.chat_id).where(Contact.id == bindparam("contact"))


def commitments_of(look: Look, ids: Sequence[int]) -> list[CommitmentView]:
    """The views of these commitments, in the order of the ids; unknown ids are passed over."""
    views = {view.id: view for view in view_commitments(look, look.execute(COMMITMENTS, {"ids": ids}).all())}
    return [views[number] for number in ids if number in views]


def view_commitments(look: Look, rows: Sequence[Row[Any]]) -> list[CommitmentView]:
    """Views of rows that VIEWED gave, in their order, with the last event of each."""
    if not rows:
        return []
    last = look.execute(LAST_EVENTS, {"ids": [row.id for row in rows]}).all()
    told = {event.commitment_id: view for event, view in zip(last, _events(look, last), strict=True)}
    return [_commitment(row, ReplyHead(*row[-len(_HEAD) :]), told.get(row.id)) for row in rows]


def heads_of(look: Look, reply_ids: Sequence[int]) -> dict[int, ReplyHead]:
    """What a card says of these replies, in their order."""
    if not reply_ids:
        return {}
    found = {row.id: ReplyHead(*row) for row in look.execute(HEADS, {"ids": reply_ids}).all()}
    return {reply_id: found[reply_id] for reply_id in reply_ids if reply_id in found}


def contacts_of(look: Look, reply_ids: Sequence[int]) -> list[tuple[str | None, str | None]]:
    """Name and phone of the contact that each of these letters gives."""
    if not reply_ids:
        return []
    found = {reply_id: (name, phone) for reply_id, name, phone in look.execute(CONTACTS, {"ids": reply_ids}).all()}
    return [found[reply_id] for reply_id in reply_ids]


def reply_of(look: Look, reply_id: int) -> ReplyView | None:
    reply = look.execute(RECORD, {"reply": reply_id}).first()
    if reply is None:
        return None
    views = view_commitments(look, look.execute(OF_REPLY, {"reply": reply_id}).all())
    contact_chat = look.scalar(CONTACT_CHAT, {"contact": reply.contact_id}) if reply.contact_id else None
    return ReplyView(
        head=heads_of(look, [reply_id])[reply_id],
        co_organs=tuple(reply.co_organs),
        addressees=tuple(reply.addressees),
        category=reply.category,
        document_no=reply.document_no,
        contact_name=reply.contact_name,
        contact_phone=reply.contact_phone,
        published_on=reply.published_on,
        date_given_by_loader=reply.date_given_by_loader,
        missing=missing_fields(reply),
        near_misses=tuple(reply.near_misses),
        contact_id=reply.contact_id,
        contact_is_bound=bool(contact_chat),
        commitments=tuple(views),
    )


def _events(look: Look, rows: Sequence[Row[Any]]) -> list[EventView]:
    if not rows:
        return []
    files = Counter(look.scalars(FILES, {"ids": [row.id for row in rows]}))
    return [
        EventView(
            id=row.id,
            at=row.at,
            verb=row.verb,
            actor=row.actor,
            actor_id=row.actor_id,
            before=row.before or {},
            after=row.after or {},
            note=row.note,
            files=files[row.id],
        )
        for row in rows
    ]


def _commitment(row: Row[Any], reply: ReplyHead, last_event: EventView | None) -> CommitmentView:
    return CommitmentView(
        id=row.id,
        reply=reply,
        position=row.position,
        total=row.total,
        quote=row.quote,
        section=row.section,
        verifiable=row.verifiable,
        due_on=row.due_on,
        original_due_on=row.original_due_on,
        due_basis=row.due_basis,
        due_text=row.due_text,
        due_rule=row.due_rule,
        derivation=row.derivation,
        recurrence=row.recurrence,
        targets=tuple(row.targets),
        owner=row.owner,
        confidence=row.confidence,
        state=CommitmentState(row.state),
        reviewed=row.reviewed,
        version=row.version,
        unit=row.unit_now or reply.unit,
        unit_id=row.unit_id or reply.unit_id,
        pending=RequestKind(row.pending) if row.pending else None,
        redone=row.redone,
        merged_into_id=row.merged_into_id,
        opened_on=row.opened_on,
        last_event=last_event,
    )
