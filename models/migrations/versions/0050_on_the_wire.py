"""on the wire: a message that is claimed is in doubt only once it is sent; claims are numbered without end"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0047"


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wired", sa.Boolean(), server_default=sa.false(), nullable=False))
    if op.get_bind().dialect.name == "postgresql":  # SQLite's integers have one size
        op.alter_column("outbox", "tries", type_=sa.Integer(), existing_nullable=False)
    # the program before counted a message as soon as it was claimed: whether it had left is not known
    op.execute("UPDATE outbox SET wired = (1 = 1) WHERE state = 'sending'")


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("wired")
