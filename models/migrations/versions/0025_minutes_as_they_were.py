"""minutes as they were closed and filed"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    with op.batch_alter_table("meeting_move", schema=None) as batch_op:
        batch_op.add_column(sa.Column("minutes_sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("meeting_move", schema=None) as batch_op:
        batch_op.drop_column("minutes_sealed")
