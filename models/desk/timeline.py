"""One member's story on one page, for whoever looks after them: what happened and when, never what was said.

    SOURCES   membership, reports, contacts, absences, papers, letters, requests, pauses, ladders, probations, meetings, tasks
       each:  View ──a constant number of queries──> [Entry]          a later room adds a function here, and no more
    timeline  all of them, the newest first ──┬─> a screen, page by page
                                              └─> timeline_paper ──> one A4 page as .docx

No words of the member's, no results of calls: those stay where they are read one by one, each look with its row. A private
request is there only for the reader whom the member chose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from models.away.away import Away, AwayMove, AwayState, Filing, FilingMove, FilingState
from models.away.letter import Letter
from models.contact.checkin import Checkin, CheckinKind, CheckinState
from models.contact.contact_note import ContactNote
from models.contact.ladder import Ladder, LadderMove, LadderState
from models.contact.pause import Pause
from models.contact.request import HelpRequest, RequestState
from models.contact.request.seeing import shown_to
from models.delivery.papers import PaperPerson, Timeline, TimelineRow
from models.ground.clock import HOME_ZONE, at_wall, local_date
from models.ground.phones import show_phone
from models.ground.places import place
from models.meeting.attendance import meetings_attended
from models.meeting.task import Task, TaskState
from models.people.member import Account, Member, Purpose, refuses
from models.people.unit import Unit
from models.phrases.desk import timeline as phrases
from models.phrases.meeting import attendance as meeting_words, task as task_words
from models.phrases.text import Text
from models.year.probation import Probation, considerations_of

PRINTED = 30  # lines that fit on one A4 page


@dataclass(frozen=True, slots=True)
class TimelineView:
    """Whose story, and who reads it."""

    db: Session
    member: Member
    reader_id: int | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime
    what: Text

    @property
    def on(self) -> date:
        return local_date(self.at, HOME_ZONE)


Source = Callable[[TimelineView], list[Entry]]


def timeline(db: Session, member: Member, *, reader_id: int | None, now: datetime) -> list[Entry]:
    """Return what has happened up to now, the newest first."""
    view = TimelineView(db, member, reader_id, now)
    found = [entry for source in SOURCES for entry in source(view) if entry.at <= now]
    return sorted(found, key=lambda entry: entry.at, reverse=True)


# --- sources --------------------------------------------------------------------------------------------------------


def membership(view: TimelineView) -> list[Entry]:
    member = view.member
    found = [Entry(member.created_at, phrases.on_the_roster())]
    if member.left_at is not None:
        found.append(Entry(member.left_at, phrases.left()))
    for account in view.db.scalars(select(Account).where(Account.member_id == member.id)):
        found.append(Entry(account.linked_at, phrases.linked(channel=account.address.channel)))
        if account.closed_at is not None:
            found.append(Entry(account.closed_at, phrases.unlinked(channel=account.address.channel)))
    return found


def reports(view: TimelineView) -> list[Entry]:
    """Return an entry for each answer, or its absence. What was not asked yet is not there."""
    rows = view.db.scalars(
        select(Checkin).where(Checkin.member_id == view.member.id, Checkin.state != CheckinState.SCHEDULED)
    )
    return [_report(one) for one in rows]


def _report(one: Checkin) -> Entry:
    at = one.answered_at or (
        one.closes_at if one.state == CheckinState.CLOSED else one.asked_at or one.opens_at
    )
    period = one.period if one.kind == CheckinKind.RHYTHM else None
    by_other = one.answered_by not in (None, one.member_id)
    in_time = one.answered_at is not None and one.answered_at <= one.late_at
    words = phrases.report(
        period=period,
        unasked=one.kind == CheckinKind.VOLUNTARY,
        state=one.state,
        by_other=by_other,
        late=one.answered_at is not None and not in_time,
    )
    return Entry(at, words)


def contacts(view: TimelineView) -> list[Entry]:
    rows = view.db.execute(
        select(ContactNote, Member.full_name)
        .join(Member, Member.id == ContactNote.by_id)
        .where(ContactNote.member_id == view.member.id)
    )
    return [
        Entry(
            _noon(note.happened_on, note.recorded_at),
            phrases.contact(channel=note.channel, outcome=note.outcome, by=name),
        )
        for note, name in rows
    ]


def _on_paper(view: TimelineView) -> bool:
    """Whether the papers of their absences are shown to nobody but themselves."""
    return view.reader_id != view.member.id and refuses(view.db, view.member.id, Purpose.AWAY)


def absences(view: TimelineView) -> list[Entry]:
    if _on_paper(view):
        return []
    rows = view.db.execute(
        select(AwayMove, Away).join(Away, Away.id == AwayMove.away_id).where(Away.member_id == view.member.id)
    )
    return [_absence(move, away) for move, away in rows]


def _absence(move: AwayMove, away: Away) -> Entry:
    where = place(away.place_code)
    words = phrases.absence(
        state=AwayState(move.after), vi=where.vi, en=where.en, begins_on=away.begins_on, due_on=away.due_on
    )
    return Entry(move.at, words)


def papers(view: TimelineView) -> list[Entry]:
    """Return each move of an application or extension, by the date on the paper."""
    if _on_paper(view):
        return []
    rows = view.db.execute(
        select(FilingMove, Filing)
        .join(Filing, Filing.id == FilingMove.filing_id)
        .join(Away, Away.id == Filing.away_id)
        .where(Away.member_id == view.member.id)
    )
    return [
        Entry(
            _noon(move.happened_on, move.at),
            phrases.paper(
                kind=filing.kind,
                state=move.after,
                number=filing.decision_number if move.after == FilingState.APPROVED else None,
            ),
        )
        for move, filing in rows
    ]


def letters(view: TimelineView) -> list[Entry]:
    if _on_paper(view):
        return []
    rows = view.db.scalars(
        select(Letter)
        .join(Away, Away.id == Letter.away_id)
        .where(Away.member_id == view.member.id, Letter.withdrawn_at.is_(None))
    )
    found = []
    for one in rows:
        sent = phrases.letter(kind=one.kind, answered=False)
        found.append(Entry(_noon(one.sent_on, one.recorded_at), sent))
        if one.answered_on is not None:
            answered = phrases.letter(kind=one.kind, answered=True)
            found.append(Entry(_noon(one.answered_on, view.now), answered))
    return found


def requests(view: TimelineView) -> list[Entry]:
    """Return that help was asked for, who took it, that it is settled, but not what it was."""
    owner = aliased(Member)
    rows = view.db.execute(
        select(HelpRequest, owner.full_name)
        .outerjoin(owner, owner.id == HelpRequest.owner_id)
        .where(HelpRequest.member_id == view.member.id, shown_to(view.reader_id))
    )
    found = []
    for one, name in rows:
        found.append(
            Entry(one.opened_at, phrases.request(did="opened", topic=one.topic, kind=one.kind, by=None))
        )
        if one.taken_at is not None and one.state != RequestState.OPEN:
            found.append(
                Entry(one.taken_at, phrases.request(did="taken", topic=one.topic, kind=one.kind, by=name))
            )
        if one.closed_at is not None:
            found.append(
                Entry(one.closed_at, phrases.request(did="closed", topic=one.topic, kind=one.kind, by=None))
            )
    return found


def pauses(view: TimelineView) -> list[Entry]:
    rows = view.db.scalars(select(Pause).where(Pause.member_id == view.member.id))
    return [
        Entry(one.announced_at, phrases.pause(kind=one.kind, first=one.begins_on, last=one.ends_on))
        for one in rows
    ]


def ladders(view: TimelineView) -> list[Entry]:
    """Return each step of a silence: who was asked to call, who promised to, that it is over."""
    rows = view.db.execute(
        select(LadderMove, Member.full_name)
        .join(Ladder, Ladder.id == LadderMove.ladder_id)
        .outerjoin(Member, Member.id == LadderMove.by_id)
        .where(Ladder.member_id == view.member.id)
    )
    found = []
    for move, name in rows:
        if move.rung is not None:
            found.append(Entry(move.at, phrases.rung(rung=move.rung)))
        elif move.after == LadderState.TAKEN and move.promised_on is not None:
            found.append(Entry(move.at, phrases.promised(by=name or "", on=move.promised_on)))
        elif move.after == LadderState.ENDED:
            found.append(Entry(move.at, phrases.silence_over()))
    return found


def probations(view: TimelineView) -> list[Entry]:
    """Return each meeting that considered it, and the day from which official membership counts, whenever decided."""
    rows = view.db.scalars(select(Probation).where(Probation.member_id == view.member.id))
    found = []
    for one in rows:
        record = one.record
        days = [
            ("admitted", one.admitted_on),
            *(("considered", said.on) for said in considerations_of(view.db, one)),
            ("official", record.official_on if record else None),
            ("ended", one.ended_on),
        ]
        found += [
            Entry(_noon(on, view.now), phrases.probation(did=did)) for did, on in days if on is not None
        ]
    return found


def meetings(view: TimelineView) -> list[Entry]:
    """Return each meeting that was held, and how the member was there."""
    return [
        Entry(meeting.starts_at, meeting_words.entry(how=one.how, exempt=not one.is_counted))
        for meeting, one in meetings_attended(view.db, view.member)
    ]


def tasks(view: TimelineView) -> list[Entry]:
    """Return that tasks were given and done. What was to be done stands on its own screen."""
    rows = view.db.scalars(select(Task).where(Task.member_id == view.member.id))
    found = []
    for one in rows:
        found.append(Entry(one.given_at, task_words.entry(did="given", due_on=one.due_on)))
        if one.state == TaskState.DONE and one.closed_at is not None:
            found.append(Entry(one.closed_at, task_words.entry(did="done", due_on=one.due_on)))
    return found


SOURCES: tuple[Source, ...] = (
    membership,
    reports,
    contacts,
    absences,
    papers,
    letters,
    requests,
    pauses,
    ladders,
    probations,
    meetings,
    tasks,
)


def _noon(on: date, at: datetime) -> datetime:
    """A day as a moment among others: when it was entered, if that was the same day, else its noon."""
    return at if local_date(at, HOME_ZONE) == on else at_wall(on, time(12), HOME_ZONE)


# --- on paper -------------------------------------------------------------------------------------------------------


def timeline_paper(db: Session, member: Member, found: list[Entry], *, now: datetime) -> Timeline:
    """Return the newest of it on one page, the oldest of these first, as one reads a page."""
    cell = db.get_one(Unit, member.cell_id) if member.cell_id else None
    above = db.get(Unit, cell.parent_id) if cell and cell.parent_id else None
    shown = found[:PRINTED]
    return Timeline(
        above=above.name if above else "",
        cell=cell.name if cell else "",
        signed_on=local_date(now, HOME_ZONE),
        member=PaperPerson(
            name=member.own_name,
            birth_year=str(member.birth_year or ""),
            joined_on=member.joined_on,
            official_on=member.official_on,
            phone=show_phone(member.phone) if member.phone else "",
        ),
        left_out=phrases.left_out(count=len(found) - len(shown)).to_plain("vi")
        if len(found) > PRINTED
        else "",
        rows=tuple(TimelineRow(on=one.on, what=one.what.to_plain("vi")) for one in reversed(shown)),
    )
