"""a member's year: who asked, whether they have seen it; conclusions in parts"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    op.create_table(
        "year_sheet",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_year_sheet_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_sheet")),
    )
    with op.batch_alter_table("year_sheet", schema=None) as batch_op:
        batch_op.create_index("uq_year_sheet_member_id", ["member_id", "year"], unique=True)

    with op.batch_alter_table("conclusion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("parts_sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("conclusion", schema=None) as batch_op:
        batch_op.drop_column("parts_sealed")
    with op.batch_alter_table("year_sheet", schema=None) as batch_op:
        batch_op.drop_index("uq_year_sheet_member_id")
    op.drop_table("year_sheet")
