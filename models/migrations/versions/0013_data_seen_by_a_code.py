"""data seen by a code"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:

    op.create_table(
        "data_visit",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_data_visit_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_visit")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_data_visit_chat_id")),
    )
    with op.batch_alter_table("data_visit", schema=None) as batch_op:
        batch_op.create_index("ix_data_visit_member_id", ["member_id"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("data_visit", schema=None) as batch_op:
        batch_op.drop_index("ix_data_visit_member_id")

    op.drop_table("data_visit")
