"""agreements with whoever receives members away"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place_code", sa.String(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.BigInteger(), nullable=True),
        sa.Column("with_whom_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("person_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("agreed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["ended_by"], ["member.id"], name=op.f("fk_agreement_ended_by")),
        sa.ForeignKeyConstraint(["made_by"], ["member.id"], name=op.f("fk_agreement_made_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_agreement_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index("ix_agreement_unit_id", "agreement", ["unit_id", "ended_at"])
    op.create_index("ix_agreement_made_by", "agreement", ["made_by"])
    op.create_index("ix_agreement_ended_by", "agreement", ["ended_by"])
    op.create_table(
        "agreement_talk",
        sa.Column("agreement_id", sa.BigInteger(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_talk_agreement_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_agreement_talk_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_talk")),
    )
    op.create_index("ix_agreement_talk_agreement_id", "agreement_talk", ["agreement_id", "held_on"])
    op.create_index("ix_agreement_talk_by_id", "agreement_talk", ["by_id"])


def downgrade() -> None:
    op.drop_table("agreement_talk")
    op.drop_table("agreement")
