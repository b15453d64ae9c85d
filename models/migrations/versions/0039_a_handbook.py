"""a handbook"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    op.create_table(
        "handbook_entry",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handbook_entry")),
        sa.UniqueConstraint("code", name=op.f("uq_handbook_entry_code")),
    )
    op.create_table(
        "study_note",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("half", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("studied_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_study_note_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_note")),
        sa.UniqueConstraint("member_id", "code", "half", name=op.f("uq_study_note_member_id_code_half")),
    )
