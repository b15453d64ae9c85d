"""The desk's part: names are called at the start and at the end, the meeting is closed, its conclusions are sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away.away import Scan
from models.contact.sign_of_life import Sign, note_sign
from models.delivery.message import Button, Lane, Message
from models.ground.base import lock
from models.ground.clock import HOME_ZONE
from models.meeting.attendance.joining import ends_at, hows, opens_at
from models.meeting.attendance.minutes import keep_minutes
from models.meeting.attendance.presence import Presence, presences, statements_of
from models.meeting.attendance.questions import newest_conclusion
from models.meeting.attendance.resolving import Resolution
from models.meeting.attendance.rows import Conclusion, ConclusionReceipt, NotNow
from models.meeting.meeting import (
    Attendance,
    How,
    Invitation,
    Meeting,
    MeetingDid,
    MeetingState,
    Said,
    call_off_held,
    move_meeting,
    record_move,
)
from models.meeting.meeting.questions import agreeing
from models.meeting.policy import AttendancePolicy
from models.people.member import Member, tell
from models.people.trail import record_act, record_change
from models.phrases.meeting import attendance as phrases

S = MeetingState
LEFT_EARLY = "left"  # there, and gone before the end


# --- the roll call --------------------------------------------------------------------------------------------------


def require_callable(meeting: Meeting, *, now: datetime) -> None:
    """Refuse a roll call earlier than half an hour before the start, or after the meeting is closed."""
    if meeting.state == S.CLOSED:
        raise NotNow(phrases.closed())
    if meeting.state not in (S.CALLED, S.HELD):
        raise NotNow(phrases.called_off())
    if now < opens_at(meeting):
        raise NotNow(phrases.not_now(why="early", opens_at=opens_at(meeting), zone=HOME_ZONE))


def call_name(
    db: Session,
    meeting: Meeting,
    invitation: Invitation,
    said: Said,
    word: str,
    *,
    by_id: int,
    now: datetime,
    left_at: datetime | None = None,
) -> None:
    """Note one name at a roll call. `word`: a How, or LEFT_EARLY with the hour. The same word twice changes nothing."""
    require_callable(meeting, now=now)
    lock(db, invitation)
    before = statements_of(db, meeting.id, invitation.member_id)
    last = next((one for one in reversed(before) if one.said == said), None)
    left = word == LEFT_EARLY
    how = _earlier(before) if left else How(word)
    until = (left_at or now) if left else None
    if last is not None and last.how == how and last.until_at == until:
        return
    present = how in (How.IN_PERSON, How.ONLINE)
    db.add(
        Attendance(
            meeting_id=meeting.id,
            member_id=invitation.member_id,
            said=said,
            how=how,
            from_at=meeting.starts_at if present and said == Said.START else None,
            until_at=until,
            by_id=by_id,
            at=now,
        )
    )
    db.flush()
    who = invitation.member_id
    if present:
        note_sign(db, db.get_one(Member, who), Sign.MEETING, at=now)
    record_change(db, "meeting.roll_call", by_id=by_id, member_id=who, unit_id=meeting.cell_id, now=now)


def _earlier(before: list[Attendance]) -> How:
    """How somebody who has left was there."""
    there = [How(one.how) for one in before if one.how in (How.IN_PERSON, How.ONLINE)]
    return there[-1] if there else How.IN_PERSON


def call_the_rest(
    db: Session, meeting: Meeting, said: Said, how: How, *, by_id: int, now: datetime
) -> list[Presence]:
    """Note one word for all of whom nothing is known and whom it fits; return who they are."""
    require_callable(meeting, now=now)
    rest = rest_for(presences(db, meeting), meeting, how, now=now)
    for one in rest:
        call_name(db, meeting, one.invitation, said, how, by_id=by_id, now=now)
    return rest


def rest_for(people: Sequence[Presence], meeting: Meeting, how: How, *, now: datetime) -> list[Presence]:
    """Return those whom the word fits.

    In the room: nobody who is away. Online: nobody where there is only a room. Unexcused: nobody before it begins. Any
    other word fits nobody.
    """
    match how:
        case How.IN_PERSON if meeting.place:
            return [one for one in people if one.may_sit_here]
        case How.ONLINE if hows(meeting) == (How.ONLINE,):
            return [one for one in people if one.is_open]
        case How.UNEXCUSED if now >= meeting.starts_at:
            return [one for one in people if one.is_open]
    return []


def close_meeting(
    db: Session, meeting: Meeting, policy: AttendancePolicy, *, by_id: int, now: datetime
) -> None:
    """Close the meeting: attendance stands in the minutes as it is now, with the names of today.

    Who is not known to have been there is not guessed at: the desk says it first.
    """
    lock(db, meeting)
    if meeting.state != S.HELD:
        raise NotNow(phrases.closed() if meeting.state == S.CLOSED else phrases.not_held())
    open_ = [one.member.full_name for one in presences(db, meeting) if one.is_open]
    if open_:
        raise NotNow(phrases.still_open(names=open_))
    # from here on time looks whether its minutes are filed
    meeting.link_at, meeting.next_at, meeting.unfiled = None, now, True
    moved = move_meeting(db, meeting, S.CLOSED, MeetingDid.CLOSED, by_id=by_id, now=now)
    keep_minutes(db, meeting, moved, policy, now=now)


def file_minutes(
    db: Session, meeting: Meeting, policy: AttendancePolicy, *, by_id: int, now: datetime
) -> None:
    """Note that the minutes are signed and kept on paper, and keep them here, too. The second time changes nothing."""
    lock(db, meeting)
    if meeting.state != S.CLOSED:
        raise NotNow(phrases.close_first())
    if meeting.unfiled:
        meeting.unfiled, meeting.next_at = False, None
        moved = record_move(db, meeting, MeetingDid.FILED, by_id=by_id, now=now)
        keep_minutes(db, meeting, moved, policy, now=now)


def say_not_held(db: Session, meeting: Meeting, *, by_id: int, now: datetime) -> None:
    """Note that people did not meet. If somebody was noted as being there, it is closed instead of called off."""
    lock(db, meeting)
    if meeting.state != S.HELD or now < ends_at(meeting):
        raise NotNow(phrases.not_over())
    if any(one.is_there for one in presences(db, meeting)):
        raise NotNow(phrases.somebody_was_there())
    call_off_held(db, meeting, by_id=by_id, now=now)


# --- conclusions ----------------------------------------------------------------------------------------------------


def conclude(
    db: Session,
    meeting: Meeting,
    *,
    text: str,
    scan: Scan | None,
    by_id: int,
    now: datetime,
    parts: Resolution | None = None,
) -> Conclusion:
    """Keep what was concluded, with a receipt for each member who was not there. `parts`: what the text is made of."""
    if meeting.state not in (S.HELD, S.CLOSED):
        raise NotNow(phrases.not_held())
    again = newest_conclusion(db, meeting.id) is not None
    made = Conclusion(meeting_id=meeting.id, at=now, by_id=by_id)
    made.text = text or None
    made.parts_json = parts.model_dump_json() if parts is not None else None
    if scan is not None:
        made.file_id, made.name = scan.file_id, scan.name or None
    db.add(made)
    db.flush()
    record_act(db, "meeting.conclude", by_id=by_id, now=now, unit_id=meeting.cell_id)
    absent = [one.member for one in presences(db, meeting) if not one.is_there and one.member.left_at is None]
    willing = agreeing(db, [member.id for member in absent])
    for member in absent:
        if member.id != by_id:
            _send(db, made, member, meeting, again=again, willing=member.id in willing, now=now)
    return made


def _send(
    db: Session,
    made: Conclusion,
    member: Member,
    meeting: Meeting,
    *,
    again: bool,
    willing: bool,
    now: datetime,
) -> None:
    words = phrases.concluded(starts_at=meeting.starts_at, zone=member.zone, again=again)
    message = Message(words, [[Button(phrases.OPEN, f"attendance:conclusion:{made.id}")]])
    key = conclusion_key(made.id, member.id)
    told = willing and tell(db, member, message, key=key, lane=Lane.ALERT, now=now)
    receipt = ConclusionReceipt(conclusion_id=made.id, member_id=member.id, told_at=now if told else None)
    db.add(receipt)
    db.flush()


def conclusion_key(conclusion_id: int, member_id: int) -> str:
    return f"attendance.concluded:{conclusion_id}:{member_id}"


def read_conclusion(db: Session, conclusion_id: int, member_id: int, *, now: datetime) -> None:
    """Note "I have read it"; the first time counts. Members who were there need not say it, and may."""
    receipt = db.scalars(
        select(ConclusionReceipt).where(
            ConclusionReceipt.conclusion_id == conclusion_id, ConclusionReceipt.member_id == member_id
        )
    ).first()
    if receipt is not None and receipt.read_at is None:
        receipt.read_at = now
        db.flush()
