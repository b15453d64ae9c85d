"""What people and time do with a pause, and what that does to check-ins.

    announce_pause ──> begins today, or on its day ──> what is open is settled by it
    change_pause       another end: earlier, or renewed from today on
    end_pause          by a person, earlier
    move_pauses        by time: it begins, it ends: the member is greeted and asked once, the desk is told

The member announces a pause, or the secretary enters one on their behalf and the member is told by whom. Questions that
stand open are settled when it begins (`models/contact/checkin`: PAUSED); the last turn that it silenced is asked when it is over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin import (
    Checkin,
    asks_to_check_in,
    planned_checkin,
    rest_checkins,
    rhythm_of,
    wake_checkin,
    ways_to_answer,
)
from models.contact.pause import (
    Pause,
    PauseKind,
    PauseState,
    first_end,
    is_today,
    last_beginning,
    last_end,
    move_pause,
    open_pause,
    pause_begins_at,
    pause_ends_at,
    pause_moment,
)
from models.contact.policy import CheckinPolicy, PausePolicy
from models.delivery.message import Button, Buttons, Lane, Message
from models.entry.register import tell_keepers
from models.ground.base import lock, locked
from models.ground.clock import local_date
from models.ground.errors import Refused
from models.people.member import Member, decent_for, tell
from models.people.unit import Unit
from models.phrases import common
from models.phrases.contact import checkin as checkin_words, pause as phrases
from models.phrases.text import Text
from models.policies import Policies

S = PauseState


class PauseOver(Refused):
    """Somebody ended it meanwhile, or its day came."""

    def __init__(self) -> None:
        super().__init__(phrases.gone())


# --- acts of people -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PausePlan:
    """What is announced: silence from `begins_on` to `ends_on`."""

    kind: PauseKind
    begins_on: date
    ends_on: date
    reason: str | None = None


def announce_pause(
    db: Session, member: Member, plan: PausePlan, *, by_id: int, policies: Policies, now: datetime
) -> Pause:
    """Announce a silence, by the member or on their behalf. It may begin at once."""
    held = open_pause(db, member.id)
    if held is not None:
        raise Refused(phrases.exists(begins_on=held.begins_on, ends_on=held.ends_on))
    if not asks_to_check_in(db, member):
        raise Refused(phrases.not_asked())
    check_days(plan.begins_on, plan.ends_on, policies.pause, today=local_date(now, member.zone))
    pause = Pause(
        member_id=member.id,
        kind=plan.kind,
        state=S.ANNOUNCED,
        begins_on=plan.begins_on,
        ends_on=plan.ends_on,
        announced_at=now,
        by_id=by_id,
    )
    pause.reason = plan.reason
    db.add(pause)
    db.flush()
    move_pause(db, pause, S.ANNOUNCED, now=now, by_id=by_id)
    words = _announced(db, pause, member, silenced=True)
    begins = is_today(pause, member.zone, now=now)
    silenced, heard = _begin(db, pause, member, words=words, now=now) if begins else ([], set())
    _look_again(db, pause, member, policies.checkin)
    _tell_announced(db, pause, member, silenced=bool(silenced), heard=heard, now=now)
    return pause


def check_days(begins_on: date, ends_on: date | None, policy: PausePolicy, *, today: date) -> None:
    """Refuse days that lie outside the policy; `ends_on` None: not known yet."""
    last = last_beginning(policy, today=today)
    if not today <= begins_on <= last:
        raise Refused(phrases.out_of_range(first=today, last=last))
    if ends_on is not None:
        check_end(begins_on, ends_on, policy, today=today)


def check_end(begins_on: date, ends_on: date, policy: PausePolicy, *, today: date) -> None:
    first = first_end(begins_on=begins_on, today=today)
    last = last_end(policy, begins_on=begins_on, today=today)
    if not first <= ends_on <= last:
        raise Refused(phrases.out_of_range(first=first, last=last))


def change_pause(
    db: Session,
    pause: Pause,
    *,
    ends_on: date,
    by_id: int,
    policy: PausePolicy,
    checkins: CheckinPolicy,
    now: datetime,
) -> None:
    """Set another end. A pause that has lasted long is renewed by this, from today on."""
    _lock(db, pause)
    member = db.get_one(Member, pause.member_id)
    check_end(pause.begins_on, ends_on, policy, today=local_date(now, member.zone))
    pause.ends_on = ends_on
    move_pause(db, pause, S(pause.state), now=now, by_id=by_id)
    _look_again(db, pause, member, checkins)
    if by_id != member.id:
        words = phrases.changed_member(by=db.get_one(Member, by_id).full_name, ends_on=ends_on)
        tell(db, member, Message(words), key=_key("changed", pause, now), lane=Lane.ALERT, now=now)
    words = phrases.changed_keepers(name=member.full_name, ends_on=ends_on)
    tell_keepers(db, member, _about(words, member), key=_key("changed", pause, now), but=by_id, now=now)


def end_pause(
    db: Session, pause: Pause, *, by_id: int, policy: PausePolicy, checkins: CheckinPolicy, now: datetime
) -> Checkin | None:
    """End it: questions are asked again. The member who ends it sees the question returned; otherwise they are told."""
    _lock(db, pause)
    member = db.get_one(Member, pause.member_id)
    began = pause.state == S.RUNNING
    _close(db, pause, S.ENDED, by_id=by_id, now=now)
    asked = _wake(db, member, policy, checkins, by_id=by_id, now=now) if began else None
    if by_id != member.id:
        _greet(db, pause, member, asked, by=db.get_one(Member, by_id).full_name, now=now)
    words = phrases.over_keepers(name=member.full_name, early=True, asked=asked is not None)
    tell_keepers(db, member, _about(words, member), key=f"pause.ended:{pause.id}", but=by_id, now=now)
    return asked


# --- acts of time ---------------------------------------------------------------------------------------------------


def move_pauses(
    db: Session, ids: Sequence[int], policy: PausePolicy, checkins: CheckinPolicy, *, now: datetime
) -> None:
    """Do what is due with these pauses. One that was ended meanwhile is left alone."""
    due = select(Pause).where(Pause.id.in_(ids), Pause.next_at <= now)
    for pause in locked(db, due.order_by(Pause.id)):
        _move_one(db, pause, policy, checkins, now=now)


def _move_one(
    db: Session, pause: Pause, policy: PausePolicy, checkins: CheckinPolicy, *, now: datetime
) -> None:
    member = db.get_one(Member, pause.member_id)
    ends_at = pause_ends_at(pause, member.zone, _hour(db, member, checkins))
    if pause.state == S.ANNOUNCED and pause_begins_at(pause, member.zone) <= now:
        _begin(db, pause, member, now=now)
    if now < ends_at:
        _look_again(db, pause, member, checkins)
        return
    # the pause lasts until the greeting can be said: not at night
    morning = decent_for(member, now)
    if morning > now:
        pause.next_at = morning
        return
    _finish(db, pause, member, policy, checkins, now=now)


def _finish(
    db: Session, pause: Pause, member: Member, policy: PausePolicy, checkins: CheckinPolicy, *, now: datetime
) -> None:
    """Its day has come: a greeting, one question at most, and the desk knows."""
    _close(db, pause, S.OVER, by_id=None, now=now)
    asked = _wake(db, member, policy, checkins, by_id=None, now=now)
    if not asks_to_check_in(db, member):  # home again, or no longer on the roster: nothing is to be said
        return
    _greet(db, pause, member, asked, by=None, now=now)
    words = phrases.over_keepers(name=member.full_name, early=False, asked=asked is not None)
    tell_keepers(db, member, _about(words, member), key=f"pause.over:{pause.id}", now=now)


# --- within ---------------------------------------------------------------------------------------------------------


def _begin(
    db: Session, pause: Pause, member: Member, *, words: Text | None = None, now: datetime
) -> tuple[list[Checkin], set[int]]:
    """What it settled, and who heard `words` because they were to call the member."""
    move_pause(db, pause, S.RUNNING, now=now, by_id=None)
    return rest_checkins(db, member, by_id=pause.by_id, words=words, see=_see(member), now=now)


def _close(db: Session, pause: Pause, state: PauseState, *, by_id: int | None, now: datetime) -> None:
    move_pause(db, pause, state, now=now, by_id=by_id)
    pause.ended_at, pause.next_at = now, None
    db.flush()


def _wake(
    db: Session,
    member: Member,
    policy: PausePolicy,
    checkins: CheckinPolicy,
    *,
    by_id: int | None,
    now: datetime,
) -> Checkin | None:
    near = timedelta(days=policy.ask_again_days)
    return wake_checkin(db, member, checkins, by_id=by_id, not_within=near, now=now)


def _look_again(db: Session, pause: Pause, member: Member, checkins: CheckinPolicy) -> None:
    pause.next_at = pause_moment(pause, member.zone, _hour(db, member, checkins))


def _hour(db: Session, member: Member, checkins: CheckinPolicy) -> int:
    cell = db.get(Unit, member.cell_id) if member.cell_id else None
    return rhythm_of(member, cell, checkins).hour


def _lock(db: Session, pause: Pause) -> None:
    """The row as it is now, for this transaction alone (PostgreSQL; SQLite has one writer)."""
    lock(db, pause)
    if pause.ended_at is not None:
        raise PauseOver


def _greet(
    db: Session, pause: Pause, member: Member, asked: Checkin | None, *, by: str | None, now: datetime
) -> None:
    """One message: hello, and the question that was laid aside, or when the next one comes."""
    planned = planned_checkin(db, member.id)
    next_at = planned.opens_at if planned and not asked else None
    words = phrases.greeting(name=member.full_name, by=by, next_at=next_at, zone=member.zone)
    buttons: Buttons = [[Button(phrases.PAUSE_AGAIN, "pause:new")], [Button(common.MENU, "nav:menu")]]
    about = None
    if asked is not None:
        question = checkin_words.it_is_time(period=asked.period, due_at=asked.due_at, zone=member.zone)
        words = common.paragraph(words, question)
        buttons = [*ways_to_answer(asked.id), [Button(phrases.PAUSE_AGAIN, "pause:new")]]
        about = f"checkin:{asked.id}"
    key = f"pause.greet:{pause.id}"
    tell(db, member, Message(words, buttons), key=key, lane=Lane.REMINDER, now=now, about=about)


def _announced(db: Session, pause: Pause, member: Member, *, silenced: bool) -> Text:
    return phrases.told_keepers(
        name=member.full_name,
        by=_by(db, pause, member),
        kind=pause.kind,
        silenced=silenced,
        begins_on=pause.begins_on,
        ends_on=pause.ends_on,
    )


def _by(db: Session, pause: Pause, member: Member) -> str | None:
    return db.get_one(Member, pause.by_id).full_name if pause.by_id != member.id else None


def _tell_announced(
    db: Session, pause: Pause, member: Member, *, silenced: bool, heard: set[int], now: datetime
) -> None:
    """One message to each: who was to call the member has `heard` it by the end of that."""
    by, days = _by(db, pause, member), {"begins_on": pause.begins_on, "ends_on": pause.ends_on}
    if by is not None:
        words = phrases.told_member(by=by, kind=pause.kind, reason=pause.reason, **days)
        tell(db, member, Message(words), key=f"pause.entered:{pause.id}", lane=Lane.ALERT, now=now)
    words = _announced(db, pause, member, silenced=silenced)
    key = f"pause.announced:{pause.id}"
    tell_keepers(db, member, _about(words, member), key=key, but=pause.by_id, heard=heard, now=now)


def _about(words: Text, member: Member) -> Message:
    return Message(words, [[_see(member)]])


def _see(member: Member) -> Button:
    return Button(phrases.SEE_PERSON, f"desk:who:{member.id}")


def _key(what: str, pause: Pause, now: datetime) -> str:
    return f"pause.{what}:{pause.id}:{now:%Y%m%d%H%M%S%f}"
