"""A visit of the committee to a cell's meeting: the day and a line about it; the cell reads it.

Said again by the same person for the same day, the line is corrected, and the cell is told so.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.delivery.message import Button, Message
from models.desk.committee.common import tell_desk
from models.desk.policy import CommitteePolicy
from models.ground.base import Base, Identified
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.sealing import Sealed
from models.people.member import Member
from models.people.rights import Right, require
from models.people.trail import record_act
from models.people.unit import Unit
from models.phrases.desk import committee as phrases


class Visit(Identified, Base):
    __tablename__ = "visit"

    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    came_on: Mapped[date]
    at: Mapped[datetime]
    note_sealed: Mapped[bytes | None]

    note = Sealed("note_sealed")

    __table_args__ = (Index("ix_visit_cell_id", "cell_id", "came_on"),)


def fit_day(day: date, policy: CommitteePolicy, *, now: datetime) -> date:
    """Return a day that has been, and not too long ago. Refuses any other."""
    today = local_date(now, HOME_ZONE)
    first = today - timedelta(days=policy.visit_days)
    if not first <= day <= today:
        raise Refused(phrases.visit_out_of_range(first=first, last=today))
    return day


def note_visit(
    db: Session, cell: Unit, *, by_id: int, came_on: date, note: str, policy: CommitteePolicy, now: datetime
) -> Visit:
    """Note a visit. The desk is told; everybody in the cell may read it."""
    require(db, by_id, Right.NOTE_VISIT, cell.id, now=now)
    before = visit_on(db, cell.id, by_id=by_id, came_on=fit_day(came_on, policy, now=now))
    visit = before or Visit(cell_id=cell.id, by_id=by_id, came_on=came_on, at=now)
    visit.note, visit.at = note, now
    db.add(visit)
    db.flush()
    record_act(db, "committee.visit", by_id=by_id, now=now, unit_id=cell.id)
    name = db.get_one(Member, by_id).full_name
    words = phrases.visit_noted(cell=cell.name, name=name, day_of=came_on, note=note)
    there = [[Button(phrases.WITH_CELL, f"committee:cell:{cell.id}")]]
    if before is not None:
        words = phrases.visit_corrected(cell=cell.name, name=name, day_of=came_on, note=note)
    key = f"committee.visit:{visit.id}:{now:%Y%m%d%H%M%S}"
    tell_desk(db, cell.id, Message(words, there), key=key, now=now)
    return visit


def visit_on(db: Session, cell_id: int, *, by_id: int, came_on: date) -> Visit | None:
    """Return what this person has noted about that day."""
    rows = select(Visit).where(Visit.cell_id == cell_id, Visit.by_id == by_id, Visit.came_on == came_on)
    return db.scalars(rows.order_by(Visit.id.desc()).limit(1)).first()


def visits_of(db: Session, cell_id: int, *, limit: int = 5) -> list[tuple[Visit, str]]:
    """Return the visits with the visitors' names, the newest first."""
    rows = db.execute(
        select(Visit, Member.full_name)
        .join(Member, Member.id == Visit.by_id)
        .where(Visit.cell_id == cell_id)
        .order_by(Visit.came_on.desc(), Visit.id.desc())
        .limit(limit)
    )
    return [(visit, name) for visit, name in rows]
