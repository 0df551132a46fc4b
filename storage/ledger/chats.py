"""What our messages were about, so that an answer finds its commitment months later; letters that come in pieces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.engine import Database, Look
from storage.tables import Card, LetterPart

QUESTION_STAYS_OPEN = timedelta(hours=2)
"""So long the next words in a chat are taken as the answer to our question, even when they quote nothing."""


async def remember_card(
    database: Database,
    chat_id: int,
    message_id: int,
    *,
    about: str,
    reply_id: int | None,
    commitment_ids: Sequence[int],
    asks: bool,
    now: datetime,
    params: Mapping[str, Any] | None = None,
) -> None:
    """Note what a message of ours is about; a new question of ours ends the one before it."""
    async with database.writing() as session:
        if asks:
            for open_card in await session.exec(_open_questions(chat_id)):
                open_card.answered_at = now
        card = await session.get(Card, (chat_id, message_id)) or Card(
            chat_id=chat_id, message_id=message_id, about=about, sent_at=now
        )
        card.about, card.reply_id, card.asks, card.sent_at = about, reply_id, asks, now
        card.commitment_ids, card.answered_at, card.params = list(commitment_ids), None, dict(params or {})
        session.add(card)


async def find_card(database: Database, chat_id: int, message_id: int) -> Card | None:
    async with database.reading() as session:
        return await session.get(Card, (chat_id, message_id))


async def find_open_question(database: Database, chat_id: int, *, now: datetime) -> Card | None:
    """The question of ours in this chat that nobody has answered yet."""
    return await database.look(lambda look: open_question_of(look, chat_id, now=now))


RECENT = (
    select(Card)
    .where(
        Card.chat_id == bindparam("chat"),
        col(Card.asks),
        col(Card.answered_at).is_(None),
        Card.sent_at > bindparam("since"),
    )
    .order_by(col(Card.message_id).desc())
    .limit(1)
)


def open_question_of(look: Look, chat_id: int, *, now: datetime) -> Card | None:
    row = look.execute(RECENT, {"chat": chat_id, "since": now - QUESTION_STAYS_OPEN}).mappings().first()
    return Card(**row) if row else None


async def end_questions(database: Database, chat_id: int, *, now: datetime) -> None:
    """Whatever we asked in this chat is answered or called off."""
    if await find_open_question(database, chat_id, now=now) is None:
        return
    async with database.writing() as session:
        for card in await session.exec(_open_questions(chat_id)):
            card.answered_at = now


async def keep_letter_part(database: Database, chat_id: int, message_id: int, text: str, *, now: datetime) -> list[str]:
    """Add a piece of a letter (once, however often the update comes); all pieces so far, in the chat's order."""
    async with database.writing() as session:
        if await session.get(LetterPart, (chat_id, message_id)) is None:
            session.add(LetterPart(chat_id=chat_id, message_id=message_id, text=text, received_at=now))
            await session.flush()
        rows = select(LetterPart.text).where(LetterPart.chat_id == chat_id).order_by(col(LetterPart.message_id))
        return list(await session.exec(rows))


async def take_letter_parts(database: Database, chat_id: int) -> list[str]:
    """The pieces in the chat's order; they are gone from the table afterwards."""
    async with database.writing() as session:
        rows = select(LetterPart.text).where(LetterPart.chat_id == chat_id).order_by(col(LetterPart.message_id))
        parts = list(await session.exec(rows))
        await session.exec(delete(LetterPart).where(col(LetterPart.chat_id) == chat_id))
    return parts


def _open_questions(chat_id: int) -> SelectOfScalar[Card]:
    return select(Card).where(Card.chat_id == chat_id, col(Card.asks), col(Card.answered_at).is_(None))
