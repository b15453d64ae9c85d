"""One queue of everything that waits on a cell's desk: the oldest promise first, each line leads to where it is dealt with.

    SOURCES   words, late, silent, unreachable, requests, identities, absences, letters, probations, meetings, tasks, notices, reviews, uninvited, handover
       each:  Desk ──a constant number of queries──> [Waiting]          a later room adds a function here, and no more
    queue     all of them, by `promised_at`: when something was to have happened. What was promised to nobody comes last

`calls`: a person has to phone somebody about it. How many that are today is the first line of the desk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from textwrap import shorten

from markupsafe import Markup, escape
from sqlalchemy import not_, or_, select
from sqlalchemy.orm import Session

from models.away.away import OPEN, Away, AwayUpdate
from models.away.letter import Letter
from models.contact.checkin import (
    Checkin,
    CheckinKind,
    CheckinState,
    PlaceAnswer,
    Report,
    first_words,
    gist_of,
)
from models.contact.contact_note import ContactNote, is_a_try, notes_on_desk
from models.contact.ladder import Call, call_list
from models.contact.policy import Urgency
from models.contact.request import HelpRequest, RequestReply, RequestState
from models.delivery.outbox import letters_for
from models.desk.absence import Absence, Wait
from models.desk.committee import NameState, name_requests_of
from models.desk.desk import OpenRequest, Person, Picture, Pile, picture
from models.desk.law_request import due_at as law_due_at, waiting_in
from models.desk.office import handover_items, running_handover
from models.entry.invite import InviteState, state_of
from models.ground.clock import HOME_ZONE, at_wall, local_date
from models.meeting.meeting import (
    Meeting,
    MeetingState,
    invitations_of,
    is_over,
    lacks_link,
    meetings_on_desk,
)
from models.meeting.notice import asking_notices
from models.meeting.task import late_tasks
from models.people.member import Member, Purpose, Reachability, has_refused
from models.people.rights import Right, may
from models.people.unit import Unit
from models.phrases.contact import sign_of_life as sign_words
from models.phrases.desk import (
    absence as absence_words,
    committee as committee_words,
    law_request as law_words,
    waiting as phrases,
)
from models.phrases.entry import invite as invite_words
from models.phrases.meeting import meeting_form as meeting_words, notice as notice_words, task as task_words
from models.phrases.text import Lang, Text, both, capital, raw
from models.phrases.year import review_desk as review_words
from models.policies import Policies
from models.year.probation import ProbationState, deadline, probations_of_cell, year_over_on
from models.year.review import OWING, Campaign, Line, Review, ReviewState
from models.year.review.questions import waits_for_office


class WaitingKind(StrEnum):
    WORDS = "words"  # a report or a note that says something, and nobody has read it
    LATE = "late"
    SILENT = "silent"  # late for so long that others were asked to call, or somebody has promised to
    UNREACHABLE = "unreachable"
    REQUEST = "request"
    IDENTITY = "identity"
    ABSENCE = "absence"  # a paper to check, a result to type, an end, a return
    LETTER = "letter"
    PROBATION = "probation"
    HANDOVER = "handover"
    UNREGISTERED = "unregistered"
    MEETING = "meeting"  # to be called, to get a new day, with people who have not answered
    TASK = "task"  # past its day
    NOTICE = "notice"  # with a question that some have not answered
    REVIEW = "review"  # handed in and to be read, signed and to be filed, or past the deadline
    LAW = "law"  # a request under the data-protection law
    NAMES = "names"  # the committee asks whose names are behind a figure


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line. `about`: the row that waits; `name` may be the cell's where a line is about several."""

    kind: WaitingKind
    about: int
    member_id: int | None
    name: str
    what: Text
    since: datetime
    promised_at: datetime | None
    to: str  # the screen where it is dealt with
    calls: bool = False
    urgent: bool = False  # before everything else
    says: Text | None = None  # its first words, for who may read them

    @property
    def line(self) -> Text:
        return phrases.line(name=self.name, what=self.what)


@dataclass(frozen=True)
class Desk:
    """What a source may ask; the picture is drawn once for all of them. `reader_id`: who looks, for what is private."""

    db: Session
    cell: Unit
    policies: Policies
    now: datetime
    reader_id: int | None = None

    @cached_property
    def picture(self) -> Picture:
        return picture(self.db, self.cell, now=self.now, policy=self.policies.away, reader_id=self.reader_id)

    @cached_property
    def queue(self) -> list[Waiting]:
        found = [one for source in SOURCES for one in source(self)]
        return sorted(found, key=_place)

    @property
    def to_call(self) -> list[Waiting]:
        """Whom somebody has to phone, each once, the worst first."""
        return to_call(self.queue)

    @property
    def sentence(self) -> Text:
        """The answer to "whom must I call today?"."""
        return sentence_of(self.queue)

    @cached_property
    def silences(self) -> dict[int, Call]:
        """By member: open ladders that are more than the report that became late."""
        late = {person.member.id for person in self.picture.pile(Pile.OWING) if _is_late(person)}
        calls = call_list(self.db, self.cell.id, now=self.now)
        return {
            call.member.id: call
            for call in calls
            if call.ladder.rung or call.owner or call.member.id not in late
        }

    @cached_property
    def notes(self) -> list[tuple[ContactNote, Member]]:
        return notes_on_desk(self.db, self.cell.id)

    @cached_property
    def tries(self) -> dict[int, ContactNote]:
        """By member: the last call that reached nobody, since there was word of them."""
        return {member.id: note for note, member in self.notes if is_a_try(note, member)}

    def tried(self, member_id: int, what: Text) -> Text:
        """Return the same words, and that somebody has called without getting through."""
        note = self.tries.get(member_id)
        return phrases.tried(what=what, on=note.happened_on) if note else what

    def rests(self, member_id: int) -> bool:
        """Return whether somebody has called today without getting through: the next call is tomorrow's."""
        note = self.tries.get(member_id)
        return note is not None and note.happened_on >= self.today

    @property
    def today(self) -> date:
        return local_date(self.now, HOME_ZONE)


Source = Callable[[Desk], list[Waiting]]


def to_call(queue: Sequence[Waiting]) -> list[Waiting]:
    """Return those of a queue whom somebody has to phone, each once."""
    first: dict[int | None, Waiting] = {}
    for one in queue:
        if one.calls:
            first.setdefault(one.member_id, one)
    return list(first.values())


def label_of(name: str, what: Text, *, is_person: bool = True) -> Text:
    """Return a button's label that no phone cuts: the name, and of what matters about it the words that have room.

    Two lines about one person stay two buttons that can be told apart. Where the name is only the cell's, what matters
    stands alone.
    """
    label = phrases.line(name=name, what=what)
    longest = max(len(label.to_plain(lang)) for lang in Lang)
    shown = label if is_person or longest <= letters_for(1) else capital(what)
    return both(_fitting(shown, Lang.VI), _fitting(shown, Lang.EN))


def _fitting(label: Text, lang: Lang) -> Markup:
    """Return it as it is, or cut between words."""
    plain = label.to_plain(lang)
    if len(plain) <= letters_for(1):
        return label.en if lang is Lang.EN else label.vi
    room = letters_for(1) - 1
    return escape((shorten(plain, room, placeholder="") or plain[:room]).rstrip(" ·,:") + "…")


def sentence_of(queue: Sequence[Waiting]) -> Text:
    """Return the queue's sentence: what is urgent and asks for no call, then whom to call.

    The first of the list below it is named first.
    """
    calls = to_call(queue)
    first = queue[0] if queue and queue[0].urgent and not queue[0].calls else None
    others = sum(not one.calls for one in queue) - (first is not None)
    said = (
        phrases.first(calls=len(calls), worst=calls[0].name, why=calls[0].what, others=others)
        if calls
        else phrases.first(calls=0, worst="", why=phrases.GROUPS, others=others)
    )
    if first is None:
        return said
    urgent = phrases.most_urgent(name=first.name, what=first.what)
    return urgent + raw(" ") + said if calls or others else urgent


def _place(one: Waiting) -> tuple[bool, bool, datetime, str]:
    return not one.urgent, one.promised_at is None, one.promised_at or one.since, one.name


# --- people ---------------------------------------------------------------------------------------------------------

_PATIENCE = timedelta(days=2)  # what the network holds up is tried again by us; then a person phones
_FEW = 3  # more who were never invited are one line: they lead to one list


def words(desk: Desk) -> list[Waiting]:
    """Return what members wrote, and notes on them, until somebody else than the writer has read it."""
    rows = desk.db.execute(
        select(Checkin, Member)
        .join(Member, Member.id == Checkin.member_id)
        .where(Checkin.cell_id == desk.cell.id, Checkin.unread_at.is_not(None), Member.left_at.is_(None))
    )
    found = [
        _words(member, checkin)
        for checkin, member in rows
        if desk.reader_id not in (member.id, checkin.answered_by)
    ]
    notes = [
        _noted(member, note)
        for note, member in desk.notes
        if note.unread_at is not None and desk.reader_id not in (member.id, note.by_id)
    ]
    updates = desk.db.execute(
        select(AwayUpdate, Member)
        .join(Away, Away.id == AwayUpdate.away_id)
        .join(Member, Member.id == Away.member_id)
        .where(Away.cell_id == desk.cell.id, AwayUpdate.unread_at.is_not(None), Member.left_at.is_(None))
        .where(not_(has_refused(Away.member_id, Purpose.AWAY)))
    )
    written = [
        _written(member, update)
        for update, member in updates
        if desk.reader_id not in (member.id, update.by_id)
    ]
    return [*found, *notes, *written]


def _words(member: Member, checkin: Checkin) -> Waiting:
    report, at = checkin.report or Report(), checkin.answered_at or checkin.opens_at
    return _about(
        member,
        WaitingKind.WORDS,
        checkin.id,
        phrases.words(work=report.work, moved=report.whereabouts == PlaceAnswer.CHANGED),
        since=at,
        promised_at=at,
        to=f"desk:report:{checkin.id}",
        says=gist_of(report),
    )


def _written(member: Member, update: AwayUpdate) -> Waiting:
    said = first_words(update.text or "")
    return _about(
        member,
        WaitingKind.WORDS,
        update.id,
        phrases.written(),
        since=update.at,
        promised_at=update.at,
        to=f"absence:history:{update.away_id}",
        says=phrases.quoted(said=said) if said else None,
    )


def _noted(member: Member, note: ContactNote) -> Waiting:
    said = first_words(note.correction or note.result or "")
    return _about(
        member,
        WaitingKind.WORDS,
        note.id,
        phrases.noted(corrected=bool(note.correction)),
        since=note.recorded_at,
        promised_at=note.corrected_at or note.recorded_at,
        to=f"desk:contact:{note.id}",
        says=phrases.quoted(said=said) if said else None,
    )


def late(desk: Desk) -> list[Waiting]:
    return [
        _late(desk, person, person.owing)
        for person in desk.picture.pile(Pile.OWING)
        if person.owing is not None and _is_late(person) and person.member.id not in desk.silences
    ]


def _is_late(person: Person) -> bool:
    return person.owing is not None and person.owing.state == CheckinState.LATE


def _late(desk: Desk, person: Person, checkin: Checkin) -> Waiting:
    days = (desk.now - checkin.due_at).days
    what = desk.tried(person.member.id, phrases.late(days=days, adhoc=checkin.kind == CheckinKind.ADHOC))
    return _about(
        person.member,
        WaitingKind.LATE,
        checkin.id,
        what,
        since=checkin.late_at,
        promised_at=checkin.due_at,
        to=f"desk:late:{checkin.id}",
        calls=not desk.rests(person.member.id),
    )


def silent(desk: Desk) -> list[Waiting]:
    """Return the long silent, and who has promised to call by when. While nobody has, somebody had better."""
    return [_silent(desk, call) for call in desk.silences.values()]


def _silent(desk: Desk, call: Call) -> Waiting:
    ladder, on = call.ladder, call.ladder.promised_on
    return _about(
        call.member,
        WaitingKind.SILENT,
        ladder.id,
        phrases.silent(
            silent=sign_words.silent(days=call.days(desk.now)),
            owner=call.owner,
            on=on,
            listed=call.is_at_the_end,
        ),
        since=ladder.day_zero,
        promised_at=_morning(on) if on else ladder.due_at,
        to=f"desk:ladder:{ladder.id}",
        calls=call.owner is None and not desk.rests(call.member.id),
    )


def unreachable(desk: Desk) -> list[Waiting]:
    """Return those whom no message reaches and nobody has got hold of otherwise this turn."""
    return [
        _about(
            person.member,
            WaitingKind.UNREACHABLE,
            person.account.id,
            desk.tried(
                person.member.id,
                phrases.unreachable(
                    state=person.account.reachability,
                    on=local_date(person.account.reachability_at, HOME_ZONE),
                ),
            ),
            since=person.account.reachability_at,
            promised_at=person.phone_by or person.account.reachability_at,
            to=f"desk:who:{person.member.id}",
            calls=not desk.rests(person.member.id),
        )
        for person in desk.picture.pile(Pile.UNREACHABLE)
        if person.account is not None and person.answered is None and not _may_pass(desk, person)
    ]


def _may_pass(desk: Desk, person: Person) -> bool:
    account = person.account
    held_up = account is not None and account.reachability == Reachability.NETWORK and not person.phone_by
    return held_up and account is not None and desk.now - account.reachability_at < _PATIENCE


def unregistered(desk: Desk) -> list[Waiting]:
    """Return invites that ran out, one by one, and who has none. While one can still be used it is the member's turn."""
    people = desk.picture.pile(Pile.UNREGISTERED)
    lapsed = [w for person in people if (w := _lapsed_invite(desk, person))]
    fresh = [person for person in people if person.invite is None]
    if len(fresh) > _FEW:
        return [*lapsed, _uninvited_together(desk, fresh)]
    return [*lapsed, *(_uninvited(person) for person in fresh)]


def _lapsed_invite(desk: Desk, person: Person) -> Waiting | None:
    invite = person.invite
    state = state_of(invite, now=desk.now) if invite else InviteState.SENT
    if invite is None or state in (InviteState.SENT, InviteState.OPENED):
        return None
    return _about(
        person.member,
        WaitingKind.UNREGISTERED,
        invite.id,
        invite_words.STATES[state],
        since=invite.created_at,
        promised_at=invite.expires_at,
        to=f"desk:who:{person.member.id}",
    )


def _uninvited(person: Person) -> Waiting:
    member = person.member
    what, to = invite_words.NEVER, f"desk:who:{member.id}"
    return _about(member, WaitingKind.UNREGISTERED, member.id, what, since=member.created_at, to=to)


def _uninvited_together(desk: Desk, people: Sequence[Person]) -> Waiting:
    return Waiting(
        WaitingKind.UNREGISTERED,
        desk.cell.id,
        None,
        desk.cell.name,
        phrases.uninvited(count=len(people)),
        since=min(person.member.created_at for person in people),
        promised_at=None,
        to=f"desk:list:{desk.cell.id}:{Pile.UNREGISTERED}:0",
    )


def identities(desk: Desk) -> list[Waiting]:
    return [
        Waiting(
            WaitingKind.IDENTITY,
            one.invite.id,
            one.invite.member_id,
            one.name,
            phrases.identity(on=local_date(one.invite.opened_at or one.invite.created_at, HOME_ZONE)),
            since=one.invite.opened_at or one.invite.created_at,
            promised_at=one.invite.opened_at or one.invite.created_at,
            to=f"desk:identity:{one.invite.id}",
        )
        for one in desk.picture.identities
    ]


def requests(desk: Desk) -> list[Waiting]:
    """Return requests whose next word is ours. One that the member is asked to close waits for the member."""
    heard = _last_words(desk)
    return [
        _request(one, heard.get(one.request.id), desk.reader_id)
        for one in desk.picture.requests
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
    promised = _morning(request.promised_on) if request.promised_on else request.opened_at
    if wrote and last is not None:
        promised = min(promised, last.at)
    return Waiting(
        WaitingKind.REQUEST,
        request.id,
        request.member_id,
        one.name,
        what,
        since=request.opened_at,
        promised_at=promised,
        to=f"request:see:{request.id}",
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
        WaitingKind.REQUEST,
        request.id,
        request.member_id,
        one.name,
        phrases.owed_answer(on=on, by=request.answer_by, overdue=request.lapsed_at is not None),
        since=request.opened_at,
        promised_at=_morning(request.answer_by) if request.answer_by else request.opened_at,
        to=f"request:see:{request.id}",
    )


def _last_words(desk: Desk) -> dict[int, RequestReply]:
    """The newest reply to each open request."""
    rows = desk.db.scalars(
        select(RequestReply)
        .join(HelpRequest, HelpRequest.id == RequestReply.request_id)
        .where(HelpRequest.cell_id == desk.cell.id, HelpRequest.state != RequestState.CLOSED)
        .order_by(RequestReply.at, RequestReply.id)
    )
    return {reply.request_id: reply for reply in rows}


# --- papers ---------------------------------------------------------------------------------------------------------


def absences(desk: Desk) -> list[Waiting]:
    """Return absences with work: a paper to check, a result to type, an exemption's end, a return half done."""
    return [_absence(one, one.wait) for one in desk.picture.absences if one.wait is not None]


def _absence(one: Absence, wait: Wait) -> Waiting:
    filing = one.under_way if wait in (Wait.FILED, Wait.AT_CELL) else None
    promised = filing.opened_at if filing else _morning(one.away.due_on)
    if wait is Wait.RETURNING and one.away.returned_on:
        promised = _morning(one.away.returned_on)
    return _about(
        one.member,
        WaitingKind.ABSENCE,
        filing.id if filing else one.away.id,
        absence_words.waits(wait=wait, due_on=one.away.due_on),
        since=filing.opened_at if filing else one.away.declared_at,
        promised_at=promised,
        to=f"absence:filing:{filing.id}" if filing else f"absence:see:{one.away.id}",
    )


def letters(desk: Desk) -> list[Waiting]:
    """Return letters about open absences that nobody answered for so long that they are worth another word."""
    patience = timedelta(days=desk.policies.away.stalled_days)
    rows = desk.db.execute(
        select(Letter, Member)
        .join(Away, Away.id == Letter.away_id)
        .join(Member, Member.id == Away.member_id)
        .where(Away.cell_id == desk.cell.id, Away.state.in_(OPEN), Member.left_at.is_(None))
        .where(not_(has_refused(Away.member_id, Purpose.AWAY)))
        .where(Letter.answered_on.is_(None))
    )
    return [
        _about(
            member,
            WaitingKind.LETTER,
            letter.id,
            phrases.letter(on=letter.sent_on),
            since=letter.recorded_at,
            promised_at=_morning(spoken + patience),
            to=f"absence:letter:{letter.id}",
        )
        for letter, member in rows
        if letter.waits and desk.today - (spoken := letter.reminded_on or letter.sent_on) >= patience
    ]


def probations(desk: Desk) -> list[Waiting]:
    """Return those whose year is over and whom the cell has not yet considered."""
    policy, calendar = desk.policies.probation, desk.policies.workday
    return [
        _about(
            member,
            WaitingKind.PROBATION,
            probation.id,
            phrases.probation(on=(last := deadline(probation.admitted_on, policy, calendar))),
            since=_morning(year_over_on(probation.admitted_on, policy)),
            promised_at=_morning(last),
            to=f"probation:see:{member.id}",
        )
        for probation, member in probations_of_cell(desk.db, desk.cell.id)
        if probation.state == ProbationState.RUNNING
        and year_over_on(probation.admitted_on, policy) <= desk.today
    ]


def handover(desk: Desk) -> list[Waiting]:
    """Return what a new secretary has not yet accepted from the one before."""
    running = running_handover(desk.db, desk.cell.id)
    if running is None:
        return []
    count = sum(item.is_open for item, _ in handover_items(desk.db, running.id))
    what, at = phrases.handover(count=count), running.begun_at
    to = f"office:handover:{running.id}"
    return (
        [Waiting(WaitingKind.HANDOVER, running.id, None, desk.cell.name, what, at, at, to)] if count else []
    )


def names(desk: Desk) -> list[Waiting]:
    """Return requests of the committee for names, which the secretary grants or refuses."""
    if desk.reader_id is None or not may(
        desk.db, desk.reader_id, Right.GRANT_NAMES, desk.cell.id, now=desk.now
    ):
        return []
    return [
        Waiting(
            WaitingKind.NAMES,
            one.id,
            None,
            name,
            committee_words.WAITS,
            since=one.asked_at,
            promised_at=one.asked_at,
            to=f"committee:name:{one.id}",
        )
        for one, name in name_requests_of(desk.db, desk.cell.id, limit=50)
        if one.state == NameState.ASKED
    ]


def meetings(desk: Desk) -> list[Waiting]:
    """Return meetings with work for the desk. Each stands until a person ends it.

    They are: not called; without a new day; without a link; past the deadline with people who owe an answer; over, and
    not closed; closed, and its minutes not filed.
    """
    found = meetings_on_desk(desk.db, desk.cell.id)
    lines = (_unfiled(desk, one) if one.unfiled else _meeting(desk, one) for one in found)
    return [line for line in lines if line is not None]


def _unfiled(desk: Desk, one: Meeting) -> Waiting:
    what, to = meeting_words.unfiled(on=local_date(one.starts_at, HOME_ZONE)), f"attendance:open:{one.id}"
    ended = one.starts_at + timedelta(minutes=one.minutes)
    return Waiting(WaitingKind.MEETING, one.id, None, desk.cell.name, what, ended, ended, to)


def _meeting(desk: Desk, one: Meeting) -> Waiting | None:
    on, to, promised_at = local_date(one.starts_at, HOME_ZONE), f"meeting:see:{one.id}", one.created_at
    if one.state in (MeetingState.PROPOSED, MeetingState.POSTPONED):
        what = meeting_words.waits(state=one.state, on=on)
    elif is_over(one, now=desk.now):
        what, to = meeting_words.unclosed(on=on), f"attendance:open:{one.id}"
        promised_at = one.starts_at + timedelta(minutes=one.minutes)
    elif one.state != MeetingState.CALLED or not one.answer_by <= desk.now < one.starts_at:
        return None
    elif lacks_link(one):
        what, promised_at = meeting_words.without_link(on=on), one.answer_by
    elif count := sum(each.owes_answer for each in invitations_of(desk.db, one.id)):
        what, to = meeting_words.undecided(on=on, count=count), f"meeting:who:{one.id}"
        promised_at = one.answer_by
    else:
        return None
    return Waiting(WaitingKind.MEETING, one.id, None, desk.cell.name, what, one.created_at, promised_at, to)


def tasks(desk: Desk) -> list[Waiting]:
    """Return tasks past their day, each until it is done, taken back or given another day. Many are one line."""
    late = late_tasks(desk.db, desk.cell.id, now=desk.now)
    if len(late) > _FEW:
        first, _ = late[0]
        what, to = task_words.waits_many(count=len(late)), f"task:cell:{desk.cell.id}:0"
        at = _morning(first.due_on)
        return [Waiting(WaitingKind.TASK, first.id, None, desk.cell.name, what, first.given_at, at, to)]
    return [
        _about(
            member,
            WaitingKind.TASK,
            task.id,
            task_words.waits(due_on=task.due_on),
            since=task.given_at,
            promised_at=_morning(task.due_on),
            to=f"task:see:{task.id}",
        )
        for task, member in late
    ]


def notices(desk: Desk) -> list[Waiting]:
    """Return notices with a question that some have not answered, until all have or somebody ends the waiting."""
    return [
        Waiting(
            WaitingKind.NOTICE,
            one.id,
            None,
            desk.cell.name,
            notice_words.waits(count=count),
            one.made_at,
            one.said_at,
            f"notice:answers:{one.id}",
        )
        for one, count in asking_notices(desk.db, desk.cell.id)
    ]


def reviews(desk: Desk) -> list[Waiting]:
    """Return texts to read and papers to file, one by one, and who is past the deadline, one line a campaign."""
    rows = desk.db.execute(
        select(Review, Member, Campaign)
        .join(Member, Member.id == Review.member_id)
        .join(Campaign, Campaign.id == Review.campaign_id)
        .where(Review.cell_id == desk.cell.id, or_(Review.state.in_(OWING), waits_for_office()))
        .where(not_(has_refused(Review.member_id, Purpose.REVIEW)))
    ).all()
    ours = [
        _review(review, member, campaign) for review, member, campaign in rows if review.state in _READING
    ]
    late: dict[Campaign, list[Review]] = {}
    for review, member, campaign in rows:
        if Line(review, member).is_late(local_date(desk.now, member.zone)):
            late.setdefault(campaign, []).append(review)
    return [*ours, *(_owed_reviews(desk, campaign, found) for campaign, found in late.items())]


_READING = (ReviewState.SUBMITTED, ReviewState.SIGNED, ReviewState.ACCEPTED)


def _review(review: Review, member: Member, campaign: Campaign) -> Waiting:
    since = review.submitted_at or campaign.opened_at
    what = review_words.waits_papers(kind=review.kind, year=campaign.year)
    to = f"campaign:read:{review.id}"
    if review.state == ReviewState.SUBMITTED:
        on = local_date(since, HOME_ZONE)
        what = review_words.waits_reading(kind=review.kind, year=campaign.year, on=on)
        to = f"campaign:whole:{review.id}:{review.version}"
    elif review.state == ReviewState.ACCEPTED:
        what = review_words.waits_receiving(kind=review.kind, year=campaign.year)
    return _about(member, WaitingKind.REVIEW, review.id, what, since=since, promised_at=since, to=to)


def _owed_reviews(desk: Desk, campaign: Campaign, late: list[Review]) -> Waiting:
    return Waiting(
        WaitingKind.REVIEW,
        campaign.id,
        None,
        desk.cell.name,
        review_words.waits_owing(kind=campaign.kind, year=campaign.year, count=len(late)),
        since=campaign.opened_at,
        promised_at=_morning(min(review.deadline for review in late) + timedelta(days=1)),
        to=f"campaign:list:{campaign.id}:owing:0",
    )


def law_requests(desk: Desk) -> list[Waiting]:
    return [
        _about(
            member,
            WaitingKind.LAW,
            row.id,
            law_words.waits(),
            since=row.opened_at,
            promised_at=law_due_at(row),
            to=f"law:see:{row.id}",
        )
        for row, member in waiting_in(desk.db, desk.cell.id)
    ]


SOURCES: tuple[Source, ...] = (
    words,
    late,
    silent,
    unreachable,
    requests,
    identities,
    absences,
    letters,
    probations,
    meetings,
    tasks,
    notices,
    reviews,
    unregistered,
    handover,
    names,
    law_requests,
)


def _about(
    member: Member,
    kind: WaitingKind,
    about: int,
    what: Text,
    *,
    since: datetime,
    to: str,
    promised_at: datetime | None = None,
    calls: bool = False,
    says: Text | None = None,
) -> Waiting:
    return Waiting(kind, about, member.id, member.full_name, what, since, promised_at, to, calls, says=says)


def _morning(on: date) -> datetime:
    """A promise that is a day, as a moment among others."""
    return at_wall(on, time(8), HOME_ZONE)
