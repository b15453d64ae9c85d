"""What was put into a unit after another had taken it over: found by the audit, and brought along.

On PostgreSQL a step that has read its cell before a merge, and writes after it, is refused by the database and done anew
(models/migrations/closed_units.py). This is the second line: for what came past that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Table, or_, select, true
from sqlalchemy.orm import Session

from models.desk.reorganising.moving import take_over
from models.desk.reorganising.places import Goes, that_go
from models.ground.base import Base
from models.people.member import Member
from models.people.unit import Unit, UnitKind
from models.people.unit_change import ChangeKind, Journal, UnitChange


def left_behind(db: Session, *, limit: int) -> list[int]:
    """Return the closed units in which something lies that should have gone along."""
    closed = list(db.scalars(select(Unit.id).where(Unit.closed_at.is_not(None))))
    if not closed:
        return []
    peopled = select(Member.cell_id).where(Member.cell_id.in_(closed), Member.left_at.is_(None)).distinct()
    found = {one for one in db.scalars(peopled.limit(limit)) if one is not None}
    taken = _taken_over(db, closed)
    for table, column, matters in _columns():
        if taken:
            rows = select(table.c[column]).where(table.c[column].in_(taken), matters).distinct()
            found |= set(db.scalars(rows.limit(limit)))
    return sorted(found)[:limit]


def bring_along(db: Session, unit_ids: Sequence[int], *, now: datetime) -> None:
    """Let whoever took these units over have what came late, too; it is noted in the change, so that an undo takes it back.

    People in a cell that ended empty are left: nobody took them over, and the operator is called.
    """
    for unit_id in unit_ids:
        change, heir = _last_change(db, unit_id), _heir(db, unit_id)
        if change is not None and heir is not None:
            journal = Journal.model_validate(change.journal.model_dump())
            take_over(db, journal, db.get_one(Unit, unit_id), heir, by_id=change.by_id, now=now)
            change.journal = journal
    db.flush()


def _columns() -> Iterator[tuple[Table, str, ColumnElement[bool]]]:
    """Each column whose rows go along, and which rows of it: a twin that was left behind does nothing any more."""
    for said in (*that_go(Goes.PERSON), *that_go(Goes.SUCCESSOR)):
        name, _, column = said.partition(".")
        table = Base.metadata.tables[name]
        if name in ("campaign", "standing_meeting"):
            yield table, column, table.c.next_at.is_not(None)
        elif name == "unit":
            yield table, column, table.c.closed_at.is_(None)
        else:
            yield table, column, true()


def _taken_over(db: Session, closed: Sequence[int]) -> list[int]:
    """Those of which another has everything: merged, or a committee that ended. A cell that ended keeps its own history."""
    whole = or_(UnitChange.kind == ChangeKind.MERGE, Unit.kind != UnitKind.CELL)
    rows = (
        select(UnitChange.unit_id)
        .join(Unit, Unit.id == UnitChange.unit_id)
        .where(
            UnitChange.unit_id.in_(closed),
            UnitChange.undone_at.is_(None),
            UnitChange.kind.in_((ChangeKind.MERGE, ChangeKind.CLOSE)),
            whole,
        )
    )
    return list(db.scalars(rows.distinct()))


def _last_change(db: Session, unit_id: int) -> UnitChange | None:
    ended = (ChangeKind.MERGE, ChangeKind.CLOSE)
    rows = select(UnitChange).where(
        UnitChange.unit_id == unit_id, UnitChange.kind.in_(ended), UnitChange.undone_at.is_(None)
    )
    return db.scalars(rows.order_by(UnitChange.at.desc(), UnitChange.id.desc()).limit(1)).first()


def _heir(db: Session, unit_id: int) -> Unit | None:
    """Return the open unit of the same kind that has it now, through one merge after the other; of a committee any kind."""
    unit, seen = db.get_one(Unit, unit_id), {unit_id}
    heir: Unit | None = unit
    while heir is not None and heir.closed_at is not None:
        change = _last_change(db, heir.id)
        heir = db.get(Unit, change.other_id) if change is not None and change.other_id else None
        if heir is not None and heir.id in seen:
            return None
        seen |= {heir.id} if heir is not None else set()
    if heir is None or (unit.kind == UnitKind.CELL and heir.kind != UnitKind.CELL):
        return None
    return heir
