"""Rows, states, policy."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.ground.base import Base, Identified, Json, lost_index, partial_index
from models.ground.clock import HOME_ZONE, decent
from models.ground.errors import Refused
from models.ground.steps import RUNGS, Rung, Steps
from models.people.trail import record_change


class LadderState(StrEnum):
    CLIMBING = "climbing"  # the next rung has its day
    TAKEN = "taken"  # somebody has promised to call by a day
    LISTED = "listed"  # every rung was tried: on the call list until a result is typed
    ENDED = "ended"


class Ended(StrEnum):
    """How it ended."""

    ANSWERED = "answered"  # a report, by the member or on their behalf
    CONTACTED = "contacted"  # a contact note
    HEARD = "heard"  # another sign of life (models/contact/sign_of_life.py)
    EXCUSED = "excused"
    PAUSED = "paused"
    LEFT = "left"  # left the cell, came home, or wants no more contact here
    CANCELLED = "cancelled"  # by the secretary or the deputy


S = LadderState
LADDER_MOVES: dict[LadderState, frozenset[LadderState]] = {
    S.CLIMBING: frozenset({S.CLIMBING, S.TAKEN, S.LISTED, S.ENDED}),
    S.TAKEN: frozenset({S.TAKEN, S.CLIMBING, S.LISTED, S.ENDED}),
    S.LISTED: frozenset({S.TAKEN, S.ENDED}),
    S.ENDED: frozenset(),
}


class Ladder(Identified, Base):
    """One silence of one member, until it ends. `steps` are those of the day on which it began."""

    __tablename__ = "ladder"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    checkin_id: Mapped[int] = mapped_column(ForeignKey("checkin.id"))  # the first that was not answered
    due_at: Mapped[datetime]  # when that one was due
    steps: Mapped[Steps] = mapped_column(Json(Steps))
    state: Mapped[str] = mapped_column(default=S.CLIMBING)
    rung: Mapped[str | None]  # the last that was climbed; None: only the desk's morning list knows
    day_zero: Mapped[datetime]  # the morning on which the desk first hears of it
    next_at: Mapped[datetime | None]  # NULL only when it has ended
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    promised_on: Mapped[date | None]
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_how: Mapped[str | None]

    __table_args__ = (
        partial_index(
            "uq_ladder_open",  # one at a time for each member
            "member_id",
            where="ended_at IS NULL",
            unique=True,
        ),
        partial_index("ix_ladder_next_at", "next_at", where="next_at IS NOT NULL"),
        partial_index("ix_ladder_cell_id", "cell_id", "rung", where="ended_at IS NULL"),
        Index("ix_ladder_member_id", "member_id", "begun_at"),
        lost_index("ix_ladder_lost", set(S) - {S.ENDED}),
    )

    @property
    def climbed(self) -> int:
        """How many rungs it is up."""
        return RUNGS.index(Rung(self.rung)) + 1 if self.rung else 0

    def rung_at(self, rung: Rung) -> datetime:
        """Return when a rung's day comes. A day that an outage moved into the night waits for the morning."""
        moment = self.day_zero + timedelta(days=self.steps.days(rung))
        return decent(moment, HOME_ZONE)


class LadderMove(Identified, Base):
    """Each move leaves a dated row. `rung`: the step that this move took, once in a ladder's life."""

    __tablename__ = "ladder_move"

    ladder_id: Mapped[int] = mapped_column(ForeignKey("ladder.id"))
    before: Mapped[str]
    after: Mapped[str]
    rung: Mapped[str | None]
    promised_on: Mapped[date | None]
    at: Mapped[datetime]
    by_id: Mapped[int | None]  # None: time

    __table_args__ = (
        Index("uq_ladder_move_rung", "ladder_id", "rung", unique=True),  # NULLs do not collide
        Index("ix_ladder_move_ladder_id", "ladder_id", "at"),
    )


class LadderAlert(Identified, Base):
    """Somebody was told of a silence, and will be told how it ended."""

    __tablename__ = "ladder_alert"

    ladder_id: Mapped[int] = mapped_column(ForeignKey("ladder.id"))
    told_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]

    __table_args__ = (Index("uq_ladder_alert_told", "ladder_id", "told_id", unique=True),)


class LadderRefused(Refused):
    """What was asked does not fit where the ladder stands; the phrase says what does."""


def move_ladder(
    db: Session,
    ladder: Ladder,
    state: LadderState,
    *,
    now: datetime,
    by_id: int | None = None,
    rung: Rung | None = None,
) -> None:
    """Move it into the next state, with a dated row. A move that is not in the table is a bug."""
    before = LadderState(ladder.state)
    if state not in LADDER_MOVES[before]:
        raise ValueError(f"a ladder does not move from {before} to {state}")
    ladder.state = state
    record_change(db, "ladder.move", by_id=by_id, member_id=ladder.member_id, now=now, detail=str(state))
    db.add(
        LadderMove(
            ladder_id=ladder.id,
            before=before,
            after=state,
            rung=rung,
            promised_on=ladder.promised_on if state is S.TAKEN else None,
            at=now,
            by_id=by_id,
        )
    )
