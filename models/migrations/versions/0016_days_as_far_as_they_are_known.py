"""days as far as they are known"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    # A whole day is written alike as a date and as text; what was rounded to a 1st before cannot be told from a real one.
    _retyped("VARCHAR", "to_char(joined_day, 'YYYY-MM-DD')", "joined_day")
    op.add_column("member", sa.Column("official_on", sa.String(), nullable=True))


def downgrade() -> None:
    op.execute("ALTER TABLE member DROP COLUMN official_on")
    whole = "substr(joined_day || '-01-01', 1, 10)"
    _retyped("DATE", f"CAST({whole} AS DATE)", whole)


def _retyped(kind: str, on_postgresql: str, on_sqlite: str) -> None:
    """By a column of its own: SQLite would make the table anew, and half the house refers to it."""
    value = on_sqlite if op.get_bind().dialect.name == "sqlite" else on_postgresql
    op.execute("ALTER TABLE member RENAME COLUMN joined_on TO joined_day")
    op.execute(f"ALTER TABLE member ADD COLUMN joined_on {kind}")
    op.execute(f"UPDATE member SET joined_on = {value} WHERE joined_day IS NOT NULL")  # noqa: S608 - ours alone
    op.execute("ALTER TABLE member DROP COLUMN joined_day")
