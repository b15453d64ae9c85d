"""Who keeps in touch with whom (người giữ liên lạc), from when to when, and what that lets them see.

    member 1──n assignment n──1 contact      one without an end replaces the one before it; one for a range stands
                                             beside it: somebody stands in for a while

The assignment is the contact's appointment, for one member: it gives the rights that `RIGHTS` says are ASSIGNED.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import BindParameter, ColumnElement, ForeignKey, Index, bindparam, or_, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from models.delivery.message import Button, Buttons, Lane, Message
from models.ground.base import Base, Identified
from models.ground.clock import HOME_ZONE, at_wall, local_date
from models.ground.errors import Refused
from models.people.member import Member, decent_for, is_held_back, tell
from models.people.rights import RIGHTS, NotEntitled, Right, RightReach, Role, is_unproved, may, require
from models.people.trail import record_act
from models.phrases.people import assignment as phrases
from models.phrases.text import Text


class Assignment(Identified, Base):
    __tablename__ = "assignment"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))

    __table_args__ = (
        Index("ix_assignment_member_id", "member_id"),
        Index("ix_assignment_contact_id", "contact_id"),
    )


class ContactUnfit(Refused):
    """The contact is the member themselves, of another cell, or no longer on the roster."""


class RangeUnfit(Refused):
    """The last day lies before the first, or has gone by."""


# --- acts -----------------------------------------------------------------------------------------------------------


def assign_contact(
    db: Session,
    member: Member,
    contact: Member,
    *,
    by_id: int,
    now: datetime,
    begins_on: date | None = None,
    ends_on: date | None = None,
    tells_contact: bool = True,
) -> Assignment:
    """Let a contact keep in touch from `begins_on` (None: at once) to the end of `ends_on` (None: until replaced).

    Both are told.
    """
    require(db, by_id, Right.ASSIGN_CONTACT, member.cell_id, now=now)
    if contact.id == member.id or contact.cell_id != member.cell_id or contact.left_at or member.left_at:
        raise ContactUnfit(phrases.contact_unfit())
    today = local_date(now, HOME_ZONE)
    begins_at = _midnight(begins_on) if begins_on and begins_on > today else now
    ends_at = _midnight(ends_on + timedelta(days=1)) if ends_on else None
    if ends_at is not None and ends_at <= begins_at:
        raise RangeUnfit(phrases.range_unfit())
    if ends_at is None:
        _end_lasting_ones(db, member.id, at=begins_at)
    made = Assignment(
        member_id=member.id, contact_id=contact.id, begins_at=begins_at, ends_at=ends_at, by_id=by_id
    )
    db.add(made)
    db.flush()
    record_act(db, "contact.assign", by_id=by_id, now=now, member_id=member.id)
    begins = max(begins_on or today, today)
    _tell_member(db, made, member, contact, begins_on=begins, ends_on=ends_on, now=now)
    if tells_contact and contact.id != by_id:
        words = phrases.you_keep_in_touch(name=member.full_name, begins_on=begins, ends_on=ends_on)
        card = [[Button(phrases.OPEN, f"desk:keep:{member.id}")]]
        _tell(db, contact, words, f"assignment.made:{made.id}:{contact.id}", card, now=now)
    return made


def assign_many(
    db: Session, members: Sequence[Member], contact: Member, *, by_id: int, now: datetime
) -> list[Assignment]:
    """Assign one contact to several members, from now until replaced, and tell the contact in one message."""
    made = [assign_contact(db, one, contact, by_id=by_id, now=now, tells_contact=False) for one in members]
    if contact.id != by_id and made:
        words = phrases.you_keep_in_touch_with(names=[one.full_name for one in members])
        mine = [[Button(phrases.MINE, "desk:mine:0")]]
        _tell(db, contact, words, f"assignment.many:{made[0].id}", mine, now=now)
    return made


def end_assignment(db: Session, assignment: Assignment, *, by_id: int, now: datetime) -> None:
    """End an assignment: from this minute on the contact sees nothing of the member. The contact is told."""
    member = db.get_one(Member, assignment.member_id)
    require(db, by_id, Right.ASSIGN_CONTACT, member.cell_id, now=now)
    if assignment.ends_at is not None and assignment.ends_at <= now:
        return
    assignment.ends_at = now
    record_act(db, "contact.end", by_id=by_id, now=now, member_id=member.id)
    contact = db.get_one(Member, assignment.contact_id)
    _tell(db, contact, phrases.ended(name=member.full_name), f"assignment.ended:{assignment.id}", now=now)


def end_assignments_of(db: Session, member_id: int, *, now: datetime) -> set[int]:
    """End them all, for acts that have checked who may say so: the member is back. Return the ids of the contacts."""
    rows = select(Assignment).where(
        Assignment.member_id == member_id, or_(Assignment.ends_at.is_(None), Assignment.ends_at > now)
    )
    ended = db.scalars(rows).all()
    for row in ended:
        row.ends_at = max(now, row.begins_at)
    return {row.contact_id for row in ended}


def _end_lasting_ones(db: Session, member_id: int, *, at: datetime) -> None:
    """End assignments without an end where the new one begins. One that would begin later ends as it begins."""
    lasting = select(Assignment).where(Assignment.member_id == member_id, Assignment.ends_at.is_(None))
    for row in db.scalars(lasting):
        row.ends_at = max(at, row.begins_at)


def _tell_member(
    db: Session,
    made: Assignment,
    member: Member,
    contact: Member,
    *,
    begins_on: date,
    ends_on: date | None,
    now: datetime,
) -> None:
    if member.id != made.by_id:
        words = phrases.your_contact(name=contact.full_name, begins_on=begins_on, ends_on=ends_on)
        _tell(db, member, words, f"assignment.made:{made.id}:{member.id}", now=now)


def _tell(
    db: Session, person: Member, words: Text, key: str, buttons: Buttons = (), *, now: datetime
) -> None:
    at = decent_for(person, now)
    tell(db, person, Message(words, buttons), key=key, lane=Lane.ALERT, now=now, not_before=at)


def _midnight(day: date) -> datetime:
    return at_wall(day, time(0), HOME_ZONE)


# --- questions ------------------------------------------------------------------------------------------------------


def contacts_of(db: Session, member_id: int, *, now: datetime) -> list[Assignment]:
    """Return who keeps in touch with the member now. Whoever stands in for a while comes first."""
    rows = select(Assignment).where(Assignment.member_id == member_id, *_holding(now))
    return list(db.scalars(rows.order_by(Assignment.ends_at.is_(None), Assignment.begins_at)))


def planned_contacts(db: Session, member_id: int, *, now: datetime) -> list[Assignment]:
    """Return assignments that begin later."""
    rows = select(Assignment).where(Assignment.member_id == member_id, Assignment.begins_at > now)
    # one that was replaced before it began has no length
    return [row for row in db.scalars(rows.order_by(Assignment.begins_at)) if row.ends_at != row.begins_at]


def assigned_members(db: Session, contact_id: int, *, now: datetime) -> list[Member]:
    """Return the members with whom this contact keeps in touch now, by given name; none once either has left the cell.

    Like an office it sleeps while the contact's chat has yet to be trusted.
    """
    if is_unproved(db, contact_id):
        return []
    found = set(db.scalars(_ASSIGNED, {"whose": contact_id, "at": now}))
    if not found or is_held_back(db, contact_id):
        return []
    return sorted(found, key=lambda member: (member.sort_key, member.id))


def may_see_member(
    db: Session, reader_id: int, member: Member, *, now: datetime, right: Right = Right.SEE_CARD
) -> bool:
    """Return whether `right` holds for this one member: it is them, an office in their cell, or an assignment.

    A contact has SEE_CARD and RECORD_CONTACT and no more; both end with the assignment, or when either leaves.
    """
    if reader_id == member.id:
        return True
    if member.cell_id is None:
        return False
    if may(db, reader_id, right, member.cell_id, now=now):
        return True
    if RIGHTS[Role.CONTACT].get(right) is not RightReach.ASSIGNED or member.left_at is not None:
        return False
    reader = db.get(Member, reader_id)
    if reader is None or reader.left_at is not None or reader.cell_id != member.cell_id:
        return False
    if is_unproved(db, reader_id) or is_held_back(db, reader_id):
        return False
    return any(row.contact_id == reader_id for row in contacts_of(db, member.id, now=now))


def require_member(
    db: Session, reader_id: int, member: Member, *, now: datetime, right: Right = Right.SEE_CARD
) -> None:
    """Raise NotEntitled unless `may_see_member`."""
    if not may_see_member(db, reader_id, member, now=now, right=right):
        raise NotEntitled


def _holding(now: datetime | BindParameter[datetime]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Assignment.begins_at <= now, or_(Assignment.ends_at.is_(None), Assignment.ends_at > now)


_contact = aliased(Member)
_ASSIGNED = (  # asked for each main screen, so it is put together once
    select(Member)
    .join(Assignment, Assignment.member_id == Member.id)
    .join(_contact, _contact.id == Assignment.contact_id)
    .where(Assignment.contact_id == bindparam("whose"), Member.left_at.is_(None), *_holding(bindparam("at")))
    .where(_contact.left_at.is_(None), _contact.cell_id == Member.cell_id)
)
