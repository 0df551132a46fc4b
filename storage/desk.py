"""A thread with a connection of its own, for the short transactions that are made for every single message."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")


class Desk:
    """One transaction after another, in plain SQL: one hop there and back where a session takes a dozen."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, "desk")
        self._connection: Connection | None = None

    async def transact(self, work: Callable[[Connection], T], *, synced: bool = True) -> T:
        """Do the work as one transaction.

        Without `synced` it outlives the death of this process, but until the next synced one not a power cut.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._transact, work, synced)

    def close(self) -> None:
        self._thread.submit(self._drop_connection).result()
        self._thread.shutdown()

    def _transact(self, work: Callable[[Connection], T], synced: bool) -> T:
        if self._connection is None:
            self._connection = self._engine.connect()
        try:
            _choose_sqlite_sync(self._connection, synced)
            with self._connection.begin():
                _choose_postgres_sync(self._connection, synced)
                return work(self._connection)
        except Exception:
            self._drop_connection()  # the next one begins on a line of which nothing is known to be wrong
            raise

    def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _choose_sqlite_sync(connection: Connection, synced: bool) -> None:
    """SQLite is asked between transactions; without FULL the write-ahead log is written, but not synced."""
    if connection.dialect.name == "sqlite":
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(f"PRAGMA synchronous={'FULL' if synced else 'NORMAL'}")


def _choose_postgres_sync(connection: Connection, synced: bool) -> None:
    if connection.dialect.name == "postgresql" and not synced:
        connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
