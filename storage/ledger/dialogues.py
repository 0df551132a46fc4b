"""What a follow-up question in a chat may lean on, kept over restarts for a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, update
from sqlmodel import SQLModel

from storage.engine import Database
from storage.tables import Dialogue

REMEMBERED_FOR = timedelta(hours=2)
"""Whoever asks again later begins anew."""


_DIALOGUE = SQLModel.metadata.tables[str(Dialogue.__tablename__)]


async def keep_thread(database: Database, chat_id: int, thread: dict[str, Any], *, now: datetime) -> None:
    def keep(connection: Connection) -> None:
        changed = connection.execute(
            update(_DIALOGUE).where(_DIALOGUE.c.chat_id == chat_id).values(thread=thread, at=now)
        )
        if not changed.rowcount:
            connection.execute(insert(_DIALOGUE).values(chat_id=chat_id, thread=thread, at=now))

    await database.desk.transact(keep, synced=False)
