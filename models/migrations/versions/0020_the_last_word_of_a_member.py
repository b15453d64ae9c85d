"""the last word of a member; what the desk has yet to read; what came of a call"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_UNREAD = sa.text("unread_at IS NOT NULL")

# Which column of which table is a sign of life, and of what kind; the newest of all of them is kept.
_SIGNS = (
    ("message", "account", "linked_at", "account.member_id = member.id"),
    ("message", "request", "opened_at", "request.member_id = member.id"),
    ("report", "checkin", "answered_at", "checkin.member_id = member.id AND checkin.answered_by = member.id"),
    ("review", "review", "submitted_at", "review.member_id = member.id"),
    ("notice", "notice_receipt", "read_at", "notice_receipt.member_id = member.id"),
    ("task", "task", "closed_at", "task.member_id = member.id AND task.state = 'done'"),
    ("meeting", "invitation", "answered_at", "invitation.member_id = member.id"),
    (
        "meeting",
        "attendance",
        "at",
        "attendance.member_id = member.id AND attendance.how IN ('in person', 'online')",
    ),
    ("paper", "away", "declared_at", "away.member_id = member.id"),
)


def upgrade() -> None:
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("heard_how", sa.String(), nullable=True))
    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unread_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_checkin_unread", "checkin", ["cell_id"], sqlite_where=_UNREAD, postgresql_where=_UNREAD
    )
    with op.batch_alter_table("contact_note", schema=None) as batch_op:
        batch_op.add_column(sa.Column("outcome", sa.String(), server_default="reached", nullable=False))
        batch_op.add_column(sa.Column("unread_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("contact_note", schema=None) as batch_op:
        batch_op.alter_column("outcome", server_default=None)
    op.create_index(
        "ix_contact_note_unread",
        "contact_note",
        ["member_id"],
        sqlite_where=_UNREAD,
        postgresql_where=_UNREAD,
    )
    with op.batch_alter_table("away_update", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unread_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_away_update_unread", "away_update", ["away_id"], sqlite_where=_UNREAD, postgresql_where=_UNREAD
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("digest_at", sa.DateTime(timezone=True), nullable=True))
    for kind, table, column, whose in _SIGNS:
        _raise(kind, f"SELECT max({table}.{column}) FROM {table} WHERE {whose}")  # noqa: S608
    noon = "CAST(max(happened_on) AS timestamp) AT TIME ZONE 'UTC' + interval '5 hours'"
    if op.get_bind().dialect.name == "sqlite":
        noon = "max(happened_on) || ' 05:00:00.000000'"
    _raise("contact", f"SELECT {noon} FROM contact_note WHERE contact_note.member_id = member.id")  # noqa: S608


def _raise(kind: str, newest: str) -> None:
    """Where this kind's newest is newer than what is known, it is what is known."""
    long_ago = "'1970-01-01 00:00:00.000000'"
    op.execute(
        f"UPDATE member SET heard_how = '{kind}', heard_at = ({newest})"  # noqa: S608
        f" WHERE ({newest}) > coalesce(heard_at, {long_ago})"
    )


def downgrade() -> None:
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_column("digest_at")
    op.drop_index("ix_away_update_unread", "away_update")
    with op.batch_alter_table("away_update", schema=None) as batch_op:
        batch_op.drop_column("unread_at")
    op.drop_index("ix_contact_note_unread", "contact_note")
    with op.batch_alter_table("contact_note", schema=None) as batch_op:
        batch_op.drop_column("unread_at")
        batch_op.drop_column("outcome")
    op.drop_index("ix_checkin_unread", "checkin")
    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.drop_column("unread_at")
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_column("heard_how")
        batch_op.drop_column("heard_at")
