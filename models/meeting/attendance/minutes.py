"""The minutes of a meeting as a paper: who was there, what was sent in, what was given to whom; the rest by hand.

    HELD ── written anew each time ──close──> names and attendance stay ──file──> all of it stays
                                              conclusions and tasks are added

What stays is kept, sealed, with the move that closed the meeting or filed its minutes: whoever is renamed later, a
person or a unit, is printed as they were called then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.delivery.papers import Minutes, MinutesLine, decimal
from models.ground.clock import HOME_ZONE, local_date
from models.meeting.attendance.presence import Presence, Quorum, presences, quorum
from models.meeting.attendance.questions import newest_conclusion
from models.meeting.meeting import (
    Capacity,
    How,
    Invitation,
    Meeting,
    MeetingDid,
    MeetingMove,
    MeetingState,
    moves_of,
)
from models.meeting.policy import AttendancePolicy
from models.meeting.task import tasks_given_in
from models.people.member import Member
from models.people.rights import Role, holders
from models.people.unit import Unit
from models.people.unit_change import names_then, unit_then
from models.phrases.meeting import attendance as phrases, meeting as meeting_words
from models.phrases.text import Text


class KeptMinutes(BaseModel):
    """The paper, and whose lines they are, list by list: so that a person's words can be taken out of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    minutes: Minutes
    who: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class PrintedMinutes:
    """`filed_on`: signed and kept on that day, and as they were then. `again`: closed before a copy was kept."""

    minutes: Minutes
    filed_on: date | None = None
    again: bool = False


def printed_minutes(
    db: Session, meeting: Meeting, policy: AttendancePolicy, *, now: datetime
) -> PrintedMinutes:
    """Return the minutes: as filed; once closed with that day's names and attendance; before that as it stands now."""
    written = minutes_of(db, meeting, policy, now=now)
    if meeting.state != MeetingState.CLOSED:
        return PrintedMinutes(written)
    kept = [(move, move.minutes_json) for move in moves_of(db, meeting.id) if move.minutes_json]
    if not kept:
        return PrintedMinutes(written, again=True)
    move, text = kept[-1]
    minutes = KeptMinutes.model_validate_json(text).minutes
    if move.did == MeetingDid.FILED:
        return PrintedMinutes(minutes, filed_on=local_date(move.at, HOME_ZONE))
    return PrintedMinutes(_going_on(minutes, written))


def _going_on(kept: Minutes, written: Minutes) -> Minutes:
    """What the minute-taker may still add between closing and filing."""
    return kept.model_copy(update={"conclusion": written.conclusion, "tasks": written.tasks})


def keep_minutes(
    db: Session, meeting: Meeting, move: MeetingMove, policy: AttendancePolicy, *, now: datetime
) -> None:
    """Keep them with this move: written once."""
    people = presences(db, meeting)
    who = {name: tuple(one.member.id for one in some) for name, some in grouped(people).items()}
    who["sent_in"] = tuple(one.member.id for one in people if _sends_in(one))
    before = [one for one in moves_of(db, meeting.id) if one.minutes_json and one.id != move.id]
    minutes = minutes_of(db, meeting, policy, now=now)
    if before and before[-1].minutes_json:
        closed = KeptMinutes.model_validate_json(before[-1].minutes_json)
        minutes, who = _going_on(closed.minutes, minutes), closed.who
    move.minutes_json = KeptMinutes(minutes=minutes, who=who).model_dump_json()
    db.flush()


def forget_in_minutes(db: Session, member_id: int) -> None:
    """Take a member's reasons, hours and words out of what is kept; the name stays, as on the roster."""
    meetings = select(Invitation.meeting_id).where(Invitation.member_id == member_id)
    rows = select(MeetingMove).where(
        MeetingMove.meeting_id.in_(meetings), MeetingMove.minutes_sealed.is_not(None)
    )
    for move in db.scalars(rows):
        try:
            kept = KeptMinutes.model_validate_json(move.minutes_json or "")
        except ValidationError:  # unreadable: it is printed by nobody either
            continue
        who = dict(kept.who)
        changed: dict[str, tuple[MinutesLine, ...]] = {}
        for name, ids in kept.who.items():
            lines: tuple[MinutesLine, ...] = getattr(kept.minutes, name)
            if name == "sent_in":
                changed[name] = tuple(line for line, one in zip(lines, ids, strict=True) if one != member_id)
                who[name] = tuple(one for one in ids if one != member_id)
            else:
                changed[name] = tuple(
                    MinutesLine(name=line.name) if one == member_id else line
                    for line, one in zip(lines, ids, strict=True)
                )
        minutes = kept.minutes.model_copy(update=changed)
        move.minutes_json = KeptMinutes(minutes=minutes, who=who).model_dump_json()
    db.flush()


def minutes_of(db: Session, meeting: Meeting, policy: AttendancePolicy, *, now: datetime) -> Minutes:
    """Return what is known of the meeting. What is not known becomes a dotted line."""
    people = presences(db, meeting)
    groups = {name: _lines(who) for name, who in grouped(people).items()}
    conclusion = newest_conclusion(db, meeting.id)
    above, cell = names_then(db, db.get_one(Unit, meeting.cell_id), meeting, meeting.starts_at)
    return Minutes(
        above=above,
        cell=cell,
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
    """Group the people by the lists of the minutes. The exempt who came stand with those who were there."""
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
    """The opinions that absent members sent in, to be read out at the meeting."""
    return tuple(
        MinutesLine(name=one.member.full_name, note=one.invitation.contribution or "")
        for one in people
        if _sends_in(one)
    )


def _sends_in(one: Presence) -> bool:
    return bool(one.invitation.contribution) and not one.is_there


def _tasks(db: Session, meeting: Meeting) -> tuple[MinutesLine, ...]:
    return tuple(
        MinutesLine(name=member.full_name, note=f"{task.text}; hạn {task.due_on:%d/%m/%Y}")
        for task, member in tasks_given_in(db, meeting.id)
    )


def _chair(db: Session, meeting: Meeting, *, now: datetime) -> str:
    """The secretary of that day; who took the minutes is written by hand."""
    at = min(meeting.starts_at, now)
    cell = unit_then(db, db.get_one(Unit, meeting.cell_id), meeting, at)
    secretaries = holders(db, cell.id, Role.SECRETARY, now=at)
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
    """Return the hour on Vietnam's clock, where the cell is."""
    return f"{at.astimezone(ZoneInfo(HOME_ZONE)):%H:%M}"


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]
