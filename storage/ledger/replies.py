"""Replies come in as drafts, are completed and confirmed by a person, and are never loaded twice."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.letters import FoundCommitment, LetterRecord, Reading
from commitments.people import Actor, is_mobile, plain_phone
from commitments.states import CommitmentState, Rank, ReplyState
from commitments.verbs import RULES, Forbidden, Verb
from storage import outbox
from storage.engine import Database
from storage.ledger.events import record, snapshot
from storage.ledger.unit_names import settle_unit
from storage.search import index_reply
from storage.tables import Commitment, Contact, Delegate, Reply, ReplyDelegate


@dataclass(frozen=True, slots=True)
class Difference:
    """How a loaded letter differs from the one that came now: quotes, and dates as (quote, old, new)."""

    only_now: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    dates: tuple[tuple[str, date | None, date | None], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.only_now or self.only_before or self.dates)


@dataclass(frozen=True, slots=True)
class Given:
    """What the loader says; it counts only where the letter is silent."""

    replied_on: date | None = None
    unit: str | None = None


class AlreadyLoaded(Exception):
    """The same letter stands in the ledger; nothing was written."""

    def __init__(self, reply_id: int, difference: Difference) -> None:
        super().__init__(f"reply {reply_id}")
        self.reply_id, self.difference = reply_id, difference


class NotReady(Exception):
    """The reply cannot be confirmed before the missing fields are given: "reply_date", "unit"."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class NotADraft(Exception):
    """The reply was confirmed or discarded before."""

    def __init__(self, reply_id: int | None, state: str) -> None:
        super().__init__(f"reply {reply_id} is {state}")
        self.state = state


def missing_fields(reply: Reply | Row[Any]) -> tuple[str, ...]:
    """What a person must still give before the reply can be confirmed, in the order in which it is asked."""
    dateless = reply.relative_dates and reply.replied_on is None
    return ("reply_date",) * dateless + ("unit",) * (reply.unit_id is None)


async def add_reply(
    database: Database,
    *,
    source: str,
    text: str,
    reading: Reading,
    given: Given = Given(),
    now: datetime,
    by: Actor,
) -> Reply:
    """Keep a letter and its commitments as drafts. Raises AlreadyLoaded when the ledger has it.

    `reading` was made with the given date, where there is one.
    """
    _may_load(by)
    async with database.writing() as session:
        known = await _find_same(session, text, reading.letter)
        if known is not None:
            assert known.id is not None
            raise AlreadyLoaded(known.id, await _difference(session, known, reading))
        reply = Reply(source=source, text=text, text_sha256=text_key(text), loaded_at=now, loaded_by=by.name, kind="")
        _copy_letter(reply, reading)
        if reply.replied_on is None and given.replied_on is not None:
            reply.replied_on, reply.date_given_by_loader = given.replied_on, True
        await _settle_unit(session, reply, reading.letter.organ or given.unit)
        session.add(reply)
        await session.flush()
        _add_drafts(session, reply, reading.commitments)
        await record(session, "load", at=now, by=by, reply=reply, after={"commitments": len(reading.commitments)})
    return reply


async def set_reply_date(
    database: Database, reply_id: int, reading: Reading, replied_on: date, *, now: datetime, by: Actor
) -> Reply:
    """Give a draft the date its letter lacks; `reading` is the letter read again with that date."""
    _may_load(by)
    async with database.writing() as session:
        reply = await _get_draft(session, reply_id)
        before = {"replied_on": str(reply.replied_on)}
        _copy_letter(reply, reading)
        reply.replied_on, reply.date_given_by_loader = replied_on, True
        await session.exec(delete(Commitment).where(col(Commitment.reply_id) == reply_id))
        _add_drafts(session, reply, reading.commitments)
        await record(
            session,
            "set_reply_date",
            at=now,
            by=by,
            reply=reply,
            before=before,
            after={"replied_on": str(reply.replied_on)},
        )
    return reply


async def set_unit(database: Database, reply_id: int, unit: str, *, now: datetime, by: Actor) -> Reply:
    """Say which organ answered a draft."""
    _may_load(by)
    async with database.writing() as session:
        reply = await _get_draft(session, reply_id)
        before = {"unit_id": reply.unit_id}
        await _settle_unit(session, reply, unit)
        await record(session, "set_unit", at=now, by=by, reply=reply, before=before, after={"unit_id": reply.unit_id})
    return reply


async def confirm_reply(
    database: Database, reply_id: int, *, now: datetime, today: date, by: Actor, without_unit: bool = False
) -> int:
    """Open all drafts of a reply; its contact and delegates become known. The number of opened commitments.

    `without_unit` lets a reply in of which nobody knows who answered: it can be asked about, but nobody is reminded.

    Raises NotReady while fields are missing, NotADraft on a second press.
    """
    _may_load(by)
    async with database.writing() as session:
        reply = await _get_draft(session, reply_id)
        if missing := set(missing_fields(reply)) - ({"unit"} if without_unit else set()):
            raise NotReady(tuple(sorted(missing)))
        drafts = (
            await session.exec(
                select(Commitment).where(Commitment.reply_id == reply_id, Commitment.state == CommitmentState.DRAFT)
            )
        ).all()
        for commitment in drafts:
            commitment.state, commitment.opened_on = CommitmentState.OPEN, today
        reply.state = ReplyState.CONFIRMED
        contact = await _settle_contact(session, reply)
        await _settle_delegates(session, reply)
        await index_reply(session, reply_id)
        for commitment in drafts:
            await record(session, "open", at=now, by=by, commitment=commitment, after=snapshot(commitment))
        await record(session, "confirm", at=now, by=by, reply=reply, after={"opened": len(drafts)})
        if contact and contact.chat_id and drafts:
            await outbox.add(
                session, contact.chat_id, "new_commitments", {"reply_id": reply_id}, now=now, key=f"new:{reply_id}"
            )
    return len(drafts)


async def discard_reply(database: Database, reply_id: int, *, now: datetime, by: Actor) -> Reply:
    """Set a wrongly loaded draft aside; the same letter may then be loaded again."""
    _may_load(by)
    async with database.writing() as session:
        reply = await _get_draft(session, reply_id)
        reply.state = ReplyState.DISCARDED
        reply.text_sha256 = f"{reply.text_sha256}:{reply_id}"
        for commitment in await session.exec(select(Commitment).where(Commitment.reply_id == reply_id)):
            commitment.state = CommitmentState.DROPPED
        await record(session, "discard", at=now, by=by, reply=reply)
    return reply


def text_key(text: str) -> str:
    """The same for two copies of one letter, whatever their blanks, line breaks and character widths."""
    plain = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))
    return hashlib.sha256(plain.encode()).hexdigest()


def _may_load(by: Actor) -> None:
    rule = RULES[Verb.CONFIRM]
    if not by.roles & rule.roles:
        raise Forbidden(Verb.CONFIRM, rule.roles)


async def _get_draft(session: AsyncSession, reply_id: int) -> Reply:
    reply = (await session.exec(select(Reply).where(Reply.id == reply_id).with_for_update())).one()
    if reply.state != ReplyState.DRAFT:
        raise NotADraft(reply.id, reply.state)
    return reply


async def _find_same(session: AsyncSession, text: str, letter: LetterRecord) -> Reply | None:
    """A reply with the same text, or one to the same suggestion: its number, and its session or title."""
    same_text = (await session.exec(select(Reply).where(Reply.text_sha256 == text_key(text)))).first()
    if same_text or not letter.number:
        return same_text
    rows = await session.exec(
        select(Reply).where(
            Reply.number == letter.number, Reply.kind == letter.kind, Reply.state != ReplyState.DISCARDED
        )
    )
    for reply in rows:
        if (reply.title and reply.title == letter.title) or (reply.session and reply.session == letter.session):
            return reply
    return None


async def _difference(session: AsyncSession, reply: Reply, reading: Reading) -> Difference:
    rows = await session.exec(
        select(Commitment).where(Commitment.reply_id == reply.id, Commitment.state != CommitmentState.DROPPED)
    )
    before = {row.quote: row.original_due_on for row in rows}
    now = {found.quote: found.deadline.due_on for found in reading.commitments}
    same_anchor = reply.replied_on == reading.letter.replied_on
    return Difference(
        only_now=tuple(quote for quote in now if quote not in before),
        only_before=tuple(quote for quote in before if quote not in now),
        dates=tuple(
            (quote, before[quote], due_on)
            for quote, due_on in now.items()
            if same_anchor and quote in before and before[quote] != due_on
        ),
    )


LETTER_FIELDS = (
    *("kind", "title", "number", "session", "organ", "replied_on", "published_on", "category", "document_no"),
    *("contact_name", "contact_phone", "disclosure"),
)


def _copy_letter(reply: Reply, reading: Reading) -> None:
    for name in LETTER_FIELDS:
        setattr(reply, name, getattr(reading.letter, name))
    reply.co_organs = list(reading.letter.co_organs)
    reply.relative_dates = reading.relative_dates
    reply.near_misses = [_near_miss(found) for found in reading.near_misses]
    reply.addressees = list(reading.letter.addressees)


def _add_drafts(session: AsyncSession, reply: Reply, found: tuple[FoundCommitment, ...]) -> None:
    assert reply.id is not None
    for position, item in enumerate(found, 1):
        session.add(draft_of(item, reply.id, position))


def draft_of(found: FoundCommitment, reply_id: int, position: int) -> Commitment:
    return Commitment(reply_id=reply_id, position=position, due_on=found.deadline.due_on, **_columns(found))


def _columns(found: FoundCommitment) -> dict[str, Any]:
    deadline = found.deadline
    return {
        "quote": found.quote,
        "section": found.section,
        "verifiable": found.verifiable,
        "original_due_on": deadline.due_on,
        "due_basis": deadline.basis,
        "due_text": deadline.text,
        "due_rule": deadline.rule,
        "derivation": deadline.derivation,
        "recurrence": found.recurrence,
        "targets": [asdict(target) for target in found.targets],
        "owner": found.owner,
        "cues": list(found.cues),
        "confidence": found.confidence,
    }


def _near_miss(found: FoundCommitment) -> dict[str, Any]:
    """A near-miss as JSON, from which drafts.add_near_miss makes a commitment."""
    row = _columns(found)
    return row | {"original_due_on": str(found.deadline.due_on) if found.deadline.due_on else None}


async def _settle_unit(session: AsyncSession, reply: Reply, name: str | None) -> None:
    if not name:
        return
    reply.unit_id = (await settle_unit(session, name)).id


async def _settle_contact(session: AsyncSession, reply: Reply) -> Contact | None:
    """The letter's contact line becomes a contact of the unit; without one, the unit's own contact stands in."""
    if reply.unit_id is None:
        return None
    name, phone = reply.contact_name or "", plain_phone(reply.contact_phone)
    mine = select(Contact).where(Contact.unit_id == reply.unit_id)
    contact = (await session.exec(mine.where(Contact.name == name, Contact.phone == phone))).first()
    if (not name and not phone) or (contact and contact.left_at):
        here = mine.where(Contact.rank == Rank.CONTACT, col(Contact.left_at).is_(None))
        contact = (await session.exec(here.order_by(col(Contact.id)))).first()
    elif contact is None:
        contact = Contact(unit_id=reply.unit_id, name=name, phone=phone)
        contact.chat_id = await _chat_of_phone(session, phone)
        session.add(contact)
        await session.flush()
    reply.contact_id = contact.id if contact else None
    return contact


async def _chat_of_phone(session: AsyncSession, phone: str) -> int | None:
    """Somebody who proved this mobile number before need not do it again for another unit or letter."""
    if not is_mobile(phone):
        return None
    proved = select(Contact.chat_id).where(Contact.phone == phone, col(Contact.chat_id).is_not(None))
    return (await session.exec(proved)).first()


async def _settle_delegates(session: AsyncSession, reply: Reply) -> None:
    assert reply.id is not None
    for position, name in enumerate(dict.fromkeys(reply.addressees)):
        delegate = (await session.exec(select(Delegate).where(Delegate.name == name))).first()
        if delegate is None:
            delegate = Delegate(name=name)
            session.add(delegate)
            await session.flush()
        assert delegate.id is not None
        session.add(ReplyDelegate(reply_id=reply.id, delegate_id=delegate.id, position=position))
