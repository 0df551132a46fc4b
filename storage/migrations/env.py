"""Alembic's entry: runs the migrations over the connection that storage/engine.py hands it."""

from alembic import context
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  (fills the metadata)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
    include_object=lambda _object, name, kind, _reflected, _compare: (
        not (kind == "table" and str(name).startswith("search"))
    ),
)
with context.begin_transaction():
    context.run_migrations()
