"""Who answers for a commitment: the unit and contact of its reply, unless it was given to others since."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.people import Actor
from commitments.states import Role
from storage.tables import Commitment, Contact, Delegate, Reply, ReplyDelegate

UNIT_ID: ColumnElement[int | None] = func.coalesce(col(Commitment.unit_id), col(Reply.unit_id))
"""In a query that joins a commitment and its reply."""
CONTACT_ID: ColumnElement[int | None] = case(
    (col(Commitment.unit_id).is_(None), func.coalesce(col(Commitment.contact_id), col(Reply.contact_id))),
    else_=col(Commitment.contact_id),
)


async def find_responsible_ids(session: AsyncSession, commitment: Commitment) -> tuple[int | None, int | None]:
    """The unit and, where a letter or an admin names one, its contact."""
    await session.flush()
    columns: tuple[Any, Any] = (UNIT_ID, CONTACT_ID)
    both = select(*columns).select_from(Commitment).join(Reply, col(Reply.id) == col(Commitment.reply_id))
    unit_id, contact_id = (await session.exec(both.where(Commitment.id == commitment.id))).one()
    return unit_id, contact_id


async def chats_of_contacts(session: AsyncSession, commitment: Commitment) -> tuple[int, ...]:
    """The bound contacts who answer for a commitment: the one named, else those of its unit."""
    unit_id, contact_id = await find_responsible_ids(session, commitment)
    mine = col(Contact.id) == contact_id if contact_id else col(Contact.unit_id) == unit_id
    bound = select(Contact.chat_id).where(mine, col(Contact.chat_id).is_not(None), col(Contact.left_at).is_(None))
    return tuple(dict.fromkeys(chat for chat in await session.exec(bound) if chat is not None))


async def chats_of_delegates(session: AsyncSession, commitment: Commitment) -> tuple[int, ...]:
    """The bound accounts of those whom the reply answers."""
    rows = await session.exec(
        select(Delegate.chat_id)
        .join(ReplyDelegate, col(ReplyDelegate.delegate_id) == col(Delegate.id))
        .where(ReplyDelegate.reply_id == commitment.reply_id, col(Delegate.chat_id).is_not(None))
    )
    return tuple(dict.fromkeys(chat for chat in rows if chat is not None))


async def roles_towards(session: AsyncSession, commitment: Commitment, by: Actor) -> frozenset[Role]:
    """The roles that count here: an official acts for the own unit only, a delegate on the own suggestion only."""
    roles = by.roles - {Role.OFFICIAL, Role.DELEGATE}
    if by.chat_id is None:
        return roles
    if Role.OFFICIAL in by.roles:
        unit_id, _ = await find_responsible_ids(session, commitment)
        mine = select(Contact.id).where(Contact.unit_id == unit_id, Contact.chat_id == by.chat_id)
        if (await session.exec(mine)).first() is not None:
            roles |= {Role.OFFICIAL}
    if Role.DELEGATE in by.roles and by.chat_id in await chats_of_delegates(session, commitment):
        roles |= {Role.DELEGATE}
    return roles
