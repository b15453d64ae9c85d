"""What was changed about a unit by a decision, and what it was that moved: so that it can be undone, and old papers keep old names.

    RENAME   another name                MOVE    below another unit
    MERGE    `other` takes all over      SPLIT   some people go to `other`, which is new      CLOSE   it is no more

A `Journal` says, column by column, which rows went from what to what. It is read twice: to put everything back
(models/desk/reorganising), and to say what the unit of a row was called on a day before the change (`unit_name_then`).
It holds ids and no word about anybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import BaseModel
from sqlalchemy import ColumnElement, ForeignKey, Index, Table, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.ground.base import Base, Identified, Json, UtcDateTime
from models.people.unit import Unit, unit_name_on

_AT_ONCE = 500  # ids in one statement


class ChangeKind(StrEnum):
    RENAME = "rename"
    MOVE = "move"
    MERGE = "merge"
    SPLIT = "split"
    CLOSE = "close"


class Decision(NamedTuple):
    """The paper of the level above: 05-QĐ/ĐU of a day. Without a number: a name was only misspelt."""

    number: str
    on: date | None


class Put(BaseModel):
    """Rows of a table in which a column went from one value to another; a moment is written as text."""

    table: str
    column: str
    ids: list[int]
    before: int | str | None = None
    after: int | str | None = None


class Journal(BaseModel):
    puts: list[Put] = []
    made: dict[str, list[int]] = {}  # rows that the change made, by table

    def put(self, db: Session, column: str, ids: Sequence[int], before: Any, after: Any) -> None:
        """Write `after` into `table.column` of these rows, and note what stood there."""
        if ids:
            _write(db, self.note(column, ids, before, after), after, ids)

    def put_rows(
        self, db: Session, column: str, before: Any, after: Any, *where: ColumnElement[bool]
    ) -> list[int]:
        """Do so with every row that has `before` there; return their ids."""
        table, of = _column(column)
        rows = select(_key(table)).where(table.c[of] == before, *where).order_by(_key(table))
        ids = list(db.scalars(rows))
        self.put(db, column, ids, before, after)
        return ids

    def note(self, column: str, ids: Sequence[int], before: Any, after: Any) -> Put:
        """Note what objects of the session have been given already."""
        name, _, of = column.partition(".")
        put = Put(table=name, column=of, ids=list(ids), before=_kept(before), after=_kept(after))
        self.puts.append(put)
        return put

    def note_made(self, row: Base) -> None:
        self.made.setdefault(row.__table__.name, []).append(row.id)  # type: ignore[attr-defined]

    def of(self, column: str) -> Iterator[Put]:
        name, _, of = column.partition(".")
        return (one for one in self.puts if (one.table, one.column) == (name, of))

    def put_back(self, db: Session, *, but: Collection[str] = ()) -> None:
        """Give everything back what stood there, the last first; a value that was changed since stays as it is now."""
        for one in reversed(self.puts):
            if f"{one.table}.{one.column}" not in but:
                table, of = _column(f"{one.table}.{one.column}")
                same = table.c[of].is_not_distinct_from(_value(table.c[of], one.after))
                _write(db, one, _value(table.c[of], one.before), one.ids, same)


class UnitChange(Identified, Base):
    __tablename__ = "unit_change"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str]
    other_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id")
    )  # who takes over, the new parent, the new unit
    number: Mapped[str]
    decided_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None]
    journal: Mapped[Journal] = mapped_column(Json(Journal))

    __table_args__ = (
        Index("ix_unit_change_unit_id", "unit_id", "at"),
        Index("ix_unit_change_other_id", "other_id", "at"),
    )

    @property
    def about(self) -> str:
        return f"unit_change:{self.id}"


# --- questions ------------------------------------------------------------------------------------------------------


def changes_of(db: Session, unit_id: int) -> list[UnitChange]:
    """Return what was changed about a unit, or brought it something; the newest first."""
    either = or_(UnitChange.unit_id == unit_id, UnitChange.other_id == unit_id)
    return list(
        db.scalars(select(UnitChange).where(either).order_by(UnitChange.at.desc(), UnitChange.id.desc()))
    )


def unit_name_then(db: Session, unit: Unit, row: Base, at: datetime) -> str:
    """Return what the unit of a row was called at a moment: a meeting keeps the name of the cell that held it."""
    return unit_name_on(db, unit_then(db, unit, row, at), at)


def names_then(db: Session, unit: Unit | None, row: Base, at: datetime) -> tuple[str, str]:
    """Return what stands at the head of a paper of that day: the unit above, and the unit of the row; "": there is none."""
    if unit is None:
        return "", ""
    then = unit_then(db, unit, row, at)
    above = db.get(Unit, then.parent_id) if then.parent_id else None
    return unit_name_then(db, above, then, at) if above else "", unit_name_on(db, then, at)


def unit_then(db: Session, unit: Unit, row: Base, at: datetime) -> Unit:
    """Return the unit to which a row belonged at a moment; `unit`: the one to which it belongs now."""
    table, key = row.__table__.name, row.id  # type: ignore[attr-defined]
    for change in changes_of(db, unit.id):
        if change.at <= at or change.undone_at is not None:
            continue
        came = (one for one in change.journal.puts if one.table == table and one.after == unit.id)
        before = next((one.before for one in came if key in one.ids), None)
        if before is not None:
            return unit_then(db, db.get_one(Unit, before), row, at)
    return unit


# --- within ---------------------------------------------------------------------------------------------------------


def _column(said: str) -> tuple[Table, str]:
    name, _, column = said.partition(".")
    return Base.metadata.tables[name], column


def _key(table: Table) -> Any:
    return next(iter(table.primary_key.columns))


def _write(db: Session, put: Put, value: Any, ids: Sequence[int], *where: ColumnElement[bool]) -> None:
    table, column = _column(f"{put.table}.{put.column}")
    for start in range(0, len(ids), _AT_ONCE):
        some = _key(table).in_(ids[start : start + _AT_ONCE])
        db.execute(update(table).where(some, *where).values({column: value}))


def _kept(value: Any) -> int | str | None:
    return value.isoformat() if isinstance(value, datetime) else value


def _value(column: Any, kept: int | str | None) -> Any:
    is_moment = isinstance(column.type, UtcDateTime) and kept is not None
    return datetime.fromisoformat(str(kept)) if is_moment else kept
