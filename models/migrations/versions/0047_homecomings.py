"""homecomings: who away comes home for a long holiday, from when to when"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    op.create_table(
        "homecoming",
        sa.Column("away_id", sa.BigInteger(), nullable=False),
        sa.Column("feast", sa.String(), nullable=False),
        sa.Column("holiday_on", sa.Date(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("comes_on", sa.Date(), nullable=True),
        sa.Column("leaves_on", sa.Date(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["away_id"], ["away.id"], name=op.f("fk_homecoming_away_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_homecoming")),
    )
    with op.batch_alter_table("homecoming", schema=None) as batch_op:
        batch_op.create_index("uq_homecoming_away_id", ["away_id", "holiday_on"], unique=True)
        batch_op.create_index("ix_homecoming_holiday_on", ["holiday_on"], unique=False)


def downgrade() -> None:
    op.drop_table("homecoming")
