"""Absences that closed before seasons were offered again are looked at once more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"

_AWAY = sa.table(
    "away",
    sa.column("state", sa.String()),
    sa.column("begins_on", sa.Date()),
    sa.column("returned_on", sa.Date()),
    sa.column("next_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    now = datetime.now(UTC)
    lately = (now - timedelta(days=400)).date()
    closed = sa.update(_AWAY).where(
        _AWAY.c.state == "closed", _AWAY.c.returned_on.is_not(None), _AWAY.c.begins_on > lately
    )
    op.execute(closed.values(next_at=now))  # time finds the right moment itself


def downgrade() -> None:
    op.execute(sa.update(_AWAY).where(_AWAY.c.state == "closed").values(next_at=None))
