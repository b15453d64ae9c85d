"""The rows of a database as lines, the same from SQLite and from PostgreSQL, of any step of the schema.

    {"table": "member", "columns": [["id", "whole"], ["phone_sealed", "bytes"], …]}
    [7012, "q83vEg==", …]                   a line for each row, values in the order of the columns

The tables are read as they stand in the database (reflected), not as the code has them: a copy of an older step is loaded
into a schema of that step, which is then brought up like any other database.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, TypeAdapter
from sqlalchemy import (
    Connection,
    MetaData,
    Table,
    func,
    insert,
    select,
    text,
    types,
)

from models.ground.db import Database

# which step the schema is at, sums that are counted: they are made, not copied
MADE = frozenset({"alembic_version", "cell_sum", "cell_touched"})
_ROWS = 1_000  # in one statement


class ValueKind(StrEnum):
    WHOLE = "whole"
    TEXT = "text"
    BYTES = "bytes"
    MOMENT = "moment"
    DAY = "day"
    YES_NO = "yes or no"


class TableHead(BaseModel):
    """Which table the lines below are of."""

    table: str
    columns: list[tuple[str, ValueKind]]


Line = TableHead | list[Any]
_HEAD = TypeAdapter(TableHead)


@contextmanager
def snapshot(database: Database) -> Iterator[Connection]:
    """Open a connection that sees the database as it is at one moment, while others go on writing."""
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


def reflect(connection: Connection) -> list[Table]:
    """Return the tables as they stand in the database, each behind those that it points to."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name not in MADE]


def count_rows(connection: Connection, tables: Iterable[Table]) -> dict[str, int]:
    """Return how many rows each table has."""
    return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


# --- out ------------------------------------------------------------------------------------------------------------


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield the lines of one table, its head first."""
    kinds = [_kind(column.type) for column in table.columns]
    head = TableHead(table=table.name, columns=list(zip(table.columns.keys(), kinds, strict=True)))
    yield head.model_dump_json().encode() + b"\n"
    writers = [_OUT.get(kind) for kind in kinds]
    rows = connection.execution_options(yield_per=_ROWS).execute(select(table))
    for some in rows.partitions():
        yield b"".join(_line(row, writers) for row in some)


def _line(row: Iterable[Any], writers: list[Callable[[Any], Any] | None]) -> bytes:
    values = [
        value if write is None or value is None else write(value)
        for value, write in zip(row, writers, strict=True)
    ]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _kind(of: types.TypeEngine[Any]) -> ValueKind:
    match of:
        case types.Boolean():
            return ValueKind.YES_NO
        case types.Integer():
            return ValueKind.WHOLE
        case types.LargeBinary():
            return ValueKind.BYTES
        case types.DateTime():
            return ValueKind.MOMENT
        case types.Date():
            return ValueKind.DAY
        case types.String():
            return ValueKind.TEXT
        case _:
            raise TypeError(f"no copy is made of {of!r}")


def _moment(value: datetime) -> str:
    """SQLite gives moments back without a zone: they are in UTC."""
    return (value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)).isoformat()


_OUT: dict[ValueKind, Callable[[Any], Any]] = {
    ValueKind.BYTES: lambda value: base64.b64encode(value).decode(),
    ValueKind.MOMENT: _moment,
    ValueKind.DAY: date.isoformat,
}


# --- in -------------------------------------------------------------------------------------------------------------


class RowLoader:
    """`take(line)` line by line, then `close()`: rows are put into the tables of a connection, a thousand at a time.

    Rows come in no order that would let each point to one that is there: what points to what is asked at the end.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection, self._tables = connection, {table.name: table for table in reflect(connection)}
        self._pointing = _loosen(connection) if connection.dialect.name == "postgresql" else []
        for table in reversed(self._tables.values()):
            connection.execute(table.delete())  # what a step puts into a new database stands in the copy too
        self._readers: list[tuple[str, Callable[[Any], Any] | None]] = []
        self._table: Table | None = None
        self._rows: list[dict[str, Any]] = []

    def take(self, line: Line) -> None:
        if isinstance(line, TableHead):
            self._put()
            self._table = self._tables[line.table]
            self._readers = [(name, self._reader(kind)) for name, kind in line.columns]
            return
        self._rows.append(
            {
                name: value if read is None or value is None else read(value)
                for (name, read), value in zip(self._readers, line, strict=True)
            }
        )
        if len(self._rows) >= _ROWS:
            self._put()

    def close(self) -> None:
        """Put in what is left. Raises where a row points to one that is not there."""
        self._put()
        for statement in self._pointing:
            self._connection.execute(text(statement))
        if self._connection.dialect.name == "sqlite":
            lost = self._connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if lost:
                raise RuntimeError(f"rows that point to nothing: {sorted({row[0] for row in lost})}")

    def _put(self) -> None:
        if self._rows and self._table is not None:
            self._connection.execute(insert(self._table), self._rows)
        self._rows = []

    def _reader(self, kind: ValueKind) -> Callable[[Any], Any] | None:
        if kind is ValueKind.MOMENT and self._connection.dialect.name == "postgresql":
            return lambda value: datetime.fromisoformat(value).replace(tzinfo=UTC)
        return _IN.get(kind)


_POINTING = text(
    "SELECT conrelid::regclass::text AS of, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS says"
    " FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
)


def _loosen(connection: Connection) -> list[str]:
    """Drop what says which rows point to which; return the statements that say it again."""
    found = connection.execute(_POINTING).all()
    for row in found:
        connection.execute(text(f"ALTER TABLE {row.of} DROP CONSTRAINT {row.name}"))
    return [f"ALTER TABLE {row.of} ADD CONSTRAINT {row.name} {row.says}" for row in found]


_IN: dict[ValueKind, Callable[[Any], Any]] = {
    ValueKind.BYTES: base64.b64decode,
    ValueKind.MOMENT: datetime.fromisoformat,
    ValueKind.DAY: date.fromisoformat,
    ValueKind.YES_NO: bool,
}


def parse_line(line: bytes) -> Line:
    """Return the head of a table, or the values of a row."""
    if line.startswith(b"{"):
        return _HEAD.validate_json(line)
    values: list[Any] = json.loads(line)
    return values
