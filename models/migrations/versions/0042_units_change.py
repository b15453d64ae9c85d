"""units change: by which decision, and which rows moved"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    op.create_table(
        "unit_change",
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.BigInteger(), nullable=True),
        sa.Column("journal", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_unit_change_by_id")),
        sa.ForeignKeyConstraint(["other_id"], ["unit.id"], name=op.f("fk_unit_change_other_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_change_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_change")),
    )
    with op.batch_alter_table("unit_change", schema=None) as batch_op:
        batch_op.create_index("ix_unit_change_other_id", ["other_id", "at"], unique=False)
        batch_op.create_index("ix_unit_change_unit_id", ["unit_id", "at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("unit_change", schema=None) as batch_op:
        batch_op.drop_index("ix_unit_change_unit_id")
        batch_op.drop_index("ix_unit_change_other_id")

    op.drop_table("unit_change")
