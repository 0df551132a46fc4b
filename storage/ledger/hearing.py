"""What every message of a private chat needs to be understood, in one look: who speaks and what was open before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commitments.people import Speaker
from storage.engine import Database, Look
from storage.ledger.chats import has_letter_parts_in, open_question_of
from storage.ledger.dialogues import thread_of
from storage.ledger.people import is_up_to_date, speaker_of, touch_account
from storage.tables import Card


@dataclass(frozen=True, slots=True)
class Heard:
    """Who speaks, our question that nobody has answered, whether a letter comes in pieces, what was asked before."""

    speaker: Speaker
    question: Card | None = None
    in_pieces: bool = False
    thread: dict[str, Any] | None = None


async def hear(database: Database, chat_id: int, name: str, admins: frozenset[int], *, now: datetime) -> Heard:
    """Somebody wrote or pressed in a private chat: the account exists from now on and can be reached."""

    def look_up(look: Look) -> tuple[bool, Heard]:
        return is_up_to_date(look, chat_id, name, now=now), Heard(
            speaker_of(look, chat_id, name, admins),
            open_question_of(look, chat_id, now=now),
            has_letter_parts_in(look, chat_id),
            thread_of(look, chat_id, now=now),
        )

    known, heard = await database.look(look_up)
    if not known:
        await touch_account(database, chat_id, name, now=now)
    return heard
