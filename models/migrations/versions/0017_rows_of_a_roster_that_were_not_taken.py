"""rows of a roster that were not taken"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "roster_left",
        sa.Column("cell_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_roster_left_cell_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_left")),
        sa.UniqueConstraint("cell_id", name=op.f("uq_roster_left_cell_id")),
    )


def downgrade() -> None:
    op.drop_table("roster_left")
