"""What becomes of an open commitment: reported on, done, closed, sent back, its date moved; and who must hear of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.people import Actor
from commitments.states import CommitmentState, Role
from commitments.verbs import RULES, Forbidden, Verb, next_state
from storage import outbox
from storage.engine import Database
from storage.ledger.drafts import get_locked
from storage.ledger.events import record
from storage.tables import Commitment, Contact, Delegate, Event, Evidence, Reply, ReplyDelegate


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A photo or document that came with a report; sha256 is None when no copy could be kept."""

    kind: str
    file_id: str
    file_name: str
    size_bytes: int
    sha256: str | None


class SameChecker(Exception):
    """Whoever reported a commitment done must not be the one who closes it."""


async def report(
    database: Database,
    commitment_id: int,
    *,
    note: str | None,
    files: tuple[EvidenceFile, ...] = (),
    now: datetime,
    by: Actor,
    admins: tuple[int, ...] = (),
) -> Commitment:
    """Keep what an official says about progress, with its evidence. Raises Forbidden or NotNow."""
    async with database.writing() as session:
        commitment = await get_locked(session, commitment_id)
        await _must_be_responsible(session, commitment, by, Verb.REPORT)
        next_state(Verb.REPORT, by.roles, CommitmentState(commitment.state))
        commitment.last_report_at = now
        event = await record(session, Verb.REPORT, at=now, by=by, commitment=commitment, note=note)
        for file in files:
            session.add(_evidence(file, event, commitment))
        await _tell(session, admins, "reported", {"commitment_id": commitment_id, "event_id": event.id}, now)
    return commitment


async def report_done(
    database: Database, commitment_id: int, *, now: datetime, by: Actor, admins: tuple[int, ...]
) -> Commitment:
    """An official says it is done: it waits for a checker, and the admins are asked."""
    async with database.writing() as session:
        commitment = await get_locked(session, commitment_id)
        await _must_be_responsible(session, commitment, by, Verb.REPORT_DONE)
        event = await _move(session, commitment, Verb.REPORT_DONE, now=now, by=by)
        commitment.reporter_id, commitment.last_report_at = by.chat_id, now
        await _tell(session, admins, "to_check", {"commitment_id": commitment_id, "event_id": event.id}, now)
    return commitment


async def close(
    database: Database, commitment_id: int, *, now: datetime, by: Actor, note: str | None = None
) -> Commitment:
    """A checker who did not report it closes it; its delegates and its contact are told."""
    async with database.writing() as session:
        commitment = await get_locked(session, commitment_id)
        if by.chat_id is not None and by.chat_id == commitment.reporter_id:
            raise SameChecker
        event = await _move(session, commitment, Verb.CLOSE, now=now, by=by, note=note)
        commitment.closed_at = now
        await _tell_everybody(session, commitment, "closed", event, now)
    return commitment


async def send_back(database: Database, commitment_id: int, *, reason: str, now: datetime, by: Actor) -> Commitment:
    """Not done yet: it is open again, and whoever reported it hears why."""
    async with database.writing() as session:
        commitment = await get_locked(session, commitment_id)
        event = await _move(session, commitment, Verb.SEND_BACK, now=now, by=by, note=reason)
        params = {"commitment_id": commitment_id, "event_id": event.id}
        await _tell(session, await chats_of_contacts(session, commitment), "sent_back", params, now)
        commitment.reporter_id = None
    return commitment


async def change_due(
    database: Database, commitment_id: int, due_on: date, *, reason: str | None, now: datetime, by: Actor
) -> Commitment:
    """Move the due date of an open commitment; the letter's own date stays in `original_due_on`, everybody is told."""
    async with database.writing() as session:
        commitment = await get_locked(session, commitment_id)
        next_state(Verb.CHANGE_DUE, by.roles, CommitmentState(commitment.state))
        before, commitment.due_on = commitment.due_on, due_on
        commitment.version += 1
        event = await record(
            session,
            Verb.CHANGE_DUE,
            at=now,
            by=by,
            commitment=commitment,
            before={"due_on": str(before) if before else None},
            after={"due_on": str(due_on)},
            note=reason,
        )
        if before != due_on:
            await _tell_everybody(session, commitment, "due_changed", event, now)
    return commitment


async def chats_of_contacts(session: AsyncSession, commitment: Commitment) -> tuple[int, ...]:
    """The bound contacts who answer for a commitment: the reply's own, else those of its unit."""
    reply = (await session.exec(select(Reply).where(Reply.id == commitment.reply_id))).one()
    mine = col(Contact.id) == reply.contact_id if reply.contact_id else col(Contact.unit_id) == reply.unit_id
    rows = await session.exec(select(Contact.chat_id).where(mine, col(Contact.chat_id).is_not(None)))
    return tuple(dict.fromkeys(chat for chat in rows if chat is not None))


async def chats_of_delegates(session: AsyncSession, commitment: Commitment) -> tuple[int, ...]:
    rows = await session.exec(
        select(Delegate.chat_id)
        .join(ReplyDelegate, col(ReplyDelegate.delegate_id) == col(Delegate.id))
        .where(ReplyDelegate.reply_id == commitment.reply_id, col(Delegate.chat_id).is_not(None))
    )
    return tuple(dict.fromkeys(chat for chat in rows if chat is not None))


async def _must_be_responsible(session: AsyncSession, commitment: Commitment, by: Actor, verb: Verb) -> None:
    """An official acts for the own unit only."""
    unit = select(Reply.unit_id).where(Reply.id == commitment.reply_id).scalar_subquery()
    mine = select(Contact.id).where(Contact.unit_id == unit, Contact.chat_id == by.chat_id)
    if by.chat_id is None or (await session.exec(mine)).first() is None:
        raise Forbidden(verb, frozenset({Role.OFFICIAL}) & RULES[verb].roles)


async def _move(
    session: AsyncSession, commitment: Commitment, verb: Verb, *, now: datetime, by: Actor, note: str | None = None
) -> Event:
    before = CommitmentState(commitment.state)
    commitment.state = next_state(verb, by.roles, before)
    commitment.version += 1
    return await record(
        session,
        verb,
        at=now,
        by=by,
        commitment=commitment,
        before={"state": before},
        after={"state": commitment.state},
        note=note,
    )


def _evidence(file: EvidenceFile, event: Event, commitment: Commitment) -> Evidence:
    assert event.id is not None
    assert commitment.id is not None
    return Evidence(
        event_id=event.id,
        commitment_id=commitment.id,
        kind=file.kind,
        file_id=file.file_id,
        file_name=file.file_name,
        size_bytes=file.size_bytes,
        sha256=file.sha256,
    )


async def _tell(
    session: AsyncSession, chats: tuple[int, ...], kind: str, params: dict[str, Any], now: datetime
) -> None:
    for chat_id in chats:
        await outbox.add(session, chat_id, kind, params, now=now, key=f"{kind}:{params['event_id']}:{chat_id}")


async def _tell_everybody(
    session: AsyncSession, commitment: Commitment, kind: str, event: Event, now: datetime
) -> None:
    params = {"commitment_id": commitment.id, "event_id": event.id}
    contacts = await chats_of_contacts(session, commitment)
    delegates = await chats_of_delegates(session, commitment)
    await _tell(session, tuple(dict.fromkeys(contacts + delegates)), kind, params, now)
