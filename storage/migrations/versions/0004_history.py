"""A history that cannot be rewritten; requests, ratings, other names of units, groups of delegates."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from storage.chain import CHAINED, FIRST, event_sha256

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_tables()
    with op.batch_alter_table("commitment") as table:
        table.add_column(sa.Column("pending", AutoString(), nullable=True))
        table.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("contact_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("redone", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("looked_back_on", sa.Date(), nullable=True))
        table.create_foreign_key("fk_commitment_unit_id", "unit", ["unit_id"], ["id"])
        table.create_foreign_key("fk_commitment_contact_id", "contact", ["contact_id"], ["id"])
        table.create_foreign_key("fk_commitment_merged_into_id", "commitment", ["merged_into_id"], ["id"])
        table.create_index("ix_commitment_unit_id", ["unit_id"])
        table.create_index("ix_commitment_contact_id", ["contact_id"])
        table.create_index("ix_commitment_closed_at", ["closed_at"])
    op.add_column("contact", sa.Column("left_at", UTCDateTime(), nullable=True))
    op.add_column("evidence", sa.Column("album", AutoString(), nullable=True))
    op.create_index("ix_evidence_album", "evidence", ["album"])
    op.add_column("card", sa.Column("params", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("event", sa.Column("sha256", AutoString(), nullable=False, server_default=""))
    _chain_what_happened_before()
    _refuse_changes()


def downgrade() -> None:
    _allow_changes()
    op.drop_column("event", "sha256")
    op.drop_column("card", "params")
    op.drop_index("ix_evidence_album", "evidence")
    op.drop_column("evidence", "album")
    op.drop_column("contact", "left_at")
    with op.batch_alter_table("commitment") as table:
        for name in ("closed_at", "contact_id", "unit_id"):
            table.drop_index(f"ix_commitment_{name}")
        for name in ("merged_into_id", "contact_id", "unit_id"):
            table.drop_constraint(f"fk_commitment_{name}", type_="foreignkey")
        for name in ("looked_back_on", "redone", "merged_into_id", "contact_id", "unit_id", "pending"):
            table.drop_column(name)
    for name in ("delegate_member", "unit_alias", "rating", "request"):
        op.drop_table(name)


def _create_tables() -> None:
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("commitment_id", sa.Integer(), sa.ForeignKey("commitment.id"), nullable=False, index=True),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("state", AutoString(), nullable=False, index=True),
        sa.Column("wished_on", sa.Date(), nullable=True),
        sa.Column("wished_unit", AutoString(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_by_name", AutoString(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
    )
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("commitment_id", sa.Integer(), sa.ForeignKey("commitment.id"), nullable=False, index=True),
        sa.Column("delegate_id", sa.Integer(), sa.ForeignKey("delegate.id"), nullable=False),
        sa.Column("handling", sa.Integer(), nullable=False),
        sa.Column("value", AutoString(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("rated_at", UTCDateTime(), nullable=False),
        sa.UniqueConstraint("commitment_id", "delegate_id", "handling", name="uq_rating_once"),
    )
    op.create_table(
        "unit_alias",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False, index=True),
        sa.Column("alias", AutoString(), nullable=False, unique=True),
    )
    op.create_table(
        "delegate_member",
        sa.Column("group_id", sa.Integer(), sa.ForeignKey("delegate.id"), primary_key=True),
        sa.Column("member_id", sa.Integer(), sa.ForeignKey("delegate.id"), primary_key=True, index=True),
    )


def _chain_what_happened_before() -> None:
    event = sa.table(
        "event",
        sa.column("id", sa.Integer),
        sa.column("at", UTCDateTime()),
        *(sa.column(name, sa.JSON) for name in ("before", "after")),
        *(sa.column(name) for name in CHAINED if name not in ("at", "before", "after")),
        sa.column("sha256"),
    )
    connection = op.get_bind()
    last = FIRST
    for row in connection.execute(sa.select(event).order_by(event.c.id)).mappings().all():
        last = event_sha256(last, {name: row[name] for name in CHAINED})
        connection.execute(event.update().where(event.c.id == row["id"]).values(sha256=last))


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER event_refuses_{deed.lower()} BEFORE {deed} ON event "
                "BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change_of_event() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'events are only ever added'; END $$"
    )
    op.execute(
        "CREATE TRIGGER event_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_event()"
    )


def _allow_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("update", "delete"):
            op.execute(f"DROP TRIGGER event_refuses_{deed}")
        return
    op.execute("DROP TRIGGER event_refuses_change ON event")
    op.execute("DROP FUNCTION refuse_change_of_event()")
