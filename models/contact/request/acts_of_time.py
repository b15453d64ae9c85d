"""What time does: what nobody answers rises, a promise lapses loudly, an answer that is awaited is asked for again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.contact.policy import RequestPolicy
from models.contact.request.acts_of_people import S, ask_member, record_move
from models.contact.request.questions import lock_requests
from models.contact.request.rows import Did, HelpRequest, RequestLevel, RequestMove, RequestState
from models.contact.request.rules import (
    by_day,
    has_more_calls,
    lapses_at,
    morning_after,
    next_call,
    next_confirming,
    next_reminder,
    next_rise,
    waits_for_nobody,
)
from models.contact.request.seeing import may_see_request, seers
from models.contact.request.telling import (
    name_of,
    tell_helpers,
    tell_member,
    those_in_charge,
    unit_name,
    zone_of,
)
from models.delivery.message import Button
from models.people.member import hears
from models.people.rights import Role, holders
from models.phrases.contact import request as phrases
from models.phrases.text import Text


def move_requests(db: Session, ids: Sequence[int], policy: RequestPolicy, *, now: datetime) -> None:
    """Do what is due now; at night it waits for the morning."""
    for request in lock_requests(db, list(ids)):
        if request.next_at is None or request.next_at > now:
            continue
        if by_day(now) > now and not waits_for_nobody(request):
            request.next_at = by_day(now)
        else:
            _move(db, request, policy, now=now)
    db.flush()


def _move(db: Session, request: HelpRequest, policy: RequestPolicy, *, now: datetime) -> None:
    owner, planned = request.owner_id, request.next_at or now
    if not request.is_open:
        request.next_at = None
    elif owner is not None and not may_see_request(db, owner, request, now=now):
        _release(db, request, policy, now=now)
    elif not request.is_help:
        _remind(db, request, policy, planned, now=now)
    elif request.state == RequestState.PROPOSED:
        _ask_again(db, request, policy, now=now)
    elif request.state == RequestState.TAKEN and request.lapsed_at is None:
        _lapse(db, request, policy, now=now)
    elif request.state == RequestState.TAKEN:
        _call_lapsed(db, request, policy, planned, now=now)
    else:
        _rise(db, request, policy, planned, now=now)


def _lapse(db: Session, request: HelpRequest, policy: RequestPolicy, *, now: datetime) -> None:
    """The promised day went by: the owner, the member and all who may see it are told."""
    on = request.promised_on
    if on is not None and lapses_at(on, policy) > now:  # woken early: somebody's office ended
        request.next_at = lapses_at(on, policy)
        return
    request.lapsed_at, request.nudges = now, 0
    request.next_at = next_call(request, policy, since=request.next_at or now, now=now)
    move = record_move(db, request, Did.LAPSED, by_id=None, now=now)
    _say_lapsed(db, request, move, now=now)
    words = phrases.promise_lapsed(owner=name_of(db, request.owner_id), on=on or now.date())
    tell_member(db, request, move, words, now=now)


def _say_lapsed(db: Session, request: HelpRequest, move: RequestMove, *, now: datetime) -> int:
    """The owner is asked for another day, each of the others whether they can take over."""
    name, owner = name_of(db, request.member_id), name_of(db, request.owner_id)
    on = request.promised_on or now.date()

    def words(person_id: int) -> Text:
        if person_id == request.owner_id:
            return phrases.you_are_past_the_day(name=name, on=on)
        return phrases.lapsed(name=name, owner=owner, on=on)

    return tell_helpers(db, request, move, words, to=seers(db, request, now=now), now=now)


def _call_lapsed(
    db: Session, request: HelpRequest, policy: RequestPolicy, planned: datetime, *, now: datetime
) -> None:
    """Still past the day: after 1, 3, 7 days, the committee above with the first; then the member is asked."""
    if not has_more_calls(request, policy):
        _ask_whether_still_needed(db, request, policy, planned, now=now)
        return
    rises = request.risen < RequestLevel.OFFICER and not request.is_private
    request.risen = RequestLevel.OFFICER if rises else request.risen
    request.nudges += 1
    move = record_move(db, request, Did.RISEN if rises else Did.CALLED_AGAIN, by_id=None, now=now)
    told = _say_lapsed(db, request, move, now=now)
    if rises:
        owner, on = name_of(db, request.owner_id), request.promised_on or now.date()
        tell_member(db, request, move, phrases.lapsed_and_risen(owner=owner, on=on, told=bool(told)), now=now)
    request.next_at = next_call(request, policy, since=planned, now=now)


def _ask_whether_still_needed(
    db: Session, request: HelpRequest, policy: RequestPolicy, planned: datetime, *, now: datetime
) -> None:
    """Ask the member, who may end it or write. Helpers are not called again: the desk and the digest show it."""
    move = record_move(db, request, Did.REMINDED, by_id=None, now=now)
    since = request.opened_at
    words = phrases.still_open(kind=request.kind, since=since, zone=zone_of(db, request.member_id))
    done = Button(phrases.SETTLED[request.kind], f"request:close:{request.id}")
    write = Button(phrases.WRITE, f"request:say:{request.id}")
    tell_member(db, request, move, words, done, write, now=now)
    request.next_at = next_call(request, policy, since=planned, now=now)


def _release(db: Session, request: HelpRequest, policy: RequestPolicy, *, now: datetime) -> None:
    """Open it again, since whoever had taken it holds no office any more."""
    owner = name_of(db, request.owner_id)
    request.state, request.owner_id, request.promised_on = S.OPEN, None, None
    request.lapsed_at, request.proposed_at, request.nudges = None, None, 0
    step = next_rise if request.is_help else next_reminder
    request.next_at = step(request, policy, since=now, now=now)
    move = record_move(db, request, Did.RELEASED, by_id=None, now=now)
    words = phrases.released(name=name_of(db, request.member_id), owner=owner)
    told = tell_helpers(db, request, move, words, to=seers(db, request, now=now), now=now)
    tell_member(db, request, move, phrases.owner_left(owner=owner, told=told), now=now)


def _rise(
    db: Session, request: HelpRequest, policy: RequestPolicy, planned: datetime, *, now: datetime
) -> None:
    """Up to the next level where somebody can be told. From the last one on all are called again, ever more seldom."""
    name, since = name_of(db, request.member_id), request.opened_at
    if request.risen < RequestLevel.OFFICER:
        request.risen = _level_above(db, request, now=now)
        move = record_move(db, request, Did.RISEN, by_id=None, now=now)
        told = _say_risen(db, request, move, now=now)
    elif has_more_calls(request, policy):
        request.nudges += 1
        move = record_move(db, request, Did.CALLED_AGAIN, by_id=None, now=now)
        words = phrases.still_nobody(name=name, since=since)
        told = tell_helpers(db, request, move, words, to=seers(db, request, now=now), now=now)
    else:
        _ask_whether_still_needed(db, request, policy, planned, now=now)
        return
    if not told:
        tell_member(db, request, move, phrases.nobody_reached(private=request.is_private), now=now)
    elif move.did == Did.RISEN and request.risen == RequestLevel.OFFICER:
        tell_member(db, request, move, phrases.passed_on(private=request.is_private), now=now)
    request.next_at = next_rise(request, policy, since=planned, now=now)
    if not told and waits_for_nobody(request) and request.risen < RequestLevel.OFFICER:
        request.next_at = now  # an emergency waits at no level where nobody hears it


def _say_risen(db: Session, request: HelpRequest, move: RequestMove, *, now: datetime) -> int:
    """Whom it has come to is asked; the others read to whom that is."""
    name, since, level = name_of(db, request.member_id), request.opened_at, request.risen
    seeing = seers(db, request, now=now)
    asked = Role.DEPUTY if level == RequestLevel.DEPUTY else Role.OFFICER

    def words(person_id: int) -> Text:
        whom = None if request.is_private else asked
        return phrases.risen(name=name, since=since, whom=whom, you=seeing.get(person_id) == asked)

    return tell_helpers(db, request, move, words, to=seeing, now=now)


def _remind(
    db: Session, request: HelpRequest, policy: RequestPolicy, planned: datetime, *, now: datetime
) -> None:
    """A word or a petition that nobody has answered: who owes it; past its day the committee above sees it, too."""
    if request.answer_by is not None and lapses_at(request.answer_by, policy) > now:
        move = record_move(db, request, Did.REMINDED, by_id=None, now=now)
        _say_owed(db, request, move, now=now)
    elif not has_more_calls(request, policy):
        _ask_whether_still_needed(db, request, policy, planned, now=now)
        return
    else:
        overdue = request.answer_by is not None and request.lapsed_at is None
        before = set(seers(db, request, now=now))
        if overdue:
            request.lapsed_at = now
            request.risen += 1
        else:
            request.nudges += 1
        did = Did.LAPSED if overdue else Did.CALLED_AGAIN
        move = record_move(db, request, did, by_id=None, now=now)
        _say_owed(db, request, move, now=now)
        above = [one for one in seers(db, request, now=now) if one not in before]
        _tell_member_of_owing(db, request, policy, move, above, now=now)
    request.next_at = next_reminder(request, policy, since=planned, now=now)


def _say_owed(db: Session, request: HelpRequest, move: RequestMove, *, now: datetime) -> None:
    words = phrases.is_owed(
        kind=request.kind,
        name=name_of(db, request.member_id),
        to=unit_name(db, request.unit_id),
        since=request.opened_at,
        by=request.answer_by,
        overdue=request.lapsed_at is not None,
    )
    tell_helpers(db, request, move, words, to=seers(db, request, now=now), now=now)


def _tell_member_of_owing(
    db: Session,
    request: HelpRequest,
    policy: RequestPolicy,
    move: RequestMove,
    above: list[int],
    *,
    now: datetime,
) -> None:
    """At the day that went by, and when nobody is called any more."""
    if move.did == Did.LAPSED and request.answer_by is not None:
        names = [name_of(db, one) for one in above]
        words = phrases.answer_overdue(to=unit_name(db, request.unit_id), by=request.answer_by, above=names)
        tell_member(db, request, move, words, now=now)
    elif not has_more_calls(request, policy):
        tell_member(db, request, move, phrases.nobody_answered(kind=request.kind), now=now)


def _level_above(db: Session, request: HelpRequest, *, now: datetime) -> RequestLevel:
    """A private request stays among those whom the member chose: they are called again at each level."""
    above = RequestLevel(request.risen + 1)
    if above is RequestLevel.OFFICER or request.is_private:
        return above
    deputies = holders(db, request.cell_id, Role.DEPUTY, now=now)
    return above if any(hears(db, one) for one in deputies) else RequestLevel.OFFICER


def _ask_again(db: Session, request: HelpRequest, policy: RequestPolicy, *, now: datetime) -> None:
    """The member once; then the owner is told, again and again, that only a call will do."""
    request.nudges += 1
    move = record_move(db, request, Did.REMINDED, by_id=None, now=now)
    if request.nudges == 1:
        reached = ask_member(db, request, move, _settled_question(db, request), now=now)
        request.next_at = next_confirming(policy, now=now)
        if reached:
            return
    calls = policy.again_days[: max(request.nudges - 1, 0)]
    if len(calls) < len(policy.again_days):
        words = phrases.no_word_from(name=name_of(db, request.member_id))
        tell_helpers(db, request, move, words, to=those_in_charge(db, request, now=now), now=now)
        days = policy.again_days[len(calls)]
    else:
        ask_member(db, request, move, _settled_question(db, request), now=now)
        days = policy.still_days
    request.next_at = morning_after(now, days, policy)


def _settled_question(db: Session, request: HelpRequest) -> Text:
    return phrases.is_it_settled(owner=name_of(db, request.owner_id))


def wake_requests_of(db: Session, person_id: int, *, now: datetime) -> None:
    """Look in the next minute of the day at what they had, because their office ended."""
    db.execute(
        update(HelpRequest)
        .where(HelpRequest.owner_id == person_id, HelpRequest.state != RequestState.CLOSED)
        .values(next_at=by_day(now))
    )


def mend_request(request: HelpRequest, policy: RequestPolicy, *, now: datetime) -> None:
    """Give an open request its next moment back, for the auditor."""
    if request.is_open and request.next_at is None:
        step = next_rise if request.is_help else next_reminder
        request.next_at = step(request, policy, since=now, now=now)
