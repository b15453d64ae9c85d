"""The secretary's office: a deputy with dates, the hand-over to a successor, an officer who steps in.

begin_handover   the old secretary's access ends, the successor's begins, in the same minute;
                 what waits becomes a checklist ──accept_item, one by one──> DONE
appoint_deputy   until a day, or without end
step_in          nobody who can be reached holds the office: an officer of the committee above does, for a time,
                 as secretary (rights.py), and everybody in the cell is told

RUNNING ──all accepted, or settled meanwhile──> DONE
   └── the successor hands over in turn ──────> REPLACED     its open items go to the next
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.away.away import Away, away_of, filings_to_keep, lapsed_aways, returning_aways
from models.away.letter import unanswered_letters
from models.contact.checkin import Checkin, CheckinState
from models.contact.ladder import (
    Ladder,
    LadderState,
    free_ladders_of,
    ladders_open,
    may_take,
    moves_of,
    promise_days,
    take_ladder,
)
from models.contact.policy import LadderPolicy, RequestPolicy
from models.contact.request import (
    Did,
    HelpRequest,
    is_free,
    moves_of as moves_of_request,
    open_requests,
    take_request,
    wake_requests_of,
)
from models.delivery.outbox import Button, Lane, Message, cancel_outbox
from models.desk.policy import OfficePolicy
from models.entry.invite import invites_waiting
from models.ground.base import Base, Identified
from models.ground.clock import HOME_ZONE, NIGHT, at_wall, local_date
from models.ground.errors import Refused
from models.ground.sealing import Sealed
from models.people.drafts import drop_office_drafts
from models.people.member import UNREACHABLE, Member, Standing, account_of, decent_for, roster, tell
from models.people.rights import (
    Appointment,
    NotEntitled,
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
from models.people.trail import record_act, record_change
from models.people.unit import Unit
from models.phrases.desk import office as phrases
from models.phrases.text import Text
from models.year.probation import probations_of_cell
from models.year.review.questions import reviews_waiting

# --- rows and states ------------------------------------------------------------------------------------------------


class HandoverState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    REPLACED = "replaced"


class Matter(StrEnum):
    """What can wait in an office."""

    CHECKIN = "checkin"  # a member who is late, and on no ladder yet
    LADDER = "ladder"  # a member who is silent: somebody is to call
    REQUEST = "request"  # a request for help
    INVITE = "invite"  # somebody waits to be recognised
    FILING = "filing"  # an application at the secretary's or at the cell's turn
    LAPSED = "lapsed"  # an absence whose end went by
    RETURN = "return"  # a member who is back, with lines of the checklist still open
    LETTER = "letter"  # to a place of stay that has not answered
    PROBATION = "probation"
    REVIEW = "review"  # a self-criticism to be read, or a signed paper to be filed
    NAMES = "names"  # the committee asks for names (models/desk/committee/names.py adds the question)
    MEETING = (
        "meeting"  # to be called, held or closed (models/meeting/meeting/questions.py adds the question)
    )


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


# --- what waits -----------------------------------------------------------------------------------------------------


class WaitingMatter(NamedTuple):
    matter: Matter
    ref_id: int
    member_id: int


def _late(db: Session, cell_id: int) -> Iterable[tuple[int, int]]:
    late = select(Checkin).where(Checkin.cell_id == cell_id, Checkin.state == CheckinState.LATE)
    silent = {ladder.member_id for ladder in ladders_open(db, cell_id)}
    rows = db.scalars(late.order_by(Checkin.due_at))
    return [(row.id, row.member_id) for row in rows if row.member_id not in silent]


QUESTIONS: dict[Matter, Callable[[Session, int], Iterable[tuple[int, int]]]] = {
    # a cell's id -> (the row's id, whom it is about), the oldest first
    Matter.CHECKIN: _late,
    Matter.LADDER: lambda db, cell: [(row.id, row.member_id) for row in ladders_open(db, cell)],
    Matter.REQUEST: lambda db, cell: [(row.id, row.member_id) for row in open_requests(db, cell)],
    Matter.INVITE: lambda db, cell: [(row.id, row.member_id) for row in invites_waiting(db, cell)],
    Matter.FILING: lambda db, cell: [
        (row.id, away_of(db, row).member_id) for row in filings_to_keep(db, cell)
    ],
    Matter.LAPSED: lambda db, cell: [(row.id, row.member_id) for row in lapsed_aways(db, cell)],
    Matter.RETURN: lambda db, cell: [(row.id, row.member_id) for row in returning_aways(db, cell)],
    Matter.LETTER: lambda db, cell: [
        (row.id, db.get_one(Away, row.away_id).member_id) for row in unanswered_letters(db, cell)
    ],
    Matter.PROBATION: lambda db, cell: [(row.id, who.id) for row, who in probations_of_cell(db, cell)],
    Matter.REVIEW: lambda db, cell: [(row.id, row.member_id) for row in reviews_waiting(db, cell)],
}


class FormerHolder(NamedTuple):
    """Who had taken a thing when the office changed hands, and by which day they had promised it."""

    by_id: int
    on: date | None


def held_before(db: Session, handover: Handover, item: HandoverItem) -> FormerHolder | None:
    """Return whoever had taken it, and is not the successor; None: nobody had, or it is not a thing that one takes."""
    find = {Matter.LADDER: _caller, Matter.REQUEST: _helper}.get(Matter(item.matter))
    found = find(db, item.ref_id, handover.begun_at) if find else None
    return found if found is not None and found.by_id != handover.to_id else None


def _caller(db: Session, ladder_id: int, at: datetime) -> FormerHolder | None:
    """The promise that held until then, whether or not the hand-over has ended it."""
    before = [one for one in moves_of(db, ladder_id) if one.at < at]
    last = before[-1] if before else None
    if last is None or last.after != LadderState.TAKEN or last.by_id is None:
        return None
    return FormerHolder(last.by_id, last.promised_on)


def _helper(db: Session, request_id: int, at: datetime) -> FormerHolder | None:
    request = db.get(HelpRequest, request_id)
    if request is None:
        return None
    if request.owner_id is not None and request.taken_at is not None and request.taken_at < at:
        return FormerHolder(request.owner_id, request.promised_on)
    taken = [
        one
        for one in moves_of_request(db, request_id)
        if one.at < at and one.did in (Did.TAKEN, Did.RELEASED)
    ]
    last = taken[-1] if taken else None
    return (
        FormerHolder(last.by_id, None) if last is not None and last.did == Did.TAKEN and last.by_id else None
    )


def what_waits(db: Session, cell_id: int) -> list[WaitingMatter]:
    """Return all that is open on the secretary's desk, matter by matter."""
    return [
        WaitingMatter(matter, ref_id, member_id)
        for matter, ask in QUESTIONS.items()
        for ref_id, member_id in ask(db, cell_id)
    ]


# --- hand-over ------------------------------------------------------------------------------------------------------


def begin_handover(db: Session, cell: Unit, *, to_id: int, by_id: int, now: datetime) -> Handover:
    """Begin it: from this minute the successor alone is secretary, and what waits is theirs to accept."""
    require(db, by_id, Right.HAND_OVER, cell.id, now=now)
    successor = fit_successor(db, cell, to_id, now=now)
    stand_in = current_stand_in(db, cell.id, now=now)
    leaving = holders(db, cell.id, Role.SECRETARY, now=now, asleep=True)
    for member_id in leaving:
        _end(db, member_id, cell.id, Role.SECRETARY, by_id=by_id, now=now)
    _end(db, to_id, cell.id, Role.DEPUTY, by_id=by_id, now=now)
    for older in _running(db, cell.id):
        older.state, older.done_at = HandoverState.REPLACED, now
    appoint(db, member_id=to_id, unit_id=cell.id, role=Role.SECRETARY, by_id=by_id, now=now)
    for member_id in leaving:  # when the successor is in office: what is freed is told to who holds the desk
        let_go(db, member_id, now=now)
    if stand_in is not None:
        stand_in.ends_at = now
    handover = Handover(
        cell_id=cell.id,
        from_id=next((one for one in leaving if not stand_in or one != stand_in.officer_id), None),
        to_id=to_id,
        by_id=by_id,
        state=HandoverState.RUNNING,
        begun_at=now,
    )
    db.add(handover)
    db.flush()
    record_act(db, "office.hand_over", by_id=by_id, now=now, member_id=to_id, unit_id=cell.id)
    items = [HandoverItem(handover_id=handover.id, **one._asdict()) for one in what_waits(db, cell.id)]
    db.add_all(items)
    _tell_begun(db, handover, cell, successor, leaving, count=len(items), now=now)
    settle_handover(db, handover, now=now)
    return handover


def accept_item(
    db: Session,
    item: HandoverItem,
    *,
    by_id: int,
    policy: LadderPolicy,
    requests: RequestPolicy,
    now: datetime,
) -> None:
    """Accept one thing, as the successor. With the last one the hand-over is done. The second time changes nothing."""
    handover = db.get_one(Handover, item.handover_id)
    if by_id != handover.to_id or by_id not in holders(db, handover.cell_id, Role.SECRETARY, now=now):
        raise NotEntitled
    if item.is_open and handover.state == HandoverState.RUNNING:
        _accept(db, handover, item, by_id=by_id, policy=policy, requests=requests, now=now)
        settle_handover(db, handover, now=now)


def accept_all(
    db: Session,
    handover: Handover,
    *,
    by_id: int,
    policy: LadderPolicy,
    requests: RequestPolicy,
    now: datetime,
) -> int:
    """Accept all that is open, as the successor; return how many things that were."""
    if by_id != handover.to_id or by_id not in holders(db, handover.cell_id, Role.SECRETARY, now=now):
        raise NotEntitled
    settle_handover(db, handover, now=now)
    rows = select(HandoverItem).where(HandoverItem.handover_id == handover.id)
    left = [one for one in db.scalars(rows.order_by(HandoverItem.id)) if one.is_open]
    if handover.state != HandoverState.RUNNING:
        return 0
    for item in left:
        _accept(db, handover, item, by_id=by_id, policy=policy, requests=requests, now=now)
    settle_handover(db, handover, now=now)
    return len(left)


def _accept(
    db: Session,
    handover: Handover,
    item: HandoverItem,
    *,
    by_id: int,
    policy: LadderPolicy,
    requests: RequestPolicy,
    now: datetime,
) -> None:
    """Theirs from now on: what nobody holds any more, a request for help or a call to make, gets them as its owner."""
    item.accepted_at = now
    who, cell_id = item.member_id, handover.cell_id
    record_change(db, "office.accept", by_id=by_id, member_id=who, unit_id=cell_id, now=now)
    request = db.get(HelpRequest, item.ref_id) if item.matter == Matter.REQUEST else None
    if request is not None and request.is_open and is_free(db, request, now=now):
        take_request(db, request, by_id=by_id, policy=requests, now=now)
    ladder = db.get(Ladder, item.ref_id) if item.matter == Matter.LADDER else None
    if ladder is None or ladder.state in (LadderState.TAKEN, LadderState.ENDED):
        return
    if may_take(db, by_id, db.get_one(Member, who), now=now):
        on = call_by(db, handover, item, ladder, policy, now=now)
        take_ladder(db, ladder, by_id=by_id, promised_on=on, policy=policy, now=now)


def call_by(
    db: Session,
    handover: Handover,
    item: HandoverItem,
    ladder: Ladder,
    policy: LadderPolicy,
    *,
    now: datetime,
) -> date:
    """Return the day by which the successor calls: the one promised before, else the last that one may promise."""
    first, last = promise_days(ladder, policy, now=now)
    held = held_before(db, handover, item)
    return min(max(held.on, first), last) if held is not None and held.on is not None else last


def settle_handover(db: Session, handover: Handover, *, now: datetime) -> bool:
    """Tick off what somebody has done meanwhile; return whether nothing is left to accept."""
    if handover.state != HandoverState.RUNNING:
        return True
    db.flush()
    waiting = {(one.matter, one.ref_id) for one in what_waits(db, handover.cell_id)}
    items = list(db.scalars(select(HandoverItem).where(HandoverItem.handover_id == handover.id)))
    for item in items:
        if item.is_open and (Matter(item.matter), item.ref_id) not in waiting:
            item.settled_at = now
    if any(item.is_open for item in items):
        return False
    handover.state, handover.done_at = HandoverState.DONE, now
    if items:
        _tell_done(db, handover, now=now)
    return True


def running_handover(db: Session, cell_id: int) -> Handover | None:
    return next(iter(_running(db, cell_id)), None)


def handover_items(db: Session, handover_id: int) -> list[tuple[HandoverItem, str]]:
    """Return the checklist, each item with the name of its member, matter by matter, as on the desk."""
    rows = db.execute(
        select(HandoverItem, Member.full_name)
        .join(Member, Member.id == HandoverItem.member_id)
        .where(HandoverItem.handover_id == handover_id)
    )
    order = list(Matter)
    return sorted(
        ((item, name) for item, name in rows), key=lambda row: (order.index(Matter(row[0].matter)), row[0].id)
    )


def handovers_of(db: Session, cell_id: int) -> list[Handover]:
    """Return the history of the office, newest first."""
    rows = select(Handover).where(Handover.cell_id == cell_id)
    return list(db.scalars(rows.order_by(Handover.begun_at.desc(), Handover.id.desc())))


def _running(db: Session, cell_id: int) -> list[Handover]:
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


def _tell_begun(
    db: Session,
    handover: Handover,
    cell: Unit,
    successor: Member,
    leaving: list[int],
    *,
    count: int,
    now: datetime,
) -> None:
    key = f"office.handover:{handover.id}"
    buttons = [[Button(phrases.OPEN_LIST, f"office:handover:{handover.id}")]] if count else []
    _tell(
        db,
        successor.id,
        Message(phrases.you_take_over(cell=cell.name, count=count), buttons),
        key=key,
        now=now,
    )
    for member_id in leaving:
        words = phrases.you_handed_over(cell=cell.name, name=successor.full_name)
        _tell(db, member_id, Message(words), key=key, now=now)
    words = phrases.secretary_changed(cell=cell.name, name=successor.full_name)
    _tell_cell(db, cell, words, key=key, but={successor.id, *leaving}, now=now)


def _tell_done(db: Session, handover: Handover, *, now: datetime) -> None:
    cell, successor = db.get_one(Unit, handover.cell_id), db.get_one(Member, handover.to_id)
    words = Message(phrases.handover_done(cell=cell.name, name=successor.full_name))
    concerned = {handover.to_id, handover.from_id, *officers_above(db, cell.id, now=now)} - {None}
    for member_id in concerned:
        _tell(db, member_id or 0, words, key=f"office.done:{handover.id}", now=now)


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
    _tell(db, member_id, words, key=f"office.deputy:{held.id}:{until}:{now:%Y%m%d%H%M%S}", now=now)
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
    for ended in _end(db, member_id, cell.id, Role.DEPUTY, by_id=by_id, now=now):
        let_go(db, member_id, now=now)
        words = Message(phrases.deputy_ended(cell=cell.name))
        _tell(db, member_id, words, key=f"office.deputy_ended:{ended.id}", now=now)


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
    _tell_cell(db, cell, words, key=f"office.step_in:{stand_in.id}", but={by_id}, now=now)
    _warn_of_end(db, held, phrases.stand_in_ends(cell=cell.name, until=until), until, by_id, policy, now=now)
    return stand_in


def end_stand_in(db: Session, stand_in: ActingOfficer, *, by_id: int, now: datetime) -> None:
    """End it before its time, as any officer who could have stepped in. The cell is told."""
    require(db, by_id, Right.STEP_IN, stand_in.cell_id, now=now)
    if stand_in.ends_at <= now:
        return
    cell, officer = db.get_one(Unit, stand_in.cell_id), db.get_one(Member, stand_in.officer_id)
    stand_in.ends_at = now
    _end(db, officer.id, cell.id, Role.SECRETARY, by_id=by_id, now=now)
    record_act(db, "office.step_out", by_id=by_id, now=now, member_id=officer.id, unit_id=cell.id)
    let_go(db, officer.id, now=now)
    words = phrases.stepped_out(name=officer.full_name, cell=cell.name)
    _tell_cell(db, cell, words, key=f"office.step_out:{stand_in.id}", but={by_id}, now=now)


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


def _end(
    db: Session, member_id: int, unit_id: int, role: Role, *, by_id: int, now: datetime
) -> list[Appointment]:
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


def _tell_cell(db: Session, cell: Unit, words: Text, *, key: str, but: set[int], now: datetime) -> None:
    """Everybody on the roster and the officers above."""
    message = Message(words, [[Button(phrases.WHO_HOLDS, f"office:see:{cell.id}")]])
    ids = {member.id for member in roster(db, cell.id)} | set(officers_above(db, cell.id, now=now))
    for member_id in sorted(ids - but):
        _tell(db, member_id, message, key=key, now=now, lane=Lane.BULK)


def _tell(
    db: Session, member_id: int, message: Message, *, key: str, now: datetime, lane: Lane = Lane.ALERT
) -> None:
    person = db.get_one(Member, member_id)
    at = decent_for(person, now)
    tell(db, person, message, key=f"{key}:{member_id}", lane=lane, now=now, not_before=at)
