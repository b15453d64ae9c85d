"""corrections of decisions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "decision_change",
        sa.Column("filing_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("before_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["filing_id"], ["filing.id"], name=op.f("fk_decision_change_filing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_change")),
    )
    with op.batch_alter_table("decision_change", schema=None) as batch_op:
        batch_op.create_index("ix_decision_change_filing_id", ["filing_id", "at"], unique=False)


def downgrade() -> None:
    op.drop_table("decision_change")
