"""Rows by the hundred, past the session: its books about each of them cost more than reading and writing them.

    sheaf = Sheaf(db)
    checkins = sheaf.read(Checkin, Checkin.id.in_(ids))     stand-ins: the columns' names, changed like the rows
    sheaf.put(Checkin, cell_id=1, …), sheaf.delete(checkins[0])
    sheaf.write()                                           one statement for each kind of change

Acts that take `Books` do the same to one row of a session and to a sheaf of many. To the type checker a stand-in is the
row itself; it has the columns and the sealed texts, and none of the row's own methods.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import make_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Protocol, TypeVar, cast

from sqlalchemy import Connection, delete, inspect, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Session

from models.ground.base import Base, table_of
from models.ground.bulk import bulk_insert, bulk_update
from models.ground.sealing import Sealed, new_id

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
        self._read: dict[tuple[type[Base], int], tuple[_StandIn, tuple[Any, ...]]] = {}
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
        rows = (tuple(row) for row in self.connection().execute(wanted).all())
        read = ((made(*row), row) for row in rows)
        return cast(list[T], [self._read.setdefault((of, one.id), (one, row))[0] for one, row in read])

    def put(self, of: type[T], **values: Any) -> T:
        """A new row; what is not given is as the table has it."""
        self._added.append(made := _New(of, {"id": new_id(), **_defaults(of), **values}))
        return cast(T, made)

    def delete(self, row: object, /) -> None:
        found = cast(_StandIn, row)
        self._deleted.add((found.of, found.id))

    def write(self) -> None:
        """What was deleted, changed and added since it was read."""
        for of, id in self._deleted:
            del self._read[of, id]
            self.connection().execute(delete(table_of(of)).where(table_of(of).c.id == id))
        changed = ((of, id, _changes(one, row)) for (of, id), (one, row) in self._read.items())
        self._in_groups(bulk_update, ((of, {"id": id} | new) for of, id, new in changed if new))
        self._in_groups(bulk_insert, ((new.of, new.values) for new in self._added))
        self._deleted.clear()
        self._added.clear()

    def _in_groups(
        self, write: Callable[..., int], rows: Iterable[tuple[type[Base], dict[str, Any]]]
    ) -> None:
        """Those of a kind together, with the same columns."""
        groups: dict[tuple[type[Base], tuple[str, ...]], list[dict[str, Any]]] = {}
        for of, values in rows:
            groups.setdefault((of, tuple(values)), []).append(values)
        for (of, _), many in groups.items():
            write(self.connection(), table_of(of), many)


class _StandIn:
    """The columns of one row, and nothing more; each table has its own kind."""

    __slots__ = ()
    of: ClassVar[type[Base]]
    values: ClassVar[Callable[[_StandIn], tuple[Any, ...]]]
    id: int

    @property
    def sealed_under(self) -> int:
        return self.id


class _New:
    """A row to be: whatever is set on it is a value of it."""

    __slots__ = ("of", "values")

    def __init__(self, of: type[Base], values: dict[str, Any]) -> None:
        object.__setattr__(self, "of", of)
        object.__setattr__(self, "values", values)

    def __getattr__(self, name: str) -> Any:
        return self.values.get(name)

    def __setattr__(self, name: str, value: Any) -> None:
        self.values[name] = value


@cache
def _defaults(of: type[Base]) -> dict[str, Any]:
    """What the rows of a session get when they are written."""
    named = ((column.name, column.default) for column in table_of(of).columns)
    return {
        name: cast(Any, default).arg for name, default in named if default is not None and default.is_scalar
    }


@cache
def _stand_in(of: type[Base]) -> type[_StandIn]:
    mapper = inspect(of)
    names = tuple(mapper.get_property_by_column(column).key for column in table_of(of).columns)
    derived = {
        name: property(value.fget) for name, value in vars(of).items() if isinstance(value, hybrid_property)
    }
    texts = {name: value for name, value in vars(of).items() if isinstance(value, Sealed)}
    more = {
        "__tablename__": of.__tablename__,
        "of": of,
        "values": staticmethod(attrgetter(*names)),
        **texts,
        **derived,
    }
    made = make_dataclass(f"{of.__name__}Row", names, bases=(_StandIn,), namespace=more, slots=True, eq=False)
    return cast(type[_StandIn], made)


def _changes(one: _StandIn, before: tuple[Any, ...]) -> dict[str, Any]:
    """The new values of those that have one."""
    now = type(one).values(one)
    if now == before:
        return {}
    triples = zip(table_of(one.of).columns, now, before, strict=True)
    return {column.name: value for column, value, old in triples if value != old}
