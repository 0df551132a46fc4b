"""What a follow-up question in a chat may lean on, kept over restarts for a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from storage.engine import Database
from storage.tables import Dialogue

REMEMBERED_FOR = timedelta(hours=2)
"""Whoever asks again later begins anew."""


async def find_thread(database: Database, chat_id: int, *, now: datetime) -> dict[str, Any] | None:
    async with database.reading() as session:
        dialogue = await session.get(Dialogue, chat_id)
    return dialogue.thread if dialogue and now - dialogue.at < REMEMBERED_FOR else None


async def keep_thread(database: Database, chat_id: int, thread: dict[str, Any], *, now: datetime) -> None:
    async with database.writing() as session:
        await session.merge(Dialogue(chat_id=chat_id, thread=thread, at=now))
