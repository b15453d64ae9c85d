"""one person and names that were"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:

    op.create_table(
        "unit_name",
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_name_unit_id")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_unit_name_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_name")),
    )
    with op.batch_alter_table("unit_name", schema=None) as batch_op:
        batch_op.create_index("ix_unit_name_unit_id", ["unit_id", "until_at"], unique=False)

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("joined_id", sa.BigInteger(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_member_joined_id"), "member", ["joined_id"], ["id"])
        batch_op.create_index(
            "ix_member_joined_id",
            ["joined_id"],
            unique=False,
            sqlite_where=sa.text("joined_id IS NOT NULL"),
            postgresql_where=sa.text("joined_id IS NOT NULL"),
        )


def downgrade() -> None:

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index("ix_member_joined_id")
        batch_op.drop_constraint(op.f("fk_member_joined_id"), type_="foreignkey")
        batch_op.drop_column("joined_id")

    with op.batch_alter_table("unit_name", schema=None) as batch_op:
        batch_op.drop_index("ix_unit_name_unit_id")

    op.drop_table("unit_name")
