"""The desk makes one short transaction after another: kept or undone whole, synced unless told otherwise."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import Connection, text

from storage.engine import Database

COUNT = text("SELECT count(*) FROM unit")
AT = {"at": "2024-06-18 04:00:00"}


def add_unit(connection: Connection) -> None:
    connection.execute(text("INSERT INTO unit (name) VALUES ('澄湾市水务局')"))


def add_unit_and_fail(connection: Connection) -> None:
    add_unit(connection)
    raise ZeroDivisionError


def read_sync(connection: Connection) -> str:
    sqlite = connection.dialect.name == "sqlite"
    setting = connection.exec_driver_sql("PRAGMA synchronous" if sqlite else "SHOW synchronous_commit").scalar()
    return str(setting)


async def test_what_failed_is_undone_and_the_next_one_works(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await database.desk.transact(add_unit_and_fail)

    await database.desk.transact(add_unit)

    assert await database.desk.transact(lambda connection: connection.execute(COUNT).scalar()) == 1


async def test_everybody_comes_in_turn(database: Database) -> None:
    def add_and_count(connection: Connection) -> int:
        connection.execute(
            text("INSERT INTO dialogue (chat_id, thread, at) SELECT count(*), '{}', :at FROM dialogue"), AT
        )
        return int(connection.execute(text("SELECT count(*) FROM dialogue")).scalar_one())

    counts = await asyncio.gather(*(database.desk.transact(add_and_count, synced=n % 2 == 0) for n in range(10)))

    assert counts == list(range(1, 11))


async def test_each_transaction_is_synced_unless_told_otherwise(database: Database) -> None:
    settings = [await database.desk.transact(read_sync, synced=synced) for synced in (True, False, True)]

    assert settings == (["2", "1", "2"] if database.is_sqlite else ["on", "off", "on"])
