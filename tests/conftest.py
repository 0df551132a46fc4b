"""What every test may ask for: a fresh ledger on each database, and a clock that stands where the test puts it."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.engine import Database, migrate, open_database
from tests.postgres import PostgresServer, find_postgres, start_postgres

LEDGER_ASSETS = Path(__file__).parents[2] / "shared" / "ledger"


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    binaries = find_postgres()
    if binaries is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no PostgreSQL server binaries; .ci/run installs them")
        pytest.skip("no PostgreSQL server binaries on this machine (Debian: apt-get install postgresql)")
    with start_postgres(binaries, tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_sqlite: Path) -> str:
    shutil.copy(migrated_sqlite, tmp_path / "ledger.db")
    return f"sqlite:///{tmp_path}/ledger.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty, migrated ledger; the test runs once on each database."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.fresh_database()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = await open_database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def ledger_assets() -> Path:
    """The folder of labelled letters, where the machine has it beside the project."""
    if not LEDGER_ASSETS.is_dir():
        pytest.skip("no labelled letters beside the project (../shared/ledger)")
    return LEDGER_ASSETS
