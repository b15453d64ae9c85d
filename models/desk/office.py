"""The secretary's office: who has held it, a deputy with dates, an officer who steps in.

appoint_deputy   until a day, or without end
step_in          nobody who can be reached holds the office: an officer of the committee above does, for a time,
                 as secretary (rights.py), and everybody in the cell is told

How it changes hands is models/desk/handover.py.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.contact.ladder import (
    free_ladders_of,
)
from models.contact.request import (
    wake_requests_of,
)
from models.delivery.message import Button, Lane, Message
from models.delivery.outbox import cancel_outbox
from models.desk.policy import OfficePolicy
from models.ground.base import Base, Identified
from models.ground.clock import HOME_ZONE, NIGHT, at_wall, local_date
from models.ground.errors import Refused
from models.ground.sealing import Sealed
from models.people.drafts import drop_office_drafts
from models.people.member import UNREACHABLE, Member, Standing, account_of, decent_for, roster, tell
from models.people.rights import (
    Appointment,
    Right,
    Role,
    appoint,
    appointments,
    desk_of,
    end_appointment,
    holders,
    officers_above,
    require,
)
from models.people.trail import record_act
from models.people.unit import Unit
from models.phrases.desk import office as phrases
from models.phrases.text import Text

# --- rows and states ------------------------------------------------------------------------------------------------


class HandoverState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    REPLACED = "replaced"


class Handover(Identified, Base):
    __tablename__ = "handover"

    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    from_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))  # None: the office was empty
    to_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    by_id: Mapped[int]
    state: Mapped[str]
    begun_at: Mapped[datetime]
    done_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_handover_cell_id", "cell_id", "begun_at"),)


class HandoverItem(Identified, Base):
    """One thing that waited when the office changed hands."""

    __tablename__ = "handover_item"

    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"))
    matter: Mapped[str]
    ref_id: Mapped[int]  # the row of the matter's own room
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))  # whom it is about
    accepted_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]  # needed no accepting any more: somebody had done it

    __table_args__ = (Index("uq_handover_item_ref", "handover_id", "matter", "ref_id", unique=True),)

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.settled_at is None


class ActingOfficer(Identified, Base):
    """An officer in the place of a secretary."""

    __tablename__ = "stand_in"  # the class has another name since, the stored table has not

    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    begun_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason_sealed: Mapped[bytes | None]

    reason = Sealed("reason_sealed")

    __table_args__ = (Index("ix_stand_in_cell_id", "cell_id", "begun_at"),)


class OfficeRefused(Refused):
    """What was asked does not fit how the office is held; the phrase says what does."""


# --- hand-over ------------------------------------------------------------------------------------------------------


def running_handover(db: Session, cell_id: int) -> Handover | None:
    return next(iter(running_handovers(db, cell_id)), None)


def open_items(db: Session, handover_id: int) -> int:
    """Return how many things of a hand-over nobody has accepted yet."""
    items = db.scalars(select(HandoverItem).where(HandoverItem.handover_id == handover_id))
    return sum(item.is_open for item in items)


def handovers_of(db: Session, cell_id: int) -> list[Handover]:
    """Return the history of the office, newest first."""
    rows = select(Handover).where(Handover.cell_id == cell_id)
    return list(db.scalars(rows.order_by(Handover.begun_at.desc(), Handover.id.desc())))


def running_handovers(db: Session, cell_id: int) -> list[Handover]:
    """Return those that are not done yet; more than one only where an older one was left open."""
    return [one for one in handovers_of(db, cell_id) if one.state == HandoverState.RUNNING]


def fit_successor(db: Session, cell: Unit, to_id: int, *, now: datetime) -> Member:
    """Return a member of the roster who can become secretary: the program reaches them, and they are not it yet."""
    member = _of_cell(db, cell, to_id)
    _check_official(member)
    if to_id in holders(db, cell.id, Role.SECRETARY, now=now, asleep=True):
        raise OfficeRefused(phrases.is_secretary_already(name=member.full_name))
    if not can_be_reached(db, to_id):
        raise OfficeRefused(phrases.not_connected(name=member.full_name))
    return member


def _check_official(member: Member) -> None:
    """Probationary members cannot stand for office: Điều lệ Đảng, Điều 3."""
    if member.standing != Standing.OFFICIAL:
        raise OfficeRefused(phrases.is_probationary(name=member.full_name))


# --- deputy ---------------------------------------------------------------------------------------------------------


def appoint_deputy(
    db: Session,
    cell: Unit,
    member_id: int,
    *,
    until: date | None,
    by_id: int,
    policy: OfficePolicy,
    now: datetime,
) -> Appointment:
    """Appoint a deputy up to and with `until` (Vietnam's days), or without end. Appointing again changes the end."""
    require(db, by_id, Right.APPOINT_DEPUTY, cell.id, now=now)
    member = _of_cell(db, cell, member_id)
    _check_official(member)
    if member_id in holders(db, cell.id, Role.SECRETARY, now=now):
        raise OfficeRefused(phrases.is_secretary_already(name=member.full_name))
    if until is not None and until < local_date(now, HOME_ZONE):
        raise OfficeRefused(phrases.end_is_past())
    ends_at = at_wall(until + timedelta(days=1), time(0), HOME_ZONE) if until else None
    held = appoint(
        db, member_id=member_id, unit_id=cell.id, role=Role.DEPUTY, by_id=by_id, now=now, ends_at=ends_at
    )
    to_desk = [[Button(phrases.DESK, f"desk:open:{cell.id}")]]
    words = Message(phrases.you_are_deputy(cell=cell.name, until=until), to_desk)
    tell_decently(db, member_id, words, key=f"office.deputy:{held.id}:{until}:{now:%Y%m%d%H%M%S}", now=now)
    cancel_outbox(db, f"appointment:{held.id}")
    if until is not None:
        ends = phrases.deputy_ends(name=member.full_name, until=until)
        _warn_of_end(db, held, ends, until, by_id, policy, now=now)
    return held


def last_day(ends_at: datetime | None) -> date | None:
    """Return the last day, in Vietnam, of what holds until `ends_at`; None: without end."""
    return local_date(ends_at - timedelta(seconds=1), HOME_ZONE) if ends_at else None


def end_deputy(db: Session, cell: Unit, member_id: int, *, by_id: int, now: datetime) -> None:
    """End a deputy's office from this minute on and tell them. Where the member is no deputy, nothing happens."""
    require(db, by_id, Right.APPOINT_DEPUTY, cell.id, now=now)
    for ended in end_office(db, member_id, cell.id, Role.DEPUTY, by_id=by_id, now=now):
        let_go(db, member_id, now=now)
        words = Message(phrases.deputy_ended(cell=cell.name))
        tell_decently(db, member_id, words, key=f"office.deputy_ended:{ended.id}", now=now)


def _warn_of_end(
    db: Session,
    held: Appointment,
    words: Text,
    until: date,
    by_id: int,
    policy: OfficePolicy,
    *,
    now: datetime,
) -> None:
    """Some days before the last one, to both: said now for then; `cancel_outbox` unsays it when the end changes."""
    at = at_wall(until - timedelta(days=policy.warn_days), NIGHT.ends, HOME_ZONE)
    for member_id in {held.member_id, by_id} if at > now else ():
        tell(
            db,
            db.get_one(Member, member_id),
            Message(words),
            key=f"office.ends:{held.id}:{until}:{member_id}:{now:%Y%m%d%H%M%S}",
            lane=Lane.REMINDER,
            now=now,
            not_before=at,
            about=f"appointment:{held.id}",
        )


# --- stepping in ----------------------------------------------------------------------------------------------------


def step_in(
    db: Session, cell: Unit, *, by_id: int, reason: str, policy: OfficePolicy, now: datetime
) -> ActingOfficer:
    """Put an officer for a time into an office that nobody attends to. The whole cell is told who and until when."""
    require(db, by_id, Right.STEP_IN, cell.id, now=now)
    if is_attended(db, cell.id, now=now):
        raise OfficeRefused(phrases.is_attended(cell=cell.name))
    until = local_date(now, HOME_ZONE) + timedelta(days=policy.stand_in_days)
    ends_at = at_wall(until + timedelta(days=1), time(0), HOME_ZONE)
    held = appoint(
        db, member_id=by_id, unit_id=cell.id, role=Role.SECRETARY, by_id=by_id, now=now, ends_at=ends_at
    )
    stand_in = ActingOfficer(
        cell_id=cell.id, officer_id=by_id, appointment_id=held.id, begun_at=now, ends_at=ends_at
    )
    stand_in.reason = reason
    db.add(stand_in)
    db.flush()
    record_act(db, "office.step_in", by_id=by_id, now=now, member_id=by_id, unit_id=cell.id)
    officer = db.get_one(Member, by_id)
    words = phrases.stepped_in(name=officer.full_name, cell=cell.name, until=until, reason=reason)
    tell_cell(db, cell, words, key=f"office.step_in:{stand_in.id}", but={by_id}, now=now)
    _warn_of_end(db, held, phrases.stand_in_ends(cell=cell.name, until=until), until, by_id, policy, now=now)
    return stand_in


def end_stand_in(db: Session, stand_in: ActingOfficer, *, by_id: int, now: datetime) -> None:
    """End it before its time, as any officer who could have stepped in. The cell is told."""
    require(db, by_id, Right.STEP_IN, stand_in.cell_id, now=now)
    if stand_in.ends_at <= now:
        return
    cell, officer = db.get_one(Unit, stand_in.cell_id), db.get_one(Member, stand_in.officer_id)
    stand_in.ends_at = now
    end_office(db, officer.id, cell.id, Role.SECRETARY, by_id=by_id, now=now)
    record_act(db, "office.step_out", by_id=by_id, now=now, member_id=officer.id, unit_id=cell.id)
    let_go(db, officer.id, now=now)
    words = phrases.stepped_out(name=officer.full_name, cell=cell.name)
    tell_cell(db, cell, words, key=f"office.step_out:{stand_in.id}", but={by_id}, now=now)


def is_attended(db: Session, cell_id: int, *, now: datetime) -> bool:
    """Return whether a secretary or a deputy holds the office whom the program can reach."""
    held = desk_of(db, cell_id, now=now)
    return any(can_be_reached(db, member_id) for member_id in held)


def current_stand_in(db: Session, cell_id: int, *, now: datetime) -> ActingOfficer | None:
    return next((one for one in stand_ins_of(db, cell_id) if one.ends_at > now), None)


def stand_ins_of(db: Session, cell_id: int) -> list[ActingOfficer]:
    """Return who stepped in and when, newest first. Anybody in the cell may see it."""
    rows = select(ActingOfficer).where(ActingOfficer.cell_id == cell_id)
    return list(db.scalars(rows.order_by(ActingOfficer.begun_at.desc(), ActingOfficer.id.desc())))


# --- common to all --------------------------------------------------------------------------------------------------


def end_office(
    db: Session, member_id: int, unit_id: int, role: Role, *, by_id: int, now: datetime
) -> list[Appointment]:
    """End an office that a member holds in this unit, and what was said of its end. Return the appointments."""
    ended = []
    for held in appointments(db, member_id, now=now, asleep=True):
        if held.unit_id == unit_id and held.role == role:
            end_appointment(db, held, by_id=by_id, now=now)
            cancel_outbox(db, f"appointment:{held.id}")
            ended.append(held)
    return ended


def let_go(db: Session, person_id: int, *, now: datetime) -> None:
    """Free what they promised and may no longer keep, because an office or assignment of theirs ended.

    What they had begun to fill in by it is forgotten.
    """
    drop_office_drafts(db, person_id, now=now)
    free_promises(db, person_id, now=now)


def free_promises(db: Session, person_id: int, *, now: datetime) -> None:
    """Free what they promised and may no longer keep; what they are typing stays."""
    wake_requests_of(db, person_id, now=now)
    free_ladders_of(db, person_id, now=now)


def _of_cell(db: Session, cell: Unit, member_id: int) -> Member:
    member = db.get(Member, member_id)
    if member is None or member.cell_id != cell.id or member.left_at is not None:
        raise OfficeRefused(phrases.not_of_this_cell(cell=cell.name))
    return member


def can_be_reached(db: Session, member_id: int) -> bool:
    account = account_of(db, member_id)
    return account is not None and account.reachability not in UNREACHABLE


def tell_cell(db: Session, cell: Unit, words: Text, *, key: str, but: set[int], now: datetime) -> None:
    """Tell everybody on the roster and the officers above."""
    message = Message(words, [[Button(phrases.WHO_HOLDS, f"office:see:{cell.id}")]])
    ids = {member.id for member in roster(db, cell.id)} | set(officers_above(db, cell.id, now=now))
    for member_id in sorted(ids - but):
        tell_decently(db, member_id, message, key=key, now=now, lane=Lane.BULK)


def tell_decently(
    db: Session, member_id: int, message: Message, *, key: str, now: datetime, lane: Lane = Lane.ALERT
) -> None:
    """Tell one person at an hour that is decent for them."""
    person = db.get_one(Member, member_id)
    at = decent_for(person, now)
    tell(db, person, message, key=f"{key}:{member_id}", lane=lane, now=now, not_before=at)
