"""What waits on a cell's desk: a picture of one moment, in a fixed number of questions however large the cell is.

    on the roster, away ─┬─ no account ──────────────> UNREGISTERED
                         ├─ Telegram delivers nothing > UNREACHABLE   why, and whether somebody got through all the same
                         ├─ said no ─────────────────> ON_PAPER       contact goes the usual way
                         ├─ asked, no answer ────────> OWING          the oldest promise first
                         ├─ excused ─────────────────> EXCUSED
                         ├─ on an announced pause ───> PAUSED         nothing is asked until its day, nothing to do
                         ├─ answered this turn ──────> ANSWERED
                         └─ not asked yet ───────────> NOT_YET

A person stands in more than one pile where that is the truth: answered this month, owing an extra report. Who owes but
cannot be reached is never counted as owing. No table of its own, and no acts: the acts are those of the rooms below.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from models.away.policy import AwayPolicy
from models.contact.checkin import OWING, UNSETTLED, Checkin, CheckinKind, CheckinMove, CheckinState
from models.contact.contact_note import ContactNote
from models.contact.pause import Pause, PauseState, open_pause, open_pauses
from models.contact.request import HelpRequest, RequestState, shown_to
from models.desk.absence import Absence, absences_of, waiting
from models.entry.invite import ALIVE, Invite, InviteState, newest_invite
from models.people.member import (
    TOLD,
    UNREACHABLE,
    Account,
    Member,
    Reachability,
    account_of,
    contact_answers,
    roster,
)
from models.people.unit import Unit

DELIVERS_NOTHING = UNREACHABLE | {Reachability.NETWORK, Reachability.QUIET}


class Pile(StrEnum):
    """The lists of the desk, worst first."""

    OWING = "owing"
    REQUESTS = "requests"
    IDENTITIES = "identities"
    ABSENCES = "absences"  # a paper, a result, an end, a return: something to do
    UNREACHABLE = "unreachable"
    UNREGISTERED = "unregistered"
    ON_PAPER = "paper"  # said no to being asked here: contact goes the usual way
    EXCUSED = "excused"
    PAUSED = "paused"
    NOT_YET = "planned"
    NO_CONTACT = "no contact"  # away, and nobody was asked to keep in touch
    ANSWERED = "answered"


QUIET = {
    Pile.ON_PAPER,
    Pile.EXCUSED,
    Pile.PAUSED,
    Pile.NOT_YET,
    Pile.NO_CONTACT,
    Pile.ANSWERED,
}  # nobody waits


class Bar(StrEnum):
    """Why somebody is not asked through the bot."""

    HOME = "home"
    UNREGISTERED = "unregistered"
    ON_PAPER = "paper"
    UNREACHABLE = "unreachable"
    PAUSED = "paused"


@dataclass(frozen=True)
class Person:
    """One on the roster, with all that the desk says about them."""

    member: Member
    account: Account | None
    agrees: bool | None  # None: never asked
    invite: Invite | None  # the newest
    owed: tuple[Checkin, ...]  # asked and not settled, the oldest promise first
    answered: Checkin | None  # this turn's answer
    volunteered: tuple[Checkin, ...] = ()  # reports out of turn, the newest first
    pause: Pause | None = None  # announced or running

    @property
    def is_unreachable(self) -> bool:
        return self.account is not None and self.account.reachability in DELIVERS_NOTHING

    @property
    def phone_by(self) -> datetime | None:
        """Until when somebody is to phone them, since no message reached them before the grace was over."""
        promises = (checkin.phone_by for checkin in self.owed if checkin.phone_by is not None)
        return min(promises, default=None)

    @property
    def is_away(self) -> bool:
        return self.member.place_code is not None

    @property
    def bar(self) -> Bar | None:
        """Why an extra question cannot go to them; None: it can."""
        if not self.is_away:
            return Bar.HOME
        if self.said_no:
            return Bar.ON_PAPER
        if self.account is None:
            return Bar.UNREGISTERED
        if self.is_paused:
            return Bar.PAUSED
        return Bar.UNREACHABLE if self.account.reachability in UNREACHABLE else None

    @property
    def is_paused(self) -> bool:
        return self.pause is not None and self.pause.state == PauseState.RUNNING and self.is_away

    @property
    def said_no(self) -> bool:
        if self.account is not None:
            return not self.agrees
        if self.invite is not None and self.invite.state == InviteState.DECLINED:
            return True
        return self.agrees is False and (self.invite is None or self.invite.state not in ALIVE)

    def asked_for(self, period: date | None) -> bool:
        """Return whether this turn was put to them, or answered."""
        turns = [*self.owed, *([self.answered] if self.answered else [])]
        return any(c.kind == CheckinKind.RHYTHM and c.period == period for c in turns)

    @property
    def excused(self) -> Checkin | None:
        return next((checkin for checkin in self.owed if checkin.state == CheckinState.EXCUSED), None)

    @property
    def owing(self) -> Checkin | None:
        return next((checkin for checkin in self.owed if checkin.state in OWING), None)

    @property
    def is_late(self) -> bool:
        return self.owing is not None and self.owing.state == CheckinState.LATE

    @cached_property
    def piles(self) -> frozenset[Pile]:
        found = set()
        if self.answered:
            found.add(Pile.ANSWERED)
        if self.is_paused and not self.said_no:  # they have said that nothing will arrive
            return frozenset({*found, Pile.PAUSED})
        if self.is_unreachable and (self.is_away or self.owed):
            return frozenset({*found, Pile.UNREACHABLE})
        if self.owing:
            found.add(Pile.OWING)
        if self.excused:
            found.add(Pile.EXCUSED)
        if found or not self.is_away:
            return frozenset(found)
        if self.said_no:
            return frozenset({Pile.ON_PAPER})
        if self.account is not None:
            return frozenset({Pile.NOT_YET})
        waits = self.invite is not None and self.invite.state == InviteState.WAITING
        return frozenset({Pile.IDENTITIES if waits else Pile.UNREGISTERED})


@dataclass(frozen=True)
class AdHocQuestion:
    """One ad hoc question as it was put to one or many; `id`: the first of its check-ins."""

    id: int
    text: str
    asked_by: int | None
    asked_on: date
    due_at: datetime  # the latest, where clocks differ
    rows: tuple[tuple[Member, Checkin], ...]

    @property
    def answered(self) -> int:
        return sum(checkin.state == CheckinState.ANSWERED for _, checkin in self.rows)


@dataclass(frozen=True)
class OpenRequest:
    request: HelpRequest
    name: str
    owner: str | None


@dataclass(frozen=True)
class WaitingInvite:
    """Somebody opened an invite and their phone did not match: a person decides."""

    invite: Invite
    name: str


@dataclass(frozen=True)
class Picture:
    """A cell's desk at one moment."""

    cell: Unit
    at: datetime
    period: date | None
    people: list[Person]
    questions: list[AdHocQuestion]
    requests: list[OpenRequest]
    identities: list[WaitingInvite]
    absences: list[Absence]

    def pile(self, pile: Pile) -> list[Person]:
        """Return who lies on a pile, worst first; names in Vietnamese order among equals."""
        return sorted((p for p in self.people if pile in p.piles), key=lambda p: _urgency(pile, p))

    @cached_property
    def counts(self) -> dict[Pile, int]:
        counts = {pile: sum(pile in person.piles for person in self.people) for pile in Pile}
        return counts | {
            Pile.REQUESTS: len(self.requests),
            Pile.IDENTITIES: len(self.identities),
            Pile.ABSENCES: len(waiting(self.absences)),
            Pile.NO_CONTACT: len(self.without_contact),
        }

    @property
    def without_contact(self) -> list[Absence]:
        return [one for one in self.absences if one.is_away and one.contact is None]

    @property
    def away(self) -> int:
        return sum(person.is_away for person in self.people)

    @property
    def late(self) -> int:
        return sum(person.is_late for person in self.pile(Pile.OWING))

    @property
    def late_extra(self) -> int:
        """Of those who are late, how many with an extra question only: the month itself is in order."""
        return sum(
            all(c.kind == CheckinKind.ADHOC for c in person.owed if c.state == CheckinState.LATE)
            for person in self.pile(Pile.OWING)
            if person.is_late
        )

    @property
    def answered_this_period(self) -> int:
        """Whose answer is of the period shown; an answer of the month before does not count for it."""
        answers = (person.answered for person in self.people if person.answered)
        return sum(a.kind == CheckinKind.RHYTHM and a.period == self.period for a in answers)

    @property
    def asked_this_period(self) -> int:
        """Who was asked for the period shown, or answered it before that."""
        return sum(person.asked_for(self.period) for person in self.people)

    @property
    def nothing_waits(self) -> bool:
        return not any(count for pile, count in self.counts.items() if pile not in QUIET)


def _urgency(pile: Pile, person: Person) -> tuple[bool, float]:
    """Smaller is worse."""
    match pile:
        case Pile.OWING if person.owing:
            return False, person.owing.due_at.timestamp()
        case Pile.EXCUSED if person.excused and person.excused.excused_until:
            return False, person.excused.excused_until.timestamp()
        case Pile.PAUSED if person.pause:
            return False, person.pause.ends_on.toordinal()
        case Pile.UNREACHABLE if person.account:
            return person.answered is not None, person.account.reachability_at.timestamp()
        case Pile.UNREGISTERED:
            return person.invite is not None, person.invite.expires_at.timestamp() if person.invite else 0
        case Pile.ANSWERED if person.answered and person.answered.answered_at:
            return False, -person.answered.answered_at.timestamp()
        case _:
            return False, 0


def person(db: Session, member: Member, *, now: datetime) -> Person:
    """Return what the desk says about one member, in a few queries."""
    checkins = _current_checkins(db, member.cell_id or 0, now=now, member_id=member.id)
    return Person(
        member=member,
        account=account_of(db, member.id),
        agrees=contact_answers(db, [member.id]).get(member.id),
        invite=newest_invite(db, member.id),
        owed=_owed(checkins, member.id),
        answered=_answered(checkins, member.id),
        volunteered=_volunteered(checkins, member.id),
        pause=open_pause(db, member.id),
    )


# --- questions ------------------------------------------------------------------------------------------------------


def picture(
    db: Session,
    cell: Unit,
    *,
    now: datetime,
    policy: AwayPolicy,
    reader_id: int | None = None,
) -> Picture:
    """Return the whole desk, in as many queries whatever the number of members. `reader_id`: whose private requests."""
    members = roster(db, cell.id)
    accounts = _accounts(db, cell.id)
    agreeing = contact_answers(db, [member.id for member in members])
    invites = _newest_invites(db, cell.id)
    checkins = _current_checkins(db, cell.id, now=now)
    pauses = open_pauses(db, [member.id for member in members])
    return Picture(
        cell=cell,
        at=now,
        period=_period(checkins, now=now),
        people=[
            Person(
                member=member,
                account=accounts.get(member.id),
                agrees=agreeing.get(member.id),
                invite=invites.get(member.id),
                owed=_owed(checkins, member.id),
                answered=_answered(checkins, member.id),
                volunteered=_volunteered(checkins, member.id),
                pause=pauses.get(member.id),
            )
            for member in members
        ],
        questions=_questions(members, checkins),
        requests=open_requests_with_names(db, cell.id, reader_id=reader_id),
        identities=[
            WaitingInvite(invites[member.id], member.full_name)
            for member in members
            if member.id in invites and invites[member.id].state == InviteState.WAITING
        ],
        absences=absences_of(db, cell.id, policy, now=now),
    )


ByMember = dict[int, list[Checkin]]


def _accounts(db: Session, cell_id: int) -> dict[int, Account]:
    rows = db.scalars(select(Account).join(Member).where(Member.cell_id == cell_id, TOLD))
    return {account.member_id: account for account in rows}


def _newest_invites(db: Session, cell_id: int) -> dict[int, Invite]:
    rows = db.scalars(
        select(Invite)
        .join(Member, Member.id == Invite.member_id)
        .where(Member.cell_id == cell_id)
        .order_by(Invite.created_at, Invite.id)
    )
    return {invite.member_id: invite for invite in rows}


def _current_checkins(db: Session, cell_id: int, *, now: datetime, member_id: int | None = None) -> ByMember:
    """What can still be answered or corrected, by member, the oldest promise first."""
    query = (
        select(Checkin)
        .where(Checkin.cell_id == cell_id, Checkin.state != CheckinState.CLOSED)
        .where(or_(Checkin.state.in_(UNSETTLED), Checkin.closes_at > now))
        .order_by(Checkin.due_at, Checkin.id)
    )
    if member_id is not None:
        query = query.where(Checkin.member_id == member_id)
    found: ByMember = {}
    for checkin in db.scalars(query):
        found.setdefault(checkin.member_id, []).append(checkin)
    return found


def _owed(checkins: ByMember, member_id: int) -> tuple[Checkin, ...]:
    return tuple(c for c in checkins.get(member_id, ()) if c.state in UNSETTLED)


def _answered(checkins: ByMember, member_id: int) -> Checkin | None:
    """This turn's answer, else what they reported unasked; not while the turn is owed, and never an ad hoc one."""
    rows = [c for c in checkins.get(member_id, ()) if c.kind != CheckinKind.ADHOC]
    if any(c.state in UNSETTLED for c in rows):
        return None
    answers = [c for c in rows if c.state == CheckinState.ANSWERED]
    return min(answers, key=lambda c: c.kind != CheckinKind.RHYTHM, default=None)


def _volunteered(checkins: ByMember, member_id: int) -> tuple[Checkin, ...]:
    rows = (c for c in checkins.get(member_id, ()) if c.kind == CheckinKind.VOLUNTARY)
    return tuple(sorted((c for c in rows if c.answered_at), key=lambda c: c.opens_at, reverse=True))


def _period(checkins: ByMember, *, now: datetime) -> date | None:
    """The month of the newest turn that has opened for somebody, else of the next one."""
    turns = [c for rows in checkins.values() for c in rows if c.kind == CheckinKind.RHYTHM]
    opened = [c.period for c in turns if c.state != CheckinState.SCHEDULED and c.opens_at <= now]
    return max(opened) if opened else min((c.period for c in turns), default=None)


def _questions(members: Iterable[Member], checkins: ByMember) -> list[AdHocQuestion]:
    """Running ad hoc questions, the newest first: what was asked in the same words on the same day is one."""
    groups: dict[tuple[int | None, date, str], list[tuple[Member, Checkin]]] = {}
    for member in members:
        for checkin in checkins.get(member.id, ()):
            if checkin.kind == CheckinKind.ADHOC:
                key = (checkin.asked_by, checkin.period, checkin.question or "")
                groups.setdefault(key, []).append((member, checkin))
    found = [
        AdHocQuestion(
            id=min(checkin.id for _, checkin in rows),
            text=text,
            asked_by=asked_by,
            asked_on=asked_on,
            due_at=max(checkin.due_at for _, checkin in rows),
            rows=tuple(sorted(rows, key=lambda row: row[1].state == CheckinState.ANSWERED)),
        )
        for (asked_by, asked_on, text), rows in groups.items()
    ]
    return sorted(found, key=lambda question: -question.id)


def open_requests_with_names(db: Session, cell_id: int, *, reader_id: int | None = None) -> list[OpenRequest]:
    """Return the open requests: those nobody has taken first, then the oldest; private ones for the chosen only."""
    owner = aliased(Member)
    rows = db.execute(
        select(HelpRequest, Member.full_name, owner.full_name)
        .join(Member, Member.id == HelpRequest.member_id)
        .outerjoin(owner, owner.id == HelpRequest.owner_id)
        .where(HelpRequest.cell_id == cell_id, HelpRequest.state != RequestState.CLOSED)
        .where(shown_to(reader_id))
        .order_by(HelpRequest.owner_id.is_not(None), HelpRequest.opened_at)
    )
    return [OpenRequest(request, name, owner_name) for request, name, owner_name in rows]


def last_move(db: Session, checkin_id: int) -> tuple[CheckinMove, str | None] | None:
    """Return what happened to a check-in last, and the name of whoever did it (None: time)."""
    found = db.execute(
        select(CheckinMove, Member.full_name)
        .outerjoin(Member, Member.id == CheckinMove.by_id)
        .where(CheckinMove.checkin_id == checkin_id)
        .order_by(CheckinMove.at.desc(), CheckinMove.id.desc())
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else None


def contact_notes_with_names(db: Session, member_id: int, *, limit: int) -> list[tuple[ContactNote, str]]:
    """Return the member's last contacts and who noted them, the newest first."""
    rows = db.execute(
        select(ContactNote, Member.full_name)
        .join(Member, Member.id == ContactNote.by_id)
        .where(ContactNote.member_id == member_id)
        .order_by(ContactNote.recorded_at.desc())
        .limit(limit)
    )
    return [(note, name) for note, name in rows]


def note_behind(db: Session, checkin_id: int) -> tuple[ContactNote, str] | None:
    """Return the contact note that answered a check-in, and its writer. One note may have answered several."""
    found = db.execute(
        select(ContactNote, Member.full_name)
        .join(Member, Member.id == ContactNote.by_id)
        .join(Checkin, or_(Checkin.note_id == ContactNote.id, Checkin.id == ContactNote.checkin_id))
        .where(Checkin.id == checkin_id)
        .order_by(ContactNote.recorded_at.desc())
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else None
