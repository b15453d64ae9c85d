"""addresses: a channel and its key in the place of Telegram's number of a chat

chat_id 40                        -> address "telegram:40"
inbox: update_id 7                -> id 7 (so that what is sealed still opens), channel "telegram", external_id "7"
outbox                            -> channel "telegram" beside it
invite: opened_by_chat            -> opened_from
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

RENAMED = (
    ("account", "chat_id", "address"),
    ("review_bundle", "chat_id", "address"),
    ("conversation", "chat_id", "address"),
    ("data_visit", "chat_id", "address"),
    ("form_end", "chat_id", "address"),
    ("inbox", "chat_id", "address"),
    ("invite", "opened_by_chat", "opened_from"),
    ("outbox", "chat_id", "address"),
)
UNIQUE = (
    ("conversation", "uq_conversation_chat_id_room", "uq_conversation_address_room", ["address", "room"]),
    ("data_visit", "uq_data_visit_chat_id", "uq_data_visit_address", ["address"]),
    ("form_end", "uq_form_end_chat_id_room", "uq_form_end_address_room", ["address", "room"]),
)
OPEN, STORED, PENDING = (
    sa.text("closed_at IS NULL"),
    sa.text("state = 'stored'"),
    sa.text("state = 'pending'"),
)
INDEXES = (
    ("account", "uq_account_open_chat", "uq_account_open_address", ["address"], OPEN, True),
    ("inbox", "ix_inbox_stored", "ix_inbox_stored", ["channel", "id"], STORED, False),
    ("invite", "ix_invite_opened_by_chat", "ix_invite_opened_from", ["opened_from"], None, False),
    ("outbox", "ix_outbox_chat", "ix_outbox_address", ["address", "created_at"], None, False),
    ("outbox", "ix_outbox_due", "ix_outbox_due", ["channel", "lane", "not_before", "id"], PENDING, False),
)
BEFORE = {
    "uq_conversation_chat_id_room": ["chat_id", "room"],
    "uq_data_visit_chat_id": ["chat_id"],
    "uq_form_end_chat_id_room": ["chat_id", "room"],
    "uq_account_open_chat": ["chat_id"],
    "ix_inbox_stored": ["update_id"],
    "ix_invite_opened_by_chat": ["opened_by_chat"],
    "ix_outbox_chat": ["chat_id", "created_at"],
    "ix_outbox_due": ["lane", "not_before", "id"],
}


def upgrade() -> None:
    drop_keys(forth=True)
    for table, old, new in RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
        with op.batch_alter_table(table) as batch:
            batch.alter_column(new, existing_type=sa.BigInteger(), type_=sa.String())
        op.execute(f"UPDATE {table} SET {new} = 'telegram:' || {new} WHERE {new} IS NOT NULL")  # noqa: S608
    op.execute("ALTER TABLE inbox RENAME COLUMN update_id TO id")
    for table, column in (("inbox", "channel"), ("inbox", "external_id"), ("outbox", "channel")):
        op.add_column(table, sa.Column(column, sa.String(), nullable=True))
    op.execute("UPDATE inbox SET channel = 'telegram', external_id = CAST(id AS VARCHAR)")
    op.execute("UPDATE outbox SET channel = 'telegram'")
    for table, column in (("inbox", "channel"), ("inbox", "external_id"), ("outbox", "channel")):
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=sa.String(), nullable=False)
    make_keys(forth=True)


def downgrade() -> None:
    """What was said on another channel has no number at Telegram: it goes."""
    drop_keys(forth=False)
    for table, old, new in RENAMED:
        op.execute(f"DELETE FROM {table} WHERE {new} NOT LIKE 'telegram:%'")  # noqa: S608
        op.execute(f"UPDATE {table} SET {new} = substr({new}, 10)")  # noqa: S608
        with op.batch_alter_table(table) as batch:
            batch.alter_column(
                new, existing_type=sa.String(), type_=sa.BigInteger(), postgresql_using=f"{new}::bigint"
            )
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {new} TO {old}")
    op.execute("ALTER TABLE inbox RENAME COLUMN id TO update_id")
    for table, column in (("inbox", "channel"), ("inbox", "external_id"), ("outbox", "channel")):
        op.drop_column(table, column)
    make_keys(forth=False)


def drop_keys(*, forth: bool) -> None:
    for table, old, new, *_ in INDEXES:
        op.drop_index(old if forth else new, table)
    for table, old, new, _ in UNIQUE:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(old if forth else new, type_="unique")
    if not forth:
        with op.batch_alter_table("inbox") as batch:
            batch.drop_constraint("uq_inbox_channel_external_id", type_="unique")


def make_keys(*, forth: bool) -> None:
    for table, old, new, columns in UNIQUE:
        with op.batch_alter_table(table) as batch:
            batch.create_unique_constraint(new if forth else old, columns if forth else BEFORE[old])
    if forth:
        with op.batch_alter_table("inbox") as batch:
            batch.create_unique_constraint("uq_inbox_channel_external_id", ["channel", "external_id"])
    for table, old, new, columns, where, unique in INDEXES:
        op.create_index(
            new if forth else old,
            table,
            columns if forth else BEFORE[old],
            unique=unique,
            sqlite_where=where,
            postgresql_where=where,
        )
