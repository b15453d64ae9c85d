"""how forms ended"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "form_end",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_end")),
        sa.UniqueConstraint("chat_id", "room", name=op.f("uq_form_end_chat_id_room")),
    )
    with op.batch_alter_table("form_end", schema=None) as batch_op:
        batch_op.create_index("ix_form_end_at", ["at"], unique=False)


def downgrade() -> None:
    op.drop_table("form_end")
