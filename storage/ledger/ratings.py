"""满意 · 基本满意 · 不满意: what the delegate who asked says of a closed commitment, and the second handling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.people import Actor
from commitments.rulesets import RuleSet
from commitments.states import Satisfaction
from commitments.verbs import Verb
from storage.engine import Database
from storage.ledger.moving import move, take, tell
from storage.tables import Commitment, Delegate, Rating, ReplyDelegate


@dataclass(frozen=True, slots=True)
class Rated:
    """What came of a rating: `redo_on` is the date of the second handling, None where none begins."""

    value: Satisfaction
    redo_on: date | None = None
    redone: int = 0


@dataclass(frozen=True, slots=True)
class GivenRating:
    """A delegate's word on one handling; 0 is the first."""

    delegate: str
    value: Satisfaction
    handling: int


async def rate(
    database: Database,
    commitment_id: int,
    value: Satisfaction,
    *,
    reason: str | None,
    rules: RuleSet,
    now: datetime,
    today: date,
    by: Actor,
    admins: tuple[int, ...] = (),
    expected: int | None = None,
) -> Rated:
    """Keep a rating; 不满意 opens the commitment again with a date of its own, as often as the rules allow.

    Raises Forbidden, Changed or NotNow.
    """
    async with database.writing() as session:
        commitment = await take(session, commitment_id, Verb.RATE, by=by, expected=expected)
        again = value is Satisfaction.DISSATISFIED and commitment.redone < rules.most_redos
        await _keep(session, commitment, value, reason, now, by)
        more = {"value": value, "rules": rules.name}
        if again:
            redo_on = rules.redo.after(today)
            fresh: dict[str, Any] = {"closed_at": None, "reporter_id": None, "looked_back_on": None, "opened_on": today}
            fresh |= {"due_on": redo_on, "redone": commitment.redone + 1}
            event = await move(session, commitment, Verb.REDO, fresh, by=by, now=now, note=reason, more=more)
        else:
            redo_on = None
            event = await move(session, commitment, Verb.RATE, by=by, now=now, note=reason, more=more)
        await tell(session, commitment, event, now=now, admins=admins)
    return Rated(value, redo_on, commitment.redone)


async def find_ratings(database: Database, commitment_id: int) -> list[GivenRating]:
    """How each delegate rates each handling of a commitment, in their order."""
    async with database.reading() as session:
        mine = (
            select(Delegate.name, Rating.value, Rating.handling)
            .join(Delegate, col(Delegate.id) == col(Rating.delegate_id))
            .where(Rating.commitment_id == commitment_id)
            .order_by(col(Rating.id))
        )
        return [GivenRating(name, Satisfaction(value), handling) for name, value, handling in await session.exec(mine)]


async def _keep(
    session: AsyncSession, commitment: Commitment, value: Satisfaction, reason: str | None, now: datetime, by: Actor
) -> None:
    """One row a delegate and handling: a second thought replaces the first; both stay in the events."""
    mine = (
        select(Delegate.id)
        .join(ReplyDelegate, col(ReplyDelegate.delegate_id) == col(Delegate.id))
        .where(ReplyDelegate.reply_id == commitment.reply_id, Delegate.chat_id == by.chat_id)
    )
    for delegate_id in await session.exec(mine):
        given = select(Rating).where(
            Rating.commitment_id == commitment.id,
            Rating.delegate_id == delegate_id,
            Rating.handling == commitment.redone,
        )
        rating = (await session.exec(given)).first() or Rating(
            commitment_id=commitment.id or 0,
            delegate_id=delegate_id or 0,
            handling=commitment.redone,
            value=value,
            rated_at=now,
        )
        rating.value, rating.reason, rating.rated_at = value, reason, now
        session.add(rating)
