"""The member's own year, said in sentences that may go into a section: offered, never put there unasked.

    heading.prefill_from ("check_ins", "absences", …) ──> SOURCES ──> sentences

Facts only, and only the member's own: how often, when, where (province or country). What nobody but a few may see (a
private request) and the words of a report or a note stay where they are. Another source is another line of `SOURCES`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away.away import AwayState, aways_of
from models.contact.checkin import Checkin, CheckinState
from models.contact.contact_note import ContactNote
from models.contact.request import requests_of_member
from models.ground.places import place
from models.meeting.attendance import meetings_attended
from models.meeting.handbook import studies_of
from models.meeting.meeting import MeetingState
from models.meeting.task import tasks_of_year
from models.people.member import Member
from models.phrases.meeting import handbook as handbook_words
from models.phrases.text import HOME_ZONE, Text, named
from models.phrases.year import review_prefill as phrases
from models.year.review.forms import Heading

Source = Callable[[Session, Member, int], list[Text]]


def own_year(db: Session, member: Member, heading: Heading, year: int) -> list[Text]:
    """Return the sentences that this heading may begin from; none where there is nothing to say."""
    wanted = [gather for name, gather in SOURCES if name in heading.prefill_from]
    return [said for gather in wanted for said in gather(db, member, year)]


# --- sources --------------------------------------------------------------------------------------------------------


def check_ins(db: Session, member: Member, year: int) -> list[Text]:
    """Return sentences about the reports that the member sent themselves."""
    begins, ends = _year(year)
    answered = select(Checkin.id).where(
        Checkin.member_id == member.id,
        Checkin.state == CheckinState.ANSWERED,
        Checkin.answered_by == member.id,
        Checkin.answered_at.between(begins, ends),
    )
    times = len(db.scalars(answered).all())
    return [phrases.reported(times=times)] if times else []


def unanswered(db: Session, member: Member, year: int) -> list[Text]:
    """Return sentences about turns that closed without an answer; pauses and excuses are no misses."""
    missed = select(Checkin.period).where(
        Checkin.member_id == member.id,
        Checkin.state == CheckinState.CLOSED,
        Checkin.asked_at.is_not(None),
        Checkin.period.between(date(year, 1, 1), date(year, 12, 31)),
    )
    months = sorted(set(db.scalars(missed)))
    return [phrases.unreported(months=months)] if months else []


def contact_notes(db: Session, member: Member, year: int) -> list[Text]:
    noted = select(ContactNote.channel).where(
        ContactNote.member_id == member.id,
        ContactNote.happened_on.between(date(year, 1, 1), date(year, 12, 31)),
    )
    channels = Counter(db.scalars(noted.order_by(ContactNote.happened_on)))
    return [phrases.contacted(by_channel=channels)] if channels else []


def absences(db: Session, member: Member, year: int) -> list[Text]:
    said = []
    for away in reversed(aways_of(db, member.id)):
        until = away.returned_on
        over = until is not None and until < date(year, 1, 1)
        if away.begun_at is None or over or away.begins_on > date(year, 12, 31):
            continue
        where = place(away.place_code)
        words = named(where.vi, where.en)
        said.append(phrases.was_away(place=words, route=away.route, since=away.begins_on, until=until))
    return said


def return_ahead(db: Session, member: Member, year: int) -> list[Text]:
    open_ones = [one for one in aways_of(db, member.id) if one.state == AwayState.ACTIVE and one.ends_on]
    return [
        phrases.returns(on=one.ends_on) for one in open_ones[:1] if one.ends_on and one.ends_on.year >= year
    ]


def requests(db: Session, member: Member, year: int) -> list[Text]:
    begins, ends = _year(year)
    settled = [
        one
        for one in reversed(requests_of_member(db, member.id, closed=True))
        if one.is_help and not one.is_private and one.closed_at and begins <= one.closed_at <= ends
    ]
    return [phrases.was_helped(topic=one.topic) for one in settled]


def meetings(db: Session, member: Member, year: int) -> list[Text]:
    """Return how the member took part (by link, own word and roll call), and what they sent in."""
    found = [
        one
        for meeting, one in meetings_attended(db, member, year=year)
        if meeting.state == MeetingState.CLOSED
    ]
    ways = Counter(one.how.value for one in found if one.how is not None)
    times = sum(one.invitation.contributed_at is not None for one in found)
    said = [phrases.attended(by_how=ways)] if ways else []
    return [*said, phrases.contributed(times=times)] if times else said


def tasks(db: Session, member: Member, year: int) -> list[Text]:
    """Return what the cell gave the member to do, and what they wrote when it was done."""
    return [
        phrases.task(text=one.text or "", due_on=one.due_on, done=not one.is_open, words=one.words or "")
        for one in tasks_of_year(db, member.id, year)
    ]


def self_study(db: Session, member: Member, year: int) -> list[Text]:
    """Return what the member noted in their own self-study record."""
    titles = [one.title for one in studies_of(db, member.id, year=year)]
    return [handbook_words.studied_in_year(titles=titles)] if titles else []


def _year(year: int) -> tuple[datetime, datetime]:
    """Its first and last moment on Vietnam's clock."""
    home = ZoneInfo(HOME_ZONE)
    first, next_first = datetime(year, 1, 1, tzinfo=home), datetime(year + 1, 1, 1, tzinfo=home)
    return first.astimezone(UTC), next_first.astimezone(UTC)


SOURCES: tuple[tuple[str, Source], ...] = (
    ("meeting_attendance", meetings),
    ("assigned_tasks", tasks),
    ("check_ins", check_ins),
    ("unanswered", unanswered),
    ("absences", absences),
    ("return_ahead", return_ahead),
    ("contact_notes", contact_notes),
    ("requests", requests),
    ("self_study", self_study),
)
