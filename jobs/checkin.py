"""Time asks, reminds, and tells the secretary."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models.checkin import (
    Checkin,
    CheckinState,
    alert_cell,
    cells_to_alert,
    close_checkin,
    due_checkins,
    end_excuse,
    make_checkin_late,
    next_alert_at,
    next_checkin_at,
    nudge_checkin,
    open_checkin,
    postpone_checkins,
)
from models.policies import Policies

S = CheckinState


def checkins_to_move(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return [checkin.id for checkin in due_checkins(db, *S, now=now, limit=limit)]


def move_checkin(db: Session, policies: Policies, item: int, *, now: datetime) -> None:
    """What time does to one occurrence now: it opens, is nudged, becomes late, or closes."""
    checkin = db.get(Checkin, item)
    if checkin is None or checkin.next_at is None or checkin.next_at > now:
        return  # answered, or planned anew, since the question
    policy = policies.checkin
    match CheckinState(checkin.state):
        case S.SCHEDULED:
            open_checkin(db, checkin, policy, now=now)
        case _ if now >= checkin.closes_at:
            close_checkin(db, checkin, now=now)
        case S.EXCUSED:
            end_excuse(db, checkin, policy, now=now)
        case _ if now >= checkin.late_at:
            make_checkin_late(db, checkin, policy, now=now)
        case _:
            nudge_checkin(db, checkin, policy, now=now)


def next_move_at(db: Session) -> datetime | None:
    return next_checkin_at(db, *S)


def cells_with_late_members(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return cells_to_alert(db, now=now, limit=limit)


def alert_one_cell(db: Session, policies: Policies, item: int, *, now: datetime) -> None:
    alert_cell(db, item, policies.checkin, now=now)


def next_cell_alert_at(db: Session) -> datetime | None:
    return next_alert_at(db)


def postpone_after_outage(db: Session, silence: timedelta, now: datetime) -> None:
    """Deadlines of what is open move by the length of our own outage."""
    postpone_checkins(db, silence, now=now)
