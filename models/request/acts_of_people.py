"""What the member and the helpers do. Each act locks the row, checks that it still fits, leaves a dated row, tells."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from models.clock import HOME_ZONE, local_date
from models.member import Member
from models.outbox import Button, cancel_outbox
from models.phrases import request as phrases
from models.phrases.text import Text
from models.request.questions import request_of_checkin
from models.request.rows import (
    MOVES,
    USUAL,
    Did,
    HelpRequest,
    RequestMove,
    RequestPolicy,
    RequestRefused,
    RequestReply,
    RequestSettled,
    RequestState,
    RequestViewer,
    SentFile,
    Topic,
    Urgency,
)
from models.request.rules import lapses_at, next_confirming, next_rise, usual_promise
from models.request.seeing import chosen_viewers, may_own, may_see_request, people_around, seers
from models.request.telling import about, name_of, tell_helpers, tell_member, those_in_charge
from models.rights import NotEntitled
from models.sign_of_life import Sign, note_sign
from models.trail import record_change


def open_request(
    db: Session,
    member: Member,
    *,
    text: str,
    now: datetime,
    checkin_id: int | None = None,
    topic: Topic = Topic.OTHER,
    urgency: Urgency = Urgency.NORMAL,
    viewers: Collection[int] | None = None,
    files: Sequence[SentFile] = (),
    policy: RequestPolicy = USUAL,
) -> HelpRequest | None:
    """Ask for help; None without a cell. `viewers`: nobody but these sees it. One open request a report."""
    if member.cell_id is None:
        return None
    request = request_of_checkin(db, checkin_id) if checkin_id is not None else None
    if request is not None:
        _change(db, request, text, now=now)
        return request
    request = HelpRequest(
        member_id=member.id,
        cell_id=member.cell_id,
        checkin_id=checkin_id,
        state=RequestState.OPEN,
        topic=topic,
        urgency=urgency,
        is_private=viewers is not None,
        risen=0,
        nudges=0,
        opened_at=now,
    )
    request.text = text
    db.add(request)
    db.flush()
    if not request.is_private:  # the desk is not to learn of it by its day either
        note_sign(db, member, Sign.REQUEST, at=now)
    if viewers is not None:
        _let_see(db, request, member, viewers, now=now)
    if files:
        _keep_reply(db, request, by_id=member.id, text="", files=files, now=now)
    request.next_at = next_rise(request, policy, now=now)
    move = record_move(db, request, Did.OPENED, by_id=member.id, now=now)
    words = phrases.opened(name=member.full_name, topic=topic, urgency=urgency, private=request.is_private)
    tell_helpers(db, request, move, words, to=seers(db, request, now=now), now=now)
    return request


def _change(db: Session, request: HelpRequest, text: str, *, now: datetime) -> None:
    """The member sends the same report with other words."""
    if request.text == text:
        return
    request.text = text
    move = record_move(db, request, Did.CHANGED, by_id=request.member_id, now=now)
    words = phrases.changed(name=name_of(db, request.member_id))
    tell_helpers(db, request, move, words, to=those_in_charge(db, request, now=now), now=now)


def is_free(db: Session, request: HelpRequest, *, now: datetime) -> bool:
    """Nobody has it, its owner may not see it any more, or the day they promised went by."""
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
    policy: RequestPolicy = USUAL,
) -> None:
    """Somebody makes it theirs and promises a day; the member is told. Taking one's own again does nothing."""
    lock_request(db, request)
    if not may_see_request(db, by_id, request, now=now):
        raise NotEntitled
    if request.is_open and request.owner_id == by_id:
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
    db: Session, request: HelpRequest, *, by_id: int, on: date, policy: RequestPolicy = USUAL, now: datetime
) -> None:
    """The owner promises another day; the member is told."""
    lock_request(db, request)
    _require_owner(request, by_id)
    if request.state == RequestState.TAKEN and request.promised_on == on:
        return
    _give(request, by_id, on, policy, now=now)
    move = record_move(db, request, Did.PROMISED, by_id=by_id, now=now)
    words = phrases.promised(owner=name_of(db, by_id), on=on)
    tell_member(db, request, move, words, now=now)


def hand_request(
    db: Session, request: HelpRequest, *, by_id: int, to_id: int, policy: RequestPolicy = USUAL, now: datetime
) -> None:
    """The owner, or anybody who may see it while it is free, gives it to another; both sides are told."""
    lock_request(db, request)
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
    policy: RequestPolicy = USUAL,
    now: datetime,
) -> None:
    """The member writes to the helpers, or a helper to the member; a helper's answer to what nobody had takes it."""
    lock_request(db, request)
    if not request.is_open:
        raise RequestSettled(owner=None)
    if by_id != request.member_id and is_free(db, request, now=now):
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


def propose_closing(
    db: Session, request: HelpRequest, *, by_id: int, policy: RequestPolicy = USUAL, now: datetime
) -> None:
    """The owner thinks that it is settled: the member is asked. Proposing again does nothing."""
    lock_request(db, request)
    _require_owner(request, by_id)
    if request.state == RequestState.PROPOSED:
        return
    request.state, request.proposed_at, request.nudges, request.lapsed_at = S.PROPOSED, now, 0, None
    request.next_at = next_confirming(policy, now=now)
    move = record_move(db, request, Did.PROPOSED, by_id=by_id, now=now)
    ask_member(db, request, move, phrases.is_it_settled(owner=name_of(db, by_id)), now=now)


def say_not_yet(db: Session, request: HelpRequest, *, policy: RequestPolicy = USUAL, now: datetime) -> None:
    """The member says that it is not settled: the owner goes on, with a new day."""
    lock_request(db, request)
    if request.state != RequestState.PROPOSED:
        return
    _give(request, request.owner_id or 0, None, policy, now=now)
    move = record_move(db, request, Did.NOT_YET, by_id=request.member_id, now=now)
    on = request.promised_on or now.date()
    words = phrases.not_settled_yet(name=name_of(db, request.member_id), on=on)
    tell_helpers(db, request, move, words, to=those_in_charge(db, request, now=now), now=now)


def close_request(db: Session, request: HelpRequest, *, now: datetime) -> None:
    """The member says it is settled; those who know of it are told. Closing it again does nothing."""
    lock_request(db, request)
    if not request.is_open:
        return
    told = those_in_charge(db, request, now=now)
    request.state, request.closed_at, request.next_at = S.CLOSED, now, None
    move = record_move(db, request, Did.CLOSED, by_id=request.member_id, now=now)
    cancel_outbox(db, about(request))
    words = phrases.closed(name=name_of(db, request.member_id))
    tell_helpers(db, request, move, words, to=told, now=now)


def share_request(
    db: Session,
    request: HelpRequest,
    viewer_ids: Collection[int],
    *,
    policy: RequestPolicy = USUAL,
    now: datetime,
) -> None:
    """The member lets more people see a private request; they are told. Nobody who has read it can unread it."""
    lock_request(db, request)
    if not request.is_open:
        raise RequestSettled(owner=None)
    fresh = set(viewer_ids) - chosen_viewers(db, request.id)
    if not request.is_private or not fresh:
        return
    member = db.get_one(Member, request.member_id)
    _let_see(db, request, member, fresh, now=now)
    if request.state == RequestState.OPEN:
        request.next_at = next_rise(request, policy, now=now)
    move = record_move(db, request, Did.SHARED, by_id=member.id, now=now)
    words = phrases.opened(name=member.full_name, topic=request.topic, urgency=request.urgency, private=True)
    tell_helpers(db, request, move, words, to=fresh, now=now)


# --- within ---------------------------------------------------------------------------------------------------------

S = RequestState


def _give(
    request: HelpRequest, owner_id: int, on: date | None, policy: RequestPolicy, *, now: datetime
) -> None:
    """It is theirs until the morning after the promised day."""
    today = local_date(now, HOME_ZONE)
    day = on or usual_promise(request, policy, now=now)
    if not today <= day <= today + timedelta(days=policy.farthest_days):
        raise RequestRefused(phrases.day_unfit(days=policy.farthest_days))
    if RequestState.TAKEN not in MOVES[RequestState(request.state)]:
        raise RequestSettled(owner=None)
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
    """Settled or not yet: only they can say."""
    yes = Button(phrases.SOLVED, f"request:close:{request.id}")
    no = Button(phrases.NOT_YET, f"request:notyet:{request.id}")
    return tell_member(db, request, move, words, yes, no, now=now)


def _require_owner(request: HelpRequest, by_id: int) -> None:
    if not request.is_open:
        raise RequestSettled(owner=None)
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
    """A dated row of what happened, as it stands after it."""
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


def lock_request(db: Session, request: HelpRequest) -> None:
    """The row as it is now, for this transaction alone (PostgreSQL; SQLite has one writer)."""
    db.flush()
    db.refresh(request, with_for_update=True)
