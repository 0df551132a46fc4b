"""The tables' version: what the database has, and the way to the newest."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, inspect, text

MIGRATIONS = Path(__file__).parent / "migrations"


class Standing(StrEnum):
    """How a database stands to this program's migrations."""

    EMPTY = "empty"
    OLDER = "older"
    NEWEST = "newest"
    NEWER = "newer"
    """A later version of the program has upgraded it; this one does not know how to read it."""


def find_standing(connection: Connection) -> Standing:
    """The migrations' files are named by their revisions, in order."""
    if not inspect(connection).has_table("alembic_version"):
        return Standing.EMPTY
    known = sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if version not in known:
        return Standing.NEWER
    return Standing.NEWEST if version == known[-1] else Standing.OLDER


def upgrade(connection: Connection) -> None:
    # Alembic takes longer to import than the rest of a start, and is needed once a version.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
