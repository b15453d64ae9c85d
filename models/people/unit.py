"""The tree of organisations: a node has a kind and a parent, two to five levels, no district.

    tỉnh ủy, thành ủy ─ đảng ủy xã, phường ─ đảng ủy cơ sở ─ đảng bộ bộ phận ─ chi bộ
    PROVINCE            COMMUNE              BASE            SECTION           CELL

Which levels exist differs from place to place; only the cell is always there, and it has nobody below it.
A unit may be renamed: what it was called, and until when, is kept (`UnitName`), and asked for by `unit_name_on`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CTE, ColumnElement, ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.ground.base import Base, Identified, Json, partial_index
from models.ground.errors import Refused
from models.ground.names import fold, tidy_unit_name
from models.ground.rhythm import Rhythm
from models.ground.steps import Steps
from models.people.kinds import UnitKind as UnitKind
from models.people.trail import record_act
from models.phrases.people import unit as phrases

ORDER = tuple(UnitKind)  # a child's kind comes later than its parent's


class Unit(Identified, Base):
    __tablename__ = "unit"

    kind: Mapped[str]
    name: Mapped[str]
    folded: Mapped[str]  # for search without diacritics
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    rhythm: Mapped[Rhythm | None] = mapped_column(Json(Rhythm))  # how often this cell's members check in
    ladder: Mapped[Steps | None] = mapped_column(Json(Steps))  # whom a silence of theirs alarms, and when
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_unit_parent_id", "parent_id"),
        partial_index("ix_unit_closed_at", "closed_at", where="closed_at IS NOT NULL"),
    )


class UnitName(Identified, Base):
    """What a unit was called until it was renamed."""

    __tablename__ = "unit_name"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    until_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))  # None: the operator

    __table_args__ = (Index("ix_unit_name_unit_id", "unit_id", "until_at"),)


class UnitMisplaced(Refused):
    """A unit stands below one of a lower or equal kind."""


class UnitExists(Refused):
    """There is a unit of this name at this place already."""


# --- acts -----------------------------------------------------------------------------------------------------------


def create_unit(
    db: Session, *, kind: UnitKind, name: str, parent: Unit | None, now: datetime, by_id: int | None = None
) -> Unit:
    """Create a unit below `parent`. Refuses a misplaced one and a second of the same name."""
    if parent is not None and ORDER.index(kind) <= ORDER.index(UnitKind(parent.kind)):
        raise UnitMisplaced(phrases.misplaced(parent=parent.name))
    name = tidy_unit_name(name)
    check_name_free(db, name, parent.id if parent else None)
    unit = Unit(
        kind=kind, name=name, folded=fold(name), parent_id=parent.id if parent else None, created_at=now
    )
    db.add(unit)
    db.flush()
    record_act(db, "unit.create", by_id=by_id, now=now, unit_id=unit.id)
    return unit


def check_name_free(db: Session, name: str, parent_id: int | None, *, but: Unit | None = None) -> None:
    """Refuse a name that another unit at this place has, without regard to capitals and marks."""
    for sibling in units_under(db, parent_id):
        if sibling.folded == fold(name) and sibling is not but:
            raise UnitExists(phrases.exists(name=sibling.name))


def rename_unit(db: Session, unit: Unit, name: str, *, by_id: int | None, now: datetime) -> None:
    """Rename it from now on. The former name stays with the day on which it ended."""
    name = tidy_unit_name(name)
    if name == unit.name:
        raise UnitExists(phrases.called_so_already(name=name))
    check_name_free(db, name, unit.parent_id, but=unit)
    db.add(UnitName(unit_id=unit.id, name=unit.name, until_at=now, by_id=by_id))
    unit.name, unit.folded = name, fold(name)
    db.flush()
    record_act(db, "unit.rename", by_id=by_id, now=now, unit_id=unit.id)


def set_unit_rhythm(db: Session, unit: Unit, rhythm: Rhythm | None, *, by_id: int, now: datetime) -> None:
    unit.rhythm = rhythm
    db.flush()
    record_act(db, "rhythm.cell", by_id=by_id, now=now, unit_id=unit.id)


# --- questions ------------------------------------------------------------------------------------------------------


def units_under(db: Session, parent_id: int | None) -> list[Unit]:
    """Return the open units directly below; None: the roots."""
    below = Unit.parent_id.is_(None) if parent_id is None else Unit.parent_id == parent_id
    return list(db.scalars(select(Unit).where(below, Unit.closed_at.is_(None)).order_by(Unit.folded)))


def former_names(db: Session, unit_id: int) -> list[UnitName]:
    """Return what the unit was called before, the latest first."""
    rows = select(UnitName).where(UnitName.unit_id == unit_id)
    return list(db.scalars(rows.order_by(UnitName.until_at.desc(), UnitName.id.desc())))


def unit_name_on(db: Session, unit: Unit, at: datetime) -> str:
    """Return what the unit was called at a moment: for papers of that day."""
    later = [one for one in former_names(db, unit.id) if one.until_at > at]  # the latest first
    return later[-1].name if later else unit.name


def units_by_id(db: Session, ids: Collection[int]) -> list[Unit]:
    """Return those of them that are open, in the order of their names."""
    found = select(Unit).where(Unit.id.in_(ids), Unit.closed_at.is_(None))
    return list(db.scalars(found.order_by(Unit.folded, Unit.id)))


def subtree_ids(db: Session, unit_id: int) -> set[int]:
    """Return the unit and all that is below it."""
    tree = select(Unit.id).where(Unit.id == unit_id).cte("tree", recursive=True)
    tree = tree.union_all(select(Unit.id).join(tree, Unit.parent_id == tree.c.id))
    return set(db.scalars(select(tree.c.id)))


def ancestor_ids(db: Session, unit_id: int) -> list[int]:
    """Return the unit, its parent, and so on up to the root."""
    chain: list[int] = []
    unit = db.get(Unit, unit_id)
    while unit is not None and unit.id not in chain:  # ends also where parents run in a circle
        chain.append(unit.id)
        unit = db.get(Unit, unit.parent_id) if unit.parent_id else None
    return chain


def units_below(unit_id: int) -> Select[tuple[int]]:
    """Return the unit and all that is below it, for a query to use."""
    return select(closure(Unit.id == unit_id).c.id)


def closure(first: ColumnElement[bool]) -> CTE:
    """Return `id` of the units asked about and of every one below them; `branch`: which of those asked about it is below."""
    is_open = Unit.closed_at.is_(None)
    part = select(Unit.id, Unit.id.label("branch")).where(first, is_open).cte("part", recursive=True)
    below = select(Unit.id, part.c.branch).join(part, Unit.parent_id == part.c.id).where(is_open)
    return part.union_all(below)
