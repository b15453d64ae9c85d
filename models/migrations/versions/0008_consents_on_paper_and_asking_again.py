"""consents on paper and asking again"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    # whoever is registered and answered an older wording is found by the nightly job and asked again
    op.create_table(
        "consent_round",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("times", sa.SmallInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_consent_round_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_round")),
    )
    with op.batch_alter_table("consent_round", schema=None) as batch_op:
        batch_op.create_index(
            "ix_consent_round_next_at",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.create_index("uq_consent_round_member_id", ["member_id", "version"], unique=True)

    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paper_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("noted_by", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_column("noted_by")
        batch_op.drop_column("paper_on")

    with op.batch_alter_table("consent_round", schema=None) as batch_op:
        batch_op.drop_index("uq_consent_round_member_id")
        batch_op.drop_index(
            "ix_consent_round_next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )

    op.drop_table("consent_round")
