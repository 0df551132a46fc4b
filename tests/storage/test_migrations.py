"""A ledger from before the chain keeps its history: every event gets its hash, in order."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from storage.engine import open_database
from storage.ledger.history import Chain, verify_chain
from storage.migrating import MIGRATIONS

BEFORE_THE_CHAIN = "0003"


@pytest.fixture
def old_url(database_url: str) -> str:
    """A ledger taken back to the tables of before, with two events in it."""
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE_THE_CHAIN)
        for number, name in enumerate(("load", "confirm"), 1):
            connection.execute(
                text("INSERT INTO event (at, verb, actor, after) VALUES (:at, :verb, '督查室', :after)"),
                {"at": f"2024-06-1{number} 01:02:03.000004", "verb": name, "after": '{"opened": 6.0}'},
            )
    engine.dispose()
    return database_url


async def test_what_happened_before_is_chained_in_its_order(old_url: str) -> None:
    database = await open_database(old_url)

    assert await verify_chain(database) == Chain(2)
    await database.close()
