"""what a typed number stands for"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "choice_list",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("listed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("spoken", sa.Boolean(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice_list")),
        sa.UniqueConstraint("address", name=op.f("uq_choice_list_address")),
    )
    with op.batch_alter_table("choice_list", schema=None) as batch_op:
        batch_op.create_index("ix_choice_list_shown_at", ["shown_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("choice_list", schema=None) as batch_op:
        batch_op.drop_index("ix_choice_list_shown_at")

    op.drop_table("choice_list")
