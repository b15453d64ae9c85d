"""Every row that is about a member, found by following the tables' own keys.

    member <── away <── filing <── filing_move        a table with `member_id` is about a member;
    member <── checkin <── checkin_move               one that points to such a table is, too

So a new room needs to do nothing for its rows to be taken out and its texts to be erased.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, Table, select, update
from sqlalchemy.orm import Session

from models.base import Base
from models.sealing import Sealed

ABOUT = "member_id"  # the column by which a row says whom it is about; others (by_id, owner_id) say who acted


def tables_about_a_member() -> dict[Table, str]:
    """Each table whose rows are about a member, and the column that leads there."""
    member = Base.metadata.tables["member"]
    found: dict[Table, str] = {}
    for table in Base.metadata.sorted_tables:  # those that are pointed to come first
        if table is member:
            continue
        ways = {c.name: {key.column.table for key in c.foreign_keys} for c in table.columns}
        if member in ways.get(ABOUT, ()):
            found[table] = ABOUT
        elif way := next((name for name, targets in ways.items() if targets & found.keys()), None):
            found[table] = way
    return found


def records_about(db: Session, member_id: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Table by table: every row about the member as plain values, sealed texts opened."""
    for table in tables_about_a_member():
        rows = [_plain(row) for row in db.scalars(_rows_about(table, member_id))]
        if rows:
            yield table.name, rows


def erase_texts_about(db: Session, member_id: int) -> None:
    """Every sealed field of every row about the member is emptied; dates, states and numbers of papers stay."""
    for table in tables_about_a_member():
        sealed = [column.name for column in table.columns if column.name.endswith("_sealed")]
        if sealed:
            ids = [row.id for row in db.scalars(_rows_about(table, member_id))]
            kind = _class_of(table)
            db.execute(update(kind).where(kind.id.in_(ids)).values(dict.fromkeys(sealed)))


def _rows_about(table: Table, member_id: int) -> Select[Any]:
    return select(_class_of(table)).where(_is_about(table, member_id)).order_by(table.c.id)


def _is_about(table: Table, member_id: int) -> Any:
    column = table.c[tables_about_a_member()[table]]
    if column.name == ABOUT:
        return column == member_id
    (key,) = column.foreign_keys
    above = key.column.table
    return column.in_(select(above.c.id).where(_is_about(above, member_id)))


def _class_of(table: Table) -> type[Any]:
    mappers = (one for one in Base.registry.mappers if one.local_table is table)
    return next(one.class_ for one in mappers if one.inherits is None)  # a look is a row of the trail


def _plain(row: Any) -> dict[str, Any]:
    """The row's columns by name; a sealed one under the name of its text."""
    kind = type(row)
    texts = {name for one in kind.__mro__ for name, value in vars(one).items() if isinstance(value, Sealed)}
    columns = [c.name for c in kind.__table__.columns if not c.name.endswith("_sealed")]
    return {name: getattr(row, name) for name in [*columns, *sorted(texts)] if getattr(row, name) is not None}
