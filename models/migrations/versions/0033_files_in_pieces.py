"""upload_part: a large file that a browser sends in pieces"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "upload_part",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("upload", sa.String(), nullable=False),
        sa.Column("begins", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_part")),
        sa.UniqueConstraint("address", "upload", "begins", name=op.f("uq_upload_part_address_upload_begins")),
    )
    op.create_index("ix_upload_part_at", "upload_part", ["at"])


def downgrade() -> None:
    op.drop_table("upload_part")
