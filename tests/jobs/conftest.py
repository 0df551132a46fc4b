"""The office that the jobs' tests remind."""

from __future__ import annotations

import pytest

from storage.engine import Database
from tests.jobs.office import Office, open_office


@pytest.fixture
async def office(database: Database) -> Office:
    return await open_office(database)
