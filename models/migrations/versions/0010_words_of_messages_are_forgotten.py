"""words of messages are forgotten"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_WORDS = sa.text("body_sealed IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_outbox_words", "outbox", ["created_at"], sqlite_where=_WORDS, postgresql_where=_WORDS)


def downgrade() -> None:
    op.drop_index("ix_outbox_words", "outbox")
