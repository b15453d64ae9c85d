"""Rows, states, policy, and what an answer holds."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.ground.base import Base, Identified, lost_index, partial_index
from models.ground.bulk import Row
from models.ground.errors import Refused
from models.ground.sealing import Sealed, new_id
from models.phrases.contact import checkin as phrases


class CheckinKind(StrEnum):
    RHYTHM = "rhythm"
    ADHOC = "adhoc"  # đột xuất: the secretary asks now, with a question and a date
    VOLUNTARY = "voluntary"  # the member reports unasked


class CheckinState(StrEnum):
    SCHEDULED = "scheduled"  # planned; nobody was asked yet
    OPEN = "open"  # asked
    NUDGED = "nudged"  # asked again
    LATE = "late"  # the grace is over: the secretary is told, once
    ANSWERED = "answered"  # by the member, or on their behalf
    EXCUSED = "excused"  # until a date; then asked again
    PAUSED = "paused"  # silenced by an announced pause: no answer was wanted, so none is missed
    CLOSED = "closed"  # the next one has opened; nobody answered


S = CheckinState
MOVES: dict[CheckinState, frozenset[CheckinState]] = {
    S.SCHEDULED: frozenset({S.OPEN, S.ANSWERED, S.PAUSED, S.CLOSED}),
    S.OPEN: frozenset({S.OPEN, S.NUDGED, S.LATE, S.ANSWERED, S.EXCUSED, S.PAUSED, S.CLOSED}),
    S.NUDGED: frozenset({S.OPEN, S.NUDGED, S.LATE, S.ANSWERED, S.EXCUSED, S.PAUSED, S.CLOSED}),
    S.LATE: frozenset({S.ANSWERED, S.EXCUSED, S.PAUSED, S.CLOSED}),
    S.EXCUSED: frozenset({S.OPEN, S.EXCUSED, S.ANSWERED, S.PAUSED, S.CLOSED}),
    S.PAUSED: frozenset({S.OPEN, S.ANSWERED}),  # asked anew when the pause ends before it closes
    S.ANSWERED: frozenset({S.ANSWERED}),  # corrected, until it closes
    S.CLOSED: frozenset(),
}
OWING = frozenset({S.OPEN, S.NUDGED, S.LATE})  # asked and not answered
UNSETTLED = OWING | {S.EXCUSED}
CAN_BE_LOST = UNSETTLED | {S.SCHEDULED}  # time has something to do with them
UNTOLD = ([S.LATE], "alert_at", "alerted_at")  # late, and the secretary will not hear of it


class PlaceAnswer(StrEnum):
    SAME = "same"
    CHANGED = "changed"


class Work(StrEnum):
    STEADY = "steady"
    CHANGED = "changed"
    LOST = "lost"


class Residence(StrEnum):
    REGISTERED = "registered"
    NOT_YET = "not yet"


CHOICES = (
    "work",
    "residence",
)  # questions of the form that are answered by one of a few buttons, in its order


def choices_of(answers: BaseModel) -> dict[str, str]:
    """Return what was chosen, by its question, from a report or from the answers so far: {"work": "steady"}."""
    return {name: chosen for name in CHOICES if (chosen := getattr(answers, name))}


class Report(BaseModel):
    """What was answered. `fine`: "mọi việc vẫn ổn", with no more asked."""

    model_config = ConfigDict(extra="forbid")

    fine: bool = False
    whereabouts: PlaceAnswer | None = None
    place_now: str = ""  # code of the new place, when it changed
    work: Work | None = None
    residence: Residence | None = None
    note: str = ""
    voice_ids: list[str] = []  # files that say more: voice messages, photos
    photo_ids: list[str] = []
    needs_help: bool = False

    @property
    def files(self) -> int:
        return len(self.voice_ids) + len(self.photo_ids)

    @property
    def tells(self) -> bool:
        """It says more than that all is well: somebody at the desk has to read it."""
        moved = self.whereabouts == PlaceAnswer.CHANGED
        changed = self.work in (Work.CHANGED, Work.LOST)
        return bool(self.note.strip()) or self.files > 0 or moved or changed or self.needs_help


class Checkin(Identified, Base):
    __tablename__ = "checkin"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))  # the cell at that time
    kind: Mapped[str]
    state: Mapped[str]
    zone: Mapped[str]  # the clock it is timed by
    period: Mapped[date]  # the month it belongs to; ad hoc: the day it was asked
    opens_at: Mapped[datetime]
    due_at: Mapped[datetime]
    late_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    next_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]  # the last time that the member was asked or reminded
    nudges: Mapped[int] = mapped_column(SmallInteger, default=0)
    alert_at: Mapped[datetime | None]  # the morning on which the secretary is told
    alerted_at: Mapped[datetime | None]
    phone_by: Mapped[datetime | None]  # nothing reaches its member: until when somebody is to phone instead
    pattern_at: Mapped[datetime | None]  # when its member's last turns are looked at: it went slowly
    excused_until: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None]  # another than the member: on their behalf
    unread_at: Mapped[datetime | None]  # it says something that nobody at the desk has read yet
    note_id: Mapped[int | None]  # the contact note that answered it, on the member's behalf
    asked_by: Mapped[int | None]  # ad hoc: who asks
    question_sealed: Mapped[bytes | None]
    report_sealed: Mapped[bytes | None]
    excuse_sealed: Mapped[bytes | None]

    question = Sealed("question_sealed")
    report_json = Sealed("report_sealed")
    excuse = Sealed("excuse_sealed")

    __table_args__ = (
        Index("ix_checkin_member_id", "member_id", "state"),
        partial_index(
            "uq_checkin_rhythm_period",  # one occurrence a month, whatever became of zones and rhythms
            "member_id",
            "period",
            where="kind = 'rhythm'",
            unique=True,
        ),
        partial_index("ix_checkin_next_at", "next_at", where="next_at IS NOT NULL"),
        partial_index("ix_checkin_alert_at", "alert_at", where="alert_at IS NOT NULL"),
        partial_index("ix_checkin_pattern_at", "pattern_at", where="pattern_at IS NOT NULL"),
        partial_index("ix_checkin_unread", "cell_id", where="unread_at IS NOT NULL"),
        Index("ix_checkin_cell_id", "cell_id", "period", "state"),
        lost_index("ix_checkin_lost", CAN_BE_LOST),
        lost_index("ix_checkin_untold", *UNTOLD),
    )

    @property
    def report(self) -> Report | None:
        return Report.model_validate_json(self.report_json) if self.report_json else None


class CheckinMove(Identified, Base):
    """Each move leaves a dated row."""

    __tablename__ = "checkin_move"

    checkin_id: Mapped[int] = mapped_column(ForeignKey("checkin.id"))
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None]  # None: time

    __table_args__ = (Index("ix_checkin_move_checkin_id", "checkin_id"),)


class CheckinSettled(Refused):
    """The report was answered, excused or closed meanwhile."""

    def __init__(self, checkin: Checkin) -> None:
        super().__init__(phrases.settled(state=checkin.state, period=checkin.period))


def move(
    db: Session, checkin: Checkin, state: CheckinState, *, now: datetime, by_id: int | None = None
) -> None:
    """Move it into the next state, with a dated row."""
    db.add(CheckinMove(**moved(checkin, state, now=now, by_id=by_id)))


def moved(checkin: Checkin, state: CheckinState, *, now: datetime, by_id: int | None = None) -> Row:
    """Move it into the next state; return the dated row, to be written. A move that is not in the table is a bug."""
    before = CheckinState(checkin.state)
    if state not in MOVES[before]:
        raise ValueError(f"a check-in does not move from {before} to {state}")
    checkin.state = state.value
    if checkin.phone_by is not None:
        checkin.phone_by = None
    return {
        "id": new_id(),
        "checkin_id": checkin.id,
        "before": before.value,
        "after": state.value,
        "at": now,
        "by_id": by_id,
    }
