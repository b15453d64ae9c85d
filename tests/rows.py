"""One row in every table there is, made from the tables themselves: a new room's are filled without being named.

    every = EveryTable(about=alice, by=bob, chat=ALICE, words="Riêng của An").fill(db, unit=cell, member=alice)
    every.keys["away_move"]

Whatever is about a member is about `about`, whoever acted is `by`, and each sealed text about a member holds `words`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.delivery.body import WireBody
from models.ground.base import Base, Json, UtcDateTime
from models.ground.channel import AddressText
from models.ground.field_table import field_table
from models.ground.fields import ColumnKind, Fate
from models.ground.sealing import Sealed, SealedNumber, new_id
from models.people.held import ABOUT, class_of

AT = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)
_numbers = count(1)
_ONE_OF = {
    "purpose": "contact",
    "channel": "telegram",
}  # where another word than "open" is read before anything is erased


class EveryTable:
    def __init__(self, *, about: int, by: int, chat: int, words: str) -> None:
        self.about, self.by, self.chat, self.words = about, by, chat, words
        self.keys: dict[str, Any] = {}  # the primary key of the row of each table

    def fill(self, db: Session, **made: int) -> EveryTable:
        """A row in every table but those of which one is `made` already (`unit=cell.id`)."""
        self.keys = dict(made)
        for table in Base.metadata.sorted_tables:
            if table.name not in made:
                row = self._row(table)
                db.add(row)
                db.flush()
                self.keys[table.name] = getattr(row, class_of(table).__mapper__.primary_key[0].name)
        return self

    def _row(self, table: Table) -> Any:
        kind = class_of(table)
        row: Any = object.__new__(kind)
        kind.__mapper__.class_manager.setup_instance(row)
        for column in table.columns:
            if not column.name.endswith("_sealed"):
                setattr(row, column.name, self._value(table, column))
        for name, value in [(n, v) for one in kind.__mro__ for n, v in vars(one).items()]:
            if isinstance(value, SealedNumber):
                setattr(row, name, 30)
            elif isinstance(value, Sealed) and table.name == "outbox":
                setattr(row, name, WireBody(text=self.words).model_dump_json())
            elif isinstance(value, Sealed):
                setattr(
                    row,
                    name,
                    self.words if field_table()[table.name].fate is not Fate.NOBODY else "Của chi bộ",
                )
        return row

    def _value(self, table: Table, column: Column[Any]) -> Any:
        kind = field_table()[table.name].kinds.get(column.name)
        mapper = class_of(table).__mapper__
        if column is mapper.polymorphic_on:
            return mapper.polymorphic_identity
        if column.primary_key and not column.foreign_keys:
            return new_id()
        if column.name == ABOUT:
            return self.about
        if kind is ColumnKind.WHO:
            return self.by
        if isinstance(column.type, AddressText):
            return chat_address(self.chat)
        for key in column.foreign_keys:
            return self.keys[key.column.table.name]
        return self._plain(column)

    def _plain(self, column: Column[Any]) -> Any:
        if isinstance(column.type, Json):
            return None if column.nullable else column.type.model.model_construct()
        if isinstance(column.type, UtcDateTime):
            return AT
        match column.type.python_type:
            case kind if kind is bool:
                return True
            case kind if kind is int:
                return next(_numbers) % 30_000
            case kind if kind is bytes:
                return f"{next(_numbers):032d}".encode()
            case kind if kind is date:
                return AT.date()
        return _ONE_OF.get(
            column.name, f"open{next(_numbers)}" if column.unique or column.name == "external_id" else "open"
        )
