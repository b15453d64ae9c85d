"""what stands beside a text is sealed: levels, points, topics, ids of files; the fingerprint of phones goes

What was in clear is overwritten in the file (SQLite); PostgreSQL keeps dead rows until it is vacuumed (docs/operator.md).
The way back makes the columns anew, and empty: a step does not open what was sealed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from models.ground.sealing import keyring

revision = "0011"
down_revision = "0010"

SEALED = (
    ("away_update", "file_id", sa.String()),
    ("filing_move", "file_id", sa.String()),
    ("letter", "file_id", sa.String()),
    ("request", "topic", sa.String()),
    ("return_item", "file_id", sa.String()),
    ("review", "proposed_level", sa.String()),
    ("review", "score_general", sa.SmallInteger()),
    ("review", "score_results", sa.SmallInteger()),
    ("review_file", "file_id", sa.String()),
    ("review_rating", "level", sa.String()),
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA secure_delete = ON")
    op.drop_index("ix_member_phone_index", "member")
    op.execute("ALTER TABLE member DROP COLUMN phone_index")
    op.add_column("review", sa.Column("marked_by", sa.BigInteger(), nullable=True))
    for table, column, kind in SEALED:
        op.add_column(table, sa.Column(f"{column}_sealed", sa.LargeBinary(), nullable=True))
        seal(table, column, kind)
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")


def seal(name: str, column: str, kind: sa.types.TypeEngine[Any]) -> None:
    """Seal what stands in `column` into `column`_sealed, bound to its place and row as models.ground.sealing does it."""
    to = f"{column}_sealed"
    table = sa.table(
        name, sa.column("id", sa.BigInteger()), sa.column(column, kind), sa.column(to, sa.LargeBinary())
    )
    here = sa.select(table.c.id, table.c[column]).where(table.c[column].is_not(None))
    rows = [
        {
            "row": row.id,
            "value": keyring().seal(str(row[1]).encode(), place=f"{name}.{to}", row=row.id),
        }
        for row in op.get_bind().execute(here).all()
    ]
    change = sa.update(table).where(table.c.id == sa.bindparam("row")).values({to: sa.bindparam("value")})
    for some in in_handfuls(rows):
        op.get_bind().execute(change, some)


def in_handfuls(rows: list[dict[str, Any]], size: int = 1000) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def downgrade() -> None:
    for table, column, kind in SEALED:
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}_sealed")
        op.add_column(table, sa.Column(column, kind, nullable=True))
    op.execute("ALTER TABLE review DROP COLUMN marked_by")
    op.add_column("member", sa.Column("phone_index", sa.LargeBinary(), nullable=True))
    op.create_index("ix_member_phone_index", "member", ["phone_index"])
