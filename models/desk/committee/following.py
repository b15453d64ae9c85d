"""Which member of the committee follows a cell (cấp ủy viên phụ trách): an appointment, appointed from above."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.delivery.message import Button, Message
from models.desk.committee.common import tell_desk, tell_each
from models.ground.errors import Refused
from models.people.drafts import drop_office_drafts
from models.people.member import Member, add_member
from models.people.rights import (
    DESK,
    Appointment,
    Right,
    Role,
    appoint,
    appointments,
    end_appointment,
    holders,
    holding,
    require,
)
from models.people.trail import record_act
from models.people.unit import Unit, ancestor_ids, units_below
from models.phrases.desk import committee as phrases

_KNOWN_ABOVE = (Role.OFFICER, Role.FOLLOWER, *DESK)


def appoint_follower(db: Session, cell: Unit, member_id: int, *, by_id: int, now: datetime) -> None:
    """Let a member follow the cell from now on in place of anybody before. All of them and the desk are told."""
    require(db, by_id, Right.APPOINT_FOLLOWER, cell.id, now=now)
    chosen = next((one for one in candidates(db, cell, now=now) if one.id == member_id), None)
    if chosen is None:
        raise Refused(phrases.no_candidate())
    before = follower_of(db, cell.id, now=now)
    if before is not None and before.id == member_id:
        return
    if before is not None:
        _end(db, cell, before, by_id=by_id, now=now)
    held = appoint(db, member_id=member_id, unit_id=cell.id, role=Role.FOLLOWER, by_id=by_id, now=now)
    key = f"committee.follow:{held.id}"
    there = [[Button(phrases.SEE_COUNTS, f"unit:see:{cell.id}")]]
    tell_each(db, [member_id], Message(phrases.you_follow(cell=cell.name), there), key=key, now=now)
    words = phrases.is_followed(cell=cell.name, name=chosen.full_name)
    tell_desk(db, cell.id, Message(words, _to_cell(cell)), key=f"{key}:desk", now=now)


def name_follower(
    db: Session,
    cell: Unit,
    *,
    full_name: str,
    birth_year: int | None,
    phone: str | None,
    by_id: int,
    now: datetime,
) -> Member:
    """Let somebody of the committee who is not here yet follow the cell from now on; they are to be invited."""
    require(db, by_id, Right.APPOINT_FOLLOWER, cell.id, now=now)
    member = add_member(db, cell_id=None, full_name=full_name, birth_year=birth_year, phone=phone, now=now)
    record_act(db, "roster.add", by_id=by_id, now=now, member_id=member.id, unit_id=cell.id)
    before = follower_of(db, cell.id, now=now)
    if before is not None:
        _end(db, cell, before, by_id=by_id, now=now)
    held = appoint(db, member_id=member.id, unit_id=cell.id, role=Role.FOLLOWER, by_id=by_id, now=now)
    words = phrases.is_followed(cell=cell.name, name=member.full_name)
    key = f"committee.follow:{held.id}:desk"
    tell_desk(db, cell.id, Message(words, _to_cell(cell)), key=key, now=now)
    return member


def end_follower(db: Session, cell: Unit, *, by_id: int, now: datetime) -> None:
    """End the following of a cell. Where nobody follows it, nothing happens."""
    require(db, by_id, Right.APPOINT_FOLLOWER, cell.id, now=now)
    before = follower_of(db, cell.id, now=now)
    if before is not None:
        _end(db, cell, before, by_id=by_id, now=now)


def _end(db: Session, cell: Unit, member: Member, *, by_id: int, now: datetime) -> None:
    for held in appointments(db, member.id, now=now):
        if held.unit_id == cell.id and held.role == Role.FOLLOWER:
            end_appointment(db, held, by_id=by_id, now=now)
            drop_office_drafts(db, member.id, now=now)
            words = Message(phrases.you_follow_no_more(cell=cell.name))
            tell_each(db, [member.id], words, key=f"committee.unfollow:{held.id}", now=now)
    db.flush()


def _to_cell(cell: Unit) -> list[list[Button]]:
    return [[Button(phrases.WITH_CELL, f"committee:cell:{cell.id}")]]


# --- questions ------------------------------------------------------------------------------------------------------


def follower_of(db: Session, cell_id: int, *, now: datetime) -> Member | None:
    found = holders(db, cell_id, Role.FOLLOWER, now=now)
    return db.get_one(Member, found[0]) if found else None


def candidates(db: Session, cell: Unit, *, now: datetime) -> list[Member]:
    """Return the officers beside the cell or above it who are not of the cell itself, by name.

    Only officers: the roster of another cell is not for the committee to choose from.
    """
    if cell.parent_id is None:
        return []
    above = ancestor_ids(db, cell.parent_id)
    near = or_(Appointment.unit_id.in_(above), Appointment.unit_id.in_(units_below(cell.parent_id)))
    held = select(Appointment.member_id).where(
        near,
        Appointment.role.in_(_KNOWN_ABOVE),
        *holding(now),
    )
    others = or_(Member.cell_id.is_(None), Member.cell_id != cell.id)
    people = select(Member).where(Member.id.in_(held), others, Member.left_at.is_(None))
    return list(db.scalars(people.order_by(Member.sort_key, Member.id)))
