"""Puts the rows of the bench of asking into a database in bulk, far faster than the ledger's own verbs would."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from storage.search_text import to_tsvector
from tests.bench.asking_ledger import World, ledger_rows

SEARCHED = ("search_commitment", "search_reply")


def fill_sqlite(path: Path, world: World, size: int) -> None:
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=-262144; PRAGMA journal_mode=OFF;")
    for table, rows in ledger_rows(world, size):
        if table in SEARCHED:
            index = [{"rowid": row["id"], "tokens": " ".join(row.pop("tokens"))} for row in rows]
            _insert(connection, f"{table}_index", index)
        _insert(connection, table, rows)
    for table in SEARCHED:
        connection.execute(f"INSERT INTO {table}_index ({table}_index) VALUES ('optimize')")
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()


def _insert(connection: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    columns = ", ".join(rows[0])
    marks = ", ".join(f":{column}" for column in rows[0])
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def fill_postgres(url: str, world: World, size: int) -> None:
    with psycopg.connect(url) as connection:
        for table, rows in ledger_rows(world, size):
            if table in SEARCHED:
                rows = [row | {"tokens": to_tsvector(row["tokens"])} for row in rows]
            _copy(connection, table, rows)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _copy(connection: psycopg.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    columns = SQL(", ").join(map(Identifier, rows[0]))
    statement = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), columns)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(tuple(row.values()))
