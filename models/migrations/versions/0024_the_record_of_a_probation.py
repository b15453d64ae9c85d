"""the record of a probation"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "dossier_item",
        sa.Column("probation_id", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["probation_id"], ["probation.id"], name=op.f("fk_dossier_item_probation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_item")),
    )
    with op.batch_alter_table("dossier_item", schema=None) as batch_op:
        batch_op.create_index("uq_dossier_item_probation_id", ["probation_id", "item"], unique=True)
    op.create_table(
        "earlier_consideration",
        sa.Column("probation_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("said_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["probation_id"], ["probation.id"], name=op.f("fk_earlier_consideration_probation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_consideration")),
    )
    with op.batch_alter_table("earlier_consideration", schema=None) as batch_op:
        batch_op.create_index("ix_earlier_consideration_probation_id", ["probation_id", "at"], unique=False)
    with op.batch_alter_table("probation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("votes_for", sa.SmallInteger(), nullable=True))
        batch_op.add_column(sa.Column("voters", sa.SmallInteger(), nullable=True))
        batch_op.add_column(sa.Column("record_sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("probation", schema=None) as batch_op:
        batch_op.drop_column("record_sealed")
        batch_op.drop_column("voters")
        batch_op.drop_column("votes_for")
    op.drop_table("earlier_consideration")
    op.drop_table("dossier_item")
