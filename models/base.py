"""What every table shares: aware UTC times, ids known before the row is written, JSON checked by Pydantic."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar, cast

from pydantic import BaseModel
from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from models.sealing import new_id


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. A naive one raises: nobody knows which clock it came from."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


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
    }


def table_of(rows: type[Base]) -> Table:
    """For the hot statements, which are prepared once and go past the session."""
    return cast(Table, rows.__table__)


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
