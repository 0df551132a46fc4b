"""What every message of a private chat needs to be understood, in one look: who speaks and what was open before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, exists
from sqlalchemy import select as select_columns
from sqlmodel import col

from commitments.people import Speaker
from storage.engine import Database, Look
from storage.ledger.chats import QUESTION_STAYS_OPEN, RECENT, open_question_of
from storage.ledger.dialogues import REMEMBERED_FOR
from storage.ledger.people import BOUND, SEEN_AGAIN_AFTER, speaker_of, touch_account
from storage.tables import Account, Card, Dialogue, LetterPart


@dataclass(frozen=True, slots=True)
class Heard:
    """Who speaks, our question that nobody has answered, whether a letter comes in pieces, what was asked before."""

    speaker: Speaker
    question: Card | None = None
    in_pieces: bool = False
    thread: dict[str, Any] | None = None


_CHAT: BindParameter[int] = bindparam("chat")
_BEFORE = (
    select_columns(
        col(Account.name),
        col(Account.reachable),
        col(Account.last_seen_at),
        col(Dialogue.thread),
        col(Dialogue.at),
        exists().where(col(LetterPart.chat_id) == _CHAT).label("in_pieces"),
        exists(BOUND.subquery()).label("is_bound"),
        RECENT.with_only_columns(col(Card.message_id)).scalar_subquery().label("asked"),
    )
    .outerjoin(Dialogue, col(Dialogue.chat_id) == col(Account.chat_id))
    .where(col(Account.chat_id) == _CHAT)
)


async def hear(database: Database, chat_id: int, name: str, admins: frozenset[int], *, now: datetime) -> Heard:
    """Somebody wrote or pressed in a private chat: the account exists from now on and can be reached."""

    def look_up(look: Look) -> tuple[bool, Heard]:
        before = look.execute(_BEFORE, {"chat": chat_id, "since": now - QUESTION_STAYS_OPEN}).first()
        if before is None:
            return False, Heard(speaker_of(look, chat_id, name, admins))
        speaker = speaker_of(look, chat_id, name, admins, is_bound=before.is_bound)
        question = open_question_of(look, chat_id, now=now) if before.asked else None
        thread = before.thread if before.at and now - before.at < REMEMBERED_FOR else None
        seen = before.reachable and before.name == name and now - before.last_seen_at < SEEN_AGAIN_AFTER
        return seen, Heard(speaker, question, before.in_pieces, thread)

    seen, heard = await database.look(look_up)
    if not seen:
        await touch_account(database, chat_id, name, now=now)
    return heard
