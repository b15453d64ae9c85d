"""A member's year on two pages: tasks, commitment and review, meetings, study, contacts, decisions. For the member first.

    the desk asks ──> asked_at, the member is told ──┬─ they open it ──> seen_at ──> whoever asked is told, and may read
                                                     └─ first_days go by ──────────> the desk may read it
    after open_days, counted from either, it is asked for anew; whom nothing reaches, the desk reads at once
    chapters_of ──> said once: the member's screen, the desk's, and the paper

Read from the rows of the rooms above; where two pages do not hold all of it, a chapter says how much is left out. What somebody studied is
their own record, and stands on their own sheet alone. Nothing is summed up into a score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ForeignKey, Index, SmallInteger, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.away.away import FilingState, aways_of, filings_of
from models.away.policy import AwayPolicy
from models.contact.checkin import Checkin, CheckinState, first_words
from models.contact.contact_note import ContactNote, ContactOutcome
from models.delivery.message import Button, Lane, Message
from models.delivery.papers import BearingsLine, PaperPerson, YearPaper
from models.desk.bearings import Grant, grant_of
from models.desk.policy import YearSheetPolicy
from models.ground.base import Base, Identified, lock
from models.ground.clock import HOME_ZONE, at_wall, local_date
from models.meeting.attendance import meetings_attended
from models.meeting.handbook import studies_of
from models.meeting.meeting import How
from models.meeting.task import tasks_of_year
from models.people.member import Member, Purpose, hears, refuses, tell
from models.people.trail import record_change
from models.people.unit import Unit
from models.people.unit_change import names_then
from models.phrases.desk import year_sheet as phrases
from models.phrases.text import Text
from models.year.review import DONE, ReviewState
from models.year.review.questions import reviews_of_member

Chapter = tuple[Text, list[Text]]


class YearSheet(Identified, Base):
    """Who has asked for a member's year, and when the member has seen it."""

    __tablename__ = "year_sheet"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    asked_by_id: Mapped[int | None]
    asked_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]

    __table_args__ = (Index("uq_year_sheet_member_id", "member_id", "year", unique=True),)


# --- who reads it when ----------------------------------------------------------------------------------------------


def sheet_of(db: Session, member_id: int, year: int) -> YearSheet:
    """Return the row of this year, which may be new."""
    found = db.scalars(select(YearSheet).filter_by(member_id=member_id, year=year)).first()
    if found is None:
        found = YearSheet(member_id=member_id, year=year)
        db.add(found)
        db.flush()
    return found


def opens_to_desk(
    db: Session, member: Member, year: int, policy: YearSheetPolicy, *, now: datetime
) -> datetime | None:
    """Return when the desk may read it: a moment that may lie ahead; None: it has not been asked for lately."""
    if not hears(db, member.id):
        return member.created_at
    row, lasts = sheet_of(db, member.id, year), timedelta(days=policy.open_days)
    if row.seen_at is not None and now < row.seen_at + lasts:
        return row.seen_at
    if row.asked_at is not None and now < row.asked_at + lasts:
        return row.asked_at + timedelta(days=policy.first_days)
    return None


def ask_for_sheet(
    db: Session, member: Member, year: int, policy: YearSheetPolicy, *, by_id: int, now: datetime
) -> None:
    """Ask for a member's year: they are told, once, and read it first."""
    row = sheet_of(db, member.id, year)
    lock(db, row)
    if opens_to_desk(db, member, year, policy, now=now) is not None:
        return
    row.asked_by_id, row.asked_at = by_id, now
    record_change(db, "year_sheet.ask", by_id=by_id, member_id=member.id, unit_id=member.cell_id, now=now)
    words = phrases.asked(
        by=db.get_one(Member, by_id).full_name,
        year=year,
        on=local_date(now + timedelta(days=policy.first_days), member.zone),
    )
    message = Message(words, [[Button(phrases.SEE, f"year:see:{year}")]])
    key = f"year_sheet.asked:{row.id}:{local_date(now, HOME_ZONE)}"
    tell(db, member, message, key=key, lane=Lane.ALERT, now=now)


def note_seen(db: Session, member: Member, year: int, *, now: datetime) -> None:
    """Note that the member has seen their year; whoever has asked for it since they last did is told."""
    row = sheet_of(db, member.id, year)
    before, row.seen_at = row.seen_at, now
    if row.asked_by_id is None or row.asked_at is None or (before is not None and before >= row.asked_at):
        return
    words = phrases.seen(name=member.full_name, year=year)
    message = Message(words, [[Button(phrases.OPEN, f"year:desk:{member.id}:{year}")]])
    key = f"year_sheet.seen:{row.id}:{local_date(row.asked_at, HOME_ZONE)}"
    tell(db, db.get_one(Member, row.asked_by_id), message, key=key, lane=Lane.ALERT, now=now)


# --- what it says ---------------------------------------------------------------------------------------------------


def chapters_of(db: Session, member: Member, year: int, policy: AwayPolicy, *, own: bool) -> list[Chapter]:
    """Return each part under its heading, whole. `own`: for the member, with what they keep for themselves."""
    study = [(phrases.STUDY, _study(db, member, year))] if own else []
    found: list[Chapter] = [
        (phrases.TASKS, _tasks(db, member, year)),
        (phrases.REVIEWS, _reviews(db, member, year)),
        (phrases.MEETINGS, _meetings(db, member, year)),
        *study,
        (phrases.CONTACTS, _contacts(db, member, year)),
        (phrases.DECISIONS, _decisions(db, member, year, policy, own=own)),
    ]
    return [(name, lines or [phrases.nothing()]) for name, lines in found]


def shortened(chapters: Sequence[Chapter], most: int) -> list[Chapter]:
    """Return no more than `most` things of each chapter, and how many are left out."""
    return [
        (name, [*lines[:most], phrases.and_more(count=len(lines) - most)] if len(lines) > most else lines)
        for name, lines in chapters
    ]


_LETTERS = 62  # on a printed line of the text's column, 12.7 cm in 11 point


def fitted_chapters(chapters: Sequence[Chapter], lines: int) -> list[Chapter]:
    """Return as much as so many printed lines hold: all of it where it fits, else the longest chapters are cut, all to one length."""
    longest = max((_printed(one) for _, one in chapters), default=0)
    for most in range(max(longest, 3), 2, -1):
        found = [(name, _cut(one, most)) for name, one in chapters]
        if sum(_printed(one) for _, one in found) <= lines:
            return found
    return shortened(chapters, 1)


def _cut(lines: list[Text], most: int) -> list[Text]:
    """As many as so many printed lines hold, the last of them says how many are left out."""
    if _printed(lines) <= most:
        return lines
    kept = len(lines) - 1
    while kept > 1 and _printed(lines[:kept]) > most - 1:
        kept -= 1
    return [*lines[:kept], phrases.and_more(count=len(lines) - kept)]


def _printed(lines: Sequence[Text]) -> int:
    """Count how many lines of paper these take."""
    return sum(-(-len(line.to_plain("vi")) // _LETTERS) or 1 for line in lines)


def _tasks(db: Session, member: Member, year: int) -> list[Text]:
    return [
        phrases.task(
            text=first_words(one.text or ""),
            due_on=one.due_on,
            state=one.state,
            closed_on=local_date(one.closed_at, HOME_ZONE) if one.closed_at else None,
        )
        for one in tasks_of_year(db, member.id, year)
    ]


def _reviews(db: Session, member: Member, year: int) -> list[Text]:
    if refuses(db, member.id, Purpose.REVIEW):
        return [phrases.on_paper()]
    return [
        phrases.review(
            kind=campaign.kind,
            in_on=local_date(review.submitted_at, HOME_ZONE)
            if review.submitted_at and review.state in (*DONE, ReviewState.SUBMITTED)
            else None,
            deadline=review.deadline,
        )
        for review, campaign in reviews_of_member(db, member.id)
        if campaign.year == year and review.state != ReviewState.OUT
    ]


def _meetings(db: Session, member: Member, year: int) -> list[Text]:
    found = meetings_attended(db, member, year=year)
    if not found:
        return []
    there = sum(one.is_there for _, one in found)
    online = sum(one.is_there and one.how == How.ONLINE for _, one in found)
    lines = [phrases.attended(attended=there, held=len(found), online=online)]
    for how in (How.EXCUSED, How.UNEXCUSED):
        days = [local_date(meeting.starts_at, HOME_ZONE) for meeting, one in found if one.how == how]
        lines += [phrases.absent(how=how, days=days)] if days else []
    return lines


def _study(db: Session, member: Member, year: int) -> list[Text]:
    return [
        phrases.studied(title=one.title, on=one.studied_on) for one in studies_of(db, member.id, year=year)
    ]


def _contacts(db: Session, member: Member, year: int) -> list[Text]:
    asked = [one for one in _checkins(db, member, year) if one.state != CheckinState.SCHEDULED]
    answered = sum(one.state == CheckinState.ANSWERED for one in asked)
    lines = [phrases.reports(answered=answered, asked=len(asked))] if asked else []
    within = ContactNote.happened_on.between(date(year, 1, 1), date(year, 12, 31))
    notes = list(db.scalars(select(ContactNote).where(ContactNote.member_id == member.id, within)))
    reached = Counter(one.outcome == ContactOutcome.REACHED for one in notes)
    if notes:
        last = max((one.happened_on for one in notes if one.outcome == ContactOutcome.REACHED), default=None)
        lines.append(phrases.contacts(reached=reached[True], tried=reached[False], last=last))
    return lines


def _checkins(db: Session, member: Member, year: int) -> Sequence[Checkin]:
    within = Checkin.period.between(date(year, 1, 1), date(year, 12, 31))
    return db.scalars(select(Checkin).where(Checkin.member_id == member.id, within)).all()


def _decisions(db: Session, member: Member, year: int, policy: AwayPolicy, *, own: bool) -> list[Text]:
    if not own and refuses(db, member.id, Purpose.AWAY):
        return [phrases.on_paper()]
    held = (FilingState.APPROVED, FilingState.NOTED)
    found: list[tuple[Grant, Text]] = []
    for away in aways_of(db, member.id):
        for filing in filings_of(db, away.id):
            grant = grant_of(db, filing, policy) if filing.state in held else None
            if grant is not None and grant.on is not None and grant.on.year == year:
                found.append((grant, phrases.granted(route=filing.route, until=filing.due_on)))
    found.sort(key=lambda one: one[0].on or date.min)
    return [
        phrases.decision(number=grant.number, on=grant.on, by=grant.by, what=what) for grant, what in found
    ]


# --- on paper -------------------------------------------------------------------------------------------------------


def year_paper(
    db: Session, member: Member, year: int, chapters: Sequence[Chapter], *, now: datetime
) -> YearPaper:
    """Return the same, sentence by sentence; of a year that is over with the names that the units had at its end."""
    at = min(now, at_wall(date(year, 12, 31), time(23, 59), HOME_ZONE))
    above, cell = names_then(db, db.get(Unit, member.cell_id or 0), member, at)
    return YearPaper(
        above=above,
        cell=cell,
        signed_on=local_date(now, HOME_ZONE),
        year=str(year),
        member=PaperPerson(name=member.own_name, joined_on=member.joined_on, official_on=member.official_on),
        rows=tuple(
            BearingsLine(heading=name.to_plain("vi"), text="\n".join(line.to_plain("vi") for line in lines))
            for name, lines in chapters
        ),
    )
