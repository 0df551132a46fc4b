"""Indexes that lead to the few rows of many: people who are bound, questions of ours that nobody has answered."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PEOPLE = {"contact": "ix_contact_chat_id", "delegate": "ix_delegate_chat_id"}


def upgrade() -> None:
    for table, index in PEOPLE.items():
        op.drop_index(index, table)
        op.create_index(index, table, ["chat_id"], sqlite_where=sa.text("chat_id IS NOT NULL"))
    op.create_index("ix_card_open", "card", ["chat_id", "asks", "answered_at", "message_id"])


def downgrade() -> None:
    op.drop_index("ix_card_open", "card")
    for table, index in PEOPLE.items():
        op.drop_index(index, table)
        op.create_index(index, table, ["chat_id"])
