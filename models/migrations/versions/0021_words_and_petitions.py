"""words to the secretary and petitions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:

    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(), server_default="help", nullable=False))
        batch_op.add_column(sa.Column("unit_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("answer_by", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("slips", sa.String(), nullable=True))


def downgrade() -> None:

    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.drop_column("slips")
        batch_op.drop_column("answered_at")
        batch_op.drop_column("answer_by")
        batch_op.drop_column("unit_id")
        batch_op.drop_column("kind")
