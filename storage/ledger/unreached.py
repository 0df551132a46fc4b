"""Who could not be told: accounts that are gone, who stands in for them, what admins hear of it, the orphans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_
from sqlmodel import col, select

from commitments.reminding import Cause, PlannedReminder, WhyNot, address
from commitments.rhythm import Rhythm
from commitments.states import CommitmentState, Rank
from storage import outbox
from storage.engine import Database, Session
from storage.ledger import due, remind
from storage.ledger.responsible import UNIT_ID
from storage.outbox import Saying
from storage.tables import Account, Commitment, Contact, Reminder, Reply, Unit

NOTICES = frozenset({"undelivered", "unreachable", "job_failed", "job_works_again"})
"""What admins are told of failed messages and jobs; that such a notice failed is not told again."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """Somebody who answers for open commitments and cannot be told; without a contact, a unit that has none."""

    unit: str
    open_commitments: int
    why: WhyNot
    contact_id: int | None = None
    name: str = ""
    rank: Rank = Rank.CONTACT


async def tell_admins(
    session: Session,
    nobody_there: Sequence[PlannedReminder],
    unanswered: Sequence[PlannedReminder],
    admins: tuple[int, ...],
    *,
    on: date,
    now: datetime,
) -> None:
    """One morning message for each admin: reminders that reached nobody, and those that nobody answered."""
    for chat_id in admins:
        mine = [one for one in unanswered if one.chat_id == chat_id]
        if not nobody_there and not mine:
            continue
        params: dict[str, Any] = {
            "on": on.isoformat(),
            "unreached": [remind.digest_item(one) | {"why": one.why_not} for one in nobody_there],
            "unanswered": [remind.digest_item(one) for one in mine],
        }
        key = f"admin_digest:{chat_id}:{on}"
        outgoing_id = await outbox.add(session, chat_id, "admin_digest", params, now=now, key=key, priority=outbox.BULK)
        if outgoing_id is not None:
            await remind.write_reminders(session, chat_id, mine, outgoing_id, on=on, now=now)


async def tell_undelivered(session: Session, saying: Saying, admins: tuple[int, ...], *, now: datetime) -> None:
    """The admins hear that a message was given up."""
    if saying.kind in NOTICES:
        return
    for chat_id in admins:
        key = f"undelivered:{saying.id}:{chat_id}"
        await outbox.add(session, chat_id, "undelivered", {"outgoing_id": saying.id}, now=now, key=key)


async def mark_unreachable(
    session: Session, saying: Saying, rhythm: Rhythm, admins: tuple[int, ...], *, now: datetime
) -> None:
    """An account cannot be written to: what it was to be reminded of goes to whoever stands in, admins are told."""
    today = rhythm.today(now)
    account = await session.get(Account, saying.chat_id)
    if account is None:
        account = Account(chat_id=saying.chat_id, name="", first_seen_at=now, last_seen_at=now)
    account.reachable = False
    session.add(account)
    await session.flush()
    left_over = await _hand_over(session, saying, rhythm, today, now)
    if saying.kind in NOTICES:
        return
    params = {"chat_id": saying.chat_id, "outgoing_id": saying.id, "commitment_ids": left_over}
    for chat_id in admins:
        if chat_id != saying.chat_id:
            key = f"unreachable:{saying.chat_id}:{today}:{chat_id}"
            await outbox.add(session, chat_id, "unreachable", params, now=now, key=key)


async def find_orphans(database: Database) -> list[Orphan]:
    """Contacts of open commitments who never opened the bot or cannot be reached, and units without any contact."""
    async with database.reading() as session:
        open_by_unit = (
            select(UNIT_ID.label("unit_id"), func.count().label("open_commitments"))
            .select_from(Reply)
            .join(Commitment, col(Commitment.reply_id) == col(Reply.id))
            .where(Commitment.state == CommitmentState.OPEN)
            .group_by(UNIT_ID)
            .subquery()
        )
        rows = await session.exec(
            select(Unit.name, open_by_unit.c.open_commitments, Contact)
            .join(open_by_unit, open_by_unit.c.unit_id == col(Unit.id))
            .join(Contact, and_(col(Contact.unit_id) == col(Unit.id), col(Contact.left_at).is_(None)), isouter=True)
            .join(Account, col(Account.chat_id) == col(Contact.chat_id), isouter=True)
            .where(or_(col(Contact.chat_id).is_(None), col(Account.reachable).is_(False)))
            .order_by(open_by_unit.c.open_commitments.desc(), col(Unit.id), col(Contact.id))
        )
        return [_orphan(unit, count, contact) for unit, count, contact in rows]


async def _hand_over(session: Session, saying: Saying, rhythm: Rhythm, today: date, now: datetime) -> list[int]:
    """Put the reminders of a message that reached nobody to the next in line; the commitments that have none.

    Whoever heard of a commitment today, or wished not to hear of it before another day, is left alone.
    """
    untold = list(await session.exec(select(Reminder).where(Reminder.outgoing_id == saying.id)))
    reminders = {row.commitment_id: row for row in untold if row.rank == Rank.CONTACT}
    items = await due.find_items(session, reminders)
    people = await due.find_people(session, items.values())
    told, told_today = await due.find_told(session, items), await due.find_told_on(session, today, items)
    snoozed = await due.find_snoozed(session, items, today)
    by_chat: dict[int, list[PlannedReminder]] = defaultdict(list)
    left_over: list[int] = []
    for commitment_id, item in items.items():
        row = reminders[commitment_id]
        planned = PlannedReminder(commitment_id, row.step, row.due_on, row.told_on, Cause.LADDER)
        for one in address(planned, item, people[commitment_id]):
            if one.chat_id is None:
                left_over.append(commitment_id)
                continue
            wished_on = snoozed.get((commitment_id, one.chat_id))
            waits = wished_on is not None and wished_on <= item.due_on
            heard = due.Told(commitment_id, row.step, one.chat_id, row.due_on) in told
            if not (waits or heard or (commitment_id, one.chat_id) in told_today):
                by_chat[one.chat_id].append(one)
    for row in untold:
        await session.delete(row)
    for chat_id, mine in by_chat.items():
        key = f"digest:{chat_id}:{today}:for:{saying.id}"
        await remind.write_digest(session, chat_id, mine, on=today, now=now, key=key)
    return left_over


def _orphan(unit: str, open_commitments: int, contact: Contact | None) -> Orphan:
    if contact is None:
        return Orphan(unit, open_commitments, WhyNot.UNBOUND)
    why = WhyNot.UNBOUND if contact.chat_id is None else WhyNot.UNREACHABLE
    return Orphan(unit, open_commitments, why, contact.id, contact.name, Rank(contact.rank))
