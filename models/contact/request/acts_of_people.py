"""What the member and the helpers do. Each act locks the row, checks that it still fits, leaves a dated row, tells."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from models.contact.contact_note import Means, record_contact_note
from models.contact.policy import RequestPolicy, Urgency
from models.contact.request.questions import request_of_checkin
from models.contact.request.rows import (
    MOVES,
    Did,
    HelpRequest,
    RequestKind,
    RequestLevel,
    RequestMove,
    RequestRefused,
    RequestReply,
    RequestSettled,
    RequestState,
    RequestViewer,
    SentFile,
    Topic,
)
from models.contact.request.rules import (
    lapses_at,
    next_confirming,
    next_reminder,
    next_rise,
    usual_promise,
    waits_for_nobody,
)
from models.contact.request.seeing import (
    chosen_viewers,
    may_own,
    may_see_request,
    people_around,
    seers,
    units_to_ask,
)
from models.contact.request.telling import (
    about,
    name_of,
    tell_helpers,
    tell_member,
    those_in_charge,
    unit_name,
    whereabouts_of,
)
from models.contact.sign_of_life import Sign, note_sign
from models.delivery.message import Button, Lane, Message
from models.delivery.outbox import cancel_outbox
from models.ground.base import lock
from models.ground.clock import HOME_ZONE, local_date
from models.ground.workdays import WorkdayPolicy, add_workdays
from models.people.assignment import contacts_of
from models.people.member import Member, tell
from models.people.rights import NotEntitled, Role, desk_of
from models.people.trail import record_change
from models.phrases.contact import request as phrases
from models.phrases.text import Text


@dataclass(frozen=True, slots=True)
class RequestWords:
    """What a request says, and what comes with it."""

    text: str
    topic: Topic = Topic.OTHER
    urgency: Urgency = Urgency.NORMAL
    files: Sequence[SentFile] = ()
    slips: str | None = None


def open_request(
    db: Session,
    member: Member,
    said: RequestWords,
    *,
    policy: RequestPolicy,
    now: datetime,
    checkin_id: int | None = None,
    viewers: Collection[int] | None = None,
) -> HelpRequest | None:
    """Ask for help; None without a cell. `viewers`: nobody but these sees it. One open request a report."""
    if member.cell_id is None:
        return None
    request = request_of_checkin(db, checkin_id) if checkin_id is not None else None
    if request is not None:
        change_request(db, request, said.text, topic=said.topic, urgency=said.urgency, now=now)
        return request
    request = _new(db, member, RequestKind.HELP, said, now=now)
    request.checkin_id, request.is_private = checkin_id, viewers is not None
    if not request.is_private:  # the desk is not to learn of it by its day either
        note_sign(db, member, Sign.REQUEST, at=now)
    if viewers is not None:
        _let_see(db, request, member, viewers, now=now)
    elif not seers(db, request, now=now):  # nobody else keeps the desk: who is above sees it at once
        request.risen = RequestLevel.OFFICER
    request.next_at = next_rise(request, policy, since=now, now=now)
    move = record_move(db, request, Did.OPENED, by_id=member.id, now=now)
    words = phrases.opened(
        name=member.full_name,
        topic=said.topic,
        urgency=said.urgency,
        private=request.is_private,
        where=whereabouts_of(db, request),
    )
    told = tell_helpers(db, request, move, words, to=seers(db, request, now=now), now=now)
    if waits_for_nobody(request) and not request.is_private:
        _call_contacts(db, request, move, now=now)
        if not told:
            request.next_at = now  # nobody hears it there: the next minute takes it up
    return request


def send_word(
    db: Session, member: Member, said: RequestWords, *, policy: RequestPolicy, now: datetime
) -> HelpRequest | None:
    """Send a few words to the secretary, to be read or answered.

    A member who keeps the desk alone writes to the committee.
    """
    if member.cell_id is None:
        return None
    request = _new(db, member, RequestKind.WORD, said, now=now)
    if not seers(db, request, now=now):
        request.risen = RequestLevel.OFFICER
    return _put(db, request, policy, now=now)


def put_petition(
    db: Session,
    member: Member,
    said: RequestWords,
    *,
    unit_id: int,
    policy: RequestPolicy,
    calendar: WorkdayPolicy,
    now: datetime,
) -> HelpRequest | None:
    """Put something to the cell or a committee, which owes an answer by a day."""
    if member.cell_id is None:
        return None
    if unit_id not in units_to_ask(db, member, now=now):
        raise RequestRefused(phrases.nobody_answers_there())
    request = _new(db, member, RequestKind.PETITION, said, now=now)
    request.unit_id = unit_id
    _owe_answer(request, policy, calendar, now=now)
    return _put(db, request, policy, now=now)


def _new(db: Session, member: Member, kind: RequestKind, said: RequestWords, *, now: datetime) -> HelpRequest:
    request = HelpRequest(
        member_id=member.id,
        cell_id=member.cell_id,
        kind=kind,
        slips=said.slips,
        state=RequestState.OPEN,
        topic=said.topic,
        urgency=said.urgency,
        is_private=False,
        risen=0,
        nudges=0,
        opened_at=now,
    )
    request.text = said.text
    db.add(request)
    db.flush()
    if said.files:
        _keep_reply(db, request, by_id=member.id, text="", files=said.files, now=now)
    return request


def _put(db: Session, request: HelpRequest, policy: RequestPolicy, *, now: datetime) -> HelpRequest:
    """Send a word or a petition to those who have to answer it."""
    if request.unit_id in (
        None,
        request.cell_id,
    ):  # of what goes to a committee the cell learns nothing, its day neither
        member = db.get_one(Member, request.member_id)
        note_sign(db, member, Sign.REQUEST, at=now)
    request.next_at = next_reminder(request, policy, since=now, now=now)
    move = record_move(db, request, Did.OPENED, by_id=request.member_id, now=now)
    words = phrases.came(
        kind=request.kind,
        name=name_of(db, request.member_id),
        where=whereabouts_of(db, request),
        to=unit_name(db, request.unit_id),
        by=request.answer_by,
    )
    tell_helpers(db, request, move, words, to=seers(db, request, now=now), now=now)
    return request


def _owe_answer(
    request: HelpRequest, policy: RequestPolicy, calendar: WorkdayPolicy, *, now: datetime
) -> None:
    today = local_date(now, HOME_ZONE)
    request.answer_by = add_workdays(today, policy.petition_workdays, calendar)


def _call_contacts(db: Session, request: HelpRequest, move: RequestMove, *, now: datetime) -> None:
    """Ask those who keep in touch with them to phone. They are not told what it is about."""
    knowing = seers(db, request, now=now)
    for assignment in contacts_of(db, request.member_id, now=now):
        if assignment.contact_id in knowing or assignment.contact_id == request.member_id:
            continue
        words = phrases.call_them_now(name=name_of(db, request.member_id))
        message = Message(words, [[Button(phrases.CALL_THEM, f"desk:keep:{request.member_id}")]])
        key = f"request.call:{move.id}:{assignment.contact_id}"
        contact = db.get_one(Member, assignment.contact_id)
        tell(db, contact, message, key=key, lane=Lane.ALERT, now=now, at_once=True, about=about(request))


def change_request(
    db: Session,
    request: HelpRequest,
    text: str,
    *,
    topic: Topic | None = None,
    urgency: Urgency | None = None,
    slips: str | None = None,
    now: datetime,
) -> None:
    """Change it: the member sends the same report with other words, or edits a message that was sent."""
    was = (request.text, request.topic, request.urgency)
    request.text, request.slips = text, slips or request.slips
    request.topic, request.urgency = topic or request.topic, urgency or request.urgency
    if was == (text, request.topic, request.urgency):
        return
    move = record_move(db, request, Did.CHANGED, by_id=request.member_id, now=now)
    words = phrases.changed(name=name_of(db, request.member_id))
    tell_helpers(db, request, move, words, to=those_in_charge(db, request, now=now), now=now)


def is_free(db: Session, request: HelpRequest, *, now: datetime) -> bool:
    """Return whether nobody has it, its owner may not see it any more, or the promised day went by."""
    if request.state == RequestState.OPEN:
        return True
    if request.state == RequestState.CLOSED or request.owner_id is None:
        return False
    return request.lapsed_at is not None or not may_see_request(db, request.owner_id, request, now=now)


def take_request(
    db: Session,
    request: HelpRequest,
    *,
    by_id: int,
    now: datetime,
    promised_on: date | None = None,
    policy: RequestPolicy,
) -> None:
    """Let somebody take it and promise a day, and tell the member. Taking one's own again changes nothing."""
    lock(db, request)  # two helpers may tap at once: the second sees what the first has done
    if not may_see_request(db, by_id, request, now=now):
        raise NotEntitled
    if (request.is_open and request.owner_id == by_id) or request.kind == RequestKind.WORD:
        return
    if not is_free(db, request, now=now):
        raise RequestSettled(owner=name_of(db, request.owner_id) or None)
    was = request.owner_id
    _give(request, by_id, promised_on, policy, now=now)
    move = record_move(db, request, Did.TAKEN, by_id=by_id, now=now)
    cancel_outbox(db, about(request))
    _tell_owner_known(db, request, move, now=now)
    if was is not None and was in seers(db, request, now=now):
        words = phrases.taken_from_you(name=name_of(db, request.member_id), owner=name_of(db, by_id))
        tell_helpers(db, request, move, words, to=[was], now=now)


def promise_request(
    db: Session, request: HelpRequest, *, by_id: int, on: date, policy: RequestPolicy, now: datetime
) -> None:
    """Promise another day, as the owner, and tell the member."""
    lock(db, request)
    _require_owner(request, by_id)
    if request.state == RequestState.TAKEN and request.promised_on == on:
        return
    _give(request, by_id, on, policy, now=now)
    move = record_move(db, request, Did.PROMISED, by_id=by_id, now=now)
    words = phrases.promised(owner=name_of(db, by_id), on=on)
    tell_member(db, request, move, words, now=now)


def keep_heard_request(
    db: Session, request: HelpRequest, *, by_id: int, policy: RequestPolicy, now: datetime
) -> None:
    """Make whoever heard of it from the member in person its owner, where they may be that.

    A contact, who sees no requests but those that are theirs, has it beside the desk, which hears of it all the same.
    """
    if may_see_request(db, by_id, request, now=now):
        take_request(db, request, by_id=by_id, policy=policy, now=now)
    elif by_id in may_own(db, request, now=now):
        _give(request, by_id, None, policy, now=now)
        move = record_move(db, request, Did.TAKEN, by_id=by_id, now=now)
        _tell_owner_known(db, request, move, now=now)


def hand_request(
    db: Session, request: HelpRequest, *, by_id: int, to_id: int, policy: RequestPolicy, now: datetime
) -> None:
    """Give it to another, as the owner, or as anybody who may see it while it is free. Both sides are told."""
    lock(db, request)
    if not may_see_request(db, by_id, request, now=now) or to_id not in may_own(db, request, now=now):
        raise NotEntitled
    if request.is_open and request.owner_id == to_id:
        return
    if not is_free(db, request, now=now):
        _require_owner(request, by_id)
    _give(request, to_id, None, policy, now=now)
    move = record_move(db, request, Did.HANDED, by_id=by_id, now=now)
    words = phrases.handed(
        name=name_of(db, request.member_id), by=name_of(db, by_id), on=request.promised_on or now.date()
    )
    tell_helpers(db, request, move, words, to=[to_id], now=now)
    _tell_owner_known(db, request, move, now=now)


def reply_request(
    db: Session,
    request: HelpRequest,
    *,
    by_id: int,
    text: str,
    files: Sequence[SentFile] = (),
    policy: RequestPolicy,
    now: datetime,
) -> None:
    """Write as the member to the helpers, or as a helper to the member. An answer to what nobody had takes it."""
    lock(db, request)
    if not request.is_open:
        raise RequestSettled(owner=None, kind=request.kind)
    if by_id != request.member_id and request.is_help and is_free(db, request, now=now):
        take_request(db, request, by_id=by_id, now=now, policy=policy)
    elif by_id != request.member_id and not may_see_request(db, by_id, request, now=now):
        raise NotEntitled
    _keep_reply(db, request, by_id=by_id, text=text, files=files, now=now)
    move = record_move(db, request, Did.REPLIED, by_id=by_id, now=now)
    if by_id == request.member_id:
        words = phrases.member_replied(name=name_of(db, by_id))
        tell_helpers(db, request, move, words, to=those_in_charge(db, request, now=now), now=now)
    else:
        words = phrases.helper_replied(name=name_of(db, by_id), text=text, files=len(files))
        tell_member(db, request, move, words, Button(phrases.ANSWER, f"request:say:{request.id}"), now=now)


def answer_request(
    db: Session,
    request: HelpRequest,
    *,
    by_id: int,
    text: str,
    files: Sequence[SentFile] = (),
    now: datetime,
) -> None:
    """Answer a word or a petition, which ends it. The member may write again; others who saw it are told."""
    lock(db, request)
    if not may_see_request(db, by_id, request, now=now):
        raise NotEntitled
    if not request.is_open:
        raise RequestSettled(owner=None, kind=request.kind)
    _keep_reply(db, request, by_id=by_id, text=text, files=files, now=now)
    others = seers(db, request, now=now)
    move = _end_with_answer(db, request, Did.ANSWERED, by_id=by_id, now=now)
    name, kind = name_of(db, by_id), request.kind
    words = phrases.answered(kind=kind, name=name, text=text, files=len(files))
    tell_member(db, request, move, words, Button(phrases.WRITE_AGAIN, f"request:say:{request.id}"), now=now)
    if kind == RequestKind.PETITION:
        words = phrases.was_answered(name=name_of(db, request.member_id), by=name)
        tell_helpers(db, request, move, words, to=others, now=now)


def mark_read(db: Session, request: HelpRequest, *, by_id: int, now: datetime) -> None:
    """Note that a word that wants no answer was read, and tell the member. The second time changes nothing."""
    lock(db, request)
    if not may_see_request(db, by_id, request, now=now) or request.kind != RequestKind.WORD:
        raise NotEntitled
    if not request.is_open:
        return
    move = _end_with_answer(db, request, Did.READ, by_id=by_id, now=now)
    words = phrases.was_read(by=name_of(db, by_id))
    tell_member(db, request, move, words, Button(phrases.WRITE_AGAIN, f"request:say:{request.id}"), now=now)


def note_contact_about(
    db: Session,
    request: HelpRequest,
    *,
    channel: Means,
    happened_on: date,
    result: str,
    by_id: int,
    now: datetime,
) -> None:
    """Note for all three that an officer to whom it has come spoke with the member. Nothing of the cell's is settled."""
    if seers(db, request, now=now).get(by_id) != Role.OFFICER:
        raise NotEntitled
    member = db.get_one(Member, request.member_id)
    note = record_contact_note(
        db, member, channel=channel, happened_on=happened_on, result=result, by_id=by_id, now=now
    )
    words = phrases.officer_spoke(by=name_of(db, by_id), name=member.full_name, on=happened_on)
    message = Message(words, [[Button(phrases.SEE, f"desk:who:{member.id}")]])
    for one in desk_of(db, request.cell_id, now=now):
        if one not in (by_id, member.id):
            key = f"request.contact:{note.id}:{one}"
            tell(db, db.get_one(Member, one), message, key=key, lane=Lane.REMINDER, now=now)


def _end_with_answer(
    db: Session, request: HelpRequest, did: Did, *, by_id: int, now: datetime
) -> RequestMove:
    request.state, request.owner_id, request.promised_on = S.CLOSED, by_id, None
    request.answered_at = request.closed_at = now
    request.next_at = None
    cancel_outbox(db, about(request))
    return record_move(db, request, did, by_id=by_id, now=now)


def write_again(
    db: Session,
    request: HelpRequest,
    *,
    text: str,
    files: Sequence[SentFile] = (),
    policy: RequestPolicy,
    calendar: WorkdayPolicy,
    now: datetime,
) -> None:
    """Write on, as the member, about what was answered: an answer is owed again."""
    lock(db, request)
    _keep_reply(db, request, by_id=request.member_id, text=text, files=files, now=now)
    if not request.is_open:
        request.state, request.owner_id, request.nudges = S.OPEN, None, 0
        request.closed_at = request.answered_at = None
        if request.kind == RequestKind.PETITION:
            request.risen = 0
            _owe_answer(request, policy, calendar, now=now)
        request.next_at = next_reminder(request, policy, since=now, now=now)
    move = record_move(db, request, Did.AGAIN, by_id=request.member_id, now=now)
    words = phrases.wrote_again(kind=request.kind, name=name_of(db, request.member_id), by=request.answer_by)
    tell_helpers(db, request, move, words, to=seers(db, request, now=now), now=now)


def propose_closing(
    db: Session, request: HelpRequest, *, by_id: int, policy: RequestPolicy, now: datetime
) -> None:
    """Ask the member whether it is settled, because the owner thinks so. Asking again changes nothing."""
    lock(db, request)
    _require_owner(request, by_id)
    if request.state == RequestState.PROPOSED or not request.is_help:
        return
    request.state, request.proposed_at, request.nudges, request.lapsed_at = S.PROPOSED, now, 0, None
    request.next_at = next_confirming(policy, now=now)
    move = record_move(db, request, Did.PROPOSED, by_id=by_id, now=now)
    ask_member(db, request, move, phrases.is_it_settled(owner=name_of(db, by_id)), now=now)


def say_not_yet(db: Session, request: HelpRequest, *, policy: RequestPolicy, now: datetime) -> None:
    """Say, as the member, that it is not settled: the owner goes on, with a new day."""
    lock(db, request)
    if request.state != RequestState.PROPOSED:
        return
    _give(request, request.owner_id or 0, None, policy, now=now)
    move = record_move(db, request, Did.NOT_YET, by_id=request.member_id, now=now)
    on = request.promised_on or now.date()
    words = phrases.not_settled_yet(name=name_of(db, request.member_id), on=on)
    tell_helpers(db, request, move, words, to=those_in_charge(db, request, now=now), now=now)


def close_request(db: Session, request: HelpRequest, *, now: datetime) -> None:
    """Close it, as the member, and tell those who know of it. Closing it again changes nothing."""
    lock(db, request)
    if not request.is_open:
        return
    told = those_in_charge(db, request, now=now)
    request.state, request.closed_at, request.next_at = S.CLOSED, now, None
    move = record_move(db, request, Did.CLOSED, by_id=request.member_id, now=now)
    cancel_outbox(db, about(request))
    words = phrases.closed(kind=request.kind, name=name_of(db, request.member_id))
    tell_helpers(db, request, move, words, to=told, now=now)


def share_request(
    db: Session,
    request: HelpRequest,
    viewer_ids: Collection[int],
    *,
    policy: RequestPolicy,
    now: datetime,
) -> None:
    """Let more people see a private request, and tell them. It is never taken away from those who saw it."""
    lock(db, request)
    if not request.is_open:
        raise RequestSettled(owner=None, kind=request.kind)
    fresh = set(viewer_ids) - chosen_viewers(db, request.id)
    if not request.is_private or not fresh:
        return
    member = db.get_one(Member, request.member_id)
    _let_see(db, request, member, fresh, now=now)
    if request.state == RequestState.OPEN:
        request.next_at = next_rise(request, policy, since=now, now=now)
    move = record_move(db, request, Did.SHARED, by_id=member.id, now=now)
    words = phrases.opened(
        name=member.full_name,
        topic=request.topic,
        urgency=request.urgency,
        private=True,
        where=whereabouts_of(db, request),
    )
    tell_helpers(db, request, move, words, to=fresh, now=now)


# --- within ---------------------------------------------------------------------------------------------------------

S = RequestState


def _give(
    request: HelpRequest, owner_id: int, on: date | None, policy: RequestPolicy, *, now: datetime
) -> None:
    """It is theirs until the morning after the promised day."""
    today = local_date(now, HOME_ZONE)
    day = on or usual_promise(request, policy, now=now)
    if request.answer_by is not None:  # whoever takes a petition moves no day of it
        day = max(request.answer_by, today) if on is None else on
        request.owner_id, request.taken_at, request.state = owner_id, now, S.TAKEN
        request.promised_on = day
        return
    if not today <= day <= today + timedelta(days=policy.farthest_days):
        raise RequestRefused(phrases.day_unfit(days=policy.farthest_days))
    if RequestState.TAKEN not in MOVES[RequestState(request.state)]:
        raise RequestSettled(owner=None, kind=request.kind)
    if request.owner_id != owner_id:
        request.taken_at = now
    request.state, request.owner_id, request.promised_on = S.TAKEN, owner_id, day
    request.lapsed_at, request.proposed_at, request.nudges = None, None, 0
    request.next_at = lapses_at(day, policy)


def _tell_owner_known(db: Session, request: HelpRequest, move: RequestMove, *, now: datetime) -> None:
    on = request.promised_on or now.date()
    words = phrases.taken(owner=name_of(db, request.owner_id), on=on)
    solved = Button(phrases.SOLVED, f"request:close:{request.id}")
    tell_member(db, request, move, words, solved, now=now)


def ask_member(db: Session, request: HelpRequest, move: RequestMove, words: Text, *, now: datetime) -> bool:
    """Ask the member, who alone can say so, whether it is settled."""
    yes = Button(phrases.SOLVED, f"request:close:{request.id}")
    no = Button(phrases.NOT_YET, f"request:notyet:{request.id}")
    return tell_member(db, request, move, words, yes, no, now=now)


def _require_owner(request: HelpRequest, by_id: int) -> None:
    if not request.is_open:
        raise RequestSettled(owner=None, kind=request.kind)
    if request.owner_id != by_id:
        raise NotEntitled


def _let_see(
    db: Session, request: HelpRequest, member: Member, viewer_ids: Collection[int], *, now: datetime
) -> None:
    around = people_around(db, member.id, request.cell_id, now=now)
    chosen = [one for one in around if one in viewer_ids]
    if not chosen or len(chosen) < len(set(viewer_ids)):
        raise RequestRefused(phrases.viewer_unfit())
    db.add_all(RequestViewer(request_id=request.id, viewer_id=one, added_at=now) for one in chosen)
    db.flush()


def _keep_reply(
    db: Session, request: HelpRequest, *, by_id: int, text: str, files: Sequence[SentFile], now: datetime
) -> None:
    reply = RequestReply(request_id=request.id, by_id=by_id, at=now)
    reply.text = text or None
    reply.files_as_kept = "\n".join(f"{file.kind}:{file.file_id}" for file in files) or None
    db.add(reply)


def record_move(
    db: Session, request: HelpRequest, did: Did, *, by_id: int | None, now: datetime
) -> RequestMove:
    """Record with a dated row what happened, as the request stands after it."""
    move = RequestMove(
        request_id=request.id,
        at=now,
        did=did,
        state=request.state,
        by_id=by_id,
        owner_id=request.owner_id,
        promised_on=request.promised_on,
        level=request.risen,
    )
    db.add(move)
    db.flush()
    record_change(db, "request.move", by_id=by_id, member_id=request.member_id, now=now, detail=str(did))
    return move
