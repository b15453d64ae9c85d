"""ratings are told when somebody says so; counts outlive the texts"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:

    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rating_told", sa.BigInteger(), nullable=True))
    op.create_table(
        "year_count",
        sa.Column("cell_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.Column("agreed", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_year_count_cell_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_count")),
    )
    with op.batch_alter_table("year_count", schema=None) as batch_op:
        batch_op.create_index("uq_year_count_cell_id", ["cell_id", "year", "level"], unique=True)
    with op.batch_alter_table("review_bundle", schema=None) as batch_op:
        batch_op.add_column(sa.Column("password_sealed", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("review_bundle_part", schema=None) as batch_op:
        batch_op.add_column(sa.Column("file_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("state", sa.String(), nullable=False, server_default="made"))
        batch_op.add_column(sa.Column("ending", sa.String(), nullable=False, server_default=".docx"))
        batch_op.create_index(
            "ix_review_bundle_part_state",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state = 'wanted'"),
            postgresql_where=sa.text("state = 'wanted'"),
        )
    with op.batch_alter_table("review_bundle_part", schema=None) as batch_op:
        batch_op.alter_column("state", server_default=None)
        batch_op.alter_column("ending", server_default=None)
    op.execute(  # until now whatever was decided was told at once
        sa.text(
            """
            UPDATE review SET rating_told = (
                SELECT rating.id FROM review_rating AS rating
                WHERE rating.campaign_id = review.campaign_id AND rating.member_id = review.member_id
                  AND rating.stage = 'decided'
                ORDER BY rating.at DESC, rating.id DESC LIMIT 1
            )
            """
        )
    )


def downgrade() -> None:

    with op.batch_alter_table("review_bundle_part", schema=None) as batch_op:
        batch_op.drop_index("ix_review_bundle_part_state")
        batch_op.drop_column("ending")
        batch_op.drop_column("state")
        batch_op.drop_column("file_id")
    with op.batch_alter_table("review_bundle", schema=None) as batch_op:
        batch_op.drop_column("password_sealed")
    with op.batch_alter_table("year_count", schema=None) as batch_op:
        batch_op.drop_index("uq_year_count_cell_id")

    op.drop_table("year_count")

    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_column("rating_told")
