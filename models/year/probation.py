"""A probationary member (đảng viên dự bị): twelve months, then the cell considers within thirty working days.

    admitted ── month 9 ── 10 ── 11 ── 12 months ── +15 ── +25 ── 30 working days
                course   own   others' YEAR_OVER   working days      OVERDUE
                         review comments           (Tết and holidays not counted)

    RUNNING ──the cell has met──> CONSIDERED ──decision──> ENDED
       └────────── moved away, left, decided without the program ──────^

Member, helper (người giúp đỡ) and secretary are reminded, each of their own part, of what the cell does not have yet
(dossier.py). `next_at` is the one moment at which time has something to do with the row. The program counts days; what
the cell thought is kept as it was typed, also when it is considered once more, and after the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, Index, SmallInteger, bindparam, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.away.dossier import DossierItem, Item, Record, has_all, received_items
from models.delivery.message import Button, Lane, Message
from models.ground.base import Base, Identified, Soonest, lock, locked, lost_index, partial_index
from models.ground.clock import HOME_ZONE, at_wall, local_date, same_day
from models.ground.errors import Refused
from models.ground.part_date import PartDate
from models.ground.rule_version import RuleVersion, as_kept
from models.ground.rules import source_of
from models.ground.sealing import Sealed
from models.ground.workdays import WorkdayPolicy, add_workdays
from models.people.member import Member, Standing, decent_for, tell
from models.people.rights import desk_of
from models.people.trail import record_change
from models.people.unit import Unit
from models.phrases.text import Text
from models.phrases.year import probation as phrases
from models.year.policy import ProbationPolicy

# --- rows and states ------------------------------------------------------------------------------------------------


class ProbationState(StrEnum):
    RUNNING = "running"
    CONSIDERED = "considered"  # the cell has met and said something; the decision is awaited
    ENDED = "ended"  # decided, or no longer this cell's matter


S = ProbationState
MOVES: dict[ProbationState, frozenset[ProbationState]] = {
    S.RUNNING: frozenset({S.CONSIDERED, S.ENDED}),
    S.CONSIDERED: frozenset({S.CONSIDERED, S.ENDED}),  # considered once more, after help
    S.ENDED: frozenset(),
}


class ProbationStep(StrEnum):
    """What time reminds of, in this order."""

    COURSE = "course"
    SELF_REVIEW = "self-review"
    COMMENTS = "comments"
    YEAR_OVER = "year over"
    FIRST_CALL = "first call"
    LAST_CALL = "last call"
    OVERDUE = "overdue"


NEEDS: dict[
    ProbationStep, tuple[Item, ...]
] = {  # what a step asks for: once the cell has it, nobody is reminded
    ProbationStep.COURSE: (Item.COURSE,),
    ProbationStep.SELF_REVIEW: (Item.SELF_REVIEW,),
    ProbationStep.COMMENTS: (Item.HELPER, Item.ORGANISATIONS, Item.RESIDENCE),
}


class Reader(StrEnum):
    MEMBER = "member"
    HELPER = "helper"
    SECRETARY = "secretary"


class Probation(Identified, Base):
    __tablename__ = "probation"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    admitted_on: Mapped[date]  # the day of the ceremony
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("rule_version.id")
    )  # the rules in force when it was begun here; its days are those of today's rules, until it ends
    state: Mapped[str]
    next_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None]
    considered_on: Mapped[date | None]  # the day of the cell's meeting
    considered_at: Mapped[datetime | None]
    considered_by: Mapped[int | None]
    ended_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None]  # None: time, since the member left the roster
    official: Mapped[bool | None]  # made an official member; None: not known here
    votes_for: Mapped[int | None] = mapped_column(SmallInteger)
    voters: Mapped[int | None] = mapped_column(SmallInteger)  # official members of the cell on that day
    result_sealed: Mapped[bytes | None]
    decision_sealed: Mapped[bytes | None]
    record_sealed: Mapped[bytes | None]

    result = Sealed("result_sealed")  # as typed: for and against, what was said
    decision = Sealed("decision_sealed")  # as typed: number and date, or why it ended
    record_json = Sealed(
        "record_sealed"
    )  # how it stood at its end; None: it runs, or ended before this was kept

    @property
    def record(self) -> Record | None:
        return Record.model_validate_json(self.record_json) if self.record_json else None

    __table_args__ = (
        Index("ix_probation_member_id", "member_id", "state"),
        lost_index("ix_probation_lost", [S.RUNNING]),
        partial_index("ix_probation_next_at", "next_at", where="next_at IS NOT NULL"),
    )


class Considered(BaseModel):
    """What a meeting of the cell said of a probation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: date
    result: str
    votes_for: int | None = None
    voters: int | None = None


class EarlierConsideration(Identified, Base):
    """The cell considered once more: what it had said before stays here."""

    __tablename__ = "earlier_consideration"

    probation_id: Mapped[int] = mapped_column(ForeignKey("probation.id"))
    at: Mapped[datetime]
    by_id: Mapped[int | None]
    said_sealed: Mapped[bytes | None]

    said_json = Sealed("said_sealed")

    __table_args__ = (Index("ix_earlier_consideration_probation_id", "probation_id", "at"),)

    @property
    def said(self) -> Considered | None:
        """None when the member has had it erased."""
        return Considered.model_validate_json(self.said_json) if self.said_json else None


class ProbationRefused(Refused):
    """What was asked does not fit how this probation stands; the phrase says what does."""


# --- policy ---------------------------------------------------------------------------------------------------------


# --- rules ----------------------------------------------------------------------------------------------------------


def year_over_on(admitted_on: date, policy: ProbationPolicy) -> date:
    """Return the day from which official membership counts, however late the cell considers."""
    return same_day(admitted_on, policy.months)


def deadline(admitted_on: date, policy: ProbationPolicy, calendar: WorkdayPolicy) -> date:
    """Return the last day on which the cell can consider the member in time."""
    return add_workdays(year_over_on(admitted_on, policy), policy.consider_workdays, calendar)


def needed_votes(voters: int, policy: ProbationPolicy) -> int:
    """Return how many of `voters` official members have to be in favour.

    It is shown beside the count, and judges nothing.
    """
    part, whole = policy.favour
    return -(-voters * part // whole)  # rounded up


def timetable(
    admitted_on: date, policy: ProbationPolicy, calendar: WorkdayPolicy
) -> list[tuple[ProbationStep, datetime]]:
    """Return every step with the UTC moment of its reminder, in the order in which they come."""
    over = year_over_on(admitted_on, policy)
    days = [
        (ProbationStep.COURSE, same_day(admitted_on, policy.course_month)),
        (ProbationStep.SELF_REVIEW, same_day(admitted_on, policy.self_review_month)),
        (ProbationStep.COMMENTS, same_day(admitted_on, policy.comments_month)),
        (ProbationStep.YEAR_OVER, over),
        (ProbationStep.FIRST_CALL, add_workdays(over, policy.first_call_workdays, calendar)),
        (ProbationStep.LAST_CALL, add_workdays(over, policy.last_call_workdays, calendar)),
        (ProbationStep.OVERDUE, deadline(admitted_on, policy, calendar) + timedelta(days=1)),
    ]
    return [(step, at_wall(day, time(policy.hour), HOME_ZONE)) for step, day in days]


def step_at(steps: Sequence[tuple[ProbationStep, datetime]], *, now: datetime) -> ProbationStep | None:
    """Return the last step that has come. What was missed before it need not be said any more."""
    return next((step for step, at in reversed(steps) if at <= now), None)


def moment_after(steps: Sequence[tuple[ProbationStep, datetime]], *, now: datetime) -> datetime | None:
    return next((at for _, at in steps if at > now), None)


# --- acts -----------------------------------------------------------------------------------------------------------


def start_probation(
    db: Session,
    member: Member,
    *,
    admitted_on: date,
    helper_id: int | None,
    by_id: int | None,
    policy: ProbationPolicy,
    calendar: WorkdayPolicy,
    version: RuleVersion | None = None,
    now: datetime,
) -> Probation:
    """Follow a member through the twelve months and tell member and helper. Nobody is reminded of steps already past.

    `version`: the rules of today, which the probation keeps.
    """
    if running_probation(db, member.id) is not None:
        raise ProbationRefused(phrases.runs_already(name=member.full_name))
    if admitted_on > local_date(now, HOME_ZONE):
        raise ProbationRefused(phrases.in_the_future())
    _check_helper(db, member, helper_id)
    steps = timetable(admitted_on, policy, calendar)
    probation = Probation(
        member_id=member.id,
        helper_id=helper_id,
        admitted_on=admitted_on,
        version_id=version.id if version else None,
        state=S.RUNNING,
        opened_at=now,
        opened_by=by_id,
        next_at=moment_after(steps, now=now) or now,  # all past: say once that it is overdue
    )
    db.add(probation)
    member.standing, member.joined_on = Standing.PROBATIONARY, member.joined_on or PartDate.of(admitted_on)
    db.flush()
    record_change(db, "probation.start", by_id=by_id, member_id=member.id, now=now)
    _tell_start(db, probation, policy, calendar, now=now)
    return probation


def change_probation_helper(
    db: Session, probation: Probation, helper_id: int | None, *, by_id: int | None, now: datetime
) -> None:
    """Let another official member help from now on, and tell those concerned."""
    _check_open(probation)
    member = db.get_one(Member, probation.member_id)
    _check_helper(db, member, helper_id)
    probation.helper_id = helper_id
    record_change(db, "probation.helper", by_id=by_id, member_id=member.id, now=now)
    if helper_id is not None:
        words = _message(
            probation, phrases.you_help(name=member.full_name, admitted_on=probation.admitted_on)
        )
        _tell(
            db,
            helper_id,
            words,
            key=f"probation.helper:{probation.id}:{helper_id}:{now:%Y%m%d%H%M%S}",
            now=now,
        )


def note_received(
    db: Session, probation: Probation, item: Item, *, is_there: bool, by_id: int, now: datetime
) -> None:
    """Note that the cell has a paper of the file since today, or that this was a mistake.

    Noting it twice changes nothing.
    """
    lock(db, probation)
    _check_open(probation)
    row = db.scalars(
        select(DossierItem).where(DossierItem.probation_id == probation.id, DossierItem.item == item)
    ).first()
    if (row is not None) is is_there:
        return
    if row is not None:
        db.delete(row)
    else:
        today = local_date(now, HOME_ZONE)
        db.add(DossierItem(probation_id=probation.id, item=item, received_on=today, at=now, by_id=by_id))
    db.flush()
    record_change(
        db, "probation.dossier", by_id=by_id, member_id=probation.member_id, now=now, detail=str(item)
    )


def consider_probation(
    db: Session,
    probation: Probation,
    *,
    considered_on: date,
    result: str,
    by_id: int,
    now: datetime,
    votes_for: int | None = None,
    voters: int | None = None,
) -> None:
    """Record that the cell has met: reminders stop, and the member is told that it was considered.

    The result is kept as typed. `voters`: official members of the cell on that day, be they there or not. What an
    earlier meeting said stays.
    """
    _move(probation, S.CONSIDERED)
    if not probation.admitted_on <= considered_on <= local_date(now, HOME_ZONE):
        raise ProbationRefused(phrases.meeting_day_wrong(admitted_on=probation.admitted_on))
    if votes_for is not None and (voters is None or not 0 <= votes_for <= voters <= _MOST_VOTERS):
        raise ProbationRefused(phrases.votes_unfit())
    if probation.considered_on is not None:
        before = Considered(
            on=probation.considered_on,
            result=probation.result or "",
            votes_for=probation.votes_for,
            voters=probation.voters,
        )
        earlier = EarlierConsideration(
            probation_id=probation.id, at=probation.considered_at or now, by_id=probation.considered_by
        )
        earlier.said_json = before.model_dump_json()
        db.add(earlier)
    probation.votes_for, probation.voters = votes_for, voters
    probation.state, probation.next_at, probation.result = S.CONSIDERED, None, result
    probation.considered_on, probation.considered_at, probation.considered_by = considered_on, now, by_id
    record_change(db, "probation.consider", by_id=by_id, member_id=probation.member_id, now=now)
    words = _message(probation, phrases.considered(on=considered_on))
    key = f"probation.considered:{probation.id}:{now:%Y%m%d%H%M%S}"
    _tell(db, probation.member_id, words, key=key, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbationEnd:
    """How it ended. `official`: the roster says so from now on; None: it is not known here.

    Official membership counts from the end of the months, whenever the cell met and the committee decided, unless the
    decision names another day (`official_on`).
    """

    on: date
    official: bool | None
    decision: str
    official_on: date | None = None


def end_probation(
    db: Session,
    probation: Probation,
    end: ProbationEnd,
    *,
    by_id: int | None,
    now: datetime,
    policy: ProbationPolicy | None = None,
    calendar: WorkdayPolicy | None = None,
) -> None:
    """End it: the committee has decided, or it is no longer this cell's matter. The record is kept as it stands now."""
    policy, calendar = policy or ProbationPolicy(), calendar or WorkdayPolicy()
    _move(probation, S.ENDED)
    since = end.official_on or year_over_on(probation.admitted_on, policy)
    kept = record_now(db, probation, policy, calendar, official_on=since if end.official else None)
    probation.record_json = kept.model_dump_json()
    probation.state, probation.next_at, probation.decision = S.ENDED, None, end.decision or None
    probation.ended_on, probation.ended_at, probation.ended_by = end.on, now, by_id
    probation.official = end.official
    record_change(db, "probation.end", by_id=by_id, member_id=probation.member_id, now=now)
    if end.official:
        member = db.get_one(Member, probation.member_id)
        member.standing, member.official_on = Standing.OFFICIAL, PartDate.of(since)
        words = _message(probation, phrases.made_official(since=since, on=end.on, decision=end.decision))
        _tell(db, member.id, words, key=f"probation.official:{probation.id}", now=now)


def remind_probation(
    db: Session, probation: Probation, policy: ProbationPolicy, calendar: WorkdayPolicy, *, now: datetime
) -> None:
    """Remind member, helper and secretary of the step that has come.

    While no secretary can be told (an empty office, a blocked bot), it is tried again each morning.
    """
    if probation.state != S.RUNNING or probation.next_at is None or probation.next_at > now:
        return
    member = db.get_one(Member, probation.member_id)
    if member.left_at is not None or member.standing != Standing.PROBATIONARY:
        end_probation(
            db,
            probation,
            ProbationEnd(on=local_date(now, HOME_ZONE), official=None, decision=""),
            by_id=None,
            now=now,
            policy=policy,
            calendar=calendar,
        )
        return
    steps = timetable(probation.admitted_on, policy, calendar)
    probation.next_at = moment_after(steps, now=now)
    step = step_at(steps, now=now)
    if step is not None and has_all(db, probation.id, NEEDS.get(step, ())):
        return
    if step is not None and not _tell_step(db, probation, step, policy, calendar, now=now):
        tomorrow = at_wall(local_date(now, HOME_ZONE) + timedelta(days=1), time(policy.hour), HOME_ZONE)
        probation.next_at = min(tomorrow, probation.next_at or tomorrow)


def record_now(
    db: Session,
    probation: Probation,
    policy: ProbationPolicy,
    calendar: WorkdayPolicy,
    *,
    official_on: date | None = None,
) -> Record:
    """Return the record as of this moment."""
    member = db.get_one(Member, probation.member_id)
    helper = db.get(Member, probation.helper_id) if probation.helper_id else None
    cell = db.get(Unit, member.cell_id) if member.cell_id else None
    return Record(
        name=member.full_name,
        cell=cell.name if cell else "",
        helper=helper.full_name if helper else None,
        admitted_on=probation.admitted_on,
        over_on=year_over_on(probation.admitted_on, policy),
        deadline=deadline(probation.admitted_on, policy, calendar),
        received=received_items(db, probation.id),
        official_on=official_on,
        document=source_of(policy, "consider_workdays").document,
    )


def mend_probations(
    db: Session, ids: Sequence[int], policy: ProbationPolicy, calendar: WorkdayPolicy, *, now: datetime
) -> None:
    """Plan the next reminder of these anew, for the auditor."""
    for probation in db.scalars(select(Probation).where(Probation.id.in_(ids))):
        probation.next_at = moment_after(timetable(probation.admitted_on, policy, calendar), now=now)


def begun_under(db: Session, probation: Probation, policy: ProbationPolicy) -> ProbationPolicy | None:
    """Return the policy with the rules under which it was begun; None where they are not known, or say the same."""
    version = db.get(RuleVersion, probation.version_id) if probation.version_id else None
    if version is None:
        return None
    kept = as_kept(policy, "probation", version, _KEPT)
    same = all(
        getattr(kept, one) == getattr(policy, one)
        and source_of(kept, one).document == source_of(policy, one).document
        for one in _KEPT
    )
    return None if same else kept


_KEPT = ("months", "consider_workdays")  # what its days are counted by


def recount_probations(
    db: Session, policy: ProbationPolicy, calendar: WorkdayPolicy, *, now: datetime
) -> None:
    """Plan the next reminder of all that run by the rules of today: those of one day of admission in one statement."""
    running = Probation.state == S.RUNNING
    for day in db.scalars(select(Probation.admitted_on).where(running).distinct()).all():
        moment = moment_after(timetable(day, policy, calendar), now=now)
        db.execute(update(Probation).where(running, Probation.admitted_on == day).values(next_at=moment))


def is_waited_for(
    probation: Probation, policy: ProbationPolicy, calendar: WorkdayPolicy, *, now: datetime
) -> bool:
    """Return whether a reminder lies ahead. After the last one it is people's turn."""
    return moment_after(timetable(probation.admitted_on, policy, calendar), now=now) is not None


_MOST_VOTERS = 2000  # more than any cell has: a slip of the keyboard


def _move(probation: Probation, to: ProbationState) -> None:
    if to not in MOVES[ProbationState(probation.state)]:
        raise ProbationRefused(phrases.settled(state=probation.state))


def _check_open(probation: Probation) -> None:
    if probation.state == S.ENDED:
        raise ProbationRefused(phrases.settled(state=probation.state))


def _check_helper(db: Session, member: Member, helper_id: int | None) -> None:
    """A helper is another, official member of the same cell."""
    if helper_id is None:
        return
    helper = db.get(Member, helper_id)
    fits = (
        helper is not None
        and helper.id != member.id
        and helper.cell_id == member.cell_id
        and helper.standing == Standing.OFFICIAL
        and helper.left_at is None
    )
    if not fits:
        raise ProbationRefused(phrases.helper_wrong())


def _tell_start(
    db: Session, probation: Probation, policy: ProbationPolicy, calendar: WorkdayPolicy, *, now: datetime
) -> None:
    words = phrases.started(
        admitted_on=probation.admitted_on,
        over_on=year_over_on(probation.admitted_on, policy),
        deadline=deadline(probation.admitted_on, policy, calendar),
    )
    _tell(
        db, probation.member_id, _message(probation, words), key=f"probation.started:{probation.id}", now=now
    )
    change_probation_helper(db, probation, probation.helper_id, by_id=None, now=now)  # as a part of the start


def _tell_step(
    db: Session,
    probation: Probation,
    step: ProbationStep,
    policy: ProbationPolicy,
    calendar: WorkdayPolicy,
    *,
    now: datetime,
) -> bool:
    """Whether a secretary or a deputy was told."""
    member = db.get_one(Member, probation.member_id)
    told = []
    for reader_id, reader in _readers(db, probation, member, now=now).items():
        words = phrases.reminder(
            reader=reader,
            step=step,
            name=member.full_name,
            admitted_on=probation.admitted_on,
            over_on=year_over_on(probation.admitted_on, policy),
            deadline=deadline(probation.admitted_on, policy, calendar),
        )
        key = f"probation.{step}:{probation.id}:{reader_id}"
        if _tell(db, reader_id, _message(probation, words), key=key, now=now, lane=Lane.REMINDER):
            told.append(reader)
    return Reader.SECRETARY in told


def _message(probation: Probation, words: Text) -> Message:
    return Message(words, [[Button(phrases.SEE, f"probation:see:{probation.id}")]])


def _readers(db: Session, probation: Probation, member: Member, *, now: datetime) -> dict[int, Reader]:
    """Return who is told of a step, and as whom. A secretary who is also the helper is told as secretary."""
    readers: dict[int, Reader] = {}
    if member.cell_id is not None:
        for holder_id in desk_of(db, member.cell_id, now=now):
            readers[holder_id] = Reader.SECRETARY
    if probation.helper_id is not None:
        readers.setdefault(probation.helper_id, Reader.HELPER)
    return readers | {member.id: Reader.MEMBER}


def _tell(
    db: Session, member_id: int, message: Message, *, key: str, now: datetime, lane: Lane = Lane.ALERT
) -> bool:
    """At a decent hour of theirs."""
    person = db.get_one(Member, member_id)
    at = decent_for(person, now)
    return tell(db, person, message, key=key, lane=lane, now=now, not_before=at)


# --- questions ------------------------------------------------------------------------------------------------------


def due_probations(db: Session, *, now: datetime, limit: int) -> list[int]:
    due = select(Probation.id).where(Probation.next_at <= now).order_by(Probation.next_at).limit(limit)
    return list(db.scalars(due))


def lock_probations(db: Session, ids: Sequence[int]) -> list[Probation]:
    """Lock these rows for this transaction and return them; rows in another's hands are left out (PostgreSQL)."""
    chosen = select(Probation).where(Probation.id.in_(ids)).order_by(Probation.next_at, Probation.id)
    return locked(db, chosen)


next_probation_at = Soonest(Probation.next_at)


def running_probation(db: Session, member_id: int) -> Probation | None:
    """Return the member's probation that has not ended."""
    return db.scalars(
        select(Probation).where(Probation.member_id == member_id, Probation.state != S.ENDED)
    ).first()


def ended_probation(db: Session, member_id: int) -> Probation | None:
    """Return the member's newest probation that has ended; its record stays to be read."""
    ended = select(Probation).where(Probation.member_id == member_id, Probation.state == S.ENDED)
    return db.scalars(ended.order_by(Probation.ended_at.desc(), Probation.id.desc())).first()


def considerations_of(db: Session, probation: Probation) -> list[Considered]:
    """Return all results that the cell has given, oldest first."""
    rows = select(EarlierConsideration).where(EarlierConsideration.probation_id == probation.id)
    before = db.scalars(rows.order_by(EarlierConsideration.at, EarlierConsideration.id))
    found = [one.said for one in before if one.said is not None]
    if probation.considered_on is not None:
        newest = Considered(
            on=probation.considered_on,
            result=probation.result or "",
            votes_for=probation.votes_for,
            voters=probation.voters,
        )
        found.append(newest)
    return found


def probations_of_cell(db: Session, cell_id: int) -> list[tuple[Probation, Member]]:
    """Return the running probations of the cell's roster with their members, the longest running first."""
    rows = db.execute(
        select(Probation, Member)
        .join(Member, Member.id == Probation.member_id)
        .where(Member.cell_id == cell_id, Member.left_at.is_(None), Probation.state != S.ENDED)
        .order_by(Probation.admitted_on, Probation.id)
    )
    return [(probation, member) for probation, member in rows]


def probations_concerning(db: Session, member_id: int) -> list[Probation]:
    """Return the running probations in which the member is the one followed, then those in which they help."""
    return list(db.scalars(_CONCERNING, {"whose": member_id}))


_CONCERNING = (  # asked by every main screen, so it is put together once
    select(Probation)
    .where(
        or_(Probation.member_id == bindparam("whose"), Probation.helper_id == bindparam("whose")),
        Probation.state != S.ENDED,
    )
    .order_by(Probation.member_id != bindparam("whose"), Probation.admitted_on, Probation.id)
)
