"""Hundreds of rows of one kind in one statement, each database in the way that costs it least.

    bulk_insert(connection, table, rows)      rows: a value for each of the same columns
    bulk_update(connection, table, rows)      rows: the same, with the id of the row that they change

    SQLite      INSERT INTO t (a, b) VALUES (?, ?)      the driver's executemany: its library is in this process
    PostgreSQL  INSERT INTO t (a, b) SELECT a, b FROM json_to_recordset(…)      one message there, one back

SQLAlchemy's own executemany takes every value through three hands, and on PostgreSQL sends a message for each row.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pydantic_core import to_json
from sqlalchemy import (
    Connection,
    Dialect,
    FromClause,
    LargeBinary,
    String,
    Table,
    bindparam,
    cast,
    column,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSON, insert

Row = dict[str, Any]
Names = tuple[str, ...]
_COUNTED = {"preserve_rowcount": True}  # psycopg gives no count of an INSERT unless asked


def bulk_insert(connection: Connection, table: Table, rows: Sequence[Row], *, once: Names = ()) -> int:
    """Insert rows past the session, at least one; return how many were inserted.

    Each row has a value for the same columns. Rows whose values of the unique columns `once` were there before are
    left out; without `once` such a row is an error.
    """
    names = tuple(rows[0])
    if connection.dialect.name == "postgresql":
        return _as_json(connection, _pg_insert(table, names, once), table, names, rows)
    return _one_by_one(connection, _sqlite_insert(table, names, once), table, names, rows)


def bulk_update(connection: Connection, table: Table, rows: Sequence[Row]) -> int:
    """Update rows past the session, at least one, each found by its `id`; return how many were there to be changed."""
    new = tuple(name for name in rows[0] if name != "id")
    if connection.dialect.name == "postgresql":
        return _as_json(connection, _pg_update(table, new), table, (*new, "id"), rows)
    return _one_by_one(connection, _sqlite_update(table, new), table, (*new, "id"), rows)


def _written(dialect: Dialect, table: Table, names: Names, rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """The values as the driver takes them, in the order of `names`."""
    columns = []
    for name in names:
        writes = _writer(table, name, dialect)
        columns.append([writes(row[name]) for row in rows] if writes else [row[name] for row in rows])
    return list(zip(*columns, strict=True))


@lru_cache(maxsize=1024)
def _writer(table: Table, name: str, dialect: Dialect) -> Any:
    if _is_bytes(table, name):
        return None  # SQLAlchemy would wrap bytes (DBAPI's Binary), and JSON needs them plain
    return table.c[name].type.dialect_impl(dialect).bind_processor(dialect)


# --- SQLite ---------------------------------------------------------------------------------------------------------


def _one_by_one(connection: Connection, words: str, table: Table, names: Names, rows: Sequence[Row]) -> int:
    written = _written(connection.dialect, table, names, rows)
    return connection.exec_driver_sql(words, written, execution_options=_COUNTED).rowcount


@lru_cache(maxsize=256)
def _sqlite_insert(table: Table, names: Names, once: Names) -> str:
    places, kept = ", ".join("?" * len(names)), f" ON CONFLICT ({', '.join(once)}) DO NOTHING" if once else ""
    return f"INSERT INTO {table.name} ({', '.join(map(_quoted, names))}) VALUES ({places}){kept}"  # noqa: S608


@lru_cache(maxsize=256)
def _sqlite_update(table: Table, names: Names) -> str:
    new = ", ".join(f"{_quoted(name)} = ?" for name in names)
    return f"UPDATE {table.name} SET {new} WHERE id = ?"  # noqa: S608


def _quoted(name: str) -> str:
    return f'"{name}"'


# --- PostgreSQL -----------------------------------------------------------------------------------------------------


def _as_json(connection: Connection, statement: Any, table: Table, names: Names, rows: Sequence[Row]) -> int:
    written = _written(connection.dialect, table, names, rows)
    many = to_json([dict(zip(names, row, strict=True)) for row in written], bytes_mode="hex").decode()
    return connection.execute(statement, {"many": many}).rowcount


@lru_cache(maxsize=256)
def _pg_insert(table: Table, names: Names, once: Names) -> Any:
    given = _given(table, names)
    values = [_from_json(table, name, given) for name in names]
    # the rows bring every value; SQLAlchemy would add a column for each Python default
    statement = insert(table).from_select(names, select(*values), include_defaults=False)
    if once:
        statement = statement.on_conflict_do_nothing(index_elements=list(once))
    return statement.execution_options(**_COUNTED)


@lru_cache(maxsize=256)
def _pg_update(table: Table, names: Names) -> Any:
    given = _given(table, (*names, "id"))
    new = {name: _from_json(table, name, given) for name in names}
    return update(table).where(table.c.id == given.c.id).values(new)


def _given(table: Table, names: Names) -> FromClause:
    columns = (column(name, String() if _is_bytes(table, name) else table.c[name].type) for name in names)
    rows = func.json_to_recordset(cast(bindparam("many", type_=String()), JSON)).table_valued(*columns)
    return rows.render_derived(name="given", with_types=True)


def _from_json(table: Table, name: str, given: FromClause) -> Any:
    """JSON has no bytes; they come as hexadecimal digits."""
    return func.decode(given.c[name], "hex") if _is_bytes(table, name) else given.c[name]


def _is_bytes(table: Table, name: str) -> bool:
    return isinstance(table.c[name].type, LargeBinary)
