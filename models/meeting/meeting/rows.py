"""Rows and states of meetings."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, Index, SmallInteger, false
from sqlalchemy.orm import Mapped, mapped_column

from models.ground.base import Base, Identified, Json, lost_index, partial_index
from models.ground.sealing import Sealed


class MeetingState(StrEnum):
    PROPOSED = "proposed"  # by the standing date; only the desk sees it
    CALLED = "called"  # everybody entitled is invited
    POSTPONED = "postponed"  # the new day is not known yet
    HELD = "held"  # it has begun; attendance is being settled
    CLOSED = "closed"  # attendance and conclusions are settled
    CANCELLED = "cancelled"  # those who knew were told
    DROPPED = "dropped"  # a proposal that nobody wanted; nobody was told


S = MeetingState
MOVES: dict[MeetingState, frozenset[MeetingState]] = {
    S.PROPOSED: frozenset({S.CALLED, S.DROPPED}),
    S.CALLED: frozenset({S.POSTPONED, S.HELD, S.CANCELLED}),
    S.POSTPONED: frozenset({S.CALLED, S.CANCELLED}),
    S.HELD: frozenset({S.CLOSED, S.CANCELLED}),
    S.CLOSED: frozenset(),
    S.CANCELLED: frozenset(),
    S.DROPPED: frozenset(),
}
AHEAD = frozenset({S.PROPOSED, S.CALLED, S.POSTPONED})  # can still be changed, called off
KNOWN = frozenset({S.CALLED, S.POSTPONED, S.HELD, S.CLOSED, S.CANCELLED})  # the invited may see it
TIMED = frozenset({S.PROPOSED, S.CALLED, S.POSTPONED})  # time has something to do: `next_at` is never empty


class MeetingKind(StrEnum):
    REGULAR = "regular"  # sinh hoạt thường kỳ
    THEMATIC = "thematic"  # sinh hoạt chuyên đề
    REVIEW = "review"  # kiểm điểm
    EXTRAORDINARY = "extraordinary"  # bất thường


class MeetingForm(StrEnum):
    IN_PERSON = "in person"
    ONLINE = "online"
    HYBRID = "hybrid"  # trực tiếp kết hợp trực tuyến


class MeetingAnswer(StrEnum):
    ONLINE = "online"
    IN_PERSON = "in person"
    ABSENT = "absent"  # with a reason
    PART = "part"  # of it: from when, until when


class Capacity(StrEnum):
    """As what somebody is invited; kept as it was when the meeting was called."""

    VOTES = "votes"
    NO_VOTE = "no vote"  # a probationary member
    INVITEE = "invitee"  # exempt from activities: comes if they can, is not counted


class How(StrEnum):
    """How somebody was there, or was not."""

    IN_PERSON = "in person"
    ONLINE = "online"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"


class Said(StrEnum):
    """Who says so; the later word of the desk outweighs, both are kept."""

    LINK = "link"  # the personal link was opened
    SELF = "self"  # "Tôi đang dự họp"
    START = "start"  # roll call at the start
    END = "end"  # roll call at the end


class MeetingDid(StrEnum):
    """What a dated row says happened."""

    PROPOSED = "proposed"
    CALLED = "called"
    CHANGED = "changed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    DROPPED = "dropped"
    HELD = "held"
    CLOSED = "closed"
    NOT_HELD = "not held"  # its time went by, and people did not meet
    FILED = "filed"  # its minutes are signed and kept


class Facts(BaseModel):
    """What the invited are told of a meeting; two of them are compared to say what has changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: MeetingKind
    form: MeetingForm
    starts_at: datetime | None  # None: postponed, the new day is not known
    minutes: int
    place: str = ""
    link: str = ""
    agenda: str = ""
    papers: tuple[str, ...] = ()  # their names


class Meeting(Identified, Base):
    __tablename__ = "meeting"

    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[str]
    kind: Mapped[str]
    form: Mapped[str]
    starts_at: Mapped[datetime]
    minutes: Mapped[int] = mapped_column(SmallInteger)
    answer_by: Mapped[datetime]
    in_room_only: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # some matters: never online
    unfiled: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # it is closed, and nobody has said yet that its minutes are signed and filed
    edition: Mapped[int] = mapped_column(SmallInteger, default=1)  # of what the invited are told, from 1
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None]  # None: the standing date
    called_at: Mapped[datetime | None]
    nudged: Mapped[int] = mapped_column(SmallInteger, default=0)  # rounds of nudges that are done
    told_at: Mapped[
        datetime | None
    ]  # when a change is told to those who know an older edition; None: they know
    next_at: Mapped[datetime | None]  # when time has something to do; never empty in a state of TIMED
    link_at: Mapped[
        datetime | None
    ]  # when the link is sent next, and the meeting begins; set anew by each change
    paper_sealed: Mapped[bytes | None]
    place_sealed: Mapped[bytes | None]
    link_sealed: Mapped[bytes | None]
    agenda_sealed: Mapped[bytes | None]
    reason_sealed: Mapped[bytes | None]

    paper = Sealed("paper_sealed")  # the committee's, that approves meeting online: number and day
    place = Sealed("place_sealed")
    link = Sealed("link_sealed")  # never in a group, never outside a hidden text or a button
    agenda = Sealed("agenda_sealed")
    reason = Sealed("reason_sealed")  # why it is postponed or cancelled

    __table_args__ = (
        Index("ix_meeting_cell_id", "cell_id", "starts_at"),
        partial_index("ix_meeting_next_at", "next_at", where="next_at IS NOT NULL"),
        partial_index("ix_meeting_link_at", "link_at", where="link_at IS NOT NULL"),
        lost_index("ix_meeting_lost", TIMED),
    )


class MeetingMove(Identified, Base):
    """What happened, when, by whom, and what the invited were to know from then on."""

    __tablename__ = "meeting_move"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    at: Mapped[datetime]
    did: Mapped[str]
    state: Mapped[str]  # after it
    by_id: Mapped[int | None]  # None: time
    edition: Mapped[int] = mapped_column(SmallInteger)
    facts_sealed: Mapped[bytes | None]
    minutes_sealed: Mapped[bytes | None]

    facts_as_kept = Sealed("facts_sealed")
    minutes_json = Sealed("minutes_sealed")  # of closing and of filing: the minutes as they were then

    __table_args__ = (Index("ix_meeting_move_meeting_id", "meeting_id", "edition"),)

    @property
    def facts(self) -> Facts | None:
        kept = self.facts_as_kept
        return Facts.model_validate_json(kept) if kept else None


class MeetingPaper(Identified, Base):
    """A paper for everybody invited: the id of the file that is kept, and its name."""

    __tablename__ = "meeting_paper"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    file_id_sealed: Mapped[bytes | None]
    name_sealed: Mapped[bytes | None]

    file_id = Sealed("file_id_sealed")
    name = Sealed("name_sealed")

    __table_args__ = (Index("ix_meeting_paper_meeting_id", "meeting_id", "position"),)

    @property
    def title(self) -> str:
        """A photo has no name of its own."""
        return self.name or f"ảnh {self.position + 1}"


class Invitation(Identified, Base):
    """One for each person entitled; what they answer to it. The wish to be there is kept apart from having been."""

    __tablename__ = "invitation"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    capacity: Mapped[str]
    knows: Mapped[int] = mapped_column(
        SmallInteger, default=0
    )  # the edition they were last told; 0: nothing yet
    knew: Mapped[int] = mapped_column(
        SmallInteger, default=0
    )  # before that: what they know when it was unsaid
    calendar: Mapped[int] = mapped_column(
        SmallInteger, default=0, server_default="0"
    )  # the edition that stands in their calendar, by a file of ours; 0: none does
    seen_at: Mapped[datetime | None]  # opened, for the first time
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None]  # the desk, for whoever answered by phone
    contributed_at: Mapped[datetime | None]
    reason_sealed: Mapped[bytes | None]
    contribution_sealed: Mapped[bytes | None]

    reason = Sealed("reason_sealed")  # of being absent; for PART: which part
    contribution = Sealed("contribution_sealed")  # to be read out

    __table_args__ = (
        Index("uq_invitation_meeting_id", "meeting_id", "member_id", unique=True),
        Index("ix_invitation_member_id", "member_id"),
    )


class PaperReceipt(Identified, Base):
    """Somebody opened a paper, and said that they have read it."""

    __tablename__ = "meeting_receipt"  # the class has another name since, the stored table has not

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"))
    paper_id: Mapped[int]
    opened_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    __table_args__ = (Index("uq_meeting_receipt_invitation_id", "invitation_id", "paper_id", unique=True),)


class Attendance(Identified, Base):
    """One statement about one person's presence. Statements are added, never changed."""

    __tablename__ = "attendance"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    said: Mapped[str]
    how: Mapped[str]
    from_at: Mapped[datetime | None]
    until_at: Mapped[datetime | None]
    by_id: Mapped[int | None]
    at: Mapped[datetime]

    __table_args__ = (
        Index("ix_attendance_meeting_id", "meeting_id", "member_id", "at"),
        Index("ix_attendance_member_id", "member_id"),
    )


class StandingPlan(BaseModel):
    """What the standing date takes over from one month to the next."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: int  # of the month; on a day off, the next working day
    clock: str  # "19:30", Vietnam's


class StandingMeeting(Identified, Base):
    """The day of the month on which a cell meets; it proposes itself to the desk a week ahead."""

    __tablename__ = "standing_meeting"

    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), unique=True)
    plan: Mapped[StandingPlan] = mapped_column(Json(StandingPlan))
    set_by_id: Mapped[int]
    set_at: Mapped[datetime]
    last_month: Mapped[date | None]  # the newest month that was proposed
    next_at: Mapped[datetime | None]  # when the next one proposes itself; None: switched off

    __table_args__ = (partial_index("ix_standing_meeting_next_at", "next_at", where="next_at IS NOT NULL"),)
