"""Who was there: what the statements of the link, the person and the desk come to.

    the end's roll call  >  a link or "I am here" after the start's roll call  >  the start's roll call  >  before it
    >  the answer "absent, because …"  >  not known: a person decides, nothing is assumed

All statements are kept; this only reads them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.ground.clock import HOME_ZONE, at_wall
from models.meeting.meeting import (
    Attendance,
    Capacity,
    How,
    Invitation,
    Meeting,
    MeetingAnswer,
    MeetingState,
    Said,
)
from models.meeting.policy import AttendancePolicy
from models.people.member import Member

THERE = frozenset({How.IN_PERSON, How.ONLINE})
OWN = frozenset({Said.LINK, Said.SELF})


@dataclass(frozen=True, slots=True)
class Presence:
    """One invited person, and how they were there. `how` None: nobody has said yet."""

    invitation: Invitation
    member: Member
    how: How | None
    from_at: datetime | None  # the first that is known of it
    until_at: datetime | None  # None: to the end, or not known
    corrected: bool  # the desk says other than the link or the person did

    @property
    def is_there(self) -> bool:
        return self.how in THERE

    @property
    def is_counted(self) -> bool:
        """The exempt come if they can and are not counted."""
        return self.invitation.capacity != Capacity.INVITEE

    @property
    def votes(self) -> bool:
        return self.invitation.capacity == Capacity.VOTES

    @property
    def is_open(self) -> bool:
        """A person has to say: absent with a reason, or without."""
        return self.how is None and self.is_counted

    @property
    def may_sit_here(self) -> bool:
        """Whether they may be in the room: nothing is known of them, and they live here or said that they would come."""
        return self.is_open and (
            self.member.place_code is None or self.invitation.answer == MeetingAnswer.IN_PERSON
        )


@dataclass(frozen=True, slots=True)
class Quorum:
    """Counts, and nothing more: whether a meeting is valid is for people to say."""

    voting: int  # invited with a vote
    voting_there: int
    counted: int  # and the probationary
    there: int
    needed: int  # of those voting, so that more than the policy's share is there
    good_percent: int

    @property
    def is_enough(self) -> bool:
        return self.voting_there >= self.needed

    @property
    def per_mille(self) -> int:
        """Of those counted, how many are there; whole per mille, so that paper and screen agree."""
        return self.there * 1000 // self.counted if self.counted else 0


# --- rules ----------------------------------------------------------------------------------------------------------


def settle(
    invitation: Invitation, member: Member, said: Sequence[Attendance], starts_at: datetime
) -> Presence:
    """Conclude from what was said whether the person was there. `said`: their statements, the oldest first."""
    own = [one for one in said if one.said in OWN]
    start = next((one for one in reversed(said) if one.said == Said.START), None)
    end = next((one for one in reversed(said) if one.said == Said.END), None)
    word = end or _newer(start, own)
    if word is None:
        how = How.EXCUSED if invitation.answer == MeetingAnswer.ABSENT else None
        return Presence(invitation, member, how, None, None, corrected=False)
    how = How(word.how)
    there = how in THERE
    begun = [one.from_at for one in said if one.how in THERE and one.from_at is not None]
    left = word.until_at if end else (own[-1].until_at if own else None)
    return Presence(
        invitation,
        member,
        how,
        # who comes early counts from the start
        from_at=max(min(begun), starts_at) if there and begun else None,
        until_at=left if there else None,
        corrected=bool(own) and not there,
    )


def _newer(start: Attendance | None, own: Sequence[Attendance]) -> Attendance | None:
    """The start's roll call, or the person's own word where it came later and the desk had not seen them there."""
    if start is None or (own and start.how not in THERE and own[-1].at > start.at):
        return own[-1] if own else None
    return start


def quorum(people: Sequence[Presence], policy: AttendancePolicy) -> Quorum:
    voting = [one for one in people if one.votes]
    counted = [one for one in people if one.is_counted]
    return Quorum(
        voting=len(voting),
        voting_there=sum(one.is_there for one in voting),
        counted=len(counted),
        there=sum(one.is_there for one in counted),
        needed=len(voting) * policy.needed_percent // 100 + 1 if voting else 0,
        good_percent=policy.good_percent,
    )


# --- questions ------------------------------------------------------------------------------------------------------


def presences(db: Session, meeting: Meeting) -> list[Presence]:
    """Return how everybody invited and on the roster that day was there, by given name. Always two queries."""
    invited = db.execute(
        select(Invitation, Member)
        .join(Member, Member.id == Invitation.member_id)
        .where(Invitation.meeting_id == meeting.id)
        .where(or_(Member.left_at.is_(None), Member.left_at > meeting.starts_at))
        .order_by(Member.sort_key, Member.id)
    ).all()
    said = _statements(db, [meeting.id])
    return [
        settle(invitation, member, said.get((meeting.id, member.id), ()), meeting.starts_at)
        for invitation, member in invited
    ]


def presence_of(db: Session, meeting: Meeting, invitation: Invitation) -> Presence:
    member = db.get_one(Member, invitation.member_id)
    said = statements_of(db, meeting.id, member.id)
    return settle(invitation, member, said, meeting.starts_at)


def statements_of(db: Session, meeting_id: int, member_id: int) -> list[Attendance]:
    """Return what was said of one person's presence, the oldest first."""
    rows = select(Attendance).where(Attendance.meeting_id == meeting_id, Attendance.member_id == member_id)
    return list(db.scalars(rows.order_by(Attendance.at, Attendance.id)))


def meetings_attended(
    db: Session, member: Member, *, year: int | None = None
) -> list[tuple[Meeting, Presence]]:
    """Return the meetings that were held and to which the member was invited, the oldest first."""
    rows = (
        select(Meeting, Invitation)
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .where(Invitation.member_id == member.id)
        .where(Meeting.state.in_((MeetingState.HELD, MeetingState.CLOSED)))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    if year is not None:
        first, last = (_new_year(number) for number in (year, year + 1))
        rows = rows.where(Meeting.starts_at >= first, Meeting.starts_at < last)
    found = db.execute(rows).all()
    said = _statements(db, [meeting.id for meeting, _ in found], member_id=member.id)
    return [
        (meeting, settle(invitation, member, said.get((meeting.id, member.id), ()), meeting.starts_at))
        for meeting, invitation in found
    ]


def _new_year(year: int) -> datetime:
    return at_wall(date(year, 1, 1), time(0), HOME_ZONE)


def _statements(
    db: Session, meeting_ids: Collection[int], *, member_id: int | None = None
) -> dict[tuple[int, int], list[Attendance]]:
    rows = select(Attendance).where(Attendance.meeting_id.in_(meeting_ids))
    if member_id is not None:
        rows = rows.where(Attendance.member_id == member_id)
    found: dict[tuple[int, int], list[Attendance]] = {}
    for one in db.scalars(rows.order_by(Attendance.at, Attendance.id)):
        found.setdefault((one.meeting_id, one.member_id), []).append(one)
    return found
