"""回头看: some months after closing both sides are asked whether it was kept, came back, and will last."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from sqlmodel import col, select

from commitments.clock import instant
from commitments.people import Actor
from commitments.rhythm import Rhythm
from commitments.rulesets import RuleSet
from commitments.states import CommitmentState
from commitments.verbs import Verb
from commitments.workdays import ONE_DAY
from storage import outbox
from storage.engine import Database, Session
from storage.ledger.events import record
from storage.ledger.moving import move, take, tell
from storage.ledger.responsible import chats_of_contacts, chats_of_delegates
from storage.tables import Commitment, Event

LOOK_BACK = "look_back"


@dataclass(frozen=True, slots=True)
class Answers:
    """兑现了吗 · 有反弹吗 · 有长效机制吗."""

    kept: bool
    came_back: bool
    lasting: bool


class AnsweredBefore(Exception):
    """This person has answered since the commitment was closed."""


async def ask_both_sides(session: Session, today: date, rules: RuleSet, rhythm: Rhythm, now: datetime) -> int:
    """Ask about all that was closed so long ago and was not asked about yet; how many commitments."""
    # A few days more than needed, because months differ in length; the exact day is asked for below.
    until = instant(rules.look_back.before(today) + 4 * ONE_DAY, time(), rhythm.zone)
    old = select(Commitment).where(
        Commitment.state == CommitmentState.CLOSED,
        col(Commitment.closed_at) < until,
        col(Commitment.looked_back_on).is_(None),
    )
    asked = 0
    for commitment in (await session.exec(old.order_by(col(Commitment.id)).with_for_update())).all():
        assert commitment.closed_at is not None
        if rules.look_back.after(rhythm.today(commitment.closed_at)) > today:
            continue
        await _ask(session, commitment, today, rules, now)
        asked += 1
    return asked


async def answer(
    database: Database,
    commitment_id: int,
    answers: Answers,
    *,
    now: datetime,
    by: Actor,
    admins: tuple[int, ...] = (),
) -> Event:
    """Keep what one of both sides says. Raises AnsweredBefore, Forbidden or NotNow."""
    async with database.writing() as session:
        commitment = await take(session, commitment_id, Verb.LOOK_BACK, by=by)
        mine = select(Event.id).where(
            Event.commitment_id == commitment_id,
            Event.verb == Verb.LOOK_BACK,
            Event.actor_id == by.chat_id,
            col(Event.at) >= commitment.closed_at,
        )
        if (await session.exec(mine)).first() is not None:
            raise AnsweredBefore
        event = await move(session, commitment, Verb.LOOK_BACK, by=by, now=now, more=asdict(answers))
        await tell(session, commitment, event, now=now, admins=admins)
    return event


async def _ask(session: Session, commitment: Commitment, today: date, rules: RuleSet, now: datetime) -> None:
    before, commitment.looked_back_on = {"looked_back_on": None}, today
    after = {"looked_back_on": today.isoformat(), "rules": rules.name}
    by = Actor("clock")
    await record(session, "ask_look_back", at=now, by=by, commitment=commitment, before=before, after=after)
    chats = [*await chats_of_contacts(session, commitment), *await chats_of_delegates(session, commitment)]
    for chat_id in dict.fromkeys(chats):
        params = {"commitment_id": commitment.id, "rules": rules.name}
        key = f"{LOOK_BACK}:{commitment.id}:{today}:{chat_id}"
        await outbox.add(session, chat_id, LOOK_BACK, params, now=now, key=key, priority=outbox.BULK)
