"""Who wants to hear of a commitment although nobody must tell them: follows, and the delegates' weekly digest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.engine import Database
from storage.tables import Account, Delegate, Follow


async def follow(database: Database, commitment_id: int, chat_id: int, *, now: datetime) -> None:
    """关注; a second press changes nothing."""
    async with database.writing() as session:
        if await session.get(Follow, (chat_id, commitment_id)) is None:
            session.add(Follow(chat_id=chat_id, commitment_id=commitment_id, followed_at=now))


async def unfollow(database: Database, commitment_id: int, chat_id: int) -> None:
    async with database.writing() as session:
        mine = (col(Follow.chat_id) == chat_id, col(Follow.commitment_id) == commitment_id)
        await session.exec(delete(Follow).where(*mine))


async def is_following(database: Database, commitment_id: int, chat_id: int) -> bool:
    mine = select(Follow.chat_id).where(Follow.chat_id == chat_id, Follow.commitment_id == commitment_id)
    return await database.look(lambda look: look.execute(mine).first() is not None)


async def chats_of_followers(session: AsyncSession, commitment_id: int | None) -> tuple[int, ...]:
    rows = select(Follow.chat_id).where(Follow.commitment_id == commitment_id).order_by(col(Follow.chat_id))
    return tuple(await session.exec(rows))


async def set_week(database: Database, chat_id: int, *, wanted: bool) -> None:
    """Whether this delegate wants a digest every week."""
    async with database.writing() as session:
        account = await session.get(Account, chat_id)
        if account is not None:
            account.wants_week = wanted


async def wants_week(database: Database, chat_id: int) -> bool:
    async with database.reading() as session:
        account = await session.get(Account, chat_id)
        return bool(account and account.wants_week)


async def find_weekly_readers(session: AsyncSession) -> list[int]:
    """The bound delegates who want a digest and can be reached."""
    rows = (
        select(Account.chat_id)
        .join(Delegate, col(Delegate.chat_id) == col(Account.chat_id))
        .where(col(Account.wants_week), col(Account.reachable))
        .distinct()
    )
    return list(await session.exec(rows))
