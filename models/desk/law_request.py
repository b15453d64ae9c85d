"""Requests under the data-protection law: a register with two clocks, reminders to who must answer, answers on record.

    open_law_request ──> OPEN ──answer──> ANSWERED ──settle──> DONE | REFUSED (with the reason)
                          │ answer_by: 2 working days            │ do_by: 15 days, moved once by at most 15
                          └── the secretary and the deputy are told at once, and again the day before;
                              past the day also the nearest officers, every week until it is settled

What the program does at once (a take-out, a deletion, a withdrawal) settles what waits of that kind by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.delivery.message import Button, Lane, Message
from models.desk.committee.common import tell_each
from models.desk.policy import LawPolicy
from models.entry.register import tell_keepers
from models.ground.base import Base, Identified, Soonest, lost_index, partial_index
from models.ground.clock import HOME_ZONE, at_wall, local_date
from models.ground.errors import Refused
from models.ground.marking import clean
from models.ground.sealing import Sealed, new_id
from models.ground.workdays import WorkdayPolicy, add_workdays
from models.people.member import Member, tell
from models.people.rights import Right, officers_above, require
from models.people.trail import record_act
from models.phrases.desk import law_request as phrases


class LawKind(StrEnum):
    SEE = "see"  # what is held, and take it out
    CORRECT = "correct"
    DELETE = "delete"
    WITHDRAW = "withdraw"  # a consent
    OBJECT = "object"  # to something that is done with the data, or to have it restricted


class LawState(StrEnum):
    OPEN = "open"  # nobody has answered yet
    ANSWERED = "answered"  # they know what will be done, and by when
    DONE = "done"
    REFUSED = "refused"  # with a reason that they read


WAITING = (LawState.OPEN, LawState.ANSWERED)


class LawRequest(Identified, Base):
    """One request; `next_at`: when time looks at it again, never empty while it waits."""

    __tablename__ = "law_request"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str]
    state: Mapped[str]
    on_paper: Mapped[bool]  # noted by the desk for somebody who asked on paper
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int]
    answer_by: Mapped[datetime]
    do_by: Mapped[datetime]
    extended_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None]
    by_itself: Mapped[bool] = mapped_column(default=False)  # the program did it at once
    nudges: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    text_sealed: Mapped[bytes | None]
    answer_sealed: Mapped[bytes | None]

    text = Sealed("text_sealed")
    answer = Sealed("answer_sealed")

    __table_args__ = (
        Index("ix_law_request_member_id", "member_id"),
        lost_index("ix_law_request_lost", WAITING),
        partial_index("ix_law_request_next_at", "next_at", where="next_at IS NOT NULL"),
    )


class CannotExtend(Refused):
    """It was put off once already."""

    def __init__(self) -> None:
        super().__init__(phrases.cannot_extend())


# --- acts of people -------------------------------------------------------------------------------------------------


def open_law_request(
    db: Session,
    member: Member,
    kind: LawKind,
    *,
    text: str,
    by_id: int,
    policy: LawPolicy,
    calendar: WorkdayPolicy,
    now: datetime,
) -> LawRequest:
    """Put a request into the register; who must answer is told. Somebody else's `by_id`: it came on paper."""
    clean(text)
    on_paper = by_id != member.id
    if on_paper:
        require(db, by_id, Right.EDIT_ROSTER, member.cell_id, now=now)
    today = local_date(now, HOME_ZONE)
    answer_on = add_workdays(today, policy.answer_workdays, calendar)
    row = LawRequest(
        member_id=member.id,
        kind=kind,
        state=LawState.OPEN,
        on_paper=on_paper,
        opened_at=now,
        opened_by_id=by_id,
        answer_by=_evening(answer_on),
        do_by=_evening(today + timedelta(days=policy.do_days)),
    )
    row.text = text
    # they are told below: not once more within the hour
    row.next_at = max(now + timedelta(hours=1), _morning(answer_on))
    db.add(row)
    db.flush()
    record_act(db, "law_request.open", by_id=by_id, member_id=member.id, now=now, detail=kind)
    _tell_who_must(db, row, member, now=now)
    return row


def answer_law_request(db: Session, row: LawRequest, text: str, *, by_id: int, now: datetime) -> None:
    """Say what will be done and by when; the person is told."""
    member = _held_for(db, row, by_id, now=now)
    clean(text)
    row.answer, row.answered_at, row.answered_by_id = text, now, by_id
    # three days before its term, while there is time to do it
    row.state, row.next_at = LawState.ANSWERED, max(now + timedelta(hours=1), row.do_by - timedelta(days=3))
    record_act(db, "law_request.answer", by_id=by_id, member_id=member.id, now=now, detail=row.kind)
    _tell_person(db, row, member, now=now)


def settle_law_request(db: Session, row: LawRequest, *, refused: bool, by_id: int, now: datetime) -> None:
    """Note that it was done, or will not be; an answer has to stand before a refusal. The person is told."""
    member = _held_for(db, row, by_id, now=now)
    if refused and not row.answer:
        raise Refused(phrases.reason_first())
    _settle(db, row, LawState.REFUSED if refused else LawState.DONE, by_id=by_id, now=now)
    _tell_person(db, row, member, now=now)


def extend_law_request(db: Session, row: LawRequest, *, by_id: int, policy: LawPolicy, now: datetime) -> None:
    """Put the doing off, once; the person is told until when."""
    member = _held_for(db, row, by_id, now=now)
    if row.extended_at is not None:
        raise CannotExtend
    row.extended_at, row.do_by = now, row.do_by + timedelta(days=policy.extend_days)
    if row.state == LawState.ANSWERED:
        row.next_at = row.do_by - timedelta(days=3)
    record_act(db, "law_request.extend", by_id=by_id, member_id=member.id, now=now, detail=row.kind)
    _tell_person(db, row, member, now=now)


def settle_by_itself(db: Session, member_id: int, kind: LawKind, *, now: datetime) -> None:
    """Settle what waits of this kind, because the program has just done what was asked for."""
    for row in waiting_of(db, member_id):
        if row.kind == kind:
            row.by_itself = True
            _settle(db, row, LawState.DONE, by_id=member_id, now=now)


def _held_for(db: Session, row: LawRequest, by_id: int, *, now: datetime) -> Member:
    member = db.get_one(Member, row.member_id)
    require(db, by_id, Right.EDIT_ROSTER, member.cell_id, now=now)
    if row.state not in WAITING:
        raise Refused(phrases.settled_already())
    return member


def _settle(db: Session, row: LawRequest, state: LawState, *, by_id: int, now: datetime) -> None:
    row.state, row.settled_at, row.settled_by_id, row.next_at = state, now, by_id, None
    record_act(db, "law_request.settle", by_id=by_id, member_id=row.member_id, now=now, detail=state)
    db.flush()


# --- acts of time ---------------------------------------------------------------------------------------------------


def remind_law_requests(db: Session, ids: Sequence[int], *, now: datetime) -> None:
    """Call each to mind; past its day also with the officers, and then every week."""
    for row in db.scalars(select(LawRequest).where(LawRequest.id.in_(ids), LawRequest.state.in_(WAITING))):
        row.nudges += 1
        _tell_who_must(db, row, db.get_one(Member, row.member_id), now=now)
        due = due_at(row)
        row.next_at = due if now < due else now + timedelta(days=7)


def due_at(row: LawRequest) -> datetime:
    """Return when the next thing has to be there: the answer, then the doing."""
    return row.answer_by if row.state == LawState.OPEN else row.do_by


def _tell_who_must(db: Session, row: LawRequest, member: Member, *, now: datetime) -> None:
    late = now >= due_at(row)
    words = phrases.must_answer(
        name=member.full_name, kind=row.kind, answered=row.state != LawState.OPEN, by=due_at(row), late=late
    )
    message = Message(words, [[Button(phrases.OPEN, f"law:see:{row.id}")]])
    key = f"law_request.must:{row.id}:{row.nudges}"
    told = tell_keepers(db, member, message, key=key, now=now, but=member.id)
    if (late or not told) and member.cell_id is not None:
        officers = [one for one in officers_above(db, member.cell_id, now=now) if one != member.id]
        tell_each(db, officers, Message(words), key=f"{key}:above", now=now)


def _tell_person(db: Session, row: LawRequest, member: Member, *, now: datetime) -> None:
    words = phrases.told_person(kind=row.kind, state=row.state, answer=row.answer or "", by=row.do_by)
    message = Message(words, [[Button(phrases.OPEN, f"law:mine:{row.id}")]], owed=True)
    tell(db, member, message, key=f"law_request.told:{row.id}:{new_id()}", lane=Lane.ALERT, now=now)


# --- questions ------------------------------------------------------------------------------------------------------


def waiting_of(db: Session, member_id: int) -> list[LawRequest]:
    return list(
        db.scalars(
            select(LawRequest)
            .where(LawRequest.member_id == member_id, LawRequest.state.in_(WAITING))
            .order_by(LawRequest.id)
        )
    )


def law_requests_of(db: Session, member_id: int, *, limit: int = 10) -> list[LawRequest]:
    """Return a person's own requests, the newest first."""
    mine = select(LawRequest).where(LawRequest.member_id == member_id)
    return list(db.scalars(mine.order_by(LawRequest.id.desc()).limit(limit)))


def waiting_in(db: Session, cell_id: int) -> list[tuple[LawRequest, Member]]:
    """Return what waits in a cell, the oldest first."""
    rows = db.execute(
        select(LawRequest, Member)
        .join(Member, Member.id == LawRequest.member_id)
        .where(Member.cell_id == cell_id, LawRequest.state.in_(WAITING))
        .order_by(LawRequest.id)
    )
    return [(row, member) for row, member in rows]


def due_law_requests(db: Session, *, now: datetime, limit: int) -> list[int]:
    due = select(LawRequest.id).where(LawRequest.next_at.is_not(None), LawRequest.next_at <= now)
    return list(db.scalars(due.order_by(LawRequest.next_at).limit(limit)))


next_law_request_at = Soonest(LawRequest.next_at)


def _evening(on: date) -> datetime:
    return at_wall(on, time(17), HOME_ZONE)


def _morning(on: date) -> datetime:
    return at_wall(on, time(8), HOME_ZONE)
