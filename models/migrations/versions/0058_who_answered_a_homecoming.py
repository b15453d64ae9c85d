"""who answered a homecoming for somebody"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0056"


def upgrade() -> None:
    with op.batch_alter_table("homecoming", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_id", sa.BigInteger(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_homecoming_by_id"), "member", ["by_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("homecoming", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_homecoming_by_id"), type_="foreignkey")
        batch_op.drop_column("by_id")
