"""What waits about people: words to read, who is late, silent or out of reach, who is not registered, who asks for help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import not_, select

from models.away.away import Away, AwayUpdate
from models.contact.checkin import (
    Checkin,
    CheckinKind,
    PlaceAnswer,
    Report,
    first_words,
    gist_of,
)
from models.contact.contact_note import ContactNote
from models.contact.ladder import Call
from models.contact.policy import Urgency
from models.contact.request import HelpRequest, RequestReply, RequestState
from models.desk.desk import OpenRequest, Person, Pile
from models.desk.waiting.look import Glance, Waiting, morning, of_member
from models.entry.invite import InviteState, state_of
from models.entry.knock import listed_in
from models.ground.clock import HOME_ZONE, local_date
from models.people.member import Member, Purpose, Reachability, has_refused
from models.phrases.contact import sign_of_life as sign_words
from models.phrases.desk import (
    waiting as phrases,
)
from models.phrases.entry import invite as invite_words, knock as knock_words

_PATIENCE = timedelta(days=2)  # what the network holds up is tried again by us; then a person phones
_FEW = 3  # more who were never invited are one line: they lead to one list


def words(look: Glance) -> list[Waiting]:
    """Return what members wrote, and notes on them, until somebody else than the writer has read it."""
    rows = look.db.execute(
        select(Checkin, Member)
        .join(Member, Member.id == Checkin.member_id)
        .where(Checkin.cell_id == look.cell.id, Checkin.unread_at.is_not(None), Member.left_at.is_(None))
    )
    found = [
        _words(member, checkin)
        for checkin, member in rows
        if look.reader_id not in (member.id, checkin.answered_by)
    ]
    notes = [
        _noted(member, note)
        for note, member in look.notes
        if note.unread_at is not None and look.reader_id not in (member.id, note.by_id)
    ]
    updates = look.db.execute(
        select(AwayUpdate, Member)
        .join(Away, Away.id == AwayUpdate.away_id)
        .join(Member, Member.id == Away.member_id)
        .where(Away.cell_id == look.cell.id, AwayUpdate.unread_at.is_not(None), Member.left_at.is_(None))
        .where(not_(has_refused(Away.member_id, Purpose.AWAY)))
    )
    written = [
        _written(member, update)
        for update, member in updates
        if look.reader_id not in (member.id, update.by_id)
    ]
    return [*found, *notes, *written]


def _words(member: Member, checkin: Checkin) -> Waiting:
    report, at = checkin.report or Report(), checkin.answered_at or checkin.opens_at
    return of_member(
        member,
        checkin.id,
        phrases.words(work=report.work, moved=report.whereabouts == PlaceAnswer.CHANGED),
        since=at,
        promised_at=at,
        says=gist_of(report),
    )


def _written(member: Member, update: AwayUpdate) -> Waiting:
    said = first_words(update.text or "")
    return of_member(
        member,
        update.id,
        phrases.written(),
        since=update.at,
        promised_at=update.at,
        to=f"absence:history:{update.away_id}",
        says=phrases.quoted(said=said) if said else None,
    )


def _noted(member: Member, note: ContactNote) -> Waiting:
    said = first_words(note.correction or note.result or "")
    return of_member(
        member,
        note.id,
        phrases.noted(corrected=bool(note.correction)),
        since=note.recorded_at,
        promised_at=note.corrected_at or note.recorded_at,
        to=f"desk:contact:{note.id}",
        says=phrases.quoted(said=said) if said else None,
    )


def late(look: Glance) -> list[Waiting]:
    return [
        _late(look, person, person.owing)
        for person in look.picture.pile(Pile.OWING)
        if person.owing is not None and person.is_late and person.member.id not in look.silences
    ]


def _late(look: Glance, person: Person, checkin: Checkin) -> Waiting:
    days = (look.now - checkin.due_at).days
    what = look.tried(person.member.id, phrases.late(days=days, adhoc=checkin.kind == CheckinKind.ADHOC))
    return of_member(
        person.member,
        checkin.id,
        what,
        since=checkin.late_at,
        promised_at=checkin.due_at,
        calls=not look.rests(person.member.id),
    )


def silent(look: Glance) -> list[Waiting]:
    """Return the long silent, and who has promised to call by when. While nobody has, somebody had better."""
    return [_silent(look, call) for call in look.silences.values()]


def _silent(look: Glance, call: Call) -> Waiting:
    ladder, on = call.ladder, call.ladder.promised_on
    return of_member(
        call.member,
        ladder.id,
        phrases.silent(
            silent=sign_words.silent(days=call.days(look.now)),
            owner=call.owner,
            on=on,
            listed=call.is_at_the_end,
        ),
        since=ladder.day_zero,
        promised_at=morning(on) if on else ladder.due_at,
        calls=call.owner is None and not look.rests(call.member.id),
    )


def unreachable(look: Glance) -> list[Waiting]:
    """Return those whom no message reaches and nobody has got hold of otherwise this turn."""
    return [
        of_member(
            person.member,
            person.account.id,
            look.tried(
                person.member.id,
                phrases.unreachable(
                    state=person.account.reachability,
                    on=local_date(person.account.reachability_at, HOME_ZONE),
                ),
            ),
            since=person.account.reachability_at,
            promised_at=person.phone_by or person.account.reachability_at,
            to=f"desk:who:{person.member.id}",
            calls=not look.rests(person.member.id),
        )
        for person in look.picture.pile(Pile.UNREACHABLE)
        if person.account is not None and person.answered is None and not _may_pass(look, person)
    ]


def to_pass_on(look: Glance) -> list[Waiting]:
    """Return whom somebody is asked to tell that something waits on their page."""
    return [
        of_member(member, knock.id, knock_words.WAITS, since=knock.at, promised_at=knock.at)
        for knock, member in listed_in(look.db, look.cell.id)
        if member.id != look.reader_id
    ]


def _may_pass(look: Glance, person: Person) -> bool:
    account = person.account
    if account is not None and account.reachability == Reachability.QUIET and not person.phone_by:
        return True  # a sentence that is passed on comes before a call
    held_up = account is not None and account.reachability == Reachability.NETWORK and not person.phone_by
    return held_up and account is not None and look.now - account.reachability_at < _PATIENCE


def unregistered(look: Glance) -> list[Waiting]:
    """Return invites that ran out, one by one, and who has none. While one can still be used it is the member's turn."""
    people = look.picture.pile(Pile.UNREGISTERED)
    lapsed = [w for person in people if (w := _lapsed_invite(look, person))]
    fresh = [person for person in people if person.invite is None]
    if len(fresh) > _FEW:
        return [*lapsed, _uninvited_together(look, fresh)]
    return [*lapsed, *(_uninvited(person) for person in fresh)]


def _lapsed_invite(look: Glance, person: Person) -> Waiting | None:
    invite = person.invite
    state = state_of(invite, now=look.now) if invite else InviteState.SENT
    if invite is None or state in (InviteState.SENT, InviteState.OPENED):
        return None
    return of_member(
        person.member,
        invite.id,
        invite_words.STATES[state],
        since=invite.created_at,
        promised_at=invite.expires_at,
        to=f"desk:who:{person.member.id}",
    )


def _uninvited(person: Person) -> Waiting:
    member = person.member
    what, to = invite_words.NEVER, f"desk:who:{member.id}"
    return of_member(member, member.id, what, since=member.created_at, to=to)


def _uninvited_together(look: Glance, people: Sequence[Person]) -> Waiting:
    return look.of_cell(
        look.cell.id,
        phrases.uninvited(count=len(people)),
        since=min(person.member.created_at for person in people),
        promised_at=None,
        to=f"desk:list:{look.cell.id}:{Pile.UNREGISTERED}:0",
    )


def identities(look: Glance) -> list[Waiting]:
    return [
        Waiting(
            one.invite.id,
            one.invite.member_id,
            one.name,
            phrases.identity(on=local_date(one.invite.opened_at or one.invite.created_at, HOME_ZONE)),
            since=one.invite.opened_at or one.invite.created_at,
            promised_at=one.invite.opened_at or one.invite.created_at,
        )
        for one in look.picture.identities
    ]


def requests(look: Glance) -> list[Waiting]:
    """Return requests whose next word is ours. One that the member is asked to close waits for the member."""
    heard = _last_words(look)
    return [
        _request(one, heard.get(one.request.id), look.reader_id)
        for one in look.picture.requests
        if one.request.state != RequestState.PROPOSED
    ]


def _request(one: OpenRequest, last: RequestReply | None, reader_id: int | None) -> Waiting:
    """Promised: the day that was named; before that, when it was asked. While nobody has it, somebody had better phone."""
    request = one.request
    wrote = last is not None and last.by_id == request.member_id
    if not request.is_help:
        return _owed_answer(one)
    mine, urgent = request.owner_id is not None and request.owner_id == reader_id, is_urgent(request)
    what = phrases.request(
        owner=one.owner,
        mine=mine,
        on=local_date(request.opened_at, HOME_ZONE),
        promised_on=request.promised_on,
        past=request.lapsed_at is not None,
        wrote=wrote,
        urgent=urgent,
    )
    promised = morning(request.promised_on) if request.promised_on else request.opened_at
    if wrote and last is not None:
        promised = min(promised, last.at)
    return Waiting(
        request.id,
        request.member_id,
        one.name,
        what,
        since=request.opened_at,
        promised_at=promised,
        # who has taken an urgent one calls first of all; nobody else is asked to, until that promise has lapsed
        calls=request.state == RequestState.OPEN or (urgent and (mine or request.lapsed_at is not None)),
        urgent=urgent,
    )


def is_urgent(request: HelpRequest) -> bool:
    return request.urgency == Urgency.URGENT


def _owed_answer(one: OpenRequest) -> Waiting:
    """A word to the secretary, until it is read; a petition, until it is answered: by its day."""
    request = one.request
    on = local_date(request.opened_at, HOME_ZONE)
    return Waiting(
        request.id,
        request.member_id,
        one.name,
        phrases.owed_answer(on=on, by=request.answer_by, overdue=request.lapsed_at is not None),
        since=request.opened_at,
        promised_at=morning(request.answer_by) if request.answer_by else request.opened_at,
    )


def _last_words(look: Glance) -> dict[int, RequestReply]:
    """The newest reply to each open request."""
    rows = look.db.scalars(
        select(RequestReply)
        .join(HelpRequest, HelpRequest.id == RequestReply.request_id)
        .where(HelpRequest.cell_id == look.cell.id, HelpRequest.state != RequestState.CLOSED)
        .order_by(RequestReply.at, RequestReply.id)
    )
    return {reply.request_id: reply for reply in rows}
