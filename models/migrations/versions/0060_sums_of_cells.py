"""sums of each cell for the committee above; what is counted is watched by triggers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.migrations.cell_touches import WATCHED, unwatch_table, watch_table

revision = "0060"
down_revision = "0058"

_FIGURES = (
    "members",
    "away",
    "registered",
    "unreachable",
    "asked",
    "answered",
    "late",
    "ending",
    "requests",
    "escalated",
)


def upgrade() -> None:
    op.create_table(
        "cell_sum",
        sa.Column("unit_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("good_until", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _FIGURES),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_cell_sum")),
    )
    op.create_index("ix_cell_sum_good_until", "cell_sum", ["good_until"], unique=False)
    op.create_index("ix_cell_sum_rule", "cell_sum", ["rule"], unique=False)
    op.create_table(
        "cell_touched",
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
    )
    for column in ("unit_id", "person_id"):
        holds = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_cell_touched_{column}",
            "cell_touched",
            [column],
            unique=False,
            postgresql_where=holds,
            sqlite_where=holds,
        )
    for watch in WATCHED:
        watch_table(watch)
    op.execute("INSERT INTO cell_touched (unit_id) SELECT id FROM unit")  # the first minutes count them


def downgrade() -> None:
    for watch in WATCHED:
        unwatch_table(watch)
    if op.get_bind().dialect.name == "postgresql":
        for by in sorted({watch.by for watch in WATCHED}):
            op.execute(f"DROP FUNCTION touch_cells_by_{by}()")
    op.drop_table("cell_touched")
    op.drop_table("cell_sum")
