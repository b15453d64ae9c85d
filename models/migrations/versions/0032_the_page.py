"""page: what stands on it, its browsers, the links that open it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.create_table(
        "browser",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("old_hash", sa.LargeBinary(), nullable=True),
        sa.Column("fresh", sa.Boolean(), nullable=False),
        sa.Column("turned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proof", sa.String(), nullable=True),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_browser")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_browser_key_hash")),
        sa.UniqueConstraint("old_hash", name=op.f("uq_browser_old_hash")),
    )
    with op.batch_alter_table("browser", schema=None) as batch_op:
        batch_op.create_index(
            "ix_browser_open_address",
            ["address"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index("ix_browser_seen_at", ["seen_at"], unique=False)

    op.create_table(
        "page_message",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("behind_proof", sa.Boolean(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("file_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_message")),
    )
    with op.batch_alter_table("page_message", schema=None) as batch_op:
        batch_op.create_index("ix_page_message_address", ["address", "place"], unique=False)
        batch_op.create_index("ix_page_message_at", ["at"], unique=False)

    op.create_table(
        "page_link",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("made_from", sa.String(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("proof", sa.String(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_page_link_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_page_link_token_hash")),
    )
    with op.batch_alter_table("page_link", schema=None) as batch_op:
        batch_op.create_index("ix_page_link_expires_at", ["expires_at"], unique=False)
        batch_op.create_index("ix_page_link_member_id", ["member_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("page_link", schema=None) as batch_op:
        batch_op.drop_index("ix_page_link_member_id")
        batch_op.drop_index("ix_page_link_expires_at")

    op.drop_table("page_link")
    with op.batch_alter_table("page_message", schema=None) as batch_op:
        batch_op.drop_index("ix_page_message_at")
        batch_op.drop_index("ix_page_message_address")

    op.drop_table("page_message")
    with op.batch_alter_table("browser", schema=None) as batch_op:
        batch_op.drop_index("ix_browser_seen_at")
        batch_op.drop_index(
            "ix_browser_open_address",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("browser")
