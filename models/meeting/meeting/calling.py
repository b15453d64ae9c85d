"""Acts of the desk: call, change, postpone, cancel; the standing date."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import BaseModel
from sqlalchemy.orm import Session

from models.away.away import Scan
from models.ground.errors import Refused
from models.ground.workdays import WorkdayPolicy
from models.meeting.meeting.questions import (
    entitled,
    home_day,
    invitations_of,
    papers_of,
    standing_of,
)
from models.meeting.meeting.rows import (
    AHEAD,
    MOVES,
    Capacity,
    Invitation,
    Meeting,
    MeetingDid,
    MeetingForm,
    MeetingKind,
    MeetingMove,
    MeetingPaper,
    MeetingState,
    StandingMeeting,
    StandingPlan,
)
from models.meeting.meeting.rules import (
    LINK_BEFORE,
    answer_deadline,
    differences,
    has_link,
    has_room,
    next_standing,
    nudge_moments,
    open_moments,
    rounds_over,
)
from models.meeting.meeting.telling import facts_of, tell_all, tell_cancelled, tell_not_held
from models.meeting.policy import MeetingPolicy
from models.people.trail import record_act
from models.phrases.meeting import meeting as phrases

S = MeetingState


class Brief(BaseModel):
    """What the desk fills in. `starts_at` None: not known yet."""

    kind: MeetingKind = MeetingKind.REGULAR
    form: MeetingForm = MeetingForm.IN_PERSON
    starts_at: datetime | None = None
    minutes: int = 90
    paper: str = ""  # the committee's, that approves meeting online
    place: str = ""
    link: str = ""
    agenda: str = ""
    in_room_only: bool = False
    papers: list[Scan] = []


class MeetingRefused(Refused):
    """What was asked does not fit how the meeting stands; the phrase says what does."""


class MeetingGone(MeetingRefused):
    """It was cancelled, has begun or is over."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(phrases.gone(state=meeting.state))


# --- acts -----------------------------------------------------------------------------------------------------------


def call_meeting(
    db: Session,
    cell_id: int,
    brief: Brief,
    *,
    by_id: int,
    policy: MeetingPolicy,
    now: datetime,
    proposal: Meeting | None = None,
) -> Meeting:
    """Invite everybody entitled; a proposal of the standing date becomes the meeting."""
    starts_at = _check(brief, policy, now=now)
    meeting = proposal or Meeting(cell_id=cell_id, state=S.PROPOSED, created_at=now, created_by_id=by_id)
    _must_be(meeting, S.PROPOSED)
    _write(db, meeting, brief, starts_at, policy, now=now)
    meeting.edition, meeting.called_at = 1, now
    move_meeting(db, meeting, S.CALLED, MeetingDid.CALLED, by_id=by_id, now=now)
    invite_entitled(db, meeting)
    tell_all(db, meeting, by_id=by_id, now=now)
    retime(meeting, policy)
    return meeting


def change_meeting(
    db: Session, meeting: Meeting, brief: Brief, *, by_id: int, policy: MeetingPolicy, now: datetime
) -> list[str]:
    """Make it as in `brief`; return the names of the facts that differ now.

    A while later those who knew are told once.

    A postponed meeting is called again by it.
    """
    starts_at = _check(brief, policy, now=now)
    _must_be(meeting, S.CALLED, S.POSTPONED)
    before, paper = facts_of(db, meeting), meeting.paper
    _write(db, meeting, brief, starts_at, policy, now=now)
    again = meeting.state == S.POSTPONED
    meeting.state, meeting.reason = S.CALLED, None
    changed = differences(before, facts_of(db, meeting))
    if not changed and paper == meeting.paper:
        retime(meeting, policy)
        return []
    if changed:
        meeting.edition += 1
        meeting.told_at = _told_at(meeting, before.starts_at, policy, now=now)
    did = MeetingDid.CALLED if again else MeetingDid.CHANGED
    record_move(db, meeting, did, by_id=by_id, now=now)
    invite_entitled(db, meeting)
    retime(meeting, policy)
    return changed


def postpone_meeting(
    db: Session, meeting: Meeting, *, reason: str, by_id: int, policy: MeetingPolicy, now: datetime
) -> None:
    """Take the day off while the new one is not known yet, and tell those who knew at once."""
    _must_be(meeting, S.CALLED)
    meeting.reason = reason or None
    meeting.edition += 1
    move_meeting(db, meeting, S.POSTPONED, MeetingDid.POSTPONED, by_id=by_id, now=now)
    meeting.told_at = None
    tell_all(db, meeting, by_id=by_id, now=now)
    meeting.link_at, meeting.next_at = None, min(open_moments(now, policy))


def cancel_meeting(db: Session, meeting: Meeting, *, reason: str, by_id: int, now: datetime) -> int:
    """Cancel it, tell those who knew at once, and return how many. A proposal is dropped without a word."""
    _must_be(meeting, *AHEAD)
    meeting.reason = reason or None
    meeting.told_at = meeting.link_at = meeting.next_at = None
    if meeting.state == S.PROPOSED:
        move_meeting(db, meeting, S.DROPPED, MeetingDid.DROPPED, by_id=by_id, now=now)
        return 0
    move_meeting(db, meeting, S.CANCELLED, MeetingDid.CANCELLED, by_id=by_id, now=now)
    return tell_cancelled(db, meeting, by_id=by_id, now=now)


def call_off_held(db: Session, meeting: Meeting, *, by_id: int, now: datetime) -> None:
    """Call off a meeting whose time has gone by without people meeting: nobody was absent; those who waited are told."""
    _must_be(meeting, S.HELD)
    meeting.told_at = meeting.link_at = meeting.next_at = None
    move_meeting(db, meeting, S.CANCELLED, MeetingDid.NOT_HELD, by_id=by_id, now=now)
    tell_not_held(db, meeting, by_id=by_id, now=now)


def set_standing(
    db: Session,
    cell_id: int,
    plan: StandingPlan | None,
    *,
    by_id: int,
    policy: MeetingPolicy,
    now: datetime,
    workdays: WorkdayPolicy,
) -> StandingMeeting | None:
    """Set the day of the month on which the cell meets; None switches it off."""
    row = standing_of(db, cell_id)
    if row is None and plan is None:
        return None
    row = row or StandingMeeting(cell_id=cell_id)
    if plan is not None:
        row.plan = plan
    row.set_by_id, row.set_at, row.next_at = by_id, now, None
    if plan is not None:
        row.next_at = proposes_at(row, policy, now=now, workdays=workdays)
    db.add(row)
    db.flush()
    record_act(db, "meeting.standing", by_id=by_id, now=now, unit_id=cell_id)
    return row


# --- within this room -----------------------------------------------------------------------------------------------


def proposes_at(
    row: StandingMeeting, policy: MeetingPolicy, *, now: datetime, workdays: WorkdayPolicy
) -> datetime:
    """Return the moment a week before the next standing meeting not proposed yet, or at once when that is nearer."""
    start = next_standing(row.plan, after=now, last=row.last_month, workdays=workdays)
    return max(start - timedelta(days=policy.propose_days), now)


def move_meeting(
    db: Session, meeting: Meeting, state: MeetingState, did: MeetingDid, *, by_id: int | None, now: datetime
) -> MeetingMove:
    """Move it into another state, with its dated row. ValueError for a move that is none: a bug, or a race lost."""
    if state not in MOVES[MeetingState(meeting.state)]:
        raise ValueError(f"{meeting.state} does not become {state}")
    meeting.state = state
    return record_move(db, meeting, did, by_id=by_id, now=now)


def record_move(
    db: Session, meeting: Meeting, did: MeetingDid, *, by_id: int | None, now: datetime
) -> MeetingMove:
    move = MeetingMove(
        meeting_id=meeting.id, at=now, did=did, state=meeting.state, by_id=by_id, edition=meeting.edition
    )
    move.facts_as_kept = facts_of(db, meeting).model_dump_json()
    db.add(meeting)
    db.add(move)
    db.flush()
    if by_id is not None:
        record_act(db, "meeting.move", by_id=by_id, now=now, unit_id=meeting.cell_id, detail=str(did))
    return move


def invite_entitled(db: Session, meeting: Meeting) -> None:
    """Give everybody on the roster who has none an invitation; their capacity follows the day."""
    known = {one.member.id: one.invitation for one in invitations_of(db, meeting.id)}
    for member, capacity in entitled(db, meeting.cell_id, on=home_day(meeting.starts_at)):
        if member.id in known:
            known[member.id].capacity = capacity
        else:
            db.add(Invitation(meeting_id=meeting.id, member_id=member.id, capacity=Capacity(capacity)))
    db.flush()


def retime(meeting: Meeting, policy: MeetingPolicy) -> None:
    """Set when time next has to do with a meeting that is called."""
    moments = nudge_moments(meeting.answer_by, policy)
    # joining makes it HELD at its start (`link_at`); an hour past its end is for what that has missed
    over = meeting.starts_at + timedelta(minutes=meeting.minutes + 60)
    following = moments[meeting.nudged] if meeting.nudged < len(moments) else over
    meeting.next_at = min(following, meeting.told_at or following)


def _check(brief: Brief, policy: MeetingPolicy, *, now: datetime) -> datetime:
    """The form saw to all of this; between the form and the act time has passed."""
    starts_at = brief.starts_at
    if starts_at is None or starts_at <= now:
        raise MeetingRefused(phrases.in_the_past())
    if starts_at > now + timedelta(days=policy.farthest_days):
        raise MeetingRefused(phrases.too_far(days=policy.farthest_days))
    if brief.form is MeetingForm.ONLINE and policy.online_needs_paper and not brief.paper:
        raise MeetingRefused(phrases.paper_needed())
    if brief.form is MeetingForm.ONLINE and brief.in_room_only:
        raise MeetingRefused(phrases.never_online())
    return starts_at


def _must_be(meeting: Meeting, *states: MeetingState) -> None:
    if meeting.state not in states:
        raise MeetingGone(meeting)


def _write(
    db: Session, meeting: Meeting, brief: Brief, starts_at: datetime, policy: MeetingPolicy, *, now: datetime
) -> None:
    """The facts; what a form does not have is emptied. A link that is another one late is sent once more, at once."""
    link = meeting.link
    moved = meeting.called_at is None or meeting.starts_at != starts_at or meeting.state == S.POSTPONED
    meeting.kind, meeting.form, meeting.minutes = brief.kind, brief.form, brief.minutes
    meeting.paper = (brief.paper or None) if has_link(brief.form) else None
    meeting.place = (brief.place or None) if has_room(brief.form) else None
    meeting.link = (brief.link or None) if has_link(brief.form) else None
    meeting.agenda = brief.agenda or None
    meeting.in_room_only = brief.in_room_only and brief.form is MeetingForm.HYBRID
    meeting.starts_at = starts_at
    if moved:
        meeting.answer_by = answer_deadline(starts_at, policy, now=now)
        meeting.nudged = rounds_over(meeting.answer_by, policy, told_at=now)
    if moved or (meeting.link and meeting.link != link):
        meeting.link_at = max(starts_at - LINK_BEFORE, now)
    db.add(meeting)
    db.flush()
    _write_papers(db, meeting, brief.papers)


def _write_papers(db: Session, meeting: Meeting, scans: list[Scan]) -> None:
    kept = {paper.file_id: paper for paper in papers_of(db, meeting.id)}
    for position, scan in enumerate(scans):
        paper = kept.pop(scan.file_id, None) or MeetingPaper(meeting_id=meeting.id)
        paper.position, paper.file_id, paper.name = position, scan.file_id, scan.name
        db.add(paper)
    for paper in kept.values():
        db.delete(paper)
    db.flush()


def _told_at(meeting: Meeting, before: datetime | None, policy: MeetingPolicy, *, now: datetime) -> datetime:
    """A few minutes later, so that several changes are one; but well before either start."""
    if meeting.told_at is not None:
        return meeting.told_at  # the first change counts: nobody is kept waiting by a second one
    soonest = min(meeting.starts_at, before or meeting.starts_at)
    wait = timedelta(minutes=policy.merge_minutes)
    # near the start nobody is kept waiting for it
    return now + wait if soonest - now > 6 * wait else now
