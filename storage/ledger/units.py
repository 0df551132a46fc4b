"""Units and the people around them: other names, who takes over, who belongs to a group of delegates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.people import Actor
from commitments.states import CommitmentState
from commitments.verbs import Verb
from storage import outbox
from storage.engine import Database
from storage.ledger.events import plain, record
from storage.ledger.moving import move, take, tell
from storage.ledger.responsible import CONTACT_ID, UNIT_ID, chats_of_contacts
from storage.ledger.unit_names import find_unit, settle_unit
from storage.search import index_commitment, index_reply
from storage.tables import Commitment, Contact, Delegate, DelegateMember, Reply, Unit, UnitAlias


@dataclass(frozen=True, slots=True)
class HandOver:
    """Who does the work now, and how many commitments that concerns."""

    contact_id: int
    is_bound: bool
    commitments: int


class NameTaken(Exception):
    """The name stands for another unit already."""

    def __init__(self, name: str, unit: str) -> None:
        super().__init__(f"{name} is {unit}")
        self.name, self.unit = name, unit


class NobodyOfThatName(Exception):
    """No contact of this unit, or no unit, is called so."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


async def add_alias(database: Database, alias: str, name: str, *, now: datetime, by: Actor) -> Unit:
    """Let another name mean a unit. Raises NameTaken where it means a different one."""
    async with database.writing() as session:
        unit = await settle_unit(session, name)
        known = await find_unit(session, alias)
        if known is not None and known.id != unit.id:
            raise NameTaken(alias, known.name)
        if known is None and unit.id is not None:
            session.add(UnitAlias(unit_id=unit.id, alias=alias))
            for reply_id in (await session.exec(select(Reply.id).where(Reply.unit_id == unit.id))).all():
                await index_reply(session, reply_id or 0)
            await record(session, "add_alias", at=now, by=by, after={"unit": unit.name, "alias": alias})
    return unit


async def find_aliases(database: Database) -> list[tuple[str, str]]:
    """Every other name and the unit it stands for."""
    async with database.reading() as session:
        both = select(UnitAlias.alias, Unit.name).join(Unit, col(Unit.id) == col(UnitAlias.unit_id))
        return list(await session.exec(both.order_by(col(UnitAlias.id))))


async def reassign(
    database: Database,
    commitment_id: int,
    unit: str,
    *,
    reason: str | None,
    now: datetime,
    today: date,
    by: Actor,
    expected: int | None = None,
) -> Commitment:
    """改派: another unit answers for it from now on; both sides are told."""
    async with database.writing() as session:
        commitment = await take(session, commitment_id, Verb.REASSIGN, by=by, expected=expected)
        formerly = await chats_of_contacts(session, commitment)
        row = await settle_unit(session, unit)
        moved = {"unit_id": row.id, "contact_id": None, "opened_on": today}
        more = {"unit": row.name}
        event = await move(session, commitment, Verb.REASSIGN, moved, by=by, now=now, note=reason, more=more)
        await index_commitment(session, commitment_id)
        await tell(session, commitment, event, now=now, formerly=formerly)
    return commitment


async def hand_over(
    database: Database, unit: str, leaver: str, successor: str, *, now: datetime, by: Actor
) -> HandOver:
    """A contact leaves: all that is under way goes to the successor, who gets one message with it.

    Raises NobodyOfThatName.
    """
    async with database.writing() as session:
        row = await find_unit(session, unit)
        if row is None or row.id is None:
            raise NobodyOfThatName(unit)
        leaving = await _contacts(session, row.id, leaver)
        if not leaving:
            raise NobodyOfThatName(leaver)
        taking = await _successor(session, row.id, successor, leaving[0].rank)
        moved = await _move_work(session, row.id, leaving, taking, now, by)
        for contact in leaving:
            contact.chat_id, contact.left_at = None, now
        if taking.chat_id is not None and moved:
            params = {"commitment_ids": moved, "from": leaver}
            await outbox.add(session, taking.chat_id, "handed_over", params, now=now)
    assert taking.id is not None
    return HandOver(taking.id, taking.chat_id is not None, len(moved))


async def set_members(
    database: Database, group: str, members: Sequence[str], *, now: datetime, by: Actor
) -> tuple[Delegate, list[str]]:
    """代表团, 党派: the account of the group sees what answers these members. Raises NobodyOfThatName."""
    async with database.writing() as session:
        rows = {row.name: row for row in await session.exec(select(Delegate).where(col(Delegate.name).in_(members)))}
        for name in members:
            if name not in rows:
                raise NobodyOfThatName(name)
        delegate = (await session.exec(select(Delegate).where(Delegate.name == group))).first() or Delegate(name=group)
        session.add(delegate)
        await session.flush()
        for name in members:
            await session.merge(DelegateMember(group_id=delegate.id or 0, member_id=rows[name].id or 0))
        await record(session, "set_members", at=now, by=by, after={"group": group, "members": list(members)})
    return delegate, list(members)


async def _contacts(session: AsyncSession, unit_id: int, name: str) -> list[Contact]:
    mine = select(Contact).where(Contact.unit_id == unit_id, Contact.name == name, col(Contact.left_at).is_(None))
    return list(await session.exec(mine.order_by(col(Contact.id)).with_for_update()))


async def _successor(session: AsyncSession, unit_id: int, name: str, rank: str) -> Contact:
    known = await _contacts(session, unit_id, name)
    contact = known[0] if known else Contact(unit_id=unit_id, name=name, rank=rank)
    session.add(contact)
    await session.flush()
    return contact


async def _move_work(
    session: AsyncSession, unit_id: int, leaving: Sequence[Contact], taking: Contact, now: datetime, by: Actor
) -> list[int]:
    """Every commitment that is not settled gets the new contact; replies too, for what their unit promises later."""
    ids = [contact.id for contact in leaving]
    under_way = (CommitmentState.OPEN, CommitmentState.REPORTED)
    theirs = (
        select(Commitment)
        .join(Reply, col(Reply.id) == col(Commitment.reply_id))
        .where(unit_id == UNIT_ID, CONTACT_ID.in_(ids), col(Commitment.state).in_(under_way))
        .order_by(col(Commitment.id))
        .with_for_update(of=Commitment)
    )
    commitments = list(await session.exec(theirs))
    for reply in await session.exec(select(Reply).where(col(Reply.contact_id).in_(ids)).with_for_update()):
        reply.contact_id = taking.id
    for commitment in commitments:
        before, commitment.contact_id = {"contact_id": plain(commitment.contact_id)}, taking.id
        after = {"contact_id": taking.id, "contact": taking.name, "formerly": leaving[0].name}
        await record(session, "hand_over", at=now, by=by, commitment=commitment, before=before, after=after)
    return [commitment.id for commitment in commitments if commitment.id is not None]
