"""How reminders are written down and answered: digests in the outbox, a row for each step told, 知悉 and 改日提醒."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from commitments.people import Actor
from commitments.reminding import PlannedReminder
from commitments.rhythm import Rhythm
from commitments.snoozing import find_snooze_day
from commitments.states import CommitmentState, Rank
from commitments.verbs import Verb
from storage import outbox
from storage.engine import Database, Session
from storage.ledger.events import append, record
from storage.tables import Commitment, Event, Reminder, Snooze

CLOCK = "clock"
"""Who did what nobody did: the actor of events that time brought about."""


async def acknowledge(database: Database, commitment_ids: Sequence[int], *, now: datetime, by: Actor) -> int:
    """知悉: whoever was told of these commitments has taken note, so nobody higher hears of it; how many are new."""
    async with database.writing() as session:
        taken = 0
        for commitment in await _get_open(session, commitment_ids):
            if await _acknowledge(session, commitment, now):
                await record(session, Verb.ACKNOWLEDGE, at=now, by=by, commitment=commitment)
                taken += 1
    return taken


async def snooze(
    database: Database, commitment_ids: Sequence[int], wished_on: date, rhythm: Rhythm, *, now: datetime, by: Actor
) -> dict[int, date]:
    """改日提醒: on which day each commitment will be brought up again for this person; the due dates stay.

    A day past a commitment's due date becomes its last working day before; what cannot be put off is left out.
    """
    assert by.chat_id is not None, "a wish belongs to somebody in chat"
    today = rhythm.today(now)
    put_off: dict[int, date] = {}
    async with database.writing() as session:
        for commitment in await _get_open(session, commitment_ids):
            until_on = find_snooze_day(wished_on, commitment.due_on, today, rhythm.calendar)
            if until_on is None or commitment.id is None:
                continue
            await session.merge(
                Snooze(commitment_id=commitment.id, chat_id=by.chat_id, until_on=until_on, created_at=now)
            )
            await _acknowledge(session, commitment, now)
            after = {"until_on": until_on.isoformat()}
            await record(session, "snooze", at=now, by=by, commitment=commitment, after=after)
            put_off[commitment.id] = until_on
    return put_off


async def find_reminders(database: Database, commitment_id: int) -> list[Reminder]:
    """Who was told of a commitment and when, in order."""
    async with database.reading() as session:
        mine = select(Reminder).where(Reminder.commitment_id == commitment_id)
        return list(await session.exec(mine.order_by(col(Reminder.id))))


async def find_answered(database: Database, outgoing_id: int) -> set[int]:
    """The commitments of a message that somebody has answered, by a press or a report, since it was written."""
    async with database.reading() as session:
        answered = (
            select(Reminder.commitment_id)
            .join(Commitment, col(Commitment.id) == col(Reminder.commitment_id))
            .where(Reminder.outgoing_id == outgoing_id)
            .where(
                col(Reminder.acknowledged_at).is_not(None)
                | (col(Commitment.last_report_at) >= col(Reminder.created_at))
            )
        )
        return set(await session.exec(answered))


async def write_digest(
    session: Session, chat_id: int, planned: Sequence[PlannedReminder], *, on: date, now: datetime, key: str
) -> bool:
    """One message with all that one person is reminded of, the most urgent first; False when it was said before."""
    planned = sorted(planned, key=lambda one: (one.due_on, one.commitment_id))
    late = any(one.told_on < on for one in planned)
    params = {"on": on.isoformat(), "late": late, "items": [digest_item(one) for one in planned]}
    outgoing_id = await outbox.add(session, chat_id, "digest", params, now=now, key=key, priority=outbox.BULK)
    if outgoing_id is not None:
        await write_reminders(session, chat_id, planned, outgoing_id, on=on, now=now)
    return outgoing_id is not None


async def write_reminders(
    session: Session,
    chat_id: int,
    planned: Iterable[PlannedReminder],
    outgoing_id: int,
    *,
    on: date,
    now: datetime,
) -> None:
    """A row for each step that is told, and an event for each that goes higher up."""
    for one in planned:
        session.add(
            Reminder(
                commitment_id=one.commitment_id,
                step=one.step,
                chat_id=chat_id,
                due_on=one.due_on,
                rank=one.rank,
                told_on=on,
                outgoing_id=outgoing_id,
                created_at=now,
            )
        )
        if one.rank != Rank.CONTACT:
            after = {"rank": one.rank, "told": one.name, "unanswered_by": list(one.unanswered_by)}
            event = Event(at=now, verb="escalate", actor=CLOCK, commitment_id=one.commitment_id, after=after)
            await append(session, event)


def digest_item(planned: PlannedReminder) -> dict[str, Any]:
    """A line of a digest as the outbox keeps it; rank and names only where somebody else did not answer."""
    item: dict[str, Any] = {
        "commitment_id": planned.commitment_id,
        "step": planned.step,
        "due_on": planned.due_on.isoformat(),
    }
    if planned.rank != Rank.CONTACT:
        item |= {"rank": planned.rank, "unanswered_by": list(planned.unanswered_by)}
    return item


async def _get_open(session: Session, commitment_ids: Sequence[int]) -> list[Commitment]:
    found = select(Commitment).where(col(Commitment.id).in_(commitment_ids), Commitment.state == CommitmentState.OPEN)
    return list(await session.exec(found.order_by(col(Commitment.id)).with_for_update()))


async def _acknowledge(session: Session, commitment: Commitment, now: datetime) -> bool:
    """Note that what was told of it up to now is known; False when it was before."""
    standing = select(Reminder).where(Reminder.commitment_id == commitment.id, col(Reminder.acknowledged_at).is_(None))
    reminders = (await session.exec(standing)).all()
    for reminder in reminders:
        reminder.acknowledged_at = now
    return bool(reminders)
