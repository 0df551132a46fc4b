"""A recurring commitment whose period is over goes on in a new one, with a due date and a state of its own."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import exists, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from commitments.letters import Recurrence
from commitments.people import Actor
from commitments.recurrence import next_due
from commitments.states import CommitmentState
from storage.engine import Session
from storage.ledger.events import record, snapshot
from storage.ledger.remind import CLOCK
from storage.search import index_commitment
from storage.tables import Commitment

GOES_ON = (CommitmentState.OPEN, CommitmentState.REPORTED, CommitmentState.CLOSED)
"""A series ends when an admin drops its last commitment."""
COPIED = (
    *("reply_id", "quote", "section", "verifiable", "due_basis", "due_text", "due_rule", "derivation", "recurrence"),
    *("targets", "owner", "cues", "confidence", "reviewed", "unit_id", "contact_id"),
)


async def renew(session: Session, today: date, *, now: datetime) -> list[int]:
    """Open the next period of every series whose last due date is past; the ids of the new commitments."""
    following = aliased(Commitment)
    over = (
        select(Commitment)
        .where(col(Commitment.recurrence).is_not(None), col(Commitment.due_on) < today)
        .where(col(Commitment.state).in_(GOES_ON), col(Commitment.merged_into_id).is_(None))
        .where(~exists().where(col(following.renews_id) == col(Commitment.id)))
        .order_by(col(Commitment.id))
        .with_for_update()
    )
    return [await _open_next(session, last, today, now) for last in (await session.exec(over)).all()]


async def _open_next(session: Session, last: Commitment, today: date, now: datetime) -> int:
    assert last.due_on is not None
    assert last.recurrence is not None
    due_on = next_due(last.due_on, Recurrence(last.recurrence), today)
    taken = select(func.max(Commitment.position)).where(Commitment.reply_id == last.reply_id)
    position = ((await session.exec(taken)).one() or 0) + 1
    columns = {name: getattr(last, name) for name in COPIED}
    columns |= {"due_on": due_on, "original_due_on": due_on, "opened_on": today, "state": CommitmentState.OPEN}
    following = Commitment(position=position, renews_id=last.id, **columns)
    session.add(following)
    await session.flush()
    assert following.id is not None
    after = snapshot(following) | {"renews": last.position}
    await record(session, "open", at=now, by=Actor(CLOCK), commitment=following, after=after)
    await index_commitment(session, following.id)
    return following.id
