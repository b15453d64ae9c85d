"""The rows of the last file that were not taken: kept until the next import, to be fetched, put right and sent again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, ValidationError
from sqlalchemy import ForeignKey, delete, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.desk.roster.rows import Column, Left, RosterFault
from models.desk.roster.written import beside_name, beside_phone
from models.ground.base import Base, Identified
from models.ground.names import spelling, tidy_name
from models.ground.sealing import Sealed
from models.people.member import Member
from models.people.unit import Unit


class RosterLeft(Identified, Base):
    """One for each cell, and one for each that was merged into it; they go with the next import, or after a year; a person's
    row goes when they are erased."""

    __tablename__ = "roster_left"

    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    at: Mapped[datetime]
    rows_sealed: Mapped[bytes]

    rows = Sealed("rows_sealed")


class Kept(BaseModel):
    left: list[Left]
    faults: list[RosterFault]


def left_of(db: Session, cell_id: int) -> Kept | None:
    """Return what was not taken, all in one; rows of a second file are numbered on."""
    rows = db.scalars(
        select(RosterLeft).where(RosterLeft.cell_id == cell_id).order_by(RosterLeft.at, RosterLeft.id)
    )
    found: Kept | None = None
    for one in rows:
        kept = Kept.model_validate_json(one.rows or "")
        found = kept if found is None else _numbered_on(found, kept)
    return found


def _numbered_on(first: Kept, then: Kept) -> Kept:
    last = max((one.row for one in first.left), default=0)
    left = [one.model_copy(update={"row": one.row + last}) for one in then.left]
    faults = [one.model_copy(update={"row": one.row + last}) for one in then.faults]
    return Kept(left=[*first.left, *left], faults=[*first.faults, *faults])


def keep_left(
    db: Session, cell_id: int, left: Sequence[Left], faults: Sequence[RosterFault], *, now: datetime
) -> None:
    """Keep what this import did not take, in place of what the last one did not."""
    db.execute(delete(RosterLeft).where(RosterLeft.cell_id == cell_id))
    if left:
        rows = {one.row for one in left}
        kept = Kept(left=list(left), faults=[fault for fault in faults if fault.row in rows])
        db.add(RosterLeft(cell_id=cell_id, at=now, rows=kept.model_dump_json()))
    db.flush()


def forget_in_left(db: Session, member: Member) -> int:
    """Take the rows about this person out of what their cell's last import did not take; how many there were.

    Theirs is a row with their number, or with their name unless it has another year of birth that can be read. What a cell
    left that has ended may be about anybody.
    """
    closed = select(Unit.id).where(Unit.closed_at.is_not(None))
    there = or_(RosterLeft.cell_id == member.cell_id, RosterLeft.cell_id.in_(closed))
    return sum(_forget_in(db, row, member) for row in db.scalars(select(RosterLeft).where(there)).all())


def _forget_in(db: Session, row: RosterLeft, member: Member) -> int:
    try:
        kept = Kept.model_validate_json(row.rows or "")
    except ValidationError:  # what cannot be read is nobody's to fetch
        return 0
    theirs = {one.row for one in kept.left if _is_about(one, member)}
    left = [one for one in kept.left if one.row not in theirs]
    if not left:
        db.delete(row)
    elif theirs:
        faults = [fault for fault in kept.faults if fault.row not in theirs]
        row.rows = Kept(left=left, faults=faults).model_dump_json()
    return len(theirs)


def _is_about(left: Left, member: Member) -> bool:
    if member.phone and beside_phone(left.cells.get(Column.PHONE, "")).phone == member.phone:
        return True
    name = tidy_name(beside_name(left.cells.get(Column.NAME, "")).kept)
    if not name or spelling(name) != spelling(member.own_name):
        return False
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", left.cells.get(Column.BIRTH_YEAR, ""))
    return not years or member.birth_year is None or str(member.birth_year) in years
