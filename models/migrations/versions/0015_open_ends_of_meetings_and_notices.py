"""open ends of meetings and notices"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calendar", sa.SmallInteger(), server_default="0", nullable=False))

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unfiled", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asking", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_column("asking")

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_column("unfiled")

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_column("calendar")
