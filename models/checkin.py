"""One occurrence in a member's rhythm, and its answer.

    SCHEDULED ──opens──> OPEN ──nudge──> NUDGED ──grace over──> LATE ──┐
        │                 │  ^             │                     │     │ the next one opens
        │ early           │  └─excuse ends─┤                     │     v
        └────────────> ANSWERED <──────────┴─────────────────────┤   CLOSED   nobody answered
                                       EXCUSED <─────────────────┘            (people see why: unreachable is no miss)

`next_at` (UTC, indexed) is the one moment at which time has something to do with the row; NULL: nothing more.
An answer by any channel, by anyone entitled, ends what is open and tells those who were alerted. Members who cannot be
reached are never late. Ad hoc reports (đột xuất) are rows of the same kind with a question and a date of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Identified
from models.clock import HOME_ZONE, at_wall, decent, local_date
from models.contact_note import Channel, ContactNote, record_contact_note
from models.errors import Refused
from models.member import (
    UNREACHABLE,
    Account,
    Member,
    Purpose,
    account_of,
    agrees,
    tell,
)
from models.outbox import Button, Lane, Message, cancel_outbox
from models.phrases import checkin as phrases
from models.rhythm import QUIET_FROM, QUIET_UNTIL, Rhythm, first_occurrence
from models.rights import Role, holders
from models.sealing import Sealed
from models.unit import Unit


class CheckinKind(StrEnum):
    RHYTHM = "rhythm"
    ADHOC = "adhoc"  # đột xuất: the secretary asks now, with a question and a date


class CheckinState(StrEnum):
    SCHEDULED = "scheduled"  # planned; nobody was asked yet
    OPEN = "open"  # asked
    NUDGED = "nudged"  # asked again
    LATE = "late"  # the grace is over: the secretary is told, once
    ANSWERED = "answered"  # by the member, or on their behalf
    EXCUSED = "excused"  # until a date; then asked again
    CLOSED = "closed"  # the next one has opened; nobody answered


S = CheckinState
MOVES: dict[CheckinState, frozenset[CheckinState]] = {
    S.SCHEDULED: frozenset({S.OPEN, S.ANSWERED, S.CLOSED}),
    S.OPEN: frozenset({S.NUDGED, S.LATE, S.ANSWERED, S.EXCUSED, S.CLOSED}),
    S.NUDGED: frozenset({S.NUDGED, S.LATE, S.ANSWERED, S.EXCUSED, S.CLOSED}),
    S.LATE: frozenset({S.ANSWERED, S.EXCUSED, S.CLOSED}),
    S.EXCUSED: frozenset({S.OPEN, S.EXCUSED, S.ANSWERED, S.CLOSED}),
    S.ANSWERED: frozenset({S.ANSWERED}),  # corrected, until it closes
    S.CLOSED: frozenset(),
}
OWING = frozenset({S.OPEN, S.NUDGED, S.LATE})  # asked and not answered
UNSETTLED = OWING | {S.EXCUSED}


class CheckinPolicy(BaseModel):
    """Practice, not regulation: monthly in the first five days is the default cadence (domain.md §3)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rhythm: Rhythm = Rhythm()
    early_days: int = Field(default=7, ge=0, le=27)  # an answer so long before the opening counts for it
    alert_hour: int = Field(default=8, ge=7, le=20)  # the secretary's morning, in the cell's clock
    adhoc_grace_hours: int = Field(default=24, ge=0, le=240)


class Whereabouts(StrEnum):
    SAME = "same"
    CHANGED = "changed"


class Work(StrEnum):
    STEADY = "steady"
    CHANGED = "changed"
    LOST = "lost"


class Residence(StrEnum):
    REGISTERED = "registered"
    NOT_YET = "not yet"


class Report(BaseModel):
    """What was answered. `fine`: "mọi việc vẫn ổn", with no more asked."""

    model_config = ConfigDict(extra="forbid")

    fine: bool = False
    whereabouts: Whereabouts | None = None
    place_now: str = ""  # code of the new place, when it changed
    work: Work | None = None
    residence: Residence | None = None
    note: str = ""
    voice_id: str = ""  # Telegram's id of a voice message or photo that says more
    photo_id: str = ""
    needs_help: bool = False


class Checkin(Identified, Base):
    __tablename__ = "checkin"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))  # the cell at that time
    kind: Mapped[str]
    state: Mapped[str]
    zone: Mapped[str]  # the clock it was planned by
    period: Mapped[date]  # the month it belongs to; ad hoc: the day it was asked
    opens_at: Mapped[datetime]
    due_at: Mapped[datetime]
    late_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    next_at: Mapped[datetime | None]
    nudges: Mapped[int] = mapped_column(SmallInteger, default=0)
    alert_at: Mapped[datetime | None]  # the morning on which the secretary is told
    alerted_at: Mapped[datetime | None]
    excused_until: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None]  # another than the member: on their behalf
    asked_by: Mapped[int | None]  # ad hoc: who asks
    question_sealed: Mapped[bytes | None]
    report_sealed: Mapped[bytes | None]
    excuse_sealed: Mapped[bytes | None]

    question = Sealed("question_sealed")
    report_json = Sealed("report_sealed")
    excuse = Sealed("excuse_sealed")

    __table_args__ = (
        UniqueConstraint("member_id", "kind", "opens_at"),
        Index(
            "ix_checkin_next_at",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
        Index(
            "ix_checkin_alert_at",
            "alert_at",
            sqlite_where=text("alert_at IS NOT NULL"),
            postgresql_where=text("alert_at IS NOT NULL"),
        ),
        Index("ix_checkin_cell_id", "cell_id", "period", "state"),
    )

    @property
    def report(self) -> Report | None:
        return Report.model_validate_json(self.report_json) if self.report_json else None


class CheckinMove(Identified, Base):
    """Each move leaves a dated row."""

    __tablename__ = "checkin_move"

    checkin_id: Mapped[int] = mapped_column(ForeignKey("checkin.id"))
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None]  # None: time

    __table_args__ = (Index("ix_checkin_move_checkin_id", "checkin_id"),)


class CheckinSettled(Refused):
    """The report was answered, excused or closed meanwhile."""

    def __init__(self, checkin: Checkin) -> None:
        super().__init__(phrases.settled(state=checkin.state, period=checkin.period))


# --- rules ----------------------------------------------------------------------------------------------------------


def rhythm_of(member: Member, cell: Unit | None, policy: CheckinPolicy) -> Rhythm:
    """The member's own rhythm, else the cell's, else the default."""
    return member.rhythm or (cell.rhythm if cell else None) or policy.rhythm


def asks_to_check_in(db: Session, member: Member) -> bool:
    """Whether the program asks this member at all: away from home, registered, agreed, still on the roster."""
    return (
        member.cell_id is not None
        and member.left_at is None
        and member.place_code is not None
        and account_of(db, member.id) is not None
        and agrees(db, member.id, Purpose.CONTACT)
    )


def _next_step(checkin: Checkin, rhythm: Rhythm, *, now: datetime) -> datetime:
    """The next nudge that lies ahead, else the end of the grace."""
    if checkin.kind == CheckinKind.RHYTHM:
        for days in sorted(rhythm.nudge_days_before, reverse=True):
            nudge = at_wall(
                local_date(checkin.due_at, checkin.zone) - timedelta(days), time(rhythm.hour), checkin.zone
            )
            if nudge > now and nudge > checkin.opens_at:
                return nudge
    elif checkin.due_at > now:
        return checkin.due_at
    return max(checkin.late_at, now)


def _sleeps(member: Member, *, now: datetime) -> datetime | None:
    """The end of the night that `now` falls into on the member's clock, or None."""
    morning = decent(now, member.zone, quiet_from=QUIET_FROM, quiet_until=QUIET_UNTIL)
    return morning if morning > now else None


# --- acts of planning -----------------------------------------------------------------------------------------------


def plan_checkin(db: Session, member: Member, policy: CheckinPolicy, *, now: datetime) -> Checkin | None:
    """See to it that the member's next occurrence is planned, by the zone and rhythm that hold now.

    Called when either changes, when a member is linked, and whenever an occurrence opens. What is open stays as it is.
    """
    for planned in _planned(db, member.id):
        db.delete(planned)
    db.flush()
    if not asks_to_check_in(db, member) or member.cell_id is None:
        return None
    cell = db.get(Unit, member.cell_id)
    rhythm = rhythm_of(member, cell, policy)
    newest = db.scalar(
        select(func.max(Checkin.opens_at)).where(
            Checkin.member_id == member.id, Checkin.kind == CheckinKind.RHYTHM
        )
    )
    # half a day of slack: the same opening by another zone's clock is not a second occurrence
    after = max(now, newest + timedelta(days=20)) if newest else now
    turn = first_occurrence(rhythm, after=after, zone=member.zone)
    checkin = Checkin(
        member_id=member.id,
        cell_id=member.cell_id,
        kind=CheckinKind.RHYTHM,
        state=S.SCHEDULED,
        zone=member.zone,
        period=turn.period,
        opens_at=turn.opens_at,
        due_at=turn.due_at,
        late_at=turn.late_at,
        closes_at=turn.next_opens_at,
        next_at=turn.opens_at,
    )
    db.add(checkin)
    db.flush()
    return checkin


def _planned(db: Session, member_id: int) -> Sequence[Checkin]:
    return db.scalars(
        select(Checkin).where(
            Checkin.member_id == member_id, Checkin.state == S.SCHEDULED, Checkin.kind == CheckinKind.RHYTHM
        )
    ).all()


# --- acts of time ---------------------------------------------------------------------------------------------------


def open_checkin(db: Session, checkin: Checkin, policy: CheckinPolicy, *, now: datetime) -> None:
    """Ask; plan the next one. At night it waits for the morning; opened late, it is due later."""
    member = db.get_one(Member, checkin.member_id)
    if not asks_to_check_in(db, member) or now >= checkin.closes_at:
        close_checkin(db, checkin, now=now)
        plan_checkin(db, member, policy, now=now)
        return
    if morning := _sleeps(member, now=now):
        checkin.next_at = morning
        return
    rhythm = rhythm_of(member, db.get(Unit, checkin.cell_id), policy)
    if now >= checkin.due_at:  # we were down: nobody is late because of us
        checkin.due_at = checkin.late_at = min(
            now + timedelta(days=max(rhythm.grace_days, 1)), checkin.closes_at
        )
    _move(db, checkin, S.OPEN, now=now)
    checkin.next_at = _next_step(checkin, rhythm, now=now)
    _ask(db, checkin, member, key=f"checkin.open:{checkin.id}", now=now)
    if checkin.kind == CheckinKind.RHYTHM:
        _close_earlier(db, checkin, now=now)
        plan_checkin(db, member, policy, now=now)


def _close_earlier(db: Session, opened: Checkin, *, now: datetime) -> None:
    """One turn of the rhythm is open at a time, also when the zone or the rhythm has changed in between."""
    for checkin in db.scalars(
        select(Checkin).where(
            Checkin.member_id == opened.member_id,
            Checkin.kind == CheckinKind.RHYTHM,
            Checkin.state.in_(UNSETTLED),
            Checkin.id != opened.id,
        )
    ):
        close_checkin(db, checkin, now=now)


def nudge_checkin(db: Session, checkin: Checkin, policy: CheckinPolicy, *, now: datetime) -> None:
    """Remind one who still owes; several steps that were missed while we were down become one."""
    member = db.get_one(Member, checkin.member_id)
    if morning := _sleeps(member, now=now):
        checkin.next_at = morning
        return
    _move(db, checkin, S.NUDGED, now=now)
    checkin.nudges += 1
    checkin.next_at = _next_step(checkin, rhythm_of(member, db.get(Unit, checkin.cell_id), policy), now=now)
    _ask(db, checkin, member, key=f"checkin.nudge:{checkin.id}:{checkin.nudges}", now=now)


def make_checkin_late(db: Session, checkin: Checkin, policy: CheckinPolicy, *, now: datetime) -> None:
    """The grace is over: it is put on the secretary's list of the next morning. The unreachable are never late."""
    checkin.next_at = checkin.closes_at
    account = account_of(db, checkin.member_id)
    if account is None or account.reachability in UNREACHABLE:
        return
    _move(db, checkin, S.LATE, now=now)
    checkin.alert_at = _next_morning(now, policy)


def close_checkin(db: Session, checkin: Checkin, *, now: datetime) -> None:
    """The next occurrence has opened: this one can be answered no more."""
    _move(db, checkin, S.CLOSED, now=now)
    checkin.next_at = checkin.alert_at = None


def end_excuse(db: Session, checkin: Checkin, policy: CheckinPolicy, *, now: datetime) -> None:
    """The excuse is over: asked again, with the grace counted from now."""
    member = db.get_one(Member, checkin.member_id)
    if morning := _sleeps(member, now=now):
        checkin.next_at = morning
        return
    rhythm = rhythm_of(member, db.get(Unit, checkin.cell_id), policy)
    _move(db, checkin, S.OPEN, now=now)
    checkin.late_at = min(now + timedelta(days=max(rhythm.grace_days, 1)), checkin.closes_at)
    checkin.next_at = checkin.late_at
    _ask(db, checkin, member, key=f"checkin.again:{checkin.id}:{now:%Y%m%d%H%M}", now=now)


def postpone_checkins(db: Session, by: timedelta, *, now: datetime) -> int:
    """Our own outage: deadlines of what is open move by its length. How many were moved."""
    moved = db.scalars(select(Checkin).where(Checkin.state.in_([S.OPEN, S.NUDGED]))).all()
    for checkin in moved:
        checkin.due_at = min(checkin.due_at + by, checkin.closes_at)
        checkin.late_at = min(checkin.late_at + by, checkin.closes_at)
        if checkin.next_at and checkin.next_at > now:
            checkin.next_at = min(checkin.next_at + by, checkin.closes_at)
    return len(moved)


def _ask(
    db: Session,
    checkin: Checkin,
    member: Member,
    *,
    key: str,
    now: datetime,
    not_before: datetime | None = None,
) -> bool:
    """The question, with its two ways to answer."""
    buttons = [
        [Button(phrases.ALL_IS_WELL, f"checkin:ok:{checkin.id}")],
        [Button(phrases.SOMETHING_TO_TELL, f"checkin:form:{checkin.id}")],
    ]
    words = phrases.asked(
        name=member.full_name,
        period=checkin.period,
        due_at=checkin.due_at,
        zone=member.zone,
        question=checkin.question,
        again=checkin.state != S.OPEN,
    )
    return tell(
        db,
        member,
        Message(words, buttons),
        key=key,
        lane=Lane.REMINDER,
        now=now,
        not_before=not_before,
        not_after=checkin.closes_at,
        about=f"checkin:{checkin.id}",
    )


def _next_morning(now: datetime, policy: CheckinPolicy) -> datetime:
    today = local_date(now, HOME_ZONE)
    morning = at_wall(today, time(policy.alert_hour), HOME_ZONE)
    return (
        morning if morning >= now else at_wall(today + timedelta(days=1), time(policy.alert_hour), HOME_ZONE)
    )


# --- acts of people -------------------------------------------------------------------------------------------------


def answer_checkin(
    db: Session, checkin: Checkin, report: Report, *, by_id: int, policy: CheckinPolicy, now: datetime
) -> None:
    """Keep the answer, or its correction; stop what is under way about it; tell those who were alerted."""
    if checkin.state == S.CLOSED or now >= checkin.closes_at:
        raise CheckinSettled(checkin)
    was_alerted = checkin.alerted_at is not None and checkin.state == S.LATE
    early = checkin.state == S.SCHEDULED
    _settle(db, checkin, S.ANSWERED, by_id=by_id, now=now)
    checkin.report_json = report.model_dump_json(exclude_defaults=True)
    checkin.answered_at, checkin.answered_by = now, by_id
    if was_alerted:
        _tell_alerted(db, checkin, now=now)
    if early:
        member = db.get_one(Member, checkin.member_id)
        db.flush()
        plan_checkin(db, member, policy, now=now)


def excuse_checkin(
    db: Session, checkin: Checkin, *, until: datetime, reason: str | None, by_id: int, now: datetime
) -> None:
    """No more questions about it until then."""
    _settle(db, checkin, S.EXCUSED, by_id=by_id, now=now)
    checkin.excused_until, checkin.excuse = until, reason
    checkin.next_at = min(until, checkin.closes_at)


def remind_checkin_again(db: Session, checkin: Checkin, *, by_id: int, now: datetime) -> bool:
    """The secretary asks for one more reminder; at most one a day. False: it was sent today, or cannot be sent."""
    if checkin.state not in OWING:
        raise CheckinSettled(checkin)
    member = db.get_one(Member, checkin.member_id)
    key = f"checkin.remind:{checkin.id}:{local_date(now, HOME_ZONE)}"
    at = decent(now, member.zone, quiet_from=QUIET_FROM, quiet_until=QUIET_UNTIL)
    return _ask(db, checkin, member, key=key, now=now, not_before=at)


def ask_checkin_now(
    db: Session,
    member: Member,
    *,
    question: str,
    due_at: datetime,
    by_id: int,
    policy: CheckinPolicy,
    now: datetime,
) -> Checkin | None:
    """Ask one member for a report out of turn (đột xuất); None when they are not asked to check in at all."""
    if not asks_to_check_in(db, member) or member.cell_id is None:
        return None
    opens_at = decent(now, member.zone, quiet_from=QUIET_FROM, quiet_until=QUIET_UNTIL)
    due_at = max(due_at, opens_at + timedelta(hours=1))
    late_at = due_at + timedelta(hours=policy.adhoc_grace_hours)
    checkin = Checkin(
        member_id=member.id,
        cell_id=member.cell_id,
        kind=CheckinKind.ADHOC,
        state=S.SCHEDULED,
        zone=member.zone,
        period=local_date(now, HOME_ZONE),
        opens_at=opens_at,
        due_at=due_at,
        late_at=late_at,
        closes_at=late_at + timedelta(days=30),
        next_at=opens_at,
        asked_by=by_id,
    )
    checkin.question = question
    db.add(checkin)
    db.flush()
    if opens_at <= now:
        open_checkin(db, checkin, policy, now=now)
    return checkin


def record_contact(
    db: Session,
    member: Member,
    *,
    channel: Channel,
    happened_on: date,
    result: str,
    by_id: int,
    policy: CheckinPolicy,
    now: datetime,
) -> ContactNote:
    """Somebody reached the member: what is open is answered on their behalf; the member is told and may correct it."""
    owed = owed_checkin(db, member.id)
    note = record_contact_note(
        db,
        member,
        channel=channel,
        happened_on=happened_on,
        result=result,
        by_id=by_id,
        now=now,
        checkin_id=owed.id if owed else None,
    )
    if owed is not None:
        answer_checkin(db, owed, Report(note=result), by_id=by_id, policy=policy, now=now)
    return note


def _settle(db: Session, checkin: Checkin, state: CheckinState, *, by_id: int, now: datetime) -> None:
    if state not in MOVES[CheckinState(checkin.state)]:
        raise CheckinSettled(checkin)
    _move(db, checkin, state, now=now, by_id=by_id)
    checkin.next_at = checkin.alert_at = None
    cancel_outbox(db, f"checkin:{checkin.id}")


def _tell_alerted(db: Session, checkin: Checkin, *, now: datetime) -> None:
    member = db.get_one(Member, checkin.member_id)
    by_other = checkin.answered_by != member.id
    for holder_id in holders(db, checkin.cell_id, Role.SECRETARY, Role.DEPUTY, now=now):
        if holder_id == checkin.answered_by:
            continue
        words = phrases.answered_after_alert(name=member.full_name, period=checkin.period, by_other=by_other)
        tell(
            db,
            db.get_one(Member, holder_id),
            Message(words, [[Button(phrases.SEE_REPORT, f"desk:report:{checkin.id}")]]),
            key=f"checkin.answered:{checkin.id}:{holder_id}",
            lane=Lane.ALERT,
            now=now,
        )


def _move(
    db: Session, checkin: Checkin, state: CheckinState, *, now: datetime, by_id: int | None = None
) -> None:
    before = CheckinState(checkin.state)
    if state not in MOVES[before]:
        raise ValueError(f"a check-in does not move from {before} to {state}")
    checkin.state = state
    db.add(CheckinMove(checkin_id=checkin.id, before=before, after=state, at=now, by_id=by_id))


# --- the secretary's alert ------------------------------------------------------------------------------------------


def alert_cell(db: Session, cell_id: int, policy: CheckinPolicy, *, now: datetime) -> None:
    """One message of the morning for all in the cell who became late: to the secretary and the deputy, once.

    While nobody can be told (an empty office, a blocked bot) it is tried again each morning.
    """
    late = db.scalars(
        select(Checkin).where(Checkin.cell_id == cell_id, Checkin.state == S.LATE, Checkin.alert_at <= now)
    ).all()
    if not late:
        return
    members = {m.id: m for m in db.scalars(select(Member).where(Member.id.in_([c.member_id for c in late])))}
    rows = sorted(late, key=lambda checkin: members[checkin.member_id].sort_key)
    words = phrases.late_alert([(members[c.member_id].full_name, c.due_at) for c in rows])
    buttons = [
        [Button(phrases.about(name=members[c.member_id].full_name), f"desk:late:{c.id}")] for c in rows[:20]
    ]
    buttons.append([Button(phrases.OPEN_DESK, "menu:go:chibo")])
    told = [
        _alert(db, db.get_one(Member, holder_id), Message(words, buttons), cell_id=cell_id, now=now)
        for holder_id in holders(db, cell_id, Role.SECRETARY, Role.DEPUTY, now=now)
    ]
    for checkin in rows:
        checkin.alerted_at = now if any(told) else None
        checkin.alert_at = None if any(told) else _next_morning(now + timedelta(hours=1), policy)


def _alert(db: Session, holder: Member, message: Message, *, cell_id: int, now: datetime) -> bool:
    key = f"checkin.alert:{cell_id}:{holder.id}:{now:%Y%m%d%H%M}"
    at = decent(now, holder.zone, quiet_from=QUIET_FROM, quiet_until=QUIET_UNTIL)
    return tell(db, holder, message, key=key, lane=Lane.ALERT, now=now, not_before=at)


# --- questions ------------------------------------------------------------------------------------------------------


def due_checkins(db: Session, *states: CheckinState, now: datetime, limit: int) -> list[Checkin]:
    """Rows in one of `states` with which time has something to do now, the oldest first."""
    return list(
        db.scalars(
            select(Checkin)
            .where(Checkin.next_at <= now, Checkin.state.in_(states))
            .order_by(Checkin.next_at)
            .limit(limit)
        )
    )


def cells_to_alert(db: Session, *, now: datetime, limit: int) -> list[int]:
    return list(
        db.scalars(
            select(Checkin.cell_id)
            .where(Checkin.alert_at <= now, Checkin.state == S.LATE)
            .distinct()
            .limit(limit)
        )
    )


def owed_checkin(db: Session, member_id: int) -> Checkin | None:
    """What the member owes an answer to, the oldest first."""
    return db.scalars(
        select(Checkin)
        .where(Checkin.member_id == member_id, Checkin.state.in_(UNSETTLED))
        .order_by(Checkin.opens_at)
        .limit(1)
    ).first()


def answerable_checkin(
    db: Session, member_id: int, policy: CheckinPolicy, *, now: datetime
) -> Checkin | None:
    """What a report of this moment would answer: what is owed, else what can be corrected, else the next one soon."""
    if owed := owed_checkin(db, member_id):
        return owed
    correctable = db.scalars(
        select(Checkin)
        .where(Checkin.member_id == member_id, Checkin.state == S.ANSWERED, Checkin.closes_at > now)
        .order_by(Checkin.opens_at.desc())
        .limit(1)
    ).first()
    soon = db.scalars(
        select(Checkin)
        .where(
            Checkin.member_id == member_id,
            Checkin.state == S.SCHEDULED,
            Checkin.opens_at <= now + timedelta(days=policy.early_days),
        )
        .order_by(Checkin.opens_at)
        .limit(1)
    ).first()
    return correctable or soon


def next_checkin_at(db: Session, *states: CheckinState) -> datetime | None:
    """When time next has something to do with a row in one of these states."""
    return db.scalar(
        select(func.min(Checkin.next_at)).where(Checkin.next_at.is_not(None), Checkin.state.in_(states))
    )


def next_alert_at(db: Session) -> datetime | None:
    return db.scalar(select(func.min(Checkin.alert_at)).where(Checkin.alert_at.is_not(None)))


def accounts_of(db: Session, member_ids: Sequence[int]) -> dict[int, Account]:
    """Open accounts by member, in one query."""
    rows = db.scalars(select(Account).where(Account.member_id.in_(member_ids), Account.closed_at.is_(None)))
    return {account.member_id: account for account in rows}
