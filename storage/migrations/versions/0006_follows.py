"""Follows, dialogues and the delegates' week."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dialogue",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("thread", sa.JSON(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_dialogue"),
    )
    op.create_table(
        "follow",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("followed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name="fk_follow_commitment_id"),
        sa.PrimaryKeyConstraint("chat_id", "commitment_id", name="pk_follow"),
    )
    op.create_index("ix_follow_commitment_id", "follow", ["commitment_id"])
    op.add_column("account", sa.Column("wants_week", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("account", "wants_week")
    op.drop_index("ix_follow_commitment_id", "follow")
    op.drop_table("follow")
    op.drop_table("dialogue")
