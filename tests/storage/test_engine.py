"""The database opens on both kinds, keeps or undoes whole transactions, and matches its tables."""

from __future__ import annotations

import asyncio
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel, select

from storage.engine import BadDatabaseUrl, Database, open_database
from storage.tables import Account, Unit

NOON = datetime(2024, 6, 18, 4, 0, tzinfo=UTC)


async def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.writing() as session:
            session.add(Unit(name="澄湾市交通运输局"))
            await session.flush()
            1 / 0  # noqa: B018

    async with database.reading() as session:
        assert (await session.exec(select(Unit))).all() == []


async def test_instants_come_back_aware_and_in_utc(database: Database) -> None:
    async with database.writing() as session:
        session.add(Account(chat_id=7_000_000_000, name="周", first_seen_at=NOON, last_seen_at=NOON))

    async with database.reading() as session:
        account = (await session.exec(select(Account))).one()
    assert account.first_seen_at == NOON
    assert account.first_seen_at.utcoffset() is not None


async def test_two_writers_wait_for_each_other(database: Database) -> None:
    async def add(name: str) -> None:
        async with database.writing() as session:
            await session.exec(select(Unit))
            session.add(Unit(name=name))

    await asyncio.gather(*(add(f"单位{number}") for number in range(12)))

    async with database.reading() as session:
        assert len((await session.exec(select(Unit))).all()) == 12


async def test_the_migrations_make_exactly_the_tables(database: Database) -> None:
    def differences(connection: object) -> list[object]:
        context = MigrationContext.configure(connection, opts={"include_object": _is_ours})  # type: ignore[arg-type]
        return list(compare_metadata(context, SQLModel.metadata))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


def _is_ours(_object: object, name: str | None, kind: str, *_: object) -> bool:
    return not str(name).startswith("search")


async def test_a_new_sqlite_file_is_private(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/new/ledger.db")
    await database.close()

    assert stat.S_IMODE((tmp_path / "new" / "ledger.db").stat().st_mode) == 0o600


@pytest.mark.parametrize("url", ["nonsense", "mysql://localhost/ledger"])
async def test_another_kind_of_address_is_refused(url: str) -> None:
    with pytest.raises(BadDatabaseUrl):
        await open_database(url)
