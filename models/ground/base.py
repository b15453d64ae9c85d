"""What every table shares: aware UTC times, ids known before the row is written, JSON checked by Pydantic."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, ClassVar, TypeVar, cast

from pydantic import BaseModel
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    Executable,
    Index,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    Text,
    TextClause,
    TypeDecorator,
    func,
    select,
    text as sql,
)
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Mapped, Session, mapped_column

from models.ground.channel import Address, AddressText
from models.ground.part_date import PartDate, PartDateText
from models.ground.sealing import new_id

R = TypeVar("R", bound="Base")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. A naive one raises: nobody knows which clock it came from."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _in_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    # SQLite keeps text, the same that SQLAlchemy writes; a row has many moments, and this way costs a third

    def bind_processor(self, dialect: Dialect) -> Any:
        return _to_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return _from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is UTC:
        return value
    if value.tzinfo is None:
        raise ValueError("a naive datetime has no place in the database")
    return value.astimezone(UTC)


@lru_cache(maxsize=4096)  # a job writes the same moments into many rows
def _to_text(value: datetime | None) -> str | None:
    """2026-12-05 12:00:00.000000"""
    return None if value is None else _in_utc(value).isoformat(" ", "microseconds")[:-6]  # without +00:00


@lru_cache(maxsize=4096)
def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


class Json(TypeDecorator[Any]):
    """A Pydantic model (or None) as JSON text."""

    impl = Text
    cache_ok = True

    def __init__(self, model: type[BaseModel]) -> None:
        super().__init__()
        self.model = model

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else value.model_dump_json(exclude_none=True)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else self.model.model_validate_json(value)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        datetime: UtcDateTime(),
        bytes: LargeBinary(),
        str: String(),
        int: BigInteger(),
        PartDate: PartDateText(),
        Address: AddressText(),
    }


def table_of(rows: type[Base]) -> Table:
    """Return the table, for the hot statements, which are prepared once and go past the session."""
    return cast(Table, rows.__table__)


def lost(states: Iterable[str], *columns: str) -> TextClause:
    """Return the SQL condition for rows in one of these states at which no job will look again.

    Such a row has NULL in each of `columns` (`next_at` where none is given). There should be none, so an index of
    them is empty. A database uses that index only for a query with the same condition, letter by letter.
    """
    named = ", ".join(f"'{state}'" for state in sorted(states))  # sets have no order; the text must have one
    nothing = " AND ".join(f"{column} IS NULL" for column in columns or ("next_at",))
    return sql(f"{nothing} AND state IN ({named})")


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Return an index over the rows where `where` (SQL) holds: small, where most rows have nothing left to do.

    A query uses it only when it has the same condition with its values spelt out, not as parameters.
    """
    holds = sql(where)
    return Index(name, *columns, unique=unique, sqlite_where=holds, postgresql_where=holds)


def lost_index(name: str, states: Iterable[str], *columns: str) -> Index:
    where = lost(states, *columns)
    return Index(name, "id", sqlite_where=where, postgresql_where=where)


def lock(db: Session, row: Base) -> None:
    """Hold the row for this transaction alone, and read it as it is now (PostgreSQL; SQLite has one writer anyway)."""
    db.flush()
    db.refresh(row, with_for_update=True)


def locked(db: Session, rows: Select[R], *, wait: bool = False) -> list[R]:
    """Hold these rows for this transaction alone, and read them as they are now.

    Rows in another transaction's hands are left to it; `wait`: they are waited for instead.
    """
    # the session may still hold these rows as they were before somebody else's change
    held = rows.with_for_update(skip_locked=not wait).execution_options(populate_existing=True)
    return list(db.scalars(held))


class Soonest:
    """When time next has something to do with a row: the earliest moment in a column, where there is any. `of`: of which rows.

    Asked alone, or with those of other tables in one statement.
    """

    def __init__(self, column: InstrumentedAttribute[datetime | None], *of: ColumnElement[bool]) -> None:
        self.statement = select(func.min(column)).where(column.is_not(None), *of)

    def __call__(self, db: Session) -> datetime | None:
        return db.scalar(self.statement)


def all_soonest(*questions: Soonest) -> Executable:
    """Return the statement that answers all of them in one row."""
    return select(*(one.statement.scalar_subquery() for one in questions))


class Identified:
    """A row whose id is made by us, first of all, so that sealed fields can be bound to it."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)

    def __init__(self, **values: Any) -> None:
        self.id = values.pop("id", None) or new_id()
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no {name}")
            setattr(self, name, value)

    @property
    def sealed_under(self) -> int:
        return self.id
