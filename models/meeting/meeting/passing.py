"""What time does: the standing date proposes itself, changes are told, the undecided reminded, the desk told who they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away.away import Scan
from models.delivery.message import Button
from models.ground.base import locked
from models.ground.clock import HOME_ZONE, local_date
from models.ground.workdays import WorkdayPolicy
from models.meeting.meeting.calling import (
    Brief,
    invite_entitled,
    move_meeting,
    proposes_at,
    record_move,
    retime,
)
from models.meeting.meeting.questions import (
    home_day,
    invitations_of,
    last_meeting,
    lock_meetings,
    moves_of,
    papers_of,
)
from models.meeting.meeting.rows import (
    Meeting,
    MeetingDid,
    MeetingForm,
    MeetingKind,
    MeetingState,
    StandingMeeting,
)
from models.meeting.meeting.rules import (
    make_link,
    minutes_due_on,
    minutes_moments,
    next_standing,
    nudge_moments,
    open_moments,
)
from models.meeting.meeting.telling import nudge, tell_all, tell_desk
from models.meeting.policy import MeetingPolicy
from models.phrases.meeting import meeting as phrases
from models.phrases.meeting.meeting_form import THE_USUAL
from models.phrases.text import Text

S = MeetingState


def move_meetings(db: Session, ids: Sequence[int], policy: MeetingPolicy, *, now: datetime) -> None:
    """Do what is due now. What was missed while nobody ran is done once, not once for each time."""
    for meeting in lock_meetings(db, ids):
        if meeting.next_at is not None and meeting.next_at <= now:
            _MOVES.get(MeetingState(meeting.state), _leave)(db, meeting, policy, now)
    db.flush()


def _leave(db: Session, meeting: Meeting, policy: MeetingPolicy, now: datetime) -> None:
    meeting.next_at = None


def _held(db: Session, meeting: Meeting, policy: MeetingPolicy, now: datetime) -> None:
    """Remind that nobody has closed it, at growing intervals. It stays on the desk until somebody does."""
    ended = meeting.starts_at + timedelta(minutes=meeting.minutes)
    words = phrases.still_open(starts_at=meeting.starts_at)
    meeting.next_at = _remind_of_open(db, meeting, words, "open", ended, policy, now=now)


def _closed(db: Session, meeting: Meeting, policy: MeetingPolicy, now: datetime) -> None:
    """Remind of minutes that are not filed. They stay on the desk until somebody says that they are."""
    meeting.next_at = None
    closed_at = next(
        (one.at for one in reversed(moves_of(db, meeting.id)) if one.did == MeetingDid.CLOSED), now
    )
    moments = minutes_moments(meeting.starts_at, policy, after=closed_at)
    past = sum(at <= now for at in moments)
    if not meeting.unfiled:
        return
    if past:
        due = minutes_due_on(meeting.starts_at, policy)
        words = phrases.minutes_due(
            starts_at=meeting.starts_at, due=due, over=local_date(now, HOME_ZONE) > due
        )
        ways = [[Button(phrases.TO_MINUTES, f"attendance:open:{meeting.id}")]]
        tell_desk(db, meeting, words, f"minutes{past}", now=now, ways=ways)
    meeting.next_at = moments[past] if past < len(moments) else None


def _remind_of_open(
    db: Session,
    meeting: Meeting,
    words: Text,
    verb: str,
    since: datetime,
    policy: MeetingPolicy,
    *,
    now: datetime,
) -> datetime | None:
    """One reminder for whatever is due by now; when the next one is due, None: never again."""
    moments = open_moments(since, policy)
    past = sum(at <= now for at in moments)
    if past:
        tell_desk(db, meeting, words, f"{verb}{meeting.edition}:{past}", now=now)
    return moments[past] if past < len(moments) else None


def _called(db: Session, meeting: Meeting, policy: MeetingPolicy, now: datetime) -> None:
    if meeting.told_at is not None and meeting.told_at <= now:
        meeting.told_at = None
        invite_entitled(db, meeting)
        tell_all(db, meeting, by_id=_changer(db, meeting), now=now)
    if (
        meeting.starts_at + timedelta(minutes=meeting.minutes) <= now
    ):  # nobody opened it: it is over all the same
        move_meeting(db, meeting, S.HELD, MeetingDid.HELD, by_id=None, now=now)
        _held(db, meeting, policy, now)
        return
    _nudge(db, meeting, policy, now)
    retime(meeting, policy)


def _nudge(db: Session, meeting: Meeting, policy: MeetingPolicy, now: datetime) -> None:
    moments = nudge_moments(meeting.answer_by, policy)
    past = sum(at <= now for at in moments)
    if past <= meeting.nudged or now >= meeting.starts_at:
        meeting.nudged = max(meeting.nudged, past)
        return
    meeting.nudged = past
    invite_entitled(db, meeting)
    if past < len(moments):
        nudge(db, meeting, now=now)
        return
    undecided = sum(one.owes_answer for one in invitations_of(db, meeting.id))
    if undecided:
        words = phrases.undecided(count=undecided, starts_at=meeting.starts_at)
        ways = [[Button(phrases.WHO_ANSWERED, f"meeting:who:{meeting.id}")]]
        tell_desk(db, meeting, words, f"undecided{meeting.edition}", now=now, ways=ways)


def _changer(db: Session, meeting: Meeting) -> int | None:
    """Return who made the newest edition: they need not be told of it."""
    made = [move.by_id for move in moves_of(db, meeting.id) if move.edition == meeting.edition]
    return made[0] if made else None


def _postponed(db: Session, meeting: Meeting, policy: MeetingPolicy, now: datetime) -> None:
    """Remind that it has no new day, at growing intervals. It stays on the desk until it has one or is cancelled."""
    words = phrases.still_postponed(since=meeting.starts_at)
    since = next(
        (one.at for one in reversed(moves_of(db, meeting.id)) if one.did == MeetingDid.POSTPONED), now
    )
    following = _remind_of_open(db, meeting, words, "postponed", since, policy, now=now)
    meeting.next_at = following or now + _LOOK_AGAIN


def _proposed(db: Session, meeting: Meeting, policy: MeetingPolicy, now: datetime) -> None:
    if meeting.starts_at <= now:
        move_meeting(db, meeting, S.DROPPED, MeetingDid.DROPPED, by_id=None, now=now)
        meeting.next_at = None
        return
    again_at = meeting.starts_at - timedelta(days=policy.propose_again_days)
    if again_at <= now and not meeting.nudged:
        meeting.nudged = 1
        tell_desk(db, meeting, phrases.proposed(starts_at=meeting.starts_at, again=True), "again", now=now)
    meeting.next_at = again_at if again_at > now else meeting.starts_at


_LOOK_AGAIN = timedelta(
    days=28
)  # nothing is said then: the auditor wants a postponed meeting to have its moment
_MOVES = {S.CALLED: _called, S.HELD: _held, S.CLOSED: _closed, S.POSTPONED: _postponed, S.PROPOSED: _proposed}


# --- the standing date ----------------------------------------------------------------------------------------------


def propose_meetings(
    db: Session, ids: Sequence[int], policy: MeetingPolicy, workdays: WorkdayPolicy, *, now: datetime
) -> None:
    """Propose the next standing meetings, copied from the last one that was called. Only the desk sees a proposal."""
    rows = select(StandingMeeting).where(StandingMeeting.id.in_(ids))
    for standing in locked(db, rows):
        if standing.next_at is not None and standing.next_at <= now:
            _propose(db, standing, policy, workdays, now=now)
    db.flush()


def _propose(
    db: Session, standing: StandingMeeting, policy: MeetingPolicy, workdays: WorkdayPolicy, *, now: datetime
) -> None:
    start = next_standing(standing.plan, after=now, last=standing.last_month, workdays=workdays)
    if start - now > timedelta(days=policy.propose_days):  # woken early
        standing.next_at = proposes_at(standing, policy, now=now, workdays=workdays)
        return
    standing.last_month = home_day(start).replace(day=1)
    standing.next_at = proposes_at(standing, policy, now=now, workdays=workdays)
    if not _is_called(db, standing.cell_id, start):
        _write_proposal(db, standing.cell_id, start, policy, now=now)


def _is_called(db: Session, cell_id: int, start: datetime) -> bool:
    """Whether the desk has called a regular meeting of that month already."""
    states = (S.PROPOSED, S.CALLED, S.POSTPONED, S.HELD, S.CLOSED)
    rows = select(Meeting).where(Meeting.cell_id == cell_id, Meeting.state.in_(states))
    # a month to either side, which the index finds; the month itself is compared below
    near = rows.where(
        Meeting.starts_at > start - timedelta(days=32), Meeting.starts_at < start + timedelta(days=32)
    )
    month = home_day(start).replace(day=1)
    kinds = (MeetingKind.REGULAR, MeetingKind.THEMATIC)
    return any(
        one.kind in kinds and home_day(one.starts_at).replace(day=1) == month for one in db.scalars(near)
    )


def _write_proposal(
    db: Session, cell_id: int, start: datetime, policy: MeetingPolicy, *, now: datetime
) -> None:
    brief = copied_brief(db, cell_id, policy)
    meeting = Meeting(cell_id=cell_id, state=S.PROPOSED, created_at=now, created_by_id=None)
    meeting.kind, meeting.form, meeting.minutes = brief.kind, brief.form, brief.minutes
    meeting.starts_at = meeting.answer_by = start
    meeting.place, meeting.link, meeting.paper = brief.place or None, brief.link or None, brief.paper or None
    meeting.agenda, meeting.in_room_only = brief.agenda or None, brief.in_room_only
    meeting.edition = 1
    db.add(meeting)
    db.flush()
    record_move(db, meeting, MeetingDid.PROPOSED, by_id=None, now=now)
    again_at = start - timedelta(days=policy.propose_again_days)
    meeting.nudged = int(again_at <= now)
    meeting.next_at = again_at if again_at > now else start
    tell_desk(db, meeting, phrases.proposed(starts_at=start, again=False), "proposed", now=now)


def copied_brief(db: Session, cell_id: int, policy: MeetingPolicy) -> Brief:
    """Return the last brief that was called, without its day, papers and restricted matters; else the usual.

    Its agenda is done with: a regular meeting has the usual one, every other asks. A room that we made is made anew,
    because members who have left since know the old one.
    """
    last = last_meeting(db, cell_id)
    if last is None:
        return Brief(minutes=policy.minutes)
    brief = brief_of(db, last, papers=False)
    brief.agenda = THE_USUAL if brief.kind is MeetingKind.REGULAR else ""
    made = bool(policy.jitsi_url) and brief.link.startswith(f"{policy.jitsi_url}/")
    return brief.model_copy(update={"link": make_link(policy)}) if made else brief


def brief_of(db: Session, meeting: Meeting, *, papers: bool = True) -> Brief:
    """Return a meeting as the form holds it."""
    scans = [Scan(file_id=one.file_id or "", name=one.name or "") for one in papers_of(db, meeting.id)]
    return Brief(
        kind=MeetingKind(meeting.kind),
        form=MeetingForm(meeting.form),
        starts_at=meeting.starts_at if papers else None,
        minutes=meeting.minutes,
        paper=meeting.paper or "",
        place=meeting.place or "",
        link=meeting.link or "",
        agenda=meeting.agenda or "",
        in_room_only=meeting.in_room_only and papers,
        papers=scans if papers else [],
    )


# --- our own outage -------------------------------------------------------------------------------------------------


def postpone_answers(db: Session, silence: timedelta, policy: MeetingPolicy, *, now: datetime) -> None:
    """Give as much more time for answers that could not be given during our silence, while the meeting lies ahead.

    The meeting itself stays where people agreed that it is.
    """
    rows = select(Meeting).where(
        Meeting.state == S.CALLED, Meeting.answer_by > now - silence, Meeting.starts_at > now
    )
    for meeting in db.scalars(rows).all():
        meeting.answer_by = max(meeting.answer_by, min(meeting.answer_by + silence, meeting.starts_at))
        retime(meeting, policy)
    db.flush()
