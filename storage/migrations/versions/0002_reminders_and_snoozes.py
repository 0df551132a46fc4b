"""Whom a reminder reached and as what, snoozes, and messages that may be repeated."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "snooze",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name=op.f("fk_snooze_commitment_id")),
        sa.PrimaryKeyConstraint("commitment_id", "chat_id", name=op.f("pk_snooze")),
    )
    with op.batch_alter_table("snooze", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_snooze_until_on"), ["until_on"], unique=False)

    with op.batch_alter_table("outgoing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("maybe_repeated", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.drop_index("ix_outgoing_next")
        batch_op.create_index("ix_outgoing_next", ["state", "priority", "id"], unique=False)

    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rank", AutoString(), nullable=False, server_default="contact"))
        batch_op.add_column(sa.Column("told_on", sa.Date(), nullable=False, server_default="1970-01-01"))
        batch_op.create_index("ix_reminder_told", ["told_on", "rank"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_outgoing_id"), ["outgoing_id"], unique=False)

    op.execute("UPDATE reminder SET told_on = date(created_at)")


def downgrade() -> None:
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_outgoing_id"))
        batch_op.drop_index("ix_reminder_told")
        batch_op.drop_column("told_on")
        batch_op.drop_column("rank")

    with op.batch_alter_table("outgoing", schema=None) as batch_op:
        batch_op.drop_index("ix_outgoing_next")
        batch_op.create_index("ix_outgoing_next", ["state", "not_before", "priority", "id"], unique=False)
        batch_op.drop_column("maybe_repeated")

    op.drop_table("snooze")
