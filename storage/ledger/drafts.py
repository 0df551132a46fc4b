"""What an admin corrects before a reply is confirmed: dates, words, owners, what is no commitment, what was missed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.letters import DueBasis
from commitments.people import Actor
from commitments.states import CommitmentState, ReplyState
from commitments.verbs import Verb, next_state
from storage.engine import Database
from storage.ledger.events import plain, record
from storage.ledger.replies import NotADraft
from storage.tables import Commitment, Reply

GIVEN_BY_ADMIN = "admin"
"""The due_rule of a date that a person gave."""


async def set_draft_due(
    database: Database, commitment_id: int, due_on: date | None, *, now: datetime, by: Actor
) -> Commitment:
    """Correct the date that the reader gave, or take it away (None)."""
    columns = {
        "due_on": due_on,
        "original_due_on": due_on,
        "due_basis": DueBasis.EXPLICIT if due_on else DueBasis.NONE,
        "due_text": None,
        "due_rule": GIVEN_BY_ADMIN,
        "derivation": None,
    }
    return await _edit(database, commitment_id, columns, now=now, by=by)


async def set_draft_quote(
    database: Database, commitment_id: int, quote: str, *, now: datetime, by: Actor
) -> Commitment:
    return await _edit(database, commitment_id, {"quote": quote}, now=now, by=by)


async def set_draft_owner(
    database: Database, commitment_id: int, owner: str | None, *, now: datetime, by: Actor
) -> Commitment:
    return await _edit(database, commitment_id, {"owner": owner}, now=now, by=by)


async def keep_draft(database: Database, commitment_id: int, *, now: datetime, by: Actor) -> Commitment:
    """Mark a draft as seen and right; it is opened with the others when the reply is confirmed."""
    return await _edit(database, commitment_id, {}, now=now, by=by)


async def drop_draft(database: Database, commitment_id: int, *, now: datetime, by: Actor) -> Commitment:
    """Say that a draft is no commitment."""
    async with database.writing() as session:
        commitment = await get_locked(session, commitment_id)
        before = commitment.state
        commitment.state = next_state(Verb.DROP_DRAFT, by.roles, CommitmentState(commitment.state))
        commitment.reviewed = True
        await record(
            session,
            Verb.DROP_DRAFT,
            at=now,
            by=by,
            commitment=commitment,
            before={"state": before},
            after={"state": commitment.state},
        )
    return commitment


async def add_near_miss(database: Database, reply_id: int, index: int, *, now: datetime, by: Actor) -> Commitment:
    """Take up a segment that the reader nearly took; a second press gives the same commitment again."""
    next_state(Verb.EDIT_DRAFT, by.roles, CommitmentState.DRAFT)
    async with database.writing() as session:
        reply = (await session.exec(select(Reply).where(Reply.id == reply_id).with_for_update())).one()
        if reply.state != ReplyState.DRAFT:
            raise NotADraft(reply.id, reply.state)
        columns = dict(reply.near_misses[index])
        same = select(Commitment).where(Commitment.reply_id == reply_id, Commitment.quote == columns["quote"])
        if (taken := (await session.exec(same)).first()) is not None:
            return taken
        due_on = date.fromisoformat(columns["original_due_on"]) if columns["original_due_on"] else None
        columns |= {"due_on": due_on, "original_due_on": due_on}
        last = (await session.exec(select(func.max(Commitment.position)).where(Commitment.reply_id == reply_id))).one()
        commitment = Commitment(reply_id=reply_id, position=(last or 0) + 1, reviewed=True, **columns)
        session.add(commitment)
        await session.flush()
        await record(session, "add", at=now, by=by, commitment=commitment, after={"quote": commitment.quote})
    return commitment


async def get_locked(session: AsyncSession, commitment_id: int) -> Commitment:
    """The commitment, kept from other writers until the transaction ends. Raises NoResultFound."""
    found = await session.exec(select(Commitment).where(Commitment.id == commitment_id).with_for_update())
    return found.one()


async def _edit(
    database: Database, commitment_id: int, columns: dict[str, Any], *, now: datetime, by: Actor
) -> Commitment:
    async with database.writing() as session:
        commitment = await get_locked(session, commitment_id)
        next_state(Verb.EDIT_DRAFT, by.roles, CommitmentState(commitment.state))
        before = {name: plain(getattr(commitment, name)) for name in columns}
        for name, value in columns.items():
            setattr(commitment, name, value)
        commitment.reviewed = True
        after = {name: plain(value) for name, value in columns.items()}
        await record(session, Verb.EDIT_DRAFT, at=now, by=by, commitment=commitment, before=before, after=after)
    return commitment
