"""What every test may ask for: a fresh ledger on each database, and a clock that stands where the test puts it."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings

from storage.engine import Database, migrate, open_database
from tests.postgres import PostgresServer, find_postgres, start_postgres

# A limit in seconds for one example says more about the machine than about the code.
settings.register_profile("ledger", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("ledger")

LEDGER_ASSETS = Path(__file__).parents[2] / "shared" / "ledger"


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    binaries = find_postgres()
    if binaries is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no PostgreSQL server binaries; .ci/run installs them")
        pytest.skip("no PostgreSQL server binaries on this machine (Debian: apt-get install postgresql)")
    with TemporaryDirectory(prefix="jiannuo-postgres-") as folder, start_postgres(binaries, Path(folder)) as server:
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
