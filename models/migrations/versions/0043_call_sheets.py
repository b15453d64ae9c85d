"""call sheets: whom to call, numbered as on paper"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    op.create_table(
        "call_line",
        sa.Column("for_id", sa.BigInteger(), nullable=False),
        sa.Column("cell_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("note_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_call_line_cell_id")),
        sa.ForeignKeyConstraint(["for_id"], ["member.id"], name=op.f("fk_call_line_for_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_call_line_member_id")),
        sa.ForeignKeyConstraint(["note_id"], ["contact_note.id"], name=op.f("fk_call_line_note_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_line")),
    )
    with op.batch_alter_table("call_line", schema=None) as batch_op:
        batch_op.create_index("uq_call_line_for_id", ["for_id", "cell_id", "number"], unique=True)
        batch_op.create_index("ix_call_line_member_id", ["member_id"], unique=False)
        batch_op.create_index("ix_call_line_note_id", ["note_id"], unique=False)
        batch_op.create_index("ix_call_line_cell_id", ["cell_id"], unique=False)
        batch_op.create_index("ix_call_line_made_at", ["made_at"], unique=False)

    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sheet_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_column("sheet_since")
    op.drop_table("call_line")
