"""what an outage moved: each row with what it held before, and who was told; who is asked about the clock"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"


def upgrade() -> None:
    op.create_table(
        "moved_row",
        sa.Column("outage_id", sa.BigInteger(), nullable=False),
        sa.Column("of_table", sa.String(), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=False),
        sa.Column("changes", sa.String(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["outage_id"], ["outage.id"], name=op.f("fk_moved_row_outage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moved_row")),
    )
    with op.batch_alter_table("moved_row", schema=None) as batch_op:
        batch_op.create_index("ix_moved_row_outage_id", ["outage_id"], unique=False)
    with op.batch_alter_table("outage", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told", sa.String(), nullable=True))
    with op.batch_alter_table("clock_doubt", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("clock_doubt", schema=None) as batch_op:
        batch_op.drop_column("asked")
    with op.batch_alter_table("outage", schema=None) as batch_op:
        batch_op.drop_column("told")
    op.drop_table("moved_row")
