"""Who speaks in chat: accounts, contacts bound by phone, everybody else bound by a one-time invite link."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, bindparam, func, literal, null, union_all
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.people import Actor, Speaker, is_mobile, plain_phone
from commitments.states import CommitmentState, Rank, Role
from storage import outbox
from storage.engine import Database, Look
from storage.ledger.events import record
from storage.ledger.responsible import UNIT_ID
from storage.ledger.unit_names import settle_unit
from storage.tables import Account, Commitment, Contact, Delegate, DelegateMember, Invite, Reply, Unit

INVITE_LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Bound:
    """Whom an account stands for now; `first_time` is False when it was bound before."""

    name: str
    unit: str | None
    role: Role
    first_time: bool


class InviteRefused(Exception):
    """The link is unknown, used or expired; `why` says which."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


SEEN_AGAIN_AFTER = timedelta(hours=1)
"""So exactly it is kept when somebody was last seen: not every message is worth a write."""


async def touch_account(database: Database, chat_id: int, name: str, *, now: datetime) -> None:
    """Somebody wrote or pressed: the account exists and can be reached."""
    async with database.writing() as session:
        account = await session.get(Account, chat_id)
        if account is None:
            account = Account(chat_id=chat_id, name=name, first_seen_at=now, last_seen_at=now)
        account.name, account.reachable, account.last_seen_at = name, True, now
        session.add(account)


async def find_speaker(database: Database, chat_id: int, name: str, admins: frozenset[int]) -> Speaker:
    """All roles of an account; a stranger has none."""
    return await database.look(lambda look: speaker_of(look, chat_id, name, admins))


_CHAT: BindParameter[int] = bindparam("chat")
BOUND: CompoundSelect[Any] = union_all(
    select(literal(Role.OFFICIAL).label("role"), Contact.id, Contact.unit_id, Contact.name).where(
        Contact.chat_id == _CHAT
    ),
    select(literal(Role.DELEGATE), Delegate.id, null(), Delegate.name).where(Delegate.chat_id == _CHAT),
)
_MEMBERS = select(DelegateMember.member_id).where(col(DelegateMember.group_id).in_(bindparam("ids", expanding=True)))


def speaker_of(look: Look, chat_id: int, name: str, admins: frozenset[int], *, is_bound: bool = True) -> Speaker:
    """`is_bound` False: the caller knows that neither a contact nor a delegate is bound to the account."""
    bound = look.execute(BOUND, {"chat": chat_id}).all() if is_bound else ()
    contacts = [row for row in bound if row.role == Role.OFFICIAL]
    delegates = [row for row in bound if row.role == Role.DELEGATE]
    delegate_ids = frozenset(row.id for row in delegates)
    member_ids = frozenset(look.scalars(_MEMBERS, {"ids": list(delegate_ids)})) if delegate_ids else frozenset()
    roles = {
        role
        for role, held in (
            (Role.ADMIN, chat_id in admins),
            (Role.OFFICIAL, bool(contacts)),
            (Role.DELEGATE, bool(delegates)),
        )
        if held
    }
    names = [contact.name for contact in contacts] + [delegate.name for delegate in delegates]
    return Speaker(
        chat_id=chat_id,
        name=next(filter(None, names), name),
        roles=frozenset(roles),
        contact_ids=frozenset(row.id for row in contacts),
        unit_ids=frozenset(row.unit_id for row in contacts),
        delegate_ids=delegate_ids,
        member_ids=member_ids,
    )


async def bind_by_phone(
    database: Database, chat_id: int, phone: str, *, now: datetime, admins: tuple[int, ...]
) -> Bound | None:
    """Bind the contacts whose letter names this mobile number; None when no letter does.

    The caller must have made sure that the number is the account's own (Telegram's contact.user_id).
    """
    plain = plain_phone(phone)
    if not is_mobile(plain):
        return None
    async with database.writing() as session:
        named = select(Contact).where(Contact.phone == plain, col(Contact.left_at).is_(None))
        contacts = (await session.exec(named.order_by(col(Contact.id)))).all()
        if not contacts:
            return None
        new = [contact for contact in contacts if contact.chat_id != chat_id]
        for contact in new:
            contact.chat_id, contact.bound_at = chat_id, now
        return await _bound(session, contacts[0], bool(new), chat_id, now, admins)


async def create_invite(
    database: Database,
    *,
    contact_id: int | None = None,
    delegate_id: int | None = None,
    now: datetime,
    by: Actor,
) -> str:
    """A new one-time code for a contact or a delegate; only its hash is kept."""
    assert by.chat_id is not None
    code = secrets.token_urlsafe(18)
    async with database.writing() as session:
        session.add(
            Invite(
                code_sha256=_hash(code),
                contact_id=contact_id,
                delegate_id=delegate_id,
                created_by=by.chat_id,
                created_at=now,
                expires_at=now + INVITE_LASTS,
            )
        )
        await record(session, "invite", at=now, by=by, after={"contact_id": contact_id, "delegate_id": delegate_id})
    return code


async def redeem_invite(
    database: Database, chat_id: int, code: str, *, now: datetime, admins: tuple[int, ...]
) -> Bound:
    """Bind the account to whom the link names. Raises InviteRefused: "unknown", "used" or "expired"."""
    async with database.writing() as session:
        found = await session.exec(select(Invite).where(Invite.code_sha256 == _hash(code)).with_for_update())
        invite = found.first()
        if invite is None:
            raise InviteRefused("unknown")
        if invite.used_at is not None and invite.used_by != chat_id:
            raise InviteRefused("used")
        if invite.used_at is None and now > invite.expires_at:
            raise InviteRefused("expired")
        person = await _invited(session, invite)
        first_time = invite.used_at is None
        if first_time:
            invite.used_at, invite.used_by = now, chat_id
            person.chat_id, person.bound_at = chat_id, now
        return await _bound(session, person, first_time, chat_id, now, admins)


async def add_contact(database: Database, unit: str, name: str, rank: Rank = Rank.CONTACT) -> Contact:
    """The contact of this name in this unit, with this rank from now on, made where they are new."""
    async with database.writing() as session:
        row = await settle_unit(session, unit)
        assert row.id is not None
        contact = (await session.exec(select(Contact).where(Contact.unit_id == row.id, Contact.name == name))).first()
        if contact is None:
            contact = Contact(unit_id=row.id, name=name)
        contact.rank, contact.left_at = rank, None
        session.add(contact)
    return contact


async def add_delegate(database: Database, name: str) -> Delegate:
    """The delegate of this name, made where they are new."""
    async with database.writing() as session:
        delegate = (await session.exec(select(Delegate).where(Delegate.name == name))).first()
        if delegate is None:
            delegate = Delegate(name=name)
            session.add(delegate)
    return delegate


async def get_contact(database: Database, contact_id: int) -> tuple[Contact, str]:
    """The contact and the name of the unit. Raises NoResultFound."""
    async with database.reading() as session:
        both = select(Contact, Unit).join(Unit, col(Unit.id) == col(Contact.unit_id)).where(Contact.id == contact_id)
        contact, unit = (await session.exec(both)).one()
    return contact, unit.name


async def get_delegate(database: Database, delegate_id: int) -> Delegate:
    """Raises NoResultFound."""
    async with database.reading() as session:
        return (await session.exec(select(Delegate).where(Delegate.id == delegate_id))).one()


async def find_units(database: Database, *, limit: int | None = None) -> list[Unit]:
    """All units, those that came last first."""
    async with database.reading() as session:
        return list(await session.exec(select(Unit).order_by(col(Unit.id).desc()).limit(limit)))


async def find_units_by_phone(database: Database, phone: str) -> list[Unit]:
    """The units of the contacts who have this number (digits only)."""
    async with database.reading() as session:
        units = select(Unit).join(Contact, col(Contact.unit_id) == col(Unit.id)).where(Contact.phone == phone)
        return list(await session.exec(units)) if phone else []


async def count_open_items(database: Database, unit_ids: frozenset[int]) -> int:
    """How many commitments of these units are under way."""
    async with database.reading() as session:
        rows = (
            select(func.count())
            .select_from(Commitment)
            .join(Reply, col(Reply.id) == col(Commitment.reply_id))
            .where(UNIT_ID.in_(unit_ids), Commitment.state == CommitmentState.OPEN)
        )
        return (await session.exec(rows)).one()


async def _invited(session: AsyncSession, invite: Invite) -> Contact | Delegate:
    person = (
        await session.get(Contact, invite.contact_id)
        if invite.contact_id
        else await session.get(Delegate, invite.delegate_id)
    )
    assert person is not None
    return person


async def _bound(
    session: AsyncSession,
    person: Contact | Delegate,
    first_time: bool,
    chat_id: int,
    now: datetime,
    admins: tuple[int, ...],
) -> Bound:
    role = Role.OFFICIAL if isinstance(person, Contact) else Role.DELEGATE
    unit = await session.get(Unit, person.unit_id) if isinstance(person, Contact) else None
    bound = Bound(person.name, unit.name if unit else None, role, first_time)
    if first_time:
        actor = Actor(person.name, frozenset({role}), chat_id)
        await record(session, "bind", at=now, by=actor, after={"role": role, "unit": bound.unit})
        for admin in admins:
            params = {"name": bound.name, "unit": bound.unit, "role": role}
            await outbox.add(
                session, admin, "bound", params, now=now, key=f"bound:{role}:{person.id}:{chat_id}:{admin}"
            )
    return bound


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
