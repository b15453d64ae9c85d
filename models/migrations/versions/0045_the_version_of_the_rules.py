"""the version of the rules under which a paper was filed"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    op.create_table(
        "rule_version",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("turned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_version")),
        sa.UniqueConstraint("digest", name=op.f("uq_rule_version_digest")),
    )
    # of papers that were filed before, nobody knows: they stay without
    with op.batch_alter_table("filing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version_id", sa.BigInteger(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_filing_version_id"), "rule_version", ["version_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("filing", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_filing_version_id"), type_="foreignkey")
        batch_op.drop_column("version_id")

    op.drop_table("rule_version")
