"""What is read: meetings of a cell, who is invited as what, who has answered, what time has to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.away.away import Away, AwayState, Route
from models.ground.base import Soonest, locked
from models.ground.clock import HOME_ZONE, local_date
from models.meeting.meeting.rows import (
    KNOWN,
    Capacity,
    Facts,
    Invitation,
    Meeting,
    MeetingAnswer,
    MeetingMove,
    MeetingPaper,
    MeetingState,
    PaperReceipt,
    StandingMeeting,
)
from models.people.member import Consent, Member, Purpose, Standing, roster
from models.people.rights import Role, holders

_AHEAD = (MeetingState.PROPOSED, MeetingState.CALLED, MeetingState.POSTPONED, MeetingState.HELD)
EXEMPT = (Route.EXEMPT, Route.RELIEVED)


@dataclass(frozen=True, slots=True)
class Invited:
    """One invitation and whose it is."""

    invitation: Invitation
    member: Member

    @property
    def is_undecided(self) -> bool:
        return self.invitation.answer is None

    @property
    def owes_answer(self) -> bool:
        """Whether an answer is still awaited. Exempt members are invited, but neither reminded nor phoned."""
        return self.is_undecided and self.invitation.capacity != Capacity.INVITEE


def entitled(db: Session, cell_id: int, *, on: date) -> list[tuple[Member, Capacity]]:
    """Return everybody on the cell's roster with their capacity on that day, by given name."""
    exempt = set(
        db.scalars(
            select(Away.member_id).where(
                Away.cell_id == cell_id,
                Away.state == AwayState.ACTIVE,
                Away.route.in_(EXEMPT),
                Away.begins_on <= on,
                Away.due_on >= on,
            )
        )
    )
    return [(member, _capacity(member, exempt=member.id in exempt)) for member in roster(db, cell_id)]


def _capacity(member: Member, *, exempt: bool) -> Capacity:
    if exempt:
        return Capacity.INVITEE
    return Capacity.NO_VOTE if member.standing == Standing.PROBATIONARY else Capacity.VOTES


def away_count(db: Session, cell_id: int, *, on: date) -> tuple[int, int]:
    """Return how many of the members who count (not exempt) work away, and how many count."""
    counted = [member for member, as_what in entitled(db, cell_id, on=on) if as_what != Capacity.INVITEE]
    return sum(member.place_code is not None for member in counted), len(counted)


def meetings_ahead(db: Session, cell_id: int) -> list[Meeting]:
    """Return the meetings not yet over, the next first, with proposals, which are the desk's alone."""
    rows = select(Meeting).where(Meeting.cell_id == cell_id, Meeting.state.in_(_AHEAD))
    return list(db.scalars(rows.order_by(Meeting.starts_at, Meeting.id)))


def meetings_on_desk(db: Session, cell_id: int) -> list[Meeting]:
    """Return the meetings not yet over, and those closed whose minutes nobody has filed yet; the oldest first."""
    rows = select(Meeting).where(
        Meeting.cell_id == cell_id, or_(Meeting.state.in_(_AHEAD), Meeting.unfiled.is_(True))
    )
    return list(db.scalars(rows.order_by(Meeting.starts_at, Meeting.id)))


def meetings_of_member(db: Session, member_id: int, *, now: datetime, back: timedelta) -> list[Meeting]:
    """Return the meetings to which the member is invited, from `back` ago on, the next first."""
    rows = (
        select(Meeting)
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .where(Invitation.member_id == member_id, Meeting.state.in_(KNOWN), Meeting.starts_at >= now - back)
    )
    return list(db.scalars(rows.order_by(Meeting.starts_at, Meeting.id)))


def last_meeting(db: Session, cell_id: int) -> Meeting | None:
    """Return the newest meeting that was called, to copy from."""
    called = (MeetingState.CALLED, MeetingState.HELD, MeetingState.CLOSED)
    rows = select(Meeting).where(Meeting.cell_id == cell_id, Meeting.state.in_(called))
    return db.scalars(rows.order_by(Meeting.starts_at.desc(), Meeting.id.desc())).first()


def invitations_of(db: Session, meeting_id: int) -> list[Invited]:
    """Return those invited who are still on the cell's roster, by given name."""
    rows = db.execute(
        select(Invitation, Member)
        .join(Member, Member.id == Invitation.member_id)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .where(Meeting.id == meeting_id, Member.cell_id == Meeting.cell_id, Member.left_at.is_(None))
        .order_by(Member.sort_key, Member.id)
    )
    return [Invited(invitation, member) for invitation, member in rows]


def invitation_for(db: Session, meeting_id: int, member_id: int) -> Invitation | None:
    return db.scalars(
        select(Invitation).where(Invitation.meeting_id == meeting_id, Invitation.member_id == member_id)
    ).first()


def papers_of(db: Session, meeting_id: int) -> list[MeetingPaper]:
    rows = select(MeetingPaper).where(MeetingPaper.meeting_id == meeting_id)
    return list(db.scalars(rows.order_by(MeetingPaper.position, MeetingPaper.id)))


def receipts_of(db: Session, meeting_id: int) -> list[PaperReceipt]:
    rows = (
        select(PaperReceipt)
        .join(Invitation, Invitation.id == PaperReceipt.invitation_id)
        .where(Invitation.meeting_id == meeting_id)
    )
    return list(db.scalars(rows))


def receipt_for(db: Session, invitation_id: int, paper_id: int) -> PaperReceipt | None:
    return db.scalars(
        select(PaperReceipt).where(
            PaperReceipt.invitation_id == invitation_id, PaperReceipt.paper_id == paper_id
        )
    ).first()


def moves_of(db: Session, meeting_id: int) -> list[MeetingMove]:
    rows = select(MeetingMove).where(MeetingMove.meeting_id == meeting_id)
    return list(db.scalars(rows.order_by(MeetingMove.at, MeetingMove.id)))


def facts_of_edition(db: Session, meeting_id: int, edition: int) -> Facts | None:
    """Return what the invited were to know from that edition on."""
    rows = select(MeetingMove).where(
        MeetingMove.meeting_id == meeting_id,
        MeetingMove.edition == edition,
        MeetingMove.facts_sealed.is_not(None),
    )
    move = db.scalars(rows.order_by(MeetingMove.at, MeetingMove.id)).first()
    return move.facts if move else None


def standing_of(db: Session, cell_id: int) -> StandingMeeting | None:
    return db.scalars(select(StandingMeeting).where(StandingMeeting.cell_id == cell_id)).first()


def agreeing(db: Session, member_ids: Sequence[int]) -> set[int]:
    """Return those whose newest answer to being told of meetings here is yes. The others are invited by phone."""
    rows = db.execute(
        select(Consent.member_id, Consent.given)
        .where(Consent.member_id.in_(member_ids), Consent.purpose == Purpose.MEETING)
        .order_by(Consent.at, Consent.id)
    )
    newest = {row.member_id: row.given for row in rows}
    return {one for one, given in newest.items() if given}


def is_over(meeting: Meeting, *, now: datetime) -> bool:
    return meeting.starts_at + timedelta(minutes=meeting.minutes) <= now


def counts(invited: Sequence[Invited]) -> dict[MeetingAnswer | None, int]:
    """Count how many gave each answer; None: undecided."""
    answers = [MeetingAnswer(one.invitation.answer) if one.invitation.answer else None for one in invited]
    return {answer: answers.count(answer) for answer in (*MeetingAnswer, None)}


# --- time -----------------------------------------------------------------------------------------------------------


def due_meetings(db: Session, *, now: datetime, limit: int) -> list[int]:
    due = select(Meeting.id).where(Meeting.next_at <= now).order_by(Meeting.next_at).limit(limit)
    return list(db.scalars(due))


next_meeting_at = Soonest(Meeting.next_at)


def lock_meetings(db: Session, ids: Sequence[int]) -> list[Meeting]:
    """Lock these rows for this transaction and return them. Rows in another's hands are left out (PostgreSQL)."""
    chosen = select(Meeting).where(Meeting.id.in_(ids)).order_by(Meeting.next_at, Meeting.id)
    return locked(db, chosen)


def due_standing(db: Session, *, now: datetime, limit: int) -> list[int]:
    due = select(StandingMeeting.id).where(StandingMeeting.next_at <= now)
    return list(db.scalars(due.order_by(StandingMeeting.next_at).limit(limit)))


next_standing_at = Soonest(StandingMeeting.next_at)


def home_day(moment: datetime) -> date:
    return local_date(moment, HOME_ZONE)


def meetings_with_keepers(db: Session, cell_id: int) -> list[tuple[int, int]]:
    """Return meetings that somebody must see through, each with who called it; the standing date's own is the secretary's."""
    ahead = meetings_ahead(db, cell_id)
    keepers = [
        one.created_by_id or next(iter(holders(db, cell_id, Role.SECRETARY, now=one.created_at)), None)
        for one in ahead
    ]
    return [(one.id, who) for one, who in zip(ahead, keepers, strict=True) if who is not None]
