"""What is asked about roll calls: how they stand, who is in which list. Figures are counted from the rows, each time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from models.contact.rollcall.people import RollCallWay, counted_above, newest_consent, way_to
from models.contact.rollcall.rows import (
    IN_NEED,
    UNDER_WAY,
    RollCall,
    RollCallAnswer,
    RollCallPerson,
    RollCallState,
    Safety,
)
from models.delivery.outbox import Outbox
from models.ground.base import Soonest
from models.people.member import TOLD, Account, Member, Purpose
from models.people.unit import Unit, closure


@dataclass(frozen=True, slots=True)
class SafetyFigure:
    """So many stand so. Of the answers: how many another person gave, how many differ from one before."""

    owed: int = 0
    safe: int = 0
    needs: int = 0
    call: int = 0
    by_others: int = 0
    changed: int = 0

    @property
    def people(self) -> int:
        return self.owed + self.safe + self.needs + self.call

    def __add__(self, other: SafetyFigure) -> SafetyFigure:
        return SafetyFigure(
            self.owed + other.owed,
            self.safe + other.safe,
            self.needs + other.needs,
            self.call + other.call,
            self.by_others + other.by_others,
            self.changed + other.changed,
        )


def _if(condition: ColumnElement[bool]) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


FIGURE = (
    *(_if(RollCallPerson.state == one) for one in (Safety.OWED, Safety.SAFE, Safety.NEEDS, Safety.CALL)),
    _if(and_(RollCallPerson.by_id.is_not(None), RollCallPerson.by_id != RollCallPerson.member_id)),
    _if(RollCallPerson.changed.is_(True)),
)


def in_units(below: Collection[int]) -> ColumnElement[bool]:
    """Return the condition for people whose cell is one of these units, or below one."""
    return RollCallPerson.cell_id.in_(select(closure(Unit.id.in_(below)).c.id))


def safety_figure(
    db: Session, roll_call_id: int, *, above: bool, below: Collection[int] | None = None
) -> SafetyFigure:
    """Count the whole roll call in one query. `above`: as somebody sees it who sees no names; `below`: of these units alone."""
    rows = select(*FIGURE).where(RollCallPerson.roll_call_id == roll_call_id)
    if below is not None:
        rows = rows.where(in_units(below))
    if above:
        rows = rows.join(Member, Member.id == RollCallPerson.member_id).where(counted_above())
    return SafetyFigure(*map(int, db.execute(rows).one()))


def figures_by_cell(db: Session, roll_call_id: int, cells: Collection[int]) -> dict[int, SafetyFigure]:
    """Count each of the cells in one query."""
    rows = (
        select(RollCallPerson.cell_id, *FIGURE)
        .where(RollCallPerson.roll_call_id == roll_call_id, RollCallPerson.cell_id.in_(cells))
        .group_by(RollCallPerson.cell_id)
    )
    return {cell: SafetyFigure(*map(int, figure)) for cell, *figure in db.execute(rows)}


def figures_below(db: Session, roll_call_id: int, units: Collection[int]) -> dict[int, SafetyFigure]:
    """Count what lies below each of the units, in one query, as somebody sees it who sees no names."""
    part = closure(Unit.id.in_(units))
    rows = (
        select(part.c.branch, *FIGURE)
        .join_from(part, RollCallPerson, RollCallPerson.cell_id == part.c.id)
        .join(Member, Member.id == RollCallPerson.member_id)
        .where(RollCallPerson.roll_call_id == roll_call_id, counted_above())
        .group_by(part.c.branch)
    )
    found = dict.fromkeys(units, SafetyFigure())
    if units:
        found.update((unit, SafetyFigure(*map(int, figure))) for unit, *figure in db.execute(rows))
    return found


# --- one person -----------------------------------------------------------------------------------------------------


def person_in(db: Session, roll_call_id: int, member_id: int) -> RollCallPerson | None:
    """Return the member's row; None: they were not called on."""
    mine = (RollCallPerson.roll_call_id == roll_call_id) & (RollCallPerson.member_id == member_id)
    return db.scalars(select(RollCallPerson).where(mine)).one_or_none()


def answers_in(db: Session, person_id: int) -> list[RollCallAnswer]:
    """Return every answer that was given by or for the person, the first first."""
    rows = select(RollCallAnswer).where(RollCallAnswer.person_id == person_id)
    return list(db.scalars(rows.order_by(RollCallAnswer.at, RollCallAnswer.id)))


def owed_by(db: Session, member_id: int) -> list[RollCall]:
    """Return the roll calls under way that the member has not answered, the newest first."""
    return list(db.scalars(_OWED, {"whose": member_id}))


_OWED = (  # asked by every main screen, so it is put together once
    select(RollCall)
    .join(RollCallPerson, RollCallPerson.roll_call_id == RollCall.id)
    .where(
        RollCallPerson.member_id == bindparam("whose"),
        RollCallPerson.state == Safety.OWED,
        RollCall.state.in_(UNDER_WAY),
    )
    .order_by(RollCall.called_at.desc(), RollCall.id.desc())
)


# --- lists ----------------------------------------------------------------------------------------------------------


class SafetyList(StrEnum):
    """A list of people by name."""

    TO_CALL = "owed"  # nothing is known of them: whom no message reaches first
    IN_NEED = "need"
    CHANGED = "changed"
    SAFE = "safe"


@dataclass(frozen=True, slots=True)
class SafetyLine:
    """One person of a list, and how they are come by."""

    person: RollCallPerson
    member: Member
    way: RollCallWay


def people_listed(
    db: Session,
    roll_call_id: int,
    which: SafetyList,
    *,
    cells: Collection[int],
    members: Collection[int],
) -> list[SafetyLine]:
    """Return one list of those who stand in these cells now, or are one of `members`."""
    rows = (
        select(RollCallPerson, Member, Account.address, Account.reachability, _GIVEN, Outbox.state)
        .join(Member, Member.id == RollCallPerson.member_id)
        .outerjoin(Account, and_(Account.member_id == Member.id, TOLD))
        .outerjoin(Outbox, Outbox.id == RollCallPerson.outbox_id)
        .where(
            RollCallPerson.roll_call_id == roll_call_id,
            or_(Member.cell_id.in_(cells), Member.id.in_(members)),
            _stands(which),
        )
        .order_by(Member.sort_key, Member.id)
    )
    found = [
        SafetyLine(
            person,
            member,
            way_to(address=address, reachability=reachability, given=given, said=said),
        )
        for person, member, address, reachability, given, said in db.execute(rows)
    ]
    return sorted(found, key=lambda one: one.way is RollCallWay.ASKED)  # stable: by name within


_GIVEN = newest_consent(Purpose.CONTACT).label("given")


def _stands(which: SafetyList) -> ColumnElement[bool]:
    return {
        SafetyList.TO_CALL: RollCallPerson.state == Safety.OWED,
        SafetyList.IN_NEED: RollCallPerson.state.in_(IN_NEED),
        SafetyList.CHANGED: RollCallPerson.changed.is_(True),
        SafetyList.SAFE: RollCallPerson.state == Safety.SAFE,
    }[which]


def roll_calls_seen(
    db: Session,
    *,
    units: Collection[int],
    cells: Collection[int],
    members: Collection[int],
    above: Collection[int],
    below: Collection[int],
    limit: int,
) -> list[RollCall]:
    """Return those called in the name of one of `units`, or that call on one of `cells` or of `members`; the newest first.

    Also those in the name of one of `above` that call on somebody below one of `below`.
    """
    theirs = select(RollCallPerson.id).where(RollCallPerson.roll_call_id == RollCall.id)
    called_on = theirs.where(or_(RollCallPerson.cell_id.in_(cells), RollCallPerson.member_id.in_(members)))
    rows = select(RollCall).where(
        or_(
            RollCall.unit_id.in_(units),
            called_on.exists(),
            and_(RollCall.unit_id.in_(above), theirs.where(in_units(below)).exists()),
        )
    )
    return list(db.scalars(rows.order_by(RollCall.called_at.desc(), RollCall.id.desc()).limit(limit)))


def calls_on_any(db: Session, roll_call_id: int, *, cells: Collection[int], members: Collection[int]) -> bool:
    """Return whether somebody of these cells, or one of these members, is called on."""
    rows = (
        select(RollCallPerson.id)
        .join(Member, Member.id == RollCallPerson.member_id)
        .where(
            RollCallPerson.roll_call_id == roll_call_id,
            or_(Member.cell_id.in_(cells), Member.id.in_(members)),
        )
    )
    return db.scalar(rows.limit(1)) is not None


def calls_on_below(db: Session, roll_call_id: int, below: Collection[int]) -> bool:
    """Return whether somebody is called on whose cell is one of these units, or below one."""
    rows = select(RollCallPerson.id).where(RollCallPerson.roll_call_id == roll_call_id, in_units(below))
    return bool(below) and db.scalar(rows.limit(1)) is not None


def open_in_cell(db: Session, cell_id: int) -> list[tuple[RollCall, int]]:
    """Return the roll calls under way that call on people of the cell of whom nothing is known, and how many."""
    rows = (
        select(RollCall, func.count())
        .join(RollCallPerson, RollCallPerson.roll_call_id == RollCall.id)
        .where(
            RollCall.state.in_(UNDER_WAY),
            RollCallPerson.cell_id == cell_id,
            RollCallPerson.state == Safety.OWED,
        )
        .group_by(RollCall.id)
        .order_by(RollCall.called_at)
    )
    return [(call, count) for call, count in db.execute(rows)]


def open_in_name_of(db: Session, unit_id: int) -> list[RollCall]:
    """Return the roll calls of the unit that are under way."""
    rows = select(RollCall).where(RollCall.unit_id == unit_id, RollCall.state.in_(UNDER_WAY))
    return list(db.scalars(rows.order_by(RollCall.called_at)))


def last_drill(db: Session, unit_ids: Sequence[int]) -> datetime | None:
    """Return when a drill was held last in the name of one of these units; one taken back is none."""
    rows = select(func.max(RollCall.called_at)).where(
        RollCall.unit_id.in_(unit_ids),
        RollCall.occasion == "drill",
        RollCall.state != RollCallState.CALLED_OFF,
    )
    return db.scalar(rows)


def due_roll_calls(db: Session, *, now: datetime, limit: int) -> list[int]:
    rows = select(RollCall.id).where(RollCall.next_at.is_not(None), RollCall.next_at <= now)
    return list(db.scalars(rows.order_by(RollCall.next_at).limit(limit)))


next_roll_call_at = Soonest(RollCall.next_at)
