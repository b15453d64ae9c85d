"""reply slips: a place of stay answers a letter on the page"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.create_table(
        "reply_slip",
        sa.Column("away_id", sa.BigInteger(), nullable=False),
        sa.Column("letter_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("lookup", sa.String(), nullable=False),
        sa.Column("hash_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wrong_tries", sa.SmallInteger(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt", sa.String(), nullable=True),
        sa.Column("form_hash", sa.LargeBinary(), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("file_id_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("file_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["away_id"], ["away.id"], name=op.f("fk_reply_slip_away_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_reply_slip_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_slip")),
        sa.UniqueConstraint("lookup", name=op.f("uq_reply_slip_lookup")),
    )
    with op.batch_alter_table("reply_slip", schema=None) as batch_op:
        batch_op.create_index("ix_reply_slip_away_id", ["away_id", "made_at"], unique=False)
        batch_op.create_index("ix_reply_slip_letter_id", ["letter_id"], unique=False)

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("replied_at")

    with op.batch_alter_table("reply_slip", schema=None) as batch_op:
        batch_op.drop_index("ix_reply_slip_letter_id")
        batch_op.drop_index("ix_reply_slip_away_id")

    op.drop_table("reply_slip")
