"""What people do: call, answer, answer for somebody they have just spoken with, end it, say that it was a mistake."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models.contact.policy import RequestPolicy, Urgency
from models.contact.request import (
    HelpRequest,
    RequestWords,
    Topic,
    change_request,
    keep_heard_request,
    open_request,
)
from models.contact.rollcall.acts_of_time import end_now, first_again_at, work_roll_call
from models.contact.rollcall.people import CalledPeople, forecast_roll_call
from models.contact.rollcall.questions import person_in
from models.contact.rollcall.rows import (
    IN_NEED,
    CalledOn,
    NobodyToAsk,
    Occasion,
    RollCall,
    RollCallAnswer,
    RollCallPerson,
    RollCallRefused,
    RollCallState,
    Safety,
)
from models.contact.rollcall.saying import answer_buttons, see_button
from models.contact.sign_of_life import Sign, note_sign
from models.delivery.message import Lane, Message
from models.delivery.outbox import cancel_message
from models.ground.base import lock
from models.ground.errors import Refused
from models.ground.marking import marked_secret
from models.people.assignment import require_member
from models.people.member import Member, tell
from models.people.rights import NotEntitled, Right, desk_of, require
from models.people.trail import record_act, record_change
from models.people.unit import Unit, UnitKind
from models.phrases import common
from models.phrases.contact import rollcall as phrases
from models.phrases.text import Lang
from models.policies import Policies

_AT_ONCE = 4  # handfuls done in the caller's own step: a cell is asked without waiting for the next tick
_TOPICS = {
    Occasion.STORM: Topic.DISASTER,
    Occasion.FLOOD: Topic.DISASTER,
    Occasion.QUAKE: Topic.DISASTER,
    Occasion.ACCIDENT: Topic.ACCIDENT,
}


# --- the caller -----------------------------------------------------------------------------------------------------


def call_roll(
    db: Session,
    aim: CalledPeople,
    *,
    occasion: Occasion,
    text: str | None,
    policies: Policies,
    now: datetime,
) -> RollCall:
    """Ask everybody called on whether they are safe, now, by day and by night. `text`: the caller's own words."""
    require(db, aim.by_id, Right.ANNOUNCE, aim.unit_id, now=now)
    if marked_secret(text or ""):
        raise Refused(common.secret_refused())
    if aim.called_on is CalledOn.PEOPLE:
        _require_names(db, aim, now=now)
    if not forecast_roll_call(db, aim, above=False).people:
        raise NobodyToAsk
    policy = policies.rollcall
    call = RollCall(
        unit_id=aim.unit_id,
        by_id=aim.by_id,
        occasion=occasion,
        called_on=aim.called_on,
        place_code=aim.place_code,
        state=RollCallState.PREPARING,
        called_at=now,
        base_at=now,
        again_at=first_again_at(policy, since=now),
        ends_at=now + timedelta(hours=policy.hours),
        fed_until=now,
        next_at=now,
        board_at=now + policy.board_every,
    )
    call.cursor, call.round = 0, 1
    call.text = text or None
    db.add(call)
    db.flush()
    record_act(db, "rollcall.call", by_id=aim.by_id, now=now, unit_id=aim.unit_id, detail=str(occasion))
    _begin(db, call, aim, policies, now=now)
    return call


def _require_names(db: Session, aim: CalledPeople, *, now: datetime) -> None:
    """People are chosen by name, so they are of the caller's own cell, and the caller keeps its desk."""
    unit = db.get_one(Unit, aim.unit_id)
    if unit.kind != UnitKind.CELL:
        raise NotEntitled
    require(db, aim.by_id, Right.SEE_DESK, unit.id, now=now)


def _begin(db: Session, call: RollCall, aim: CalledPeople, policies: Policies, *, now: datetime) -> None:
    for _ in range(_AT_ONCE):
        if not work_roll_call(db, call, policies, now=now, people=aim.people):
            break
    db.flush()


def call_off_roll_call(db: Session, call: RollCall, *, by_id: int, policies: Policies, now: datetime) -> None:
    """Say that it was a mistake. What has not gone out does not go; whoever was asked already is told."""
    _stop(db, call, RollCallState.CALLED_OFF, by_id=by_id, policies=policies, now=now)
    record_act(db, "rollcall.off", by_id=by_id, now=now, unit_id=call.unit_id)


def end_roll_call(db: Session, call: RollCall, *, by_id: int, policies: Policies, now: datetime) -> None:
    """End it by hand, and tell everybody who was asked. Answers that come later are still kept."""
    _stop(db, call, RollCallState.ENDED, by_id=by_id, policies=policies, now=now)
    record_act(db, "rollcall.end", by_id=by_id, now=now, unit_id=call.unit_id)


def _stop(
    db: Session, call: RollCall, state: RollCallState, *, by_id: int, policies: Policies, now: datetime
) -> None:
    require(db, by_id, Right.ANNOUNCE, call.unit_id, now=now)
    lock(db, call)
    if not call.is_open:
        raise RollCallRefused(phrases.over_already(state=call.state))
    end_now(db, call, state, by_id=by_id, now=now)
    for _ in range(_AT_ONCE):
        if not work_roll_call(db, call, policies, now=now):
            break
    db.flush()


# --- an answer ------------------------------------------------------------------------------------------------------


def answer_roll_call(
    db: Session,
    call: RollCall,
    member: Member,
    answer: Safety,
    *,
    by_id: int,
    policies: Policies,
    now: datetime,
) -> RollCallPerson:
    """Keep an answer, the member's own or of somebody who has just spoken with them; the newest counts.

    The same answer of the same person once more changes nothing. After the end it is kept, too: whoever needs help does.
    """
    person = person_in(db, call.id, member.id)
    if person is None or answer is Safety.OWED:
        raise RollCallRefused(common.gone_button())
    if by_id != member.id:
        require_member(db, by_id, member, now=now, right=Right.RECORD_CONTACT)
    if call.state == RollCallState.CALLED_OFF:
        raise RollCallRefused(phrases.was_a_mistake())
    lock(db, person)  # they and their secretary may answer at once: the second sees what the first has said
    if person.state == answer and person.by_id == by_id:
        return person
    was = Safety(person.state)
    person.changed = person.changed or was not in (Safety.OWED, answer)
    person.state, person.by_id, person.answered_at = answer, by_id, now
    db.add(RollCallAnswer(person_id=person.id, state=answer, at=now, by_id=by_id))
    if person.outbox_id is not None:
        cancel_message(db, person.outbox_id)
    note_sign(db, member, Sign.ROLL_CALL if by_id == member.id else Sign.CONTACT, at=now)
    record_change(db, "rollcall.answer", by_id=by_id, member_id=member.id, now=now, detail=str(answer))
    if answer in IN_NEED and not call.is_drill:
        _ask_for_help(db, call, person, member, policies.request, now=now)
    db.flush()
    if by_id != member.id:
        _tell_member(db, call, person, member, now=now)
    if was not in (Safety.OWED, answer):
        _tell_desk(db, call, person, member, was, now=now)
    return person


def _ask_for_help(
    db: Session,
    call: RollCall,
    person: RollCallPerson,
    member: Member,
    policy: RequestPolicy,
    *,
    now: datetime,
) -> None:
    """Open an urgent request, one a roll call. Whoever spoke with them has it from the first, where they may."""
    text = phrases.request(
        occasion=call.occasion, answer=person.state, at=call.called_at, zone=member.zone
    ).to_plain(Lang(member.lang))
    request = db.get(HelpRequest, person.request_id) if person.request_id else None
    if request is not None and request.is_open:
        change_request(db, request, text, urgency=Urgency.URGENT, now=now)
        return
    topic = _TOPICS.get(Occasion(call.occasion), Topic.OTHER)
    said = RequestWords(text, topic=topic, urgency=Urgency.URGENT)
    request = open_request(db, member, said, policy=policy, now=now)
    if request is None:
        return
    person.request_id = request.id
    if person.by_id is not None and person.by_id != member.id:
        keep_heard_request(db, request, by_id=person.by_id, policy=policy, now=now)


def _tell_member(
    db: Session, call: RollCall, person: RollCallPerson, member: Member, *, now: datetime
) -> None:
    """Say who answered for them, and what: they can say otherwise."""
    words = phrases.answered_for_you(
        by=db.get_one(Member, person.by_id).full_name,
        answer=person.state,
        occasion=call.occasion,
        at=now,
        zone=member.zone,
    )
    message = Message(words, answer_buttons(call, person.state))
    key = f"rollcall.for:{person.id}:{now:%Y%m%d%H%M%S%f}"
    tell(db, member, message, key=key, lane=Lane.REMINDER, now=now)


def _tell_desk(
    db: Session, call: RollCall, person: RollCallPerson, member: Member, was: Safety, *, now: datetime
) -> None:
    if member.cell_id is None:
        return
    words = phrases.changed(
        name=member.full_name,
        was=was,
        now_is=person.state,
        occasion=call.occasion,
        by=db.get_one(Member, person.by_id).full_name if person.by_id != member.id else "",
    )
    for one in desk_of(db, member.cell_id, now=now):
        if one in (member.id, person.by_id):
            continue
        key = f"rollcall.changed:{person.id}:{now:%Y%m%d%H%M%S%f}:{one}"
        message = Message(words, [see_button(call)])
        tell(db, db.get_one(Member, one), message, key=key, lane=Lane.ALERT, now=now, at_once=True)
