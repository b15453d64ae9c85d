"""The table of checks. Each is a question for broken rows that an index answers, and a repair or None: an alarm.

room.lost      open, and time has nothing to do with it     next_at from the room's own rule
room.overdue   its moment has gone by, and nothing was done alarm: a job stands still, or fails on this row
others         what has no `next_at`: messages, updates, jobs, people whom nobody plans to ask
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from sqlalchemy import Column, Table, exists, literal_column, select
from sqlalchemy.orm import Session

from models.away.away import OPEN as AWAY_OPEN, Away
from models.away.away.applying import retime
from models.contact.checkin import (
    CAN_BE_LOST,
    UNTOLD,
    Checkin,
    CheckinKind,
    CheckinState,
    mend_checkins,
    plan_checkin,
    tell_again,
)
from models.contact.checkin.questions import load_asked
from models.contact.ladder import Ladder, LadderState
from models.contact.pause import OPEN as PAUSE_OPEN, Pause
from models.contact.request import HelpRequest, RequestState, mend_request
from models.contact.rollcall import UNDER_WAY as ROLL_CALL_UNDER_WAY, RollCall
from models.delivery.inbox import Inbox
from models.delivery.job_run import last_runs, outages_since
from models.delivery.message import Lane
from models.delivery.outbox import Outbox
from models.delivery.set_aside import unreadable_since
from models.desk.counts import touch_cells, untrue_sums
from models.desk.digest import plan_unplanned_digests
from models.desk.law_request import WAITING as LAW_WAITING, LawRequest
from models.desk.reorganising import bring_along, left_behind
from models.entry.reachability import free_stuck
from models.entry.register import ask_who_may_confirm, unasked_invites
from models.ground.base import Base, lost
from models.ground.channel import PULLED, Channel
from models.meeting.meeting import TIMED, Meeting
from models.meeting.notice import UNDER_WAY as NOTICE_UNDER_WAY, Notice
from models.meeting.task import Task, TaskState, mend_tasks
from models.people.member import TOLD, Account, Member
from models.people.trail import unbelieved
from models.policies import Policies
from models.year.probation import Probation, ProbationState, is_waited_for, mend_probations

Row = int | str


@dataclass(frozen=True, slots=True)
class AuditScope:
    """What a check is given."""

    policies: Policies
    now: datetime
    due_before: datetime | None  # what was due before this is overdue; None: we ourselves have just come back
    people: tuple[int, int]  # accounts after the first id, up to the second; 0: to the last
    periods: Mapping[str, timedelta]  # every job, and how often it runs

    @property
    def limit(self) -> int:
        return self.policies.audit.limit


Question = Callable[[Session, AuditScope], Sequence[Row]]
Repair = Callable[[Session, AuditScope, Sequence[Any]], None]


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    broken: Question
    repair: Repair | None = None


# --- open, and lost by time -----------------------------------------------------------------------------------------


def _lost(row: type[Any], states: Iterable[str], repair: Repair) -> Check:
    def broken(db: Session, look: AuditScope) -> Sequence[Row]:
        return db.scalars(select(row.id).where(lost(states)).limit(look.limit)).all()

    return Check(f"{row.__tablename__}.lost", broken, repair)


def _mend_checkins(db: Session, look: AuditScope, ids: Sequence[int]) -> None:
    mend_checkins(db, ids, look.policies.checkin, now=look.now)


def _mend_aways(db: Session, look: AuditScope, ids: Sequence[int]) -> None:
    for away in db.scalars(select(Away).where(Away.id.in_(ids))).all():
        retime(db, away, look.policies, now=look.now)


def _mend_requests(db: Session, look: AuditScope, ids: Sequence[int]) -> None:
    for request in db.scalars(select(HelpRequest).where(HelpRequest.id.in_(ids))):
        mend_request(request, look.policies.request, now=look.now)


def _mend_pauses(db: Session, look: AuditScope, ids: Sequence[int]) -> None:
    _plan(db, look, db.scalars(select(Pause.member_id).where(Pause.id.in_(ids))).all())


def _mend_tasks(db: Session, look: AuditScope, ids: Sequence[int]) -> None:
    mend_tasks(db, ids, look.policies.task, now=look.now)


def _look_now(row: type[Any]) -> Repair:
    """At the next tick the room's own rule says what is to be done, and when again."""

    def repair(db: Session, look: AuditScope, ids: Sequence[int]) -> None:
        for one in db.scalars(select(row).where(row.id.in_(ids))):
            one.next_at = look.now

    return repair


def _lost_probations(db: Session, look: AuditScope) -> Sequence[Row]:
    """Past its last reminder a probation waits for people, and stands on the desk."""
    rows = select(Probation).where(lost([ProbationState.RUNNING])).order_by(Probation.id.desc())
    policies = look.policies
    return [
        row.id
        for row in db.scalars(rows.limit(look.limit))
        if is_waited_for(row, policies.probation, policies.workday, now=look.now)
    ]


def _mend_probations(db: Session, look: AuditScope, ids: Sequence[int]) -> None:
    mend_probations(db, ids, look.policies.probation, look.policies.workday, now=look.now)


def _untold(db: Session, look: AuditScope) -> Sequence[Row]:
    """Late, and no morning is planned on which the secretary hears of it."""
    return db.scalars(select(Checkin.id).where(lost(*UNTOLD)).limit(look.limit)).all()


def _tell(db: Session, look: AuditScope, ids: Sequence[int]) -> None:
    tell_again(db, ids, look.policies.checkin, now=look.now)


def _unplanned(db: Session, look: AuditScope) -> Sequence[Row]:
    """Of this audit's share of the accounts: is asked to check in, and no next turn is planned."""
    after, up_to = look.people
    planned = exists().where(
        Checkin.member_id == Member.id,
        Checkin.state == CheckinState.SCHEDULED,
        Checkin.kind == CheckinKind.RHYTHM,
    )
    away = (Member.place_code.is_not(None), Member.cell_id.is_not(None), Member.left_at.is_(None))
    rows = (
        select(Member.id)
        .join(Account, Account.member_id == Member.id)
        .where(Account.id > after, TOLD, *away, ~planned)
        .order_by(Account.id)
        .limit(look.limit)
    )
    share = rows.where(Account.id <= up_to) if up_to else rows
    people = load_asked(db, db.scalars(share).all())
    return [member_id for member_id, asked in people.items() if asked.is_asked]


def _plan(db: Session, look: AuditScope, ids: Sequence[int]) -> None:
    for member in db.scalars(select(Member).where(Member.id.in_(ids))).all():
        plan_checkin(db, member, look.policies.checkin, now=look.now)


# --- due, and not done ----------------------------------------------------------------------------------------------

WHEN = (
    "next_at",
    "alert_at",
    "pattern_at",
    "next_digest_at",
    "link_at",
)  # columns that say when time has something to do


def timed_columns() -> Iterator[tuple[Table, Column[datetime]]]:
    """Yield every such column of every table. A new room needs to do nothing for its rows to be looked at."""
    for table in Base.metadata.sorted_tables:
        for name in WHEN:
            if name in table.c:
                yield table, table.c[name]


def overdue_checks() -> Iterator[Check]:
    for table, column in timed_columns():
        yield _overdue(table, column)


def _overdue(table: Table, column: Column[datetime]) -> Check:
    def broken(db: Session, look: AuditScope) -> Sequence[Row]:
        if look.due_before is None:
            return []
        return db.scalars(
            select(*table.primary_key.columns).where(column < look.due_before).limit(look.limit)
        ).all()

    about = "" if column.name == "next_at" else f"_{column.name.removesuffix('_at').removeprefix('next_')}"
    name = f"{table.name}.overdue{about}"
    return Check(name, broken, _MENDED_BY_PLANNING.get(name))


def _plan_digests(db: Session, look: AuditScope, ids: Sequence[int]) -> None:
    plan_unplanned_digests(db, ids, look.policies.digest, now=look.now)


# an office is planned by the first look of its job; an audit may come before it, or a program that has no such job
_MENDED_BY_PLANNING: dict[str, Repair] = {"appointment.overdue_digest": _plan_digests}


def _stuck(db: Session, look: AuditScope) -> Sequence[Row]:
    """On the wire for so long that the lease has long run out: nobody has freed it."""
    sending = Outbox.state == literal_column("'sending'")
    late = look.now - look.policies.audit.tolerance
    return db.scalars(select(Outbox.id).where(sending, Outbox.lease_until < late).limit(look.limit)).all()


def _free(db: Session, look: AuditScope, ids: Sequence[int]) -> None:
    free_stuck(db, now=look.now)


def _waits_to_be_sent(db: Session, look: AuditScope) -> Sequence[Row]:
    """Lane by lane, as the index is; a page shows what it is asked for, so nothing there is late."""
    if look.due_before is None:
        return []
    pending, late = (
        Outbox.state == literal_column("'pending'"),
        look.now - look.policies.audit.outbox_tolerance,
    )
    found: list[Row] = []
    for channel, lane in product(Channel, Lane):
        if channel not in PULLED:
            its = (Outbox.channel == channel.value) & (Outbox.lane == lane.value)
            rows = select(Outbox.id).where(pending, its, Outbox.not_before < late)
            found += db.scalars(rows.limit(look.limit))
    return found


def _does_not_open(db: Session, look: AuditScope) -> Sequence[Row]:
    """Set aside, and nobody has decided on it (`python -m bot messages`)."""
    return unreadable_since(db, look.now - look.policies.outbox.keep, limit=look.limit)


def _waits_to_be_read(db: Session, look: AuditScope) -> Sequence[Row]:
    if look.due_before is None:
        return []
    stored = Inbox.state == literal_column("'stored'")
    rows = select(Inbox.id).where(stored, Inbox.received_at < look.due_before)
    return db.scalars(rows.order_by(Inbox.id).limit(look.limit)).all()


def _silent_jobs(db: Session, look: AuditScope) -> Sequence[Row]:
    """Jobs that have run before, and for longer than their period do not; one that is new has its time to come."""
    if look.due_before is None:
        return []
    return [job for job, at in last_runs(db, look.periods.keys()).items() if _is_silent(db, look, job, at)]


def _is_silent(db: Session, look: AuditScope, job: str, ran_at: datetime) -> bool:
    """Whether the job is overdue. What it missed while the whole program was down does not count."""
    should_have = look.now - look.periods[job] - look.policies.audit.tolerance
    return ran_at < should_have and not outages_since(db, should_have)


def _written_past_us(db: Session, look: AuditScope) -> Sequence[Row]:
    """Rows written past the program. Changes in the chain itself are found by `python -m bot audit verify`."""
    return unbelieved(db, before=look.now - look.policies.audit.tolerance, limit=look.limit)


def _left_behind(db: Session, look: AuditScope) -> Sequence[Row]:
    """Units that another has taken over, in which something lies all the same."""
    return left_behind(db, limit=look.limit)


def _bring_along(db: Session, look: AuditScope, ids: Sequence[int]) -> None:
    bring_along(db, ids, now=look.now)


def _untrue(db: Session, look: AuditScope) -> Sequence[Row]:
    """Cells whose kept sum is not what its people say: of many cells an hour looks at its share."""
    return untrue_sums(db, look.policies.counts, now=look.now, limit=look.limit)


def _count_anew(db: Session, look: AuditScope, ids: Sequence[int]) -> None:
    touch_cells(db, ids)


def _unasked(db: Session, look: AuditScope) -> Sequence[Row]:
    return unasked_invites(db, now=look.now, limit=look.limit)


def _ask_keepers(db: Session, look: AuditScope, ids: Sequence[int]) -> None:
    ask_who_may_confirm(db, ids, now=look.now)


CHECKS: tuple[Check, ...] = (
    # name                          what is broken      what is done about it (None: the operator is called)
    _lost(Checkin, CAN_BE_LOST, _mend_checkins),
    Check("checkin.untold", _untold, _tell),
    Check("checkin.unplanned", _unplanned, _plan),
    _lost(Away, AWAY_OPEN, _mend_aways),
    Check("probation.lost", _lost_probations, _mend_probations),
    _lost(HelpRequest, set(RequestState) - {RequestState.CLOSED}, _mend_requests),
    _lost(Pause, PAUSE_OPEN, _mend_pauses),
    _lost(Notice, NOTICE_UNDER_WAY, _look_now(Notice)),
    _lost(RollCall, ROLL_CALL_UNDER_WAY, _look_now(RollCall)),
    _lost(Meeting, TIMED, _look_now(Meeting)),
    _lost(Ladder, set(LadderState) - {LadderState.ENDED}, _look_now(Ladder)),
    _lost(Task, [TaskState.OPEN], _mend_tasks),
    _lost(LawRequest, LAW_WAITING, _look_now(LawRequest)),
    Check("unit.left_behind", _left_behind, _bring_along),
    Check("cell_sum.untrue", _untrue, _count_anew),
    Check("invite.unasked", _unasked, _ask_keepers),
    Check("outbox.stuck", _stuck, _free),
    Check("outbox.waiting", _waits_to_be_sent),
    Check("outbox.unreadable", _does_not_open),
    Check("inbox.waiting", _waits_to_be_read),
    Check("job.silent", _silent_jobs),
    Check("trail.inserted", _written_past_us),
)
