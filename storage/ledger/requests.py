"""What officials ask the admins for, what is decided, and what has waited too long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.people import Actor
from commitments.rhythm import Rhythm
from commitments.rulesets import RuleSet
from commitments.states import RequestKind, RequestState
from commitments.verbs import GRANTS, REQUESTS, Verb
from storage.engine import Database
from storage.ledger.events import plain
from storage.ledger.moving import move, standing_of, take, tell
from storage.ledger.responsible import chats_of_contacts
from storage.ledger.unit_names import settle_unit
from storage.search import index_commitment
from storage.tables import Commitment, Event, Request


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for and why: another date, another unit, or (with neither) no longer to be tracked."""

    kind: RequestKind
    reason: str
    on: date | None = None
    unit: str | None = None


class TooLateToReturn(Exception):
    """非本单位 had to be said within the rules' working days."""

    def __init__(self, rules: RuleSet, until_on: date) -> None:
        super().__init__(f"until {until_on}")
        self.rules, self.until_on = rules, until_on


class OwnRequest(Exception):
    """Whoever asked must not be the one who grants it."""


def return_until(opened_on: date, rules: RuleSet, rhythm: Rhythm) -> date:
    """The last day on which a unit may give back what is not its own."""
    return rhythm.calendar.add_workdays(opened_on, rules.return_workdays)


async def ask(
    database: Database,
    commitment_id: int,
    wish: Wish,
    *,
    now: datetime,
    by: Actor,
    rules: RuleSet,
    rhythm: Rhythm,
    admins: tuple[int, ...] = (),
    expected: int | None = None,
) -> Request:
    """An official asks; nobody is reminded of it until the admins have decided.

    Raises TooLateToReturn, Forbidden, Changed or NotNow.
    """
    verb = REQUESTS[wish.kind]
    async with database.writing() as session:
        commitment = await take(session, commitment_id, verb, by=by, expected=expected)
        if wish.kind is RequestKind.TRANSFER and commitment.opened_on is not None:
            until_on = return_until(commitment.opened_on, rules, rhythm)
            if rhythm.today(now) > until_on:
                raise TooLateToReturn(rules, until_on)
        request = _request(commitment_id, wish, now, by)
        session.add(request)
        await session.flush()
        event = await move(session, commitment, verb, by=by, now=now, note=wish.reason, more=_facts(request))
        await tell(session, commitment, event, now=now, admins=admins)
    return request


async def withdraw(
    database: Database, commitment_id: int, *, now: datetime, by: Actor, admins: tuple[int, ...] = ()
) -> Request:
    """The unit takes its request back."""
    async with database.writing() as session:
        commitment = await take(session, commitment_id, Verb.WITHDRAW, by=by)
        request = await _settle(session, commitment, RequestState.WITHDRAWN, now)
        event = await move(session, commitment, Verb.WITHDRAW, by=by, now=now, more=_facts(request))
        await tell(session, commitment, event, now=now, admins=admins)
    return request


async def grant(
    database: Database,
    commitment_id: int,
    *,
    now: datetime,
    today: date,
    by: Actor,
    on: date | None = None,
    expected: int | None = None,
) -> Event:
    """同意: a new date (`on`, else as asked), another unit, or no longer tracked; everybody is told.

    Raises OwnRequest, Forbidden, Changed or NotNow.
    """
    async with database.writing() as session:
        commitment = await _take_pending(session, commitment_id, by, expected)
        request = await _settle(session, commitment, RequestState.GRANTED, now)
        if request.asked_by == by.chat_id:
            raise OwnRequest
        formerly = await chats_of_contacts(session, commitment)
        columns, facts = await _granted(session, request, on, today)
        verb, facts = GRANTS[RequestKind(request.kind)], _facts(request) | facts
        event = await move(session, commitment, verb, columns, by=by, now=now, more=facts)
        await index_commitment(session, commitment_id)
        await tell(session, commitment, event, now=now, formerly=formerly)
    return event


async def refuse(
    database: Database, commitment_id: int, *, reason: str, now: datetime, by: Actor, expected: int | None = None
) -> Event:
    """不同意: it stays as it was, and whoever asked hears why."""
    async with database.writing() as session:
        commitment = await take(session, commitment_id, Verb.REFUSE, by=by, expected=expected)
        request = await _settle(session, commitment, RequestState.REFUSED, now, reason)
        event = await move(session, commitment, Verb.REFUSE, by=by, now=now, note=reason, more=_facts(request))
        await tell(session, commitment, event, now=now)
    return event


async def find_pending(database: Database, commitment_id: int) -> Request | None:
    """What is asked for and not decided yet."""
    async with database.reading() as session:
        return await _find_pending(session, commitment_id)


async def find_overlong(session: AsyncSession, today: date, rules: RuleSet, rhythm: Rhythm) -> list[Request]:
    """The requests that the admins should have decided by now, the oldest first."""
    waiting = select(Request).where(Request.state == RequestState.PENDING).order_by(col(Request.id))
    return [request for request in await session.exec(waiting) if decide_by(request, rules, rhythm) <= today]


def decide_by(request: Request, rules: RuleSet, rhythm: Rhythm) -> date:
    return rhythm.calendar.add_workdays(rhythm.today(request.asked_at), rules.decide_workdays)


async def find_waiting(database: Database, ids: Sequence[int]) -> list[Request]:
    """Those of the requests that are still undecided."""
    async with database.reading() as session:
        waiting = select(Request).where(col(Request.id).in_(ids), Request.state == RequestState.PENDING)
        return list(await session.exec(waiting.order_by(col(Request.id))))


async def _take_pending(session: AsyncSession, commitment_id: int, by: Actor, expected: int | None) -> Commitment:
    """The commitment for whoever may grant what is pending on it."""
    commitment = await take(session, commitment_id, Verb.REFUSE, by=by, expected=expected)
    pending = standing_of(commitment).pending
    assert pending is not None, "REFUSE needs something pending"
    return await take(session, commitment_id, GRANTS[pending], by=by)


async def _granted(
    session: AsyncSession, request: Request, on: date | None, today: date
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns that a granted request changes, and what only the event keeps."""
    if request.kind == RequestKind.EXTENSION:
        return {"due_on": on or request.wished_on}, {}
    if request.kind == RequestKind.TRANSFER:
        assert request.wished_unit is not None, "a transfer names a unit"
        unit = await settle_unit(session, request.wished_unit)
        return {"unit_id": unit.id, "contact_id": None, "opened_on": today}, {"unit": unit.name}
    return {}, {}


async def _settle(
    session: AsyncSession, commitment: Commitment, state: RequestState, now: datetime, answer: str | None = None
) -> Request:
    assert commitment.id is not None
    request = await _find_pending(session, commitment.id)
    assert request is not None, "what is pending has its request"
    request.state, request.decided_at, request.answer = state, now, answer
    return request


async def _find_pending(session: AsyncSession, commitment_id: int) -> Request | None:
    mine = select(Request).where(Request.commitment_id == commitment_id, Request.state == RequestState.PENDING)
    return (await session.exec(mine)).first()


def _request(commitment_id: int, wish: Wish, now: datetime, by: Actor) -> Request:
    assert by.chat_id is not None, "a request belongs to somebody in chat"
    return Request(
        commitment_id=commitment_id,
        kind=wish.kind,
        wished_on=wish.on,
        wished_unit=wish.unit,
        reason=wish.reason,
        asked_by=by.chat_id,
        asked_by_name=by.name,
        asked_at=now,
    )


def _facts(request: Request) -> dict[str, Any]:
    """What an event keeps of the request that it asks or decides."""
    facts = {"wished_on": plain(request.wished_on), "wished_unit": request.wished_unit}
    return {"request_id": request.id, "kind": request.kind} | {name: v for name, v in facts.items() if v is not None}
