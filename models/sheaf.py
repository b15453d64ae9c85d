"""Rows by the hundred, past the session: its books about each of them cost more than reading and writing them.

    sheaf = Sheaf(db)
    checkins = sheaf.read(Checkin, Checkin.id.in_(ids))     stand-ins: the columns' names, changed like the rows
    sheaf.put(Checkin, cell_id=1, …), sheaf.delete(checkins[0])
    sheaf.write()                                           one statement for each kind of change

Acts that take `Books` do the same to one row of a session and to a sheaf of many. To the type checker a stand-in is the
row itself; it has the columns and the sealed texts, and none of the row's own methods.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from models.base import Base, table_of
from models.sealing import Sealed, new_id

T = TypeVar("T", bound=Base)


class Books(Protocol):
    """Where an act writes: a session, or a sheaf."""

    def delete(self, row: object, /) -> None: ...
    def connection(self) -> Connection: ...


def put(books: Books, of: type[T], **values: Any) -> T:
    """A new row."""
    if isinstance(books, Sheaf):
        return books.put(of, **values)
    row = of(**values)
    cast(Session, books).add(row)
    return row


class Sheaf:
    """One row is one stand-in, however often it is read."""

    def __init__(self, db: Session) -> None:
        self._db = db
        self._read: dict[tuple[type[Base], int], _StandIn] = {}
        self._added: list[_New] = []
        self._deleted: set[tuple[type[Base], int]] = set()

    def connection(self) -> Connection:
        return self._db.connection()

    def read(self, of: type[T], *where: Any, order_by: Sequence[Any] = (), lock: bool = False) -> list[T]:
        """The rows where all of `where` holds; `lock`: for this transaction alone, passing over another's."""
        wanted = select(table_of(of)).where(*where).order_by(*order_by)
        if lock:
            wanted = wanted.with_for_update(skip_locked=True)
        made = _stand_in(of)
        found = [self._read.setdefault((of, row.id), made(*row)) for row in self.connection().execute(wanted)]
        return cast(list[T], found)

    def put(self, of: type[T], **values: Any) -> T:
        """A new row; what is not given is as the table has it."""
        self._added.append(made := _New(of, values))
        return cast(T, made)

    def delete(self, row: object, /) -> None:
        found = cast(_StandIn, row)
        self._deleted.add((found.of, found.id))

    def write(self) -> None:
        """What was deleted, changed and added since it was read."""
        for of, id in self._deleted:
            del self._read[of, id]
            self.connection().execute(delete(table_of(of)).where(table_of(of).c.id == id))
        changed = [(of, one.id, one.changes()) for (of, _), one in self._read.items()]
        self._in_groups(_update, [(of, {"row": id} | new, tuple(new)) for of, id, new in changed if new])
        added = [(new.of, new.values) for new in self._added]
        self._in_groups(_insert, [(of, values, tuple(values)) for of, values in added])
        self._deleted.clear()
        self._added.clear()

    def _in_groups(
        self, statement: Any, rows: list[tuple[type[Base], dict[str, Any], tuple[str, ...]]]
    ) -> None:
        groups: dict[tuple[type[Base], tuple[str, ...]], list[dict[str, Any]]] = {}
        for of, values, names in rows:
            groups.setdefault((of, names), []).append(values)
        for (of, names), many in groups.items():
            self.connection().execute(statement(of, names), many)


class _StandIn:
    """The columns of one row; each table has its own kind."""

    __slots__ = ("before",)
    of: type[Base]
    names: tuple[str, ...]
    id: int

    def __init__(self, *values: Any) -> None:
        self.before = values
        for name, value in zip(self.names, values, strict=True):
            setattr(self, name, value)

    @property
    def sealed_under(self) -> int:
        return self.id

    def changes(self) -> dict[str, Any]:
        """By the names that `_update` gives to new values."""
        pairs = zip(self.names, self.before, strict=True)
        return {f"new_{name}": now for name, before in pairs if (now := getattr(self, name)) != before}


class _New:
    """A row to be: whatever is set on it is a value of it."""

    __slots__ = ("of", "values")

    def __init__(self, of: type[Base], values: dict[str, Any]) -> None:
        object.__setattr__(self, "of", of)
        object.__setattr__(self, "values", {"id": new_id()} | values)

    def __getattr__(self, name: str) -> Any:
        return self.values.get(name)

    def __setattr__(self, name: str, value: Any) -> None:
        self.values[name] = value


@cache
def _stand_in(of: type[Base]) -> type[_StandIn]:
    names = tuple(column.name for column in table_of(of).columns)
    texts = {name: value for name, value in vars(of).items() if isinstance(value, Sealed)}
    body = {"__slots__": names, "__tablename__": of.__tablename__, "of": of, "names": names, **texts}
    return type(f"{of.__name__}Row", (_StandIn,), body)


@cache
def _update(of: type[Base], names: tuple[str, ...]) -> Any:
    table = table_of(of)
    return (
        update(table)
        .where(table.c.id == bindparam("row"))
        .values({name.removeprefix("new_"): bindparam(name) for name in names})
    )


@cache
def _insert(of: type[Base], names: tuple[str, ...]) -> Any:
    return insert(table_of(of))
