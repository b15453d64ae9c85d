"""Acts of planning and asking: the next occurrence, and the message that goes out with one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from models.contact.checkin.questions import Asked, load_asked, newest_period, planned_checkin
from models.contact.checkin.rows import Checkin, CheckinKind, CheckinState
from models.contact.checkin.rules import dates_of, follow_clock, next_moment, next_turn, rhythm_of, time_by
from models.contact.ladder import Ended, end_ladder
from models.contact.pause import pause_moment
from models.contact.policy import CheckinPolicy
from models.delivery.message import Button, Buttons, Lane, Message
from models.delivery.outbox import compose
from models.ground.bulk import Row
from models.ground.rhythm import Occurrence
from models.ground.sealing import new_id
from models.people.member import Member, recipient
from models.phrases.contact import checkin as phrases

S = CheckinState
Letters = list[Row]  # rows for the outbox


def plan_checkin(db: Session, member: Member, policy: CheckinPolicy, *, now: datetime) -> Checkin | None:
    """See to it that the member's next occurrence is planned, by the zone and rhythm that hold now.

    Called when either changes, when a member is linked or agrees, and whenever an occurrence is answered early. What
    is open stays open, and follows the member's clock.
    """
    db.flush()
    asked = load_asked(db, [member.id])[member.id]
    planned = planned_checkin(db, member.id)
    if asked.pause is not None:
        hour = rhythm_of(member, asked.cell, policy).hour
        asked.pause.next_at = pause_moment(asked.pause, member.zone, hour)
    if not asked.is_asked:
        if planned is not None:
            db.delete(planned)
            db.flush()
        if not asked.belongs:
            end_ladder(db, member.id, Ended.LEFT, by_id=None, now=now)
        return None
    newest = newest_period(db, member.id)
    fresh = _plan(db, asked, policy, now=now, newest=newest, planned=planned)
    _follow(asked, fresh, policy, now=now)
    db.flush()
    return fresh


def _plan(
    db: Session,
    asked: Asked,
    policy: CheckinPolicy,
    *,
    now: datetime,
    newest: date | None,
    planned: Checkin | None,
) -> Checkin:
    """The next occurrence, new or with its dates anew."""
    member = asked.member
    if planned is None:
        planned = Checkin(**next_row(asked, policy, now=now, newest=newest))
        db.add(planned)
    elif planned.opens_at <= now:  # it opens at the next tick, or in the morning
        follow_clock(planned, member.zone)
        planned.next_at = planned.opens_at
    else:
        turn = _turn(asked, policy, now=now, newest=newest, planned=planned.period)
        planned.cell_id = member.cell_id or planned.cell_id
        time_by(planned, turn, member.zone)
    return planned


def next_row(asked: Asked, policy: CheckinPolicy, *, now: datetime, newest: date | None) -> Row:
    """Return the row of the occurrence that comes after `newest`, of a member for whom none is planned."""
    member = asked.member
    return {
        "id": new_id(),
        "member_id": member.id,
        "cell_id": member.cell_id,
        "kind": CheckinKind.RHYTHM.value,
        "state": S.SCHEDULED.value,
        "nudges": 0,
        **dates_of(_turn(asked, policy, now=now, newest=newest), member.zone),
    }


def _turn(
    asked: Asked, policy: CheckinPolicy, *, now: datetime, newest: date | None, planned: date | None = None
) -> Occurrence:
    member = asked.member
    rhythm = rhythm_of(member, asked.cell, policy)
    return next_turn(rhythm, zone=member.zone, now=now, newest=newest, planned=planned, off=policy.days_off)


def _follow(asked: Asked, planned: Checkin, policy: CheckinPolicy, *, now: datetime) -> None:
    """Give open check-ins the new clock, and have them close when the planned one opens."""
    rhythm = rhythm_of(asked.member, asked.cell, policy)
    for checkin in asked.unsettled:
        if (checkin.zone, checkin.closes_at) != (planned.zone, planned.opens_at):
            if checkin.state != S.LATE:  # what was late stays dated as it was
                follow_clock(checkin, planned.zone)
            checkin.closes_at = planned.opens_at
            checkin.next_at = next_moment(checkin, rhythm, policy.days_off, now=now)


def ask(
    checkin: Checkin,
    asked: Asked,
    *,
    key: str,
    now: datetime,
    not_before: datetime | None = None,
    again: bool = False,
) -> Letters:
    """Return the question, with its two ways to answer; nothing when nobody can be reached.

    `again`: they have read it.
    """
    account, member = asked.account, asked.member
    if account is None or not asked.is_reachable:
        return []
    checkin.asked_at = now
    words = phrases.asked(
        name=member.own_name,
        period=checkin.period,
        due_at=checkin.due_at,
        zone=member.zone,
        question=checkin.question,
        again=again or checkin.state != S.OPEN,
        overdue=now > checkin.due_at,
    )
    return compose(
        recipient(member, account),
        Message(words, ways_to_answer(checkin.id)),
        key=key,
        lane=Lane.REMINDER,
        now=now,
        not_before=not_before,
        not_after=checkin.closes_at,
        about=about(checkin),
    )


def about(checkin: Checkin) -> str:
    """Return the matter of which its messages are, by which what is not yet said can be cancelled."""
    return f"checkin:{checkin.id}"


def ways_to_answer(checkin_id: int) -> Buttons:
    return [
        [Button(phrases.ALL_IS_WELL, f"checkin:ok:{checkin_id}")],
        [Button(phrases.SOMETHING_TO_TELL, f"checkin:form:{checkin_id}")],
    ]


def give_grace(checkin: Checkin, asked: Asked, policy: CheckinPolicy, *, now: datetime) -> None:
    """Give time to answer what is asked anew, before it is late. Nobody need phone instead."""
    if checkin.phone_by is not None:
        checkin.phone_by = checkin.alert_at = None
    rhythm = rhythm_of(asked.member, asked.cell, policy)
    grace = timedelta(days=max(rhythm.grace_days, 1))
    checkin.late_at = max(checkin.late_at, min(now + grace, checkin.closes_at))
    checkin.next_at = next_moment(checkin, rhythm, policy.days_off, now=now)
