"""Lists of commitments that a speaker may see: all of a reply, what falls due in some days, what is late, one's own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, false, func, or_, true
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from commitments.letters import PUBLIC
from commitments.people import Speaker
from commitments.states import CommitmentState, ReplyState
from storage.engine import Database, Look
from storage.ledger.queries import VIEWED, CommitmentView, view_commitments
from storage.ledger.responsible import UNIT_ID
from storage.tables import Commitment, Follow, Reply, ReplyDelegate

EVER = tuple(state for state in CommitmentState if state not in (CommitmentState.DRAFT, CommitmentState.DROPPED))
UNDER_WAY = (CommitmentState.OPEN, CommitmentState.REPORTED)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the commitments of a list, and how many there are in all."""

    items: tuple[CommitmentView, ...]
    total: int
    offset: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which commitments are listed; both ends of the span of days are included."""

    states: Collection[CommitmentState] = UNDER_WAY
    only_own: bool = False
    due_from: date | None = None
    due_until: date | None = None
    reply_id: int | None = None
    followed_by: int | None = None


async def list_commitments(
    database: Database, speaker: Speaker, wanted: Wanted, *, open_to_all: bool, offset: int = 0, limit: int = 6
) -> Page:
    """Those of a reply in the letter's order, else the nearest due dates first and what has no date last."""
    conditions = _conditions(wanted)
    conditions.append(own(speaker) if wanted.only_own else visible_to(speaker, open_to_all=open_to_all))
    order = _BY_DUE if wanted.reply_id is None else (col(Commitment.position),)
    counted = select_columns(func.count(col(Commitment.id))).join(Reply, _OF_REPLY).where(*conditions)
    listed = VIEWED.where(*conditions).order_by(*order).offset(offset).limit(limit)

    def look_up(look: Look) -> Page:
        views = view_commitments(look, look.execute(listed).all())
        return Page(tuple(views), look.scalar(counted) or 0, offset)

    return await database.look(look_up)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [col(Commitment.state).in_(wanted.states), col(Reply.state) == ReplyState.CONFIRMED]
    if wanted.due_from is not None:
        conditions.append(col(Commitment.due_on) >= wanted.due_from)
    if wanted.due_until is not None:
        conditions.append(col(Commitment.due_on) <= wanted.due_until)
    if wanted.reply_id is not None:
        conditions.append(col(Commitment.reply_id) == wanted.reply_id)
    if wanted.followed_by is not None:
        followed = select(Follow.commitment_id).where(Follow.chat_id == wanted.followed_by)
        conditions.append(col(Commitment.id).in_(followed))
    return conditions


_OF_REPLY = col(Reply.id) == col(Commitment.reply_id)
_BY_DUE = (col(Commitment.due_on).is_(None), col(Commitment.due_on), col(Commitment.id))


def visible_to(speaker: Speaker, *, open_to_all: bool) -> ColumnElement[bool]:
    """Admins see all, officials what their unit promised or took over, delegates what answers them or is public."""
    if speaker.is_admin:
        return true()
    public: ColumnElement[bool] = false()
    if speaker.delegate_ids:
        public = true() if open_to_all else col(Reply.disclosure).in_(PUBLIC)
    seen = select(ReplyDelegate.reply_id).where(col(ReplyDelegate.delegate_id).in_(speaker.seen_delegate_ids))
    return or_(own(speaker), col(Reply.unit_id).in_(speaker.unit_ids), col(Reply.id).in_(seen), public)


def own(speaker: Speaker) -> ColumnElement[bool]:
    """What the speaker's unit answers for, and what answers the speaker."""
    answered = select(ReplyDelegate.reply_id).where(col(ReplyDelegate.delegate_id).in_(speaker.delegate_ids))
    return or_(UNIT_ID.in_(speaker.unit_ids), col(Reply.id).in_(answered))
