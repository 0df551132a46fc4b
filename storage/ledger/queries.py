"""Looks into the ledger: views of replies, commitments and events, as cards and answers need them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.states import CommitmentState, ReplyState, RequestKind
from commitments.verbs import Standing
from storage.engine import Database
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
    async with database.reading() as session:
        row = await session.get(Commitment, commitment_id)
        return (await view_commitments(session, [row]))[0] if row else None


async def find_commitments(database: Database, ids: Iterable[int]) -> list[CommitmentView]:
    """The views of these commitments, in the order of the ids; unknown ids are passed over."""
    wanted = list(ids)
    async with database.reading() as session:
        rows = (await session.exec(select(Commitment).where(col(Commitment.id).in_(wanted)))).all()
        views = {view.id: view for view in await view_commitments(session, rows)}
    return [views[number] for number in wanted if number in views]


async def find_reply(database: Database, reply_id: int) -> ReplyView | None:
    async with database.reading() as session:
        reply = await session.get(Reply, reply_id)
        return await _view_reply(session, reply) if reply else None


async def get_text(database: Database, reply_id: int) -> str:
    """The letter as it was loaded. Raises NoResultFound."""
    async with database.reading() as session:
        return (await session.exec(select(Reply.text).where(Reply.id == reply_id))).one()


async def find_drafts_waiting(database: Database) -> list[ReplyHead]:
    """Loaded replies that nobody has confirmed yet, oldest first."""
    async with database.reading() as session:
        waiting = select(Reply).where(Reply.state == ReplyState.DRAFT).order_by(col(Reply.id))
        return list((await heads(session, (await session.exec(waiting)).all())).values())


async def find_events(database: Database, commitment_id: int) -> list[EventView]:
    """All that happened to a commitment, oldest first."""
    async with database.reading() as session:
        rows = (
            await session.exec(select(Event).where(Event.commitment_id == commitment_id).order_by(col(Event.id)))
        ).all()
        counts = await _file_counts(session, [row.id for row in rows if row.id])
    return [_event(row, counts) for row in rows]


async def find_event(database: Database, event_id: int) -> EventView | None:
    async with database.reading() as session:
        row = await session.get(Event, event_id)
        return _event(row, await _file_counts(session, [event_id])) if row else None


async def find_evidence(database: Database, commitment_id: int) -> list[Evidence]:
    async with database.reading() as session:
        rows = select(Evidence).where(Evidence.commitment_id == commitment_id).order_by(col(Evidence.id))
        return list(await session.exec(rows))


async def view_commitments(session: AsyncSession, rows: Sequence[Commitment]) -> list[CommitmentView]:
    """Views of the rows in their order, with four queries however many rows there are."""
    reply_ids = list(dict.fromkeys(row.reply_id for row in rows))
    replies = (await session.exec(select(Reply).where(col(Reply.id).in_(reply_ids)))).all()
    reply_heads = await heads(session, replies)
    totals = dict(
        (
            await session.exec(
                select(Commitment.reply_id, func.count())
                .where(col(Commitment.reply_id).in_(reply_ids), Commitment.state != CommitmentState.DROPPED)
                .group_by(col(Commitment.reply_id))
            )
        ).all()
    )
    last = await _last_events(session, [row.id for row in rows if row.id])
    moved_to = await _unit_names(session, {row.unit_id for row in rows if row.unit_id})
    return [
        _commitment(row, reply_heads[row.reply_id], totals.get(row.reply_id, 0), last, moved_to.get(row.unit_id))
        for row in rows
    ]


async def heads(session: AsyncSession, replies: Sequence[Reply]) -> dict[int, ReplyHead]:
    units = await _unit_names(session, {reply.unit_id for reply in replies if reply.unit_id})
    return {
        reply.id: ReplyHead(
            id=reply.id,
            source=reply.source,
            kind=reply.kind,
            number=reply.number,
            title=reply.title,
            session=reply.session,
            unit=units.get(reply.unit_id),
            unit_id=reply.unit_id,
            replied_on=reply.replied_on,
            disclosure=reply.disclosure,
            state=reply.state,
        )
        for reply in replies
        if reply.id is not None
    }


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
    async with database.reading() as session:
        link = select(ReplyDelegate.reply_id).where(
            ReplyDelegate.reply_id == reply_id, col(ReplyDelegate.delegate_id).in_(delegate_ids)
        )
        return (await session.exec(link)).first() is not None


async def _view_reply(session: AsyncSession, reply: Reply) -> ReplyView:
    rows = (
        await session.exec(select(Commitment).where(Commitment.reply_id == reply.id).order_by(col(Commitment.position)))
    ).all()
    views = await view_commitments(session, rows)
    contact = await session.get(Contact, reply.contact_id) if reply.contact_id else None
    assert reply.id is not None
    return ReplyView(
        head=(await heads(session, [reply]))[reply.id],
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
        contact_is_bound=bool(contact and contact.chat_id),
        commitments=tuple(views),
    )


async def _last_events(session: AsyncSession, commitment_ids: list[int]) -> dict[int, EventView]:
    newest = (
        select(func.max(Event.id))
        .where(col(Event.commitment_id).in_(commitment_ids))
        .group_by(col(Event.commitment_id))
    )
    rows = (await session.exec(select(Event).where(col(Event.id).in_(newest)))).all()
    counts = await _file_counts(session, [row.id for row in rows if row.id])
    return {row.commitment_id: _event(row, counts) for row in rows if row.commitment_id}


async def _file_counts(session: AsyncSession, event_ids: list[int]) -> dict[int, int]:
    counts: dict[int, int] = defaultdict(int)
    for event_id in await session.exec(select(Evidence.event_id).where(col(Evidence.event_id).in_(event_ids))):
        counts[event_id] += 1
    return counts


def _event(row: Event, files: dict[int, int]) -> EventView:
    assert row.id is not None
    return EventView(
        id=row.id,
        at=row.at,
        verb=row.verb,
        actor=row.actor,
        actor_id=row.actor_id,
        before=row.before or {},
        after=row.after or {},
        note=row.note,
        files=files.get(row.id, 0),
    )


async def _unit_names(session: AsyncSession, unit_ids: set[int]) -> dict[int | None, str]:
    rows = select(Unit.id, Unit.name).where(col(Unit.id).in_(unit_ids))
    return dict((await session.exec(rows)).all()) if unit_ids else {}


def _commitment(
    row: Commitment, reply: ReplyHead, total: int, last: dict[int, EventView], moved_to: str | None
) -> CommitmentView:
    assert row.id is not None
    return CommitmentView(
        id=row.id,
        reply=reply,
        position=row.position,
        total=total,
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
        unit=moved_to or reply.unit,
        unit_id=row.unit_id or reply.unit_id,
        pending=RequestKind(row.pending) if row.pending else None,
        redone=row.redone,
        merged_into_id=row.merged_into_id,
        opened_on=row.opened_on,
        last_event=last.get(row.id),
    )
