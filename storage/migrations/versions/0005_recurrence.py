"""Which commitment a recurring one goes on from."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("commitment") as table:
        table.add_column(sa.Column("renews_id", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_commitment_renews_id", "commitment", ["renews_id"], ["id"])
        table.create_unique_constraint("uq_commitment_renews_id", ["renews_id"])
        table.create_index("ix_commitment_recurrence", ["recurrence"])


def downgrade() -> None:
    with op.batch_alter_table("commitment") as table:
        table.drop_index("ix_commitment_recurrence")
        table.drop_constraint("uq_commitment_renews_id", type_="unique")
        table.drop_constraint("fk_commitment_renews_id", type_="foreignkey")
        table.drop_column("renews_id")
