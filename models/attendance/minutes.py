"""The minutes of a meeting as a paper: who was there, what was sent in, what was given to whom; the rest by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from models.attendance.presence import Presence, Quorum, presences, quorum
from models.attendance.rows import AttendancePolicy
from models.attendance.settling import newest_conclusion
from models.clock import HOME_ZONE, local_date
from models.meeting import Capacity, How, Meeting
from models.member import Member
from models.papers import Minutes, MinutesLine, decimal
from models.phrases import attendance as phrases
from models.phrases import meeting as meeting_words
from models.phrases.text import Text
from models.rights import Role, holders
from models.task import tasks_given_in
from models.unit import Unit


def minutes_of(db: Session, meeting: Meeting, policy: AttendancePolicy, *, now: datetime) -> Minutes:
    """What is known of the meeting; what is not becomes a dotted line."""
    people = presences(db, meeting)
    groups = {name: _lines(who) for name, who in grouped(people).items()}
    conclusion = newest_conclusion(db, meeting.id)
    cell = db.get_one(Unit, meeting.cell_id)
    above = db.get(Unit, cell.parent_id) if cell.parent_id else None
    return Minutes(
        above=above.name if above else "",
        cell=cell.name,
        signed_on=local_date(meeting.starts_at, HOME_ZONE),
        about=_first_upper(meeting_words.KINDS[meeting.kind].to_plain("vi")),
        held_on=local_date(meeting.starts_at, HOME_ZONE),
        began=clock(meeting.starts_at),
        form=meeting_words.FORMS[meeting.form].to_plain("vi"),
        room=meeting.place or "",
        approval=meeting.paper or "",
        quorum=quorum_words(quorum(people, policy)).to_plain("vi"),
        chair=_chair(db, meeting, now=now),
        agenda=meeting.agenda or "",
        sent_in=_sent_in(people),
        tasks=_tasks(db, meeting),
        conclusion=(conclusion.text or "") if conclusion else "",
        **groups,
        **{f"{name}_count": str(len(who)) for name, who in groups.items()},
    )


def grouped(people: Iterable[Presence]) -> dict[str, list[Presence]]:
    """By the lists of the minutes; the exempt who came stand with those who were there."""
    found: dict[str, list[Presence]] = {
        name: [] for name in ("in_person", "online", "excused", "unexcused", "unknown", "exempt")
    }
    for one in people:
        found[_group(one)].append(one)
    return found


def _group(one: Presence) -> str:
    if not one.is_there and not one.is_counted:
        return "exempt"
    return {
        How.IN_PERSON: "in_person",
        How.ONLINE: "online",
        How.EXCUSED: "excused",
        How.UNEXCUSED: "unexcused",
        None: "unknown",
    }[one.how]


def _lines(people: list[Presence]) -> tuple[MinutesLine, ...]:
    return tuple(MinutesLine(name=one.member.full_name, note=_note(one)) for one in people)


def _note(one: Presence) -> str:
    """dự bị, không biểu quyết; từ 20:05 đến 21:10; lý do"""
    notes = []
    if one.invitation.capacity == Capacity.NO_VOTE:
        notes.append("dự bị, không biểu quyết")
    if one.is_there and not one.is_counted:
        notes.append("được miễn sinh hoạt, dự theo lời mời")
    if one.how == How.ONLINE and one.from_at is not None:
        notes.append(f"từ {clock(one.from_at)}" + (f" đến {clock(one.until_at)}" if one.until_at else ""))
    elif one.is_there and one.until_at is not None:
        notes.append(f"đến {clock(one.until_at)}")
    if one.how == How.EXCUSED and one.invitation.reason:
        notes.append(one.invitation.reason)
    return "; ".join(notes)


def _sent_in(people: Iterable[Presence]) -> tuple[MinutesLine, ...]:
    """What those who were not there wanted read out."""
    return tuple(
        MinutesLine(name=one.member.full_name, note=one.invitation.contribution or "")
        for one in people
        if one.invitation.contribution and not one.is_there
    )


def _tasks(db: Session, meeting: Meeting) -> tuple[MinutesLine, ...]:
    return tuple(
        MinutesLine(name=member.full_name, note=f"{task.text}; hạn {task.due_on:%d/%m/%Y}")
        for task, member in tasks_given_in(db, meeting.id)
    )


def _chair(db: Session, meeting: Meeting, *, now: datetime) -> str:
    """The secretary of that day; who took the minutes is written by hand."""
    at = min(meeting.starts_at, now)
    secretaries = holders(db, meeting.cell_id, Role.SECRETARY, now=at)
    return db.get_one(Member, secretaries[0]).full_name if secretaries else ""


def quorum_words(counts: Quorum) -> Text:
    return phrases.quorum(
        voting=counts.voting,
        voting_there=counts.voting_there,
        needed=counts.needed,
        counted=counts.counted,
        there=counts.there,
        percent=decimal(counts.per_mille / 10, 1),
        good_percent=counts.good_percent,
    )


def clock(at: datetime) -> str:
    """On Vietnam's clock, where the cell is."""
    return f"{at.astimezone(ZoneInfo(HOME_ZONE)):%H:%M}"


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]
