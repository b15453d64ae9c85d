"""Acts of time: it opens, is nudged, becomes late, closes. Many at once, since a tick asks many.

lock, load whom they concern ──> each moves by itself ──> what they add: a statement for each table (`Handful`)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin.planning import Letters, about, ask, next_row
from models.contact.checkin.questions import Asked, load_asked, lock_checkins
from models.contact.checkin.rows import (
    UNSETTLED,
    Checkin,
    CheckinKind,
    CheckinMove,
    CheckinState,
    moved,
)
from models.contact.checkin.rules import (
    ask_anew,
    catch_up,
    is_paused,
    look_back_at,
    next_moment,
    next_morning,
    postpone,
    rhythm_of,
    sleeps_until,
)
from models.contact.ladder import Silence, begin_ladders
from models.contact.policy import CheckinPolicy
from models.delivery.outbox import cancel_outbox, enqueue_all, unsaid
from models.ground.base import table_of
from models.ground.bulk import Row, bulk_insert

S = CheckinState


@dataclass(slots=True)
class Handful:
    """One act of time on some check-ins. What it adds is gathered here, and each table is written once."""

    db: Session
    policy: CheckinPolicy
    now: datetime
    letters: Letters = field(default_factory=list)
    moves: list[Row] = field(default_factory=list)
    settled: list[str] = field(default_factory=list)  # matters whose letters are not said any more
    _planned: list[Row] = field(default_factory=list)

    def move(self, checkin: Checkin, state: CheckinState) -> None:
        self.moves.append(moved(checkin, state, now=self.now))

    def plan(self, asked: Asked, *, newest: Checkin) -> None:
        self._planned.append(next_row(asked, self.policy, now=self.now, newest=newest.period))

    def write(self) -> None:
        """Write what was gathered, and forget it here."""
        self.db.flush()
        connection = self.db.connection()
        for rows, table in ((self._planned, Checkin), (self.moves, CheckinMove)):
            if rows:
                bulk_insert(connection, table_of(table), rows)
        # before its letters: a reminder is about the same matter as the question that it replaces
        cancel_outbox(self.db, *self.settled)
        enqueue_all(self.db, self.letters)
        for gathered in (self._planned, self.moves, self.settled, self.letters):
            gathered.clear()


def move_checkins(db: Session, ids: Sequence[int], policy: CheckinPolicy, *, now: datetime) -> None:
    """Do what is due with these. Those that were answered or put off meanwhile are left alone."""
    checkins, handful = lock_checkins(db, ids), Handful(db, policy, now)
    people = load_asked(db, {checkin.member_id for checkin in checkins})
    owing = {checkin.id for checkin in checkins if checkin.state in (S.OPEN, S.NUDGED)}
    for checkin in checkins:
        if checkin.next_at is not None and checkin.next_at <= now:
            _move_one(handful, checkin, people[checkin.member_id])
    handful.write()
    late = [one for one in checkins if one.id in owing and one.state == S.LATE]
    _begin_ladders(db, [one for one in late if one.kind == CheckinKind.RHYTHM], policy, now=now)


def _begin_ladders(db: Session, late: Sequence[Checkin], policy: CheckinPolicy, *, now: datetime) -> None:
    """From the morning on which the desk hears of them, the days of their silence are counted."""
    silences = [
        Silence(one.member_id, one.cell_id, one.id, one.due_at, one.alert_at or next_morning(now, policy))
        for one in late
    ]
    begin_ladders(db, silences, policy.ladder, now=now)


def _move_one(handful: Handful, checkin: Checkin, asked: Asked) -> None:
    state, now = CheckinState(checkin.state), handful.now
    # in this order: a pause comes before a miss, and only what speaks to the member waits for the morning
    if state is not S.SCHEDULED and asked.belongs and _rests(asked, handful.policy, now=now):
        _rest(handful, checkin)
    elif state is not S.SCHEDULED and (now >= checkin.closes_at or not asked.belongs):
        _close(handful, checkin)
    elif state in (S.OPEN, S.NUDGED) and now >= checkin.late_at:
        _make_late(handful, checkin, asked)
    elif morning := sleeps_until(asked.member, now=now):
        checkin.next_at = morning
    else:
        match state:
            case S.SCHEDULED:
                open_checkin(handful, checkin, asked)
            case S.EXCUSED:
                _end_excuse(handful, checkin, asked)
            case S.OPEN | S.NUDGED | S.LATE:
                _nudge(handful, checkin, asked)
            case S.ANSWERED | S.PAUSED | S.CLOSED:  # time has nothing more to do with it
                checkin.next_at = None


def open_checkin(handful: Handful, checkin: Checkin, asked: Asked) -> None:
    """Ask, or inside a pause do not, and plan the next one."""
    policy, now = handful.policy, handful.now
    if not asked.is_asked:
        _call_off(handful, checkin)
        return
    rhythm = rhythm_of(asked.member, asked.cell, policy)
    catch_up(checkin, rhythm, policy, now=now)
    if is_paused(asked.pause, asked.member, rhythm, now=now):
        _rest(handful, checkin)
    else:
        handful.move(checkin, S.OPEN)
        handful.letters += ask(checkin, asked, key=f"checkin.open:{checkin.id}", now=now)
        checkin.next_at = next_moment(checkin, rhythm, policy.days_off, now=now)
    if checkin.kind == CheckinKind.RHYTHM:
        _close_earlier(handful, checkin, asked)
        handful.plan(asked, newest=checkin)


def _rests(asked: Asked, policy: CheckinPolicy, *, now: datetime) -> bool:
    return asked.pause is not None and is_paused(
        asked.pause, asked.member, rhythm_of(asked.member, asked.cell, policy), now=now
    )


def _rest(handful: Handful, checkin: Checkin) -> None:
    handful.moves.append(rested(checkin, now=handful.now))
    handful.settled.append(about(checkin))


def rested(checkin: Checkin, *, now: datetime, by_id: int | None = None) -> Row:
    """Settle it by an announced pause, whether it was planned, asked or late; return the move. It does not count as missed."""
    checkin.next_at = checkin.alert_at = checkin.alerted_at = None
    return moved(checkin, S.PAUSED, now=now, by_id=by_id)


def rest_asked(db: Session, checkins: Sequence[Checkin], *, now: datetime) -> None:
    """Settle these because nobody knows whether they were answered; what is not yet said about them is not said."""
    db.add_all(CheckinMove(**rested(checkin, now=now)) for checkin in checkins)
    cancel_outbox(db, *map(about, checkins))


def _call_off(handful: Handful, checkin: Checkin) -> None:
    """Nobody is to be asked: a check-in of the rhythm is deleted, a question of the secretary's is closed."""
    if checkin.kind == CheckinKind.RHYTHM:
        handful.db.delete(checkin)
    else:
        _close(handful, checkin)


def _close_earlier(handful: Handful, opened: Checkin, asked: Asked) -> None:
    """One turn of the rhythm is open at a time, also when the zone or the rhythm has changed in between."""
    for checkin in asked.unsettled:
        if checkin.id != opened.id and checkin.state in UNSETTLED:
            _close(handful, checkin)


def _nudge(handful: Handful, checkin: Checkin, asked: Asked) -> None:
    """Remind one who still owes. Several steps that were missed while we were down become one."""
    policy, now = handful.policy, handful.now
    if asked.is_reachable:
        handful.move(checkin, S.NUDGED)
        checkin.nudges += 1
        if not asked.is_rung:  # on a page that nobody has opened the reminder takes the question's place
            handful.settled.append(about(checkin))
    handful.letters += ask(checkin, asked, key=f"checkin.nudge:{checkin.id}:{checkin.nudges}", now=now)
    checkin.next_at = next_moment(
        checkin, rhythm_of(asked.member, asked.cell, policy), policy.days_off, now=now
    )


def _make_late(handful: Handful, checkin: Checkin, asked: Asked) -> None:
    """Mark it as late, its grace being over: it is put on the secretary's list of the next morning.

    Whom nothing reaches is never late: somebody is to phone instead, by a day; a promise that lapses is made anew.
    """
    checkin.alert_at = next_morning(handful.now, handful.policy)
    if asked.is_heard:
        handful.move(checkin, S.LATE)
        checkin.next_at = checkin.closes_at
    else:
        checkin.phone_by = checkin.alert_at + timedelta(days=handful.policy.phone_days)
        checkin.next_at = min(checkin.phone_by, checkin.closes_at)


def _close(handful: Handful, checkin: Checkin) -> None:
    handful.moves.append(_closed(checkin, now=handful.now))


def close_checkins(db: Session, checkins: Sequence[Checkin], *, now: datetime) -> None:
    """Settle these because their member is not asked any more; what is not yet said about them is not said."""
    db.add_all(CheckinMove(**_closed(checkin, now=now)) for checkin in checkins)
    cancel_outbox(db, *map(about, checkins))


def _closed(checkin: Checkin, *, now: datetime) -> Row:
    """The move that settles it without an answer."""
    if checkin.state == S.LATE and checkin.kind == CheckinKind.RHYTHM:
        checkin.pattern_at = look_back_at(checkin.zone, now=now)
    checkin.next_at = checkin.alert_at = None
    return moved(checkin, S.CLOSED, now=now)


def _end_excuse(handful: Handful, checkin: Checkin, asked: Asked) -> None:
    """Ask again at the end of an excuse, with days to answer and reminders as ever, counted from now."""
    policy, now = handful.policy, handful.now
    handful.move(checkin, S.OPEN)
    ask_anew(checkin, rhythm_of(asked.member, asked.cell, policy), policy, now=now)
    handful.letters += ask(checkin, asked, key=f"checkin.again:{checkin.id}:{now:%Y%m%d%H%M}", now=now)


def mend_checkins(db: Session, ids: Sequence[int], policy: CheckinPolicy, *, now: datetime) -> None:
    """Give these a next moment again, for the auditor."""
    checkins = db.scalars(select(Checkin).where(Checkin.id.in_(ids))).all()
    people = load_asked(db, {checkin.member_id for checkin in checkins})
    for checkin in checkins:
        asked = people[checkin.member_id]
        checkin.next_at = next_moment(
            checkin, rhythm_of(asked.member, asked.cell, policy), policy.days_off, now=now
        )


def tell_again(db: Session, ids: Sequence[int], policy: CheckinPolicy, *, now: datetime) -> None:
    """Put these late ones on the desk's list of the next morning, for the auditor."""
    for checkin in db.scalars(select(Checkin).where(Checkin.id.in_(ids))):
        checkin.alert_at = next_morning(now, policy)


def postpone_checkins(db: Session, by: timedelta, policy: CheckinPolicy, *, now: datetime) -> int:
    """Move the deadlines of what is open by our outage's length, reminders with them; return how many were moved.

    A question that was not sent in time names the day before: it goes out once, with the day as it is now.
    """
    moved = db.scalars(select(Checkin).where(Checkin.state.in_([S.OPEN, S.NUDGED]))).all()
    people = load_asked(db, {checkin.member_id for checkin in moved})
    for checkin in moved:
        asked = people[checkin.member_id]
        rhythm = rhythm_of(asked.member, asked.cell, policy)
        postpone(checkin, by, hour=rhythm.hour)
        checkin.next_at = next_moment(checkin, rhythm, policy.days_off, now=now)
    reword_unsaid(db, f"checkin.moved:{now:%Y%m%d%H%M}", now=now)
    return len(moved)


def reword_unsaid(db: Session, key: str, *, now: datetime) -> None:
    """Say with the day as it is now what waits to be asked, and names the day before; `key`: of this change."""
    waiting = unsaid(db, "checkin")
    rows = db.scalars(select(Checkin).where(Checkin.state.in_([S.OPEN, S.NUDGED]))).all()
    changed = [one for one in rows if about(one) in waiting and cancel_outbox(db, about(one))]
    people = load_asked(db, {checkin.member_id for checkin in changed})
    letters: Letters = []
    for checkin in changed:
        asked = people[checkin.member_id]
        wakes = sleeps_until(asked.member, now=now)
        letters += ask(checkin, asked, key=f"{key}:{checkin.id}", now=now, not_before=wakes)
    enqueue_all(db, letters)
