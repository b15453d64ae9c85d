"""files: the bytes of what people sent are ours; what a room holds of a file is the id of a row here

Each id of Telegram's that a room, a report or a draft holds becomes a row of `file` whose bytes are still to be fetched; the
same id twice is one file. What is sealed is sealed anew, bound to its place and row. What waits in the outbox keeps
Telegram's id: its sender knows one from the other. The way back puts Telegram's ids in again, where they are known.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from models.ground.sealing import CannotUnseal, keyring, new_id

revision = "0030"
down_revision = "0029"

ONE = (  # a column that holds one id
    "away_update",
    "filing_move",
    "letter",
    "return_item",
    "review_file",
    "meeting_paper",
    "conclusion",
    "notice",
)
NEXT = sa.text("next_at IS NOT NULL")
Other = Callable[[str], str]


def upgrade() -> None:
    op.create_table(
        "file",
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("type", sa.String(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(), nullable=True),
        sa.Column("shortcut_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("data_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_file_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
    )
    op.create_index("ix_file_next_at", "file", ["next_at"], sqlite_where=NEXT, postgresql_where=NEXT)
    ours: dict[str, str] = {}

    def other(theirs: str) -> str:
        return ours.setdefault(theirs, str(new_id())) if theirs else theirs

    rewrite(other)
    now, ring = datetime.now(UTC), keyring()
    rows = [
        {
            "id": int(id),
            "state": "wanted",
            "kept_at": now,
            "next_at": now,
            "tries": 0,
            "shortcut_sealed": ring.seal(
                f"telegram:{theirs}".encode(), place="file.shortcut_sealed", row=int(id)
            ),
        }
        for theirs, id in ours.items()
    ]
    if rows:
        op.bulk_insert(sa.table("file", *(sa.column(name, kind) for name, kind in KINDS.items())), rows)


KINDS: dict[str, Any] = {
    "id": sa.BigInteger(),
    "state": sa.String(),
    "kept_at": sa.DateTime(timezone=True),
    "next_at": sa.DateTime(timezone=True),
    "tries": sa.SmallInteger(),
    "shortcut_sealed": sa.LargeBinary(),
}


def downgrade() -> None:
    file = sa.table("file", sa.column("id", sa.BigInteger()), sa.column("shortcut_sealed", sa.LargeBinary()))
    theirs = {}
    for id, sealed in op.get_bind().execute(sa.select(file).where(file.c.shortcut_sealed.is_not(None))):
        shortcut = keyring().unseal(bytes(sealed), place="file.shortcut_sealed", row=id).decode()
        theirs[str(id)] = shortcut.removeprefix("telegram:")
    rewrite(lambda ours: theirs.get(ours, ours))
    op.drop_table("file")


# --- what holds the ids -----------------------------------------------------------------------------------------------


def rewrite(other: Other) -> None:
    """Put `other(id)` in the place of each id, wherever one is held."""
    for table in ONE:
        change(table, "file_id_sealed", other)
    change("request_reply", "files_sealed", lambda lines: in_lines(lines, other))
    change("checkin", "report_sealed", lambda text: in_json(text, other))
    change("conversation", "draft_sealed", lambda text: in_json(text, other))


def change(name: str, column: str, to: Other) -> None:
    """Seal `to(text)` anew in the place of each text of a column; what does not open stays as it is."""
    table = sa.table(name, sa.column("id", sa.BigInteger()), sa.column(column, sa.LargeBinary()))
    place, ring = f"{name}.{column}", keyring()
    found = op.get_bind().execute(sa.select(table).where(table.c[column].is_not(None))).all()
    rows = []
    for id, sealed in found:
        try:
            before = ring.unseal(bytes(sealed), place=place, row=id).decode()
        except CannotUnseal:
            continue
        if (after := to(before)) != before:
            rows.append({"row": id, "value": ring.seal(after.encode(), place=place, row=id)})
    statement = (
        sa.update(table).where(table.c.id == sa.bindparam("row")).values({column: sa.bindparam("value")})
    )
    for some in in_handfuls(rows):
        op.get_bind().execute(statement, some)


def in_handfuls(rows: list[dict[str, Any]], size: int = 1000) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def in_lines(lines: str, other: Other) -> str:
    """`voice:<id>`, one a line."""
    parts = (line.partition(":") for line in lines.splitlines())
    return "\n".join(f"{kind}:{other(id)}" for kind, _, id in parts)


def in_json(text: str, other: Other) -> str:
    """Whatever stands under a name for ids of files; behind the JSON of a draft there may be a mark."""
    body = text.rstrip()
    try:
        held = json.loads(body)
    except ValueError:
        return text
    changed = walked(held, other)
    return text if changed == held else json.dumps(changed, ensure_ascii=False) + text[len(body) :]


def walked(held: Any, other: Other) -> Any:
    if isinstance(held, list):
        return [walked(one, other) for one in held]
    if not isinstance(held, dict):
        return held
    return {name: named(name, value, other) for name, value in held.items()}


def named(name: str, value: Any, other: Other) -> Any:
    match name, value:
        case "file_id", str():
            return other(value)
        case (("voice_ids" | "photo_ids"), list()):
            return [other(one) if isinstance(one, str) else one for one in value]
        case "sent_along", list():  # [kind, id]
            return [
                [one[0], other(one[1])] if isinstance(one, list) and len(one) == 2 else walked(one, other)
                for one in value
            ]
        case _:
            return walked(value, other)
