"""nothing goes into a closed unit; what imports left lies together where cells were merged"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.migrations.closed_units import allow_closed_units, refuse_closed_units

revision = "0053"
down_revision = "0052"

_COLUMNS = (
    ("agreement", "unit_id"),
    ("appointment", "unit_id"),
    ("away", "cell_id"),
    ("campaign", "cell_id"),
    ("checkin", "cell_id"),
    ("filing", "cell_id"),
    ("ladder", "cell_id"),
    ("meeting", "cell_id"),
    ("member", "cell_id"),
    ("name_request", "cell_id"),
    ("notice", "unit_id"),
    ("request", "cell_id"),
    ("request", "unit_id"),
    ("review", "cell_id"),
    ("review_deletion", "cell_id"),
    ("roll_call", "unit_id"),
    ("roll_call_board", "cell_id"),
    ("roll_call_person", "cell_id"),
    ("roster_left", "cell_id"),
    ("standing_meeting", "cell_id"),
    ("task", "cell_id"),
    ("unit", "parent_id"),
    ("visit", "cell_id"),
)


def upgrade() -> None:
    with op.batch_alter_table("roster_left", schema=None) as batch_op:
        batch_op.drop_constraint("uq_roster_left_cell_id", type_="unique")
        batch_op.create_index("ix_roster_left_cell_id", ["cell_id"], unique=False)
    for table, column in (("unit", "closed_at"), ("request", "unit_id")):
        holds = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_{table}_{column}", table, [column], postgresql_where=holds, sqlite_where=holds)
    for table, column in _COLUMNS:
        refuse_closed_units(table, column)


def downgrade() -> None:
    for table, column in _COLUMNS:
        allow_closed_units(table, column)
    if op.get_bind().dialect.name == "postgresql":
        for column in ("cell_id", "unit_id", "parent_id"):
            op.execute(f"DROP FUNCTION refuse_closed_{column}()")
    op.drop_index("ix_request_unit_id", "request")
    op.drop_index("ix_unit_closed_at", "unit")
    # a cell has one such row again, the newest
    op.execute(
        "DELETE FROM roster_left WHERE EXISTS (SELECT 1 FROM roster_left AS newer"
        " WHERE newer.cell_id = roster_left.cell_id AND newer.id > roster_left.id)"
    )
    with op.batch_alter_table("roster_left", schema=None) as batch_op:
        batch_op.drop_index("ix_roster_left_cell_id")
        batch_op.create_unique_constraint("uq_roster_left_cell_id", ["cell_id"])
