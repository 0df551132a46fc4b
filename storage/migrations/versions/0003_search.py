"""Full-text search: what is searched of each reply and commitment, and the ledger's own names."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SEARCHED = ("search_commitment", "search_reply")


def upgrade() -> None:
    op.create_table(
        "search_commitment",
        sa.Column("id", sa.Integer(), sa.ForeignKey("commitment.id"), primary_key=True, autoincrement=False),
        sa.Column("reply_id", sa.Integer(), sa.ForeignKey("reply.id"), nullable=False, index=True),
        *_searched_texts(),
    )
    op.create_table(
        "search_reply",
        sa.Column("id", sa.Integer(), sa.ForeignKey("reply.id"), primary_key=True, autoincrement=False),
        *_searched_texts(),
    )
    op.create_table(
        "search_name",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.UniqueConstraint("kind", "name", name="uq_search_name"),
    )
    for table in SEARCHED:
        _create_index(table)


def downgrade() -> None:
    for table in SEARCHED:
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TABLE {table}_index")
        op.drop_table(table)
    op.drop_table("search_name")


def _searched_texts() -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in ("body", "near", "head", "labels")]


def _create_index(table: str) -> None:
    """The words live in the index only (contentless), so that a text is kept once."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE VIRTUAL TABLE {table}_index USING fts5("
            "tokens, content='', columnsize=0, tokenize=\"unicode61 remove_diacritics 0\")"
        )
    else:
        op.execute(f"ALTER TABLE {table} ADD COLUMN tokens tsvector NOT NULL DEFAULT ''")
        op.execute(f"CREATE INDEX ix_{table}_tokens ON {table} USING gin (tokens)")
