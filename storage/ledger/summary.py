"""How the whole ledger stands, in numbers, for those who watch over it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import col, select

from commitments.states import CommitmentState, ReplyState
from commitments.verbs import Verb
from storage.engine import Database
from storage.tables import Account, Commitment, Event, Outgoing, Reply


async def count_ledger(database: Database, today: date, since: datetime) -> dict[str, int]:
    """drafts (replies), open, reported, overdue as they stand; closed and reports (events) since an instant."""
    async with database.reading() as session:
        states = dict(
            (await session.exec(select(Commitment.state, func.count()).group_by(col(Commitment.state)))).all()
        )
        late = select(func.count()).where(Commitment.state == CommitmentState.OPEN, col(Commitment.due_on) < today)
        overdue = (await session.exec(late)).one()
        waiting = select(func.count()).where(Reply.state == ReplyState.DRAFT)
        drafts = (await session.exec(waiting)).one()
        done = select(Event.verb, func.count()).where(Event.at >= since, col(Event.verb).in_((Verb.CLOSE, Verb.REPORT)))
        verbs = dict((await session.exec(done.group_by(col(Event.verb)))).all())
    return {
        "drafts": drafts,
        "open": states.get(CommitmentState.OPEN, 0),
        "reported": states.get(CommitmentState.REPORTED, 0),
        "overdue": overdue,
        "closed": verbs.get(Verb.CLOSE, 0),
        "reports": verbs.get(Verb.REPORT, 0),
    }


async def find_outgoing(database: Database, outgoing_id: int) -> Outgoing | None:
    async with database.reading() as session:
        return await session.get(Outgoing, outgoing_id)


async def find_names(database: Database, chat_ids: set[int]) -> dict[int, str]:
    """What the accounts of these chats call themselves."""
    async with database.reading() as session:
        rows = select(Account.chat_id, Account.name).where(col(Account.chat_id).in_(chat_ids))
        return dict((await session.exec(rows)).all())
