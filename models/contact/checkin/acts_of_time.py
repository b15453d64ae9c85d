"""Acts of time: it opens, is nudged, becomes late, closes. Many at once, since a tick asks many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin.planning import Letters, ask, plan_next
from models.contact.checkin.questions import Asked, load_asked, lock_checkins
from models.contact.checkin.rows import UNSETTLED, Checkin, CheckinKind, CheckinState, move
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

S = CheckinState


def move_checkins(db: Session, ids: Sequence[int], policy: CheckinPolicy, *, now: datetime) -> None:
    """Do what is due with these. Those that were answered or put off meanwhile are left alone."""
    checkins = lock_checkins(db, ids)
    people = load_asked(db, {checkin.member_id for checkin in checkins})
    owing = {checkin.id for checkin in checkins if checkin.state in (S.OPEN, S.NUDGED)}
    letters: Letters = []
    for checkin in checkins:
        if checkin.next_at is not None and checkin.next_at <= now:
            letters += _move_one(db, checkin, people[checkin.member_id], policy, now=now)
    late = [one for one in checkins if one.id in owing and one.state == S.LATE]
    _begin_ladders(db, [one for one in late if one.kind == CheckinKind.RHYTHM], policy, now=now)
    enqueue_all(db, letters)


def _begin_ladders(db: Session, late: Sequence[Checkin], policy: CheckinPolicy, *, now: datetime) -> None:
    """From the morning on which the desk hears of them, the days of their silence are counted."""
    silences = [
        Silence(one.member_id, one.cell_id, one.id, one.due_at, one.alert_at or next_morning(now, policy))
        for one in late
    ]
    begin_ladders(db, silences, policy.ladder, now=now)


def _move_one(
    db: Session, checkin: Checkin, asked: Asked, policy: CheckinPolicy, *, now: datetime
) -> Letters:
    state = CheckinState(checkin.state)
    # in this order: a pause comes before a miss, and only what speaks to the member waits for the morning
    if state is not S.SCHEDULED and asked.belongs and _rests(asked, policy, now=now):
        rest_checkin(db, checkin, now=now)
        return []
    if state is not S.SCHEDULED and (now >= checkin.closes_at or not asked.belongs):
        close_checkin(db, checkin, now=now)
        return []
    if state in (S.OPEN, S.NUDGED) and now >= checkin.late_at:
        make_checkin_late(db, checkin, asked, policy, now=now)
        return []
    if morning := sleeps_until(asked.member, now=now):
        checkin.next_at = morning
        return []
    match state:
        case S.SCHEDULED:
            return open_checkin(db, checkin, asked, policy, now=now)
        case S.EXCUSED:
            return end_excuse(db, checkin, asked, policy, now=now)
        case S.OPEN | S.NUDGED | S.LATE:
            return nudge_checkin(db, checkin, asked, policy, now=now)
        case S.ANSWERED | S.PAUSED | S.CLOSED:  # time has nothing more to do with it
            checkin.next_at = None
            return []


def open_checkin(
    db: Session, checkin: Checkin, asked: Asked, policy: CheckinPolicy, *, now: datetime
) -> Letters:
    """Ask, or inside a pause do not, and plan the next one."""
    if not asked.is_asked:
        _call_off(db, checkin, now=now)
        return []
    rhythm = rhythm_of(asked.member, asked.cell, policy)
    catch_up(checkin, rhythm, policy, now=now)
    letters: Letters = []
    if is_paused(asked.pause, asked.member, rhythm, now=now):
        rest_checkin(db, checkin, now=now)
    else:
        move(db, checkin, S.OPEN, now=now)
        letters = ask(checkin, asked, key=f"checkin.open:{checkin.id}", now=now)
        checkin.next_at = next_moment(checkin, rhythm, policy.days_off, now=now)
    if checkin.kind == CheckinKind.RHYTHM:
        _close_earlier(db, checkin, asked, now=now)
        plan_next(db, asked, policy, now=now, newest=checkin.period)
    return letters


def _rests(asked: Asked, policy: CheckinPolicy, *, now: datetime) -> bool:
    return asked.pause is not None and is_paused(
        asked.pause, asked.member, rhythm_of(asked.member, asked.cell, policy), now=now
    )


def rest_checkin(db: Session, checkin: Checkin, *, now: datetime, by_id: int | None = None) -> None:
    """Settle it by an announced pause, whether it was planned, asked or late. It does not count as missed."""
    move(db, checkin, S.PAUSED, now=now, by_id=by_id)
    checkin.next_at = checkin.alert_at = checkin.alerted_at = None
    cancel_outbox(db, f"checkin:{checkin.id}")


def _call_off(db: Session, checkin: Checkin, *, now: datetime) -> None:
    """Nobody is to be asked: a check-in of the rhythm is deleted, a question of the secretary's is closed."""
    if checkin.kind == CheckinKind.RHYTHM:
        db.delete(checkin)
    else:
        close_checkin(db, checkin, now=now)


def _close_earlier(db: Session, opened: Checkin, asked: Asked, *, now: datetime) -> None:
    """One turn of the rhythm is open at a time, also when the zone or the rhythm has changed in between."""
    for checkin in asked.unsettled:
        if checkin.id != opened.id and checkin.state in UNSETTLED:
            close_checkin(db, checkin, now=now)


def nudge_checkin(
    db: Session, checkin: Checkin, asked: Asked, policy: CheckinPolicy, *, now: datetime
) -> Letters:
    """Remind one who still owes. Several steps that were missed while we were down become one."""
    if asked.is_reachable:
        move(db, checkin, S.NUDGED, now=now)
        checkin.nudges += 1
        if not asked.is_rung:  # on a page that nobody has opened the reminder takes the question's place
            cancel_outbox(db, f"checkin:{checkin.id}")
    letters = ask(checkin, asked, key=f"checkin.nudge:{checkin.id}:{checkin.nudges}", now=now)
    checkin.next_at = next_moment(
        checkin, rhythm_of(asked.member, asked.cell, policy), policy.days_off, now=now
    )
    return letters


def make_checkin_late(
    db: Session, checkin: Checkin, asked: Asked, policy: CheckinPolicy, *, now: datetime
) -> None:
    """Mark it as late, its grace being over: it is put on the secretary's list of the next morning.

    Whom nothing reaches is never late: somebody is to phone instead, by a day; a promise that lapses is made anew.
    """
    checkin.alert_at = next_morning(now, policy)
    if asked.is_heard:
        move(db, checkin, S.LATE, now=now)
        checkin.next_at = checkin.closes_at
    else:
        checkin.phone_by = checkin.alert_at + timedelta(days=policy.phone_days)
        checkin.next_at = min(checkin.phone_by, checkin.closes_at)


def close_checkin(db: Session, checkin: Checkin, *, now: datetime) -> None:
    """Settle it without an answer, because the next one has opened or the member is not asked any more."""
    if checkin.state == S.LATE and checkin.kind == CheckinKind.RHYTHM:
        checkin.pattern_at = look_back_at(checkin.zone, now=now)
    move(db, checkin, S.CLOSED, now=now)
    checkin.next_at = checkin.alert_at = None


def end_excuse(
    db: Session, checkin: Checkin, asked: Asked, policy: CheckinPolicy, *, now: datetime
) -> Letters:
    """Ask again at the end of an excuse, with days to answer and reminders as ever, counted from now."""
    move(db, checkin, S.OPEN, now=now)
    ask_anew(checkin, rhythm_of(asked.member, asked.cell, policy), policy, now=now)
    return ask(checkin, asked, key=f"checkin.again:{checkin.id}:{now:%Y%m%d%H%M}", now=now)


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
    waiting = unsaid(db, "checkin")
    letters: Letters = []
    for checkin in moved:
        asked = people[checkin.member_id]
        rhythm = rhythm_of(asked.member, asked.cell, policy)
        postpone(checkin, by, hour=rhythm.hour)
        if (about := f"checkin:{checkin.id}") in waiting and cancel_outbox(db, about):
            letters += ask(
                checkin,
                asked,
                key=f"checkin.moved:{checkin.id}:{now:%Y%m%d%H%M}",
                now=now,
                not_before=sleeps_until(asked.member, now=now),
            )
        checkin.next_at = next_moment(checkin, rhythm, policy.days_off, now=now)
    enqueue_all(db, letters)
    return len(moved)
