"""Who may see a request, who can be given it, who is told: asked at the moment of use.

    plain     secretary and deputy; its owner; once it has risen that far, the officer of the committee above
    private   whom the member chose, and nobody else
    petition  who answers for the unit that it was put to; once it is overdue, the committees above, one by one

Everybody only while they hold an office over the member or keep in touch with them. To the rest it does not exist: every
list asks with its reader, and a list without one leaves private requests out.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models.contact.request.rows import HelpRequest, RequestKind, RequestLevel, RequestViewer
from models.people.assignment import contacts_of
from models.people.member import Member
from models.people.rights import DESK, Role, desk_of, holders, officers_above, offices_in, offices_of
from models.people.unit import ancestor_ids


def people_around(db: Session, member_id: int, cell_id: int, *, now: datetime) -> dict[int, Role]:
    """Return who holds an office towards the member now, the nearest first. A member may choose among them."""
    found: dict[int, Role] = {}
    for role, keeper_id in offices_of(db, cell_id, *DESK, now=now):
        found.setdefault(keeper_id, role)
    for assignment in contacts_of(db, member_id, now=now):
        found.setdefault(assignment.contact_id, Role.CONTACT)
    for officer_id in officers_above(db, cell_id, now=now):
        found.setdefault(officer_id, Role.OFFICER)
    gone = select(Member.id).where(Member.id.in_(found), Member.left_at.is_not(None))
    without = {member_id, *db.scalars(gone)}
    return {one: role for one, role in found.items() if one not in without}


def seers(db: Session, request: HelpRequest, *, now: datetime) -> dict[int, Role]:
    """Return everybody who may see it now, and in what office, without the member, who always may."""
    if request.kind == RequestKind.PETITION:
        return _answerers(db, request, now=now)
    around = people_around(db, request.member_id, request.cell_id, now=now)
    if request.is_private:
        chosen = chosen_viewers(db, request.id)
        return {one: role for one, role in around.items() if one in chosen}
    return {
        one: role
        for one, role in around.items()
        if role in DESK
        or one == request.owner_id
        or (role is Role.OFFICER and request.risen >= RequestLevel.OFFICER)
    }


def _answerers(db: Session, request: HelpRequest, *, now: datetime) -> dict[int, Role]:
    unit_id, cell_id = request.unit_id or request.cell_id, request.cell_id
    return answerers_of(db, unit_id, cell_id, member_id=request.member_id, above=request.risen, now=now)


def answerers_of(
    db: Session, unit_id: int, cell_id: int, *, member_id: int, above: int = 0, now: datetime
) -> dict[int, Role]:
    """Return who answers what a member of the cell puts to the unit. `above`: and of so many committees above it."""
    found: dict[int, Role] = {}
    at_the_cell = unit_id == cell_id
    if at_the_cell:
        for role, keeper_id in offices_of(db, cell_id, *DESK, now=now):
            found.setdefault(keeper_id, role)
    for committee in committees_above(db, unit_id, now=now, own=not at_the_cell)[: above + (not at_the_cell)]:
        officers = holders(db, committee, Role.OFFICER, now=now)
        found |= {one: Role.OFFICER for one in officers if one not in found}
    found.pop(member_id, None)
    return found


def committees_above(db: Session, unit_id: int, *, now: datetime, own: bool = False) -> list[int]:
    """Return the units above that have an officer, the nearest first. `own`: with the unit itself."""
    return [one for one in _officers_of(db, unit_id, now=now) if own or one != unit_id]


def _officers_of(db: Session, unit_id: int, *, now: datetime) -> dict[int, set[int]]:
    """The officers of the unit and of each above it that has one, the nearest first."""
    chain = ancestor_ids(db, unit_id)
    found = offices_in(db, chain, Role.OFFICER, now=now)
    return {one: {member_id for _, member_id in found[one]} for one in chain if one in found}


def units_to_ask(db: Session, member: Member, *, now: datetime) -> list[int]:
    """Return the units to which the member may put a petition.

    They are the cell, where somebody else keeps its desk, and the committees above.
    """
    if member.cell_id is None:
        return []
    desk = set(desk_of(db, member.cell_id, now=now)) - {member.id}
    officers = _officers_of(db, member.cell_id, now=now)
    others = [one for one, held in officers.items() if one != member.cell_id and held - {member.id}]
    return [*([member.cell_id] if desk else []), *others]


def may_see_request(db: Session, person_id: int, request: HelpRequest, *, now: datetime) -> bool:
    return person_id in seers(db, request, now=now)


def may_own(db: Session, request: HelpRequest, *, now: datetime) -> dict[int, Role]:
    """Return who can be given it: of a private one the chosen, of a plain one also the contact."""
    seeing = seers(db, request, now=now)
    if request.is_private or not request.is_help:
        return seeing
    around = people_around(db, request.member_id, request.cell_id, now=now)
    return {one: role for one, role in around.items() if one in seeing or role is Role.CONTACT}


def chosen_viewers(db: Session, request_id: int) -> set[int]:
    return set(db.scalars(select(RequestViewer.viewer_id).where(RequestViewer.request_id == request_id)))


def shown_to(reader_id: int | None) -> ColumnElement[bool]:
    """Return a condition for lists of a cell whose desk the reader may see; None: what everybody at the desk sees."""
    here = HelpRequest.unit_id.is_(None) | (HelpRequest.unit_id == HelpRequest.cell_id)
    plain = HelpRequest.is_private.is_(False) & here
    if reader_id is None:
        return plain
    chosen = select(RequestViewer.id).where(
        RequestViewer.request_id == HelpRequest.id, RequestViewer.viewer_id == reader_id
    )
    return plain | chosen.exists()
