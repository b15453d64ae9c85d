"""the trail: looks become rows of it; triggers let rows be added, linked once, and dropped from the front"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

SAID = ("id", "at", "kind", "by_id", "act", "member_id", "unit_id", "detail")


def upgrade() -> None:
    op.create_table(
        "trail",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("hash", sa.String(), nullable=True),
        sa.Column("seal", sa.String(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_trail_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_trail_member_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_trail_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail")),
    )
    op.execute(
        "INSERT INTO trail (id, at, kind, by_id, act, member_id, detail) "
        "SELECT id, at, 'look', reader_id, what, member_id, '' FROM look"
    )
    op.drop_index("ix_look_member_id", "look")
    op.drop_table("look")
    op.create_index("ix_trail_member_id", "trail", ["member_id", "at"])
    op.create_index("ix_trail_unit_id", "trail", ["unit_id", "at"])
    op.create_index("uq_trail_seq", "trail", ["seq"], unique=True)
    for name, columns, holds in (
        ("ix_trail_unlinked", ["id"], "seq IS NULL"),
        ("ix_trail_marks", ["act", "id"], "act IN ('trail.drop', 'trail.attest')"),
    ):
        where = sa.text(holds)
        op.create_index(name, "trail", columns, sqlite_where=where, postgresql_where=where)
    guard()


def guard() -> None:
    """Make the triggers: a row may be linked once and not changed; the front may go under a row that says so."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    same = "IS" if sqlite else "IS NOT DISTINCT FROM"
    said = " AND ".join(f"NEW.{name} {same} OLD.{name}" for name in SAID)
    linked = f"OLD.seq IS NULL AND NEW.seq IS NOT NULL AND {said}"
    number = "CAST(detail AS INTEGER)" if sqlite else "CAST(split_part(detail, ':', 1) AS BIGINT)"
    marks = f"FROM trail WHERE act = 'trail.drop' AND {number} >= OLD.seq"
    dropped = f"OLD.seq IS NOT NULL AND EXISTS (SELECT 1 {marks})"
    for name, what, allowed in (
        ("trail_is_not_changed", "UPDATE", linked),
        ("trail_is_not_deleted", "DELETE", dropped),
    ):
        if sqlite:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {what} ON trail WHEN NOT ({allowed}) "
                f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
            )
            continue
        row = "NEW" if what == "UPDATE" else "OLD"
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF NOT ({allowed}) THEN RAISE EXCEPTION '{name}'; END IF; RETURN {row}; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {what} ON trail FOR EACH ROW EXECUTE FUNCTION {name}()")
    if not sqlite:
        op.execute(
            "CREATE FUNCTION trail_is_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'trail_is_not_emptied'; END $$"
        )
        op.execute(
            "CREATE TRIGGER trail_is_not_emptied BEFORE TRUNCATE ON trail "
            "FOR EACH STATEMENT EXECUTE FUNCTION trail_is_not_emptied()"
        )


def downgrade() -> None:
    op.create_table(
        "look",
        sa.Column("reader_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_look_member_id")),
        sa.ForeignKeyConstraint(["reader_id"], ["member.id"], name=op.f("fk_look_reader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look")),
    )
    op.create_index("ix_look_member_id", "look", ["member_id", "at"])
    op.execute(
        "INSERT INTO look (id, at, reader_id, what, member_id) "
        "SELECT id, at, by_id, act, member_id FROM trail WHERE kind = 'look'"
    )
    op.drop_table("trail")
    if op.get_bind().dialect.name == "postgresql":
        for name in ("trail_is_not_changed", "trail_is_not_deleted", "trail_is_not_emptied"):
            op.execute(f"DROP FUNCTION {name}()")
