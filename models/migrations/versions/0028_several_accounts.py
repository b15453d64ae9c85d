"""several accounts: of those that a member has open, one is told; which one they prefer

Whoever has an open account is told there, since it was linked.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

OPEN, TOLD = sa.text("closed_at IS NULL"), sa.text("told_since IS NOT NULL")


def upgrade() -> None:
    op.add_column("account", sa.Column("told_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("account", sa.Column("preferred_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE account SET told_since = linked_at WHERE closed_at IS NULL")
    op.drop_index("uq_account_open_member", "account")
    op.create_index(
        "uq_account_told", "account", ["member_id"], unique=True, sqlite_where=TOLD, postgresql_where=TOLD
    )
    op.create_index(
        "ix_account_open_member", "account", ["member_id"], sqlite_where=OPEN, postgresql_where=OPEN
    )


def downgrade() -> None:
    """Of several open accounts the one that is told goes on."""
    op.execute("UPDATE account SET closed_at = linked_at WHERE closed_at IS NULL AND told_since IS NULL")
    op.drop_index("ix_account_open_member", "account")
    op.drop_index("uq_account_told", "account")
    op.create_index(
        "uq_account_open_member",
        "account",
        ["member_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.drop_column("account", "preferred_at")
    op.drop_column("account", "told_since")
