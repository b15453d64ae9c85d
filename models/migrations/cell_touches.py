"""What is counted for a committee is watched: a row that changes leaves a line in `cell_touched` (models/desk/counts/kept.py).

    checkin: open -> late       AFTER UPDATE OF state …      cell_touched (person_id)
    member: Đông -> Tây         AFTER UPDATE OF cell_id …    cell_touched (unit_id) twice

Triggers, because then nobody can forget it: no act, no bulk statement, no command line, no older program beside the new schema.
A line names the member and not their cell: where they are is asked by who counts, after whoever moves them has finished.
SQLite has one writer at a time, so there a second line about the same is left out.

SQLite drops a table's triggers when a step copies it (`batch_alter_table`): such a step calls `watch_table` at its end.
"""

from __future__ import annotations

from typing import NamedTuple

from alembic import op


class Watch(NamedTuple):
    """`by`: the column that says whose row it is; `matters`: of which rows, in SQL."""

    table: str
    by: str
    columns: tuple[str, ...]
    matters: str = "TRUE"


WATCHED = (
    Watch("unit", "id", ("closed_at",)),
    Watch("member", "cell_id", ("cell_id", "left_at", "place_code")),
    Watch("account", "member_id", ("member_id", "told_since", "reachability", "reachability_at")),
    Watch("consent", "member_id", ("member_id", "purpose", "given", "at"), "{row}.purpose = 'counts'"),
    Watch(
        "checkin",
        "member_id",
        ("member_id", "kind", "period", "state"),
        "{row}.kind = 'rhythm' AND {row}.state <> 'scheduled'",
    ),
    Watch("away", "member_id", ("member_id", "state", "route", "due_on")),
    Watch("ladder", "member_id", ("member_id", "ended_at", "rung")),
    Watch("request", "member_id", ("member_id", "state", "is_private", "kind")),
)
_INTO = {"id": "unit_id", "cell_id": "unit_id", "member_id": "person_id"}
_FUNCTION = """
CREATE OR REPLACE FUNCTION touch_cells_by_{by}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO cell_touched ({into}) SELECT OLD.{by} WHERE OLD.{by} IS NOT NULL;
    IF TG_OP = 'DELETE' THEN RETURN NULL; END IF;
    IF NEW.{by} IS NOT DISTINCT FROM OLD.{by} THEN RETURN NULL; END IF;
  END IF;
  INSERT INTO cell_touched ({into}) SELECT NEW.{by} WHERE NEW.{by} IS NOT NULL;
  RETURN NULL;
END $$
"""


def watch_table(watch: Watch) -> None:
    """Make the table's triggers, once more where a step has copied it."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        op.execute(_FUNCTION.format(by=watch.by, into=_INTO[watch.by]))
    for name, happens, when in _moments(watch, "IS NOT" if is_sqlite else "IS DISTINCT FROM"):
        does = _lines(watch, name) if is_sqlite else f"EXECUTE FUNCTION touch_cells_by_{watch.by}()"
        op.execute(
            f"CREATE TRIGGER touch_cells_{watch.table}_{name} AFTER {happens} ON {watch.table}"
            f" FOR EACH ROW WHEN ({when}) {does}"
        )


def _moments(watch: Watch, differs: str) -> list[tuple[str, str, str]]:
    """Name, what happens, and when it matters."""
    old, new = (watch.matters.format(row=row) for row in ("OLD", "NEW"))
    changed = " OR ".join(f"OLD.{one} {differs} NEW.{one}" for one in watch.columns)
    return [
        ("insert", "INSERT", new),
        ("update", f"UPDATE OF {', '.join(watch.columns)}", f"({changed}) AND (({old}) OR ({new}))"),
        ("delete", "DELETE", old),
    ]


def _lines(watch: Watch, name: str) -> str:
    rows = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}[name]
    into = _INTO[watch.by]
    lines = (
        f"INSERT INTO cell_touched ({into}) SELECT {row}.{watch.by} WHERE {row}.{watch.by} IS NOT NULL"  # noqa: S608
        f" AND NOT EXISTS (SELECT 1 FROM cell_touched WHERE {into} = {row}.{watch.by});"
        for row in rows
    )
    return f"BEGIN {' '.join(lines)} END"


def unwatch_table(watch: Watch) -> None:
    """Take that back, for the way down."""
    for name in ("insert", "update", "delete"):
        on = "" if op.get_bind().dialect.name == "sqlite" else f" ON {watch.table}"
        op.execute(f"DROP TRIGGER touch_cells_{watch.table}_{name}{on}")
