"""roll calls: are you safe?"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    op.create_table(
        "roll_call",
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("called_on", sa.String(), nullable=False),
        sa.Column("place_code", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("base_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.BigInteger(), nullable=True),
        sa.Column("board_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fed_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_roll_call_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_roll_call_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call")),
    )
    with op.batch_alter_table("roll_call", schema=None) as batch_op:
        batch_op.create_index(
            "ix_roll_call_lost",
            ["id"],
            unique=False,
            sqlite_where=sa.text("next_at IS NULL AND state IN ('asking', 'preparing')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('asking', 'preparing')"),
        )
        batch_op.create_index(
            "ix_roll_call_next_at",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.create_index("ix_roll_call_unit_id", ["unit_id", "called_at"], unique=False)

    op.create_table(
        "roll_call_board",
        sa.Column("roll_call_id", sa.BigInteger(), nullable=False),
        sa.Column("watcher_id", sa.BigInteger(), nullable=False),
        sa.Column("cell_id", sa.BigInteger(), nullable=True),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("edits", sa.SmallInteger(), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["roll_call_id"], ["roll_call.id"], name=op.f("fk_roll_call_board_roll_call_id")
        ),
        sa.ForeignKeyConstraint(["watcher_id"], ["member.id"], name=op.f("fk_roll_call_board_watcher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call_board")),
    )
    with op.batch_alter_table("roll_call_board", schema=None) as batch_op:
        batch_op.create_index("ix_roll_call_board_looked_at", ["roll_call_id", "looked_at"], unique=False)
        batch_op.create_index("ix_roll_call_board_watcher_id", ["watcher_id"], unique=False)

    op.create_table(
        "roll_call_person",
        sa.Column("roll_call_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("cell_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("changed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("asked", sa.SmallInteger(), nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), nullable=True),
        sa.Column("told_end", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_roll_call_person_member_id")),
        sa.ForeignKeyConstraint(
            ["roll_call_id"], ["roll_call.id"], name=op.f("fk_roll_call_person_roll_call_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call_person")),
    )
    with op.batch_alter_table("roll_call_person", schema=None) as batch_op:
        batch_op.create_index("ix_roll_call_person_cell_id", ["cell_id", "roll_call_id"], unique=False)
        batch_op.create_index("ix_roll_call_person_member_id", ["member_id"], unique=False)
        batch_op.create_index("ix_roll_call_person_state", ["roll_call_id", "state", "asked"], unique=False)
        batch_op.create_index("uq_roll_call_person_member", ["roll_call_id", "member_id"], unique=True)

    op.create_table(
        "roll_call_answer",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_roll_call_answer_by_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["roll_call_person.id"], name=op.f("fk_roll_call_answer_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call_answer")),
    )
    with op.batch_alter_table("roll_call_answer", schema=None) as batch_op:
        batch_op.create_index("ix_roll_call_answer_person_id", ["person_id", "at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("roll_call_answer", schema=None) as batch_op:
        batch_op.drop_index("ix_roll_call_answer_person_id")

    op.drop_table("roll_call_answer")
    with op.batch_alter_table("roll_call_person", schema=None) as batch_op:
        batch_op.drop_index("uq_roll_call_person_member")
        batch_op.drop_index("ix_roll_call_person_state")
        batch_op.drop_index("ix_roll_call_person_member_id")
        batch_op.drop_index("ix_roll_call_person_cell_id")

    op.drop_table("roll_call_person")
    with op.batch_alter_table("roll_call_board", schema=None) as batch_op:
        batch_op.drop_index("ix_roll_call_board_watcher_id")
        batch_op.drop_index("ix_roll_call_board_looked_at")

    op.drop_table("roll_call_board")
    with op.batch_alter_table("roll_call", schema=None) as batch_op:
        batch_op.drop_index("ix_roll_call_unit_id")
        batch_op.drop_index(
            "ix_roll_call_next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_roll_call_lost",
            sqlite_where=sa.text("next_at IS NULL AND state IN ('asking', 'preparing')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('asking', 'preparing')"),
        )

    op.drop_table("roll_call")
