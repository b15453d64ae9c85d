"""A pause (tạm nghỉ báo cáo): announced silence with an end date. Its row, its rules, and who is on one.

    ANNOUNCED ──first day──> RUNNING ──end date──> OVER       the member is greeted, the rhythm goes on
        │                       └────a person────> ENDED      the same, earlier
        └───────a person──────────────────────────> ENDED      it never began

Days are days of the member's own clock: silent from the first minute of `begins_on` to the rhythm's hour on `ends_on`.
What holds now is read from these days, never from `next_at`: that is only when time looks at the row again. The acts,
and what they do to check-ins, are in `models/away/pausing.py`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.contact.policy import PausePolicy
from models.ground.base import Base, Identified, Soonest, lost_index, partial_index
from models.ground.clock import at_wall, local_date, same_day
from models.ground.sealing import Sealed
from models.people.trail import record_change


class PauseKind(StrEnum):
    OWN = "own"  # tạm nghỉ, for reasons of their own
    SHIFT = "shift"  # ca kíp
    VOYAGE = "voyage"  # đi biển
    NETWORK = "network"  # where there is no signal
    OTHER = "other"


class PauseState(StrEnum):
    ANNOUNCED = "announced"
    RUNNING = "running"
    OVER = "over"  # its day came
    ENDED = "ended"  # by a person, earlier


S = PauseState
MOVES: dict[PauseState, frozenset[PauseState]] = {
    S.ANNOUNCED: frozenset({S.ANNOUNCED, S.RUNNING, S.OVER, S.ENDED}),
    S.RUNNING: frozenset({S.RUNNING, S.OVER, S.ENDED}),
    S.OVER: frozenset(),
    S.ENDED: frozenset(),
}


OPEN = frozenset({S.ANNOUNCED, S.RUNNING})


class Pause(Identified, Base):
    __tablename__ = "pause"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str]
    state: Mapped[str]
    begins_on: Mapped[date]
    ends_on: Mapped[date]  # the day on which they are greeted
    next_at: Mapped[datetime | None]  # when time looks at it again
    announced_at: Mapped[datetime]
    by_id: Mapped[int]  # the member, or on their behalf
    ended_at: Mapped[datetime | None]
    reason_sealed: Mapped[bytes | None]

    reason = Sealed("reason_sealed")

    __table_args__ = (
        Index("ix_pause_member_id", "member_id"),
        lost_index("ix_pause_lost", OPEN),
        partial_index("uq_pause_open_member", "member_id", where="ended_at IS NULL", unique=True),
        partial_index("ix_pause_next_at", "next_at", where="next_at IS NOT NULL"),
    )


class PauseMove(Identified, Base):
    """Each move leaves a dated row; a changed end date is a move into the same state."""

    __tablename__ = "pause_move"

    pause_id: Mapped[int] = mapped_column(ForeignKey("pause.id"))
    before: Mapped[str]
    after: Mapped[str]
    ends_on: Mapped[date]  # as it stood afterwards
    at: Mapped[datetime]
    by_id: Mapped[int | None]  # None: time

    __table_args__ = (Index("ix_pause_move_pause_id", "pause_id"),)


def move_pause(db: Session, pause: Pause, state: PauseState, *, now: datetime, by_id: int | None) -> None:
    """Move it into the next state, with a dated row. A move that is not in the table is a bug."""
    before = PauseState(pause.state)
    if state not in MOVES[before]:
        raise ValueError(f"a pause does not move from {before} to {state}")
    pause.state = state
    record_change(db, "pause.move", by_id=by_id, member_id=pause.member_id, now=now, detail=str(state))
    db.add(
        PauseMove(pause_id=pause.id, before=before, after=state, ends_on=pause.ends_on, at=now, by_id=by_id)
    )


# --- rules ----------------------------------------------------------------------------------------------------------


def pause_begins_at(pause: Pause, zone: str) -> datetime:
    return at_wall(pause.begins_on, time(0), zone)


def pause_ends_at(pause: Pause, zone: str, hour: int) -> datetime:
    """Return the moment of the greeting. `hour`: that of the member's rhythm."""
    return at_wall(pause.ends_on, time(hour), zone)


def is_running(pause: Pause, zone: str, hour: int, *, now: datetime) -> bool:
    """Return whether the days of an open pause cover this moment."""
    return pause_begins_at(pause, zone) <= now < pause_ends_at(pause, zone, hour)


def pause_moment(pause: Pause, zone: str, hour: int) -> datetime:
    """Return when time has something to do with an open pause."""
    if pause.state == S.ANNOUNCED:
        return pause_begins_at(pause, zone)
    return pause_ends_at(pause, zone, hour)


def last_beginning(policy: PausePolicy, *, today: date) -> date:
    return today + timedelta(days=policy.ahead_days)


def last_end(policy: PausePolicy, *, begins_on: date, today: date) -> date:
    """Return the last end that the policy allows. A running pause is renewed from today on."""
    return same_day(max(begins_on, today), policy.longest_months)


def first_end(*, begins_on: date, today: date) -> date:
    return max(begins_on, today) + timedelta(days=1)


def is_today(pause: Pause, zone: str, *, now: datetime) -> bool:
    return pause.begins_on <= local_date(now, zone)


# --- questions ------------------------------------------------------------------------------------------------------


def open_pauses(db: Session, member_ids: Collection[int]) -> dict[int, Pause]:
    """Return by member the pauses announced or running, in one query."""
    rows = db.scalars(select(Pause).where(Pause.member_id.in_(member_ids), Pause.ended_at.is_(None)))
    return {pause.member_id: pause for pause in rows}


def open_pause(db: Session, member_id: int) -> Pause | None:
    return open_pauses(db, [member_id]).get(member_id)


def due_pauses(db: Session, *, now: datetime, limit: int) -> list[int]:
    due = select(Pause.id).where(Pause.next_at <= now).order_by(Pause.next_at).limit(limit)
    return list(db.scalars(due))


next_pause_at = Soonest(Pause.next_at)
