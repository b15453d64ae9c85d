"""What time does: what nobody answers rises, a promise lapses loudly, an answer that is awaited is asked for again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.member import hears
from models.phrases import request as phrases
from models.phrases.text import Text
from models.request.acts_of_people import S, ask_member, record_move
from models.request.questions import lock_requests
from models.request.rows import Did, HelpRequest, Level, RequestPolicy, RequestState
from models.request.rules import by_day, lapses_at, later, next_confirming, next_rise
from models.request.seeing import may_see_request, seers
from models.request.telling import name_of, tell_helpers, tell_member, those_in_charge
from models.rights import Role, holders


def move_requests(db: Session, ids: Sequence[int], policy: RequestPolicy, *, now: datetime) -> None:
    """Do what is due now; at night it waits for the morning."""
    for request in lock_requests(db, list(ids)):
        if request.next_at is None or request.next_at > now:
            continue
        if by_day(now) > now:
            request.next_at = by_day(now)
        else:
            _move(db, request, policy, now=now)
    db.flush()


def _move(db: Session, request: HelpRequest, policy: RequestPolicy, *, now: datetime) -> None:
    owner = request.owner_id
    if not request.is_open:
        request.next_at = None
    elif owner is not None and not may_see_request(db, owner, request, now=now):
        _release(db, request, policy, now=now)
    elif request.state == RequestState.PROPOSED:
        _ask_again(db, request, policy, now=now)
    elif request.state == RequestState.TAKEN and request.lapsed_at is None:
        _lapse(db, request, policy, now=now)
    else:
        _rise(db, request, policy, now=now)


def _lapse(db: Session, request: HelpRequest, policy: RequestPolicy, *, now: datetime) -> None:
    """The promised day went by: the owner, the member and all who may see it are told."""
    on = request.promised_on
    if on is not None and lapses_at(on, policy) > now:  # woken early: somebody's office ended
        request.next_at = lapses_at(on, policy)
        return
    request.lapsed_at = now
    request.next_at = next_rise(request, policy, now=now)
    move = record_move(db, request, Did.LAPSED, by_id=None, now=now)
    owner, day = name_of(db, request.owner_id), on or now.date()
    words = phrases.lapsed(name=name_of(db, request.member_id), owner=owner, on=day)
    tell_helpers(db, request, move, words, to=seers(db, request, now=now), now=now)
    tell_member(db, request, move, phrases.promise_lapsed(owner=owner, on=day), now=now)


def _release(db: Session, request: HelpRequest, policy: RequestPolicy, *, now: datetime) -> None:
    """Whoever had it holds no office any more: it is open again."""
    owner = name_of(db, request.owner_id)
    request.state, request.owner_id, request.promised_on = S.OPEN, None, None
    request.lapsed_at, request.proposed_at, request.nudges = None, None, 0
    request.next_at = next_rise(request, policy, now=now)
    move = record_move(db, request, Did.RELEASED, by_id=None, now=now)
    words = phrases.released(name=name_of(db, request.member_id), owner=owner)
    told = tell_helpers(db, request, move, words, to=seers(db, request, now=now), now=now)
    tell_member(db, request, move, phrases.owner_left(owner=owner, told=told), now=now)


def _rise(db: Session, request: HelpRequest, policy: RequestPolicy, *, now: datetime) -> None:
    """Up to the next level where somebody can be told. From the last one on all are called again."""
    name, since = name_of(db, request.member_id), request.opened_at
    if request.risen < Level.OFFICER:
        request.risen = _level_above(db, request, now=now)
        move = record_move(db, request, Did.RISEN, by_id=None, now=now)
        words = phrases.risen(name=name, since=since, level=request.risen)
    else:
        request.nudges += 1
        move = record_move(db, request, Did.CALLED_AGAIN, by_id=None, now=now)
        words = phrases.still_nobody(name=name, since=since)
    told = tell_helpers(db, request, move, words, to=seers(db, request, now=now), now=now)
    if not told:
        tell_member(db, request, move, phrases.nobody_reached(private=request.is_private), now=now)
    elif move.did == Did.RISEN and request.risen == Level.OFFICER:
        tell_member(db, request, move, phrases.passed_on(private=request.is_private), now=now)
    request.next_at = next_rise(request, policy, now=now)


def _level_above(db: Session, request: HelpRequest, *, now: datetime) -> Level:
    """A private request stays among those whom the member chose: they are called again at each level."""
    above = Level(request.risen + 1)
    if above is Level.OFFICER or request.is_private:
        return above
    deputies = holders(db, request.cell_id, Role.DEPUTY, now=now)
    return above if any(hears(db, one) for one in deputies) else Level.OFFICER


def _ask_again(db: Session, request: HelpRequest, policy: RequestPolicy, *, now: datetime) -> None:
    """The member once; then the owner is told, again and again, that only a call will do."""
    request.nudges += 1
    move = record_move(db, request, Did.REMINDED, by_id=None, now=now)
    if request.nudges == 1:
        reached = ask_member(db, request, move, _settled_question(db, request), now=now)
        request.next_at = next_confirming(policy, now=now)
        if reached:
            return
    words = phrases.no_word_from(name=name_of(db, request.member_id))
    tell_helpers(db, request, move, words, to=those_in_charge(db, request, now=now), now=now)
    request.next_at = later(now, hours=policy.patience(request.urgency).again_hours)


def _settled_question(db: Session, request: HelpRequest) -> Text:
    return phrases.is_it_settled(owner=name_of(db, request.owner_id))


def wake_requests_of(db: Session, person_id: int, *, now: datetime) -> None:
    """Somebody's office ended: what they had is looked at in the next minute of the day."""
    db.execute(
        update(HelpRequest)
        .where(HelpRequest.owner_id == person_id, HelpRequest.state != RequestState.CLOSED)
        .values(next_at=by_day(now))
    )


def mend_request(request: HelpRequest, policy: RequestPolicy, *, now: datetime) -> None:
    """For the auditor: an open request gets its next moment back."""
    if request.is_open and request.next_at is None:
        request.next_at = next_rise(request, policy, now=now)
