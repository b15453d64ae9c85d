"""doubts of the clock: when the computer's clock was not believed, and what the operator said"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0053"


def upgrade() -> None:
    op.create_table(
        "clock_doubt",
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_doubt")),
    )


def downgrade() -> None:
    op.drop_table("clock_doubt")
