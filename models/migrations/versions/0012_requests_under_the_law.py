"""requests under the law"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:

    op.create_table(
        "law_request",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("do_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("extended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.BigInteger(), nullable=True),
        sa.Column("by_itself", sa.Boolean(), nullable=False),
        sa.Column("nudges", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_law_request_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_request")),
    )
    with op.batch_alter_table("law_request", schema=None) as batch_op:
        batch_op.create_index(
            "ix_law_request_lost",
            ["id"],
            unique=False,
            sqlite_where=sa.text("next_at IS NULL AND state IN ('answered', 'open')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('answered', 'open')"),
        )
        batch_op.create_index("ix_law_request_member_id", ["member_id"], unique=False)
        batch_op.create_index(
            "ix_law_request_next_at",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )


def downgrade() -> None:

    with op.batch_alter_table("law_request", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_law_request_next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_law_request_member_id")
        batch_op.drop_index(
            "ix_law_request_lost",
            sqlite_where=sa.text("next_at IS NULL AND state IN ('answered', 'open')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('answered', 'open')"),
        )

    op.drop_table("law_request")
