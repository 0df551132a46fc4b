"""Open the ledger's database, SQLite or PostgreSQL by its address alone, brought up to date by its migrations."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, NoResultFound, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.desk import Desk
from storage.migrating import Standing, find_standing, upgrade

T = TypeVar("T")
NO_SUCH_ROW = NoResultFound
"""What a query for one row raises when there is none."""
BUSY_TIMEOUT_MS = 30_000
DRIVERS = {"sqlite": ("sqlite", "sqlite+aiosqlite"), "postgresql": ("postgresql+psycopg", "postgresql+psycopg")}

Session = AsyncSession
"""What a verb of storage works in, by a name that the layers above may use."""
Look = Connection
"""What a look works in: plain SQL, one consistent state of the ledger."""

DATABASE_TROUBLE = (OperationalError, InterfaceError)
"""What a locked database, a full disk or a lost server raises: the same call may succeed a little later."""
CANNOT_OPEN = (DatabaseError, OSError)
"""What opening raises for a server that is not there, a folder that may not be written, a file of another kind."""


class BadDatabaseUrl(ValueError):
    """The address names no database that the ledger can live in."""


class NewerDatabase(Exception):
    """A later version of the program has upgraded it."""


class Database:
    """The open ledger: `reading()` and `look()` for one consistent state, `writing()` for one transaction, kept or
    undone whole."""

    def __init__(self, engine: AsyncEngine, url: URL, thread_engine: Engine) -> None:
        self.engine = engine
        self.url = url
        self._thread_engine = thread_engine
        self.desk = Desk(thread_engine.execution_options(jiannuo_write=True))

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """One transaction. SQLite takes the write lock at once, so two writers wait instead of failing half-way."""
        engine = self.engine.execution_options(jiannuo_write=True)
        async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
            yield session

    async def look(self, work: Callable[[Look], T]) -> T:
        """One consistent look in plain SQL, run whole in a thread: one hop where a session takes several a query."""
        return await asyncio.to_thread(_in_transaction, self._thread_engine, work)

    async def close(self) -> None:
        await self.engine.dispose()
        self.desk.close()
        self._thread_engine.dispose()


def _in_transaction(engine: Engine, work: Callable[[Connection], T]) -> T:
    with engine.begin() as connection:
        return work(connection)


async def open_database(url: str) -> Database:
    """Open the database at a SQLAlchemy address, after its migrations.

    Raises BadDatabaseUrl for an address that is neither sqlite:///… nor postgresql://…, NewerDatabase.
    """
    sync_url, async_url = _addresses(url)
    await asyncio.to_thread(migrate, url)
    engine, thread_engine = create_async_engine(async_url), create_engine(sync_url, pool_use_lifo=True)
    if sync_url.get_backend_name() == "sqlite":
        _prepare_sqlite(engine.sync_engine)
        _prepare_sqlite(thread_engine)
    return Database(engine, sync_url, thread_engine)


def migrate(url: str) -> None:
    """Bring the tables to the newest version; a new SQLite file is made readable by its owner only."""
    sync_url, _ = _addresses(url)
    if sync_url.get_backend_name() == "sqlite" and sync_url.database not in (None, "", ":memory:"):
        _make_private(Path(str(sync_url.database)))
    engine = create_engine(sync_url)
    try:
        with engine.begin() as connection:
            standing = find_standing(connection)
            if standing is Standing.NEWER:
                raise NewerDatabase(url)
            if standing is not Standing.NEWEST:
                upgrade(connection)
    finally:
        engine.dispose()


def look_at(url: str) -> Standing:
    """How the tables stand, without changing anything: a file that is not there is not made. Raises BadDatabaseUrl."""
    sync_url, _ = _addresses(url)
    if sync_url.get_backend_name() == "sqlite" and not Path(str(sync_url.database)).exists():
        return Standing.EMPTY
    engine = create_engine(sync_url)
    try:
        with engine.connect() as connection:
            return find_standing(connection)
    finally:
        engine.dispose()


def _addresses(url: str) -> tuple[URL, URL]:
    try:
        parsed = make_url(url)
        sync_driver, async_driver = DRIVERS[parsed.get_backend_name()]
    except (ArgumentError, KeyError) as error:
        raise BadDatabaseUrl(url) from error
    return parsed.set(drivername=sync_driver), parsed.set(drivername=async_driver)


def _make_private(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        # The driver's own idea of when a transaction begins is switched off; "begin" below says it openly.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        write = connection.get_execution_options().get("jiannuo_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
