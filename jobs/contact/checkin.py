"""Time asks, reminds, and tells the secretary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.contact.checkin import (
    alert_cell,
    cells_to_alert,
    due_checkins,
    move_checkins,
    next_alert_at,
    next_checkin_at,
)
from models.policies import Policies


def checkins_to_move(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_checkins(db, now=now, limit=limit)


def move_due_checkins(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    """Open, remind of, mark as late or close the check-ins that are due."""
    move_checkins(db, items, policies.checkin, now=now)


next_move_at = next_checkin_at


def cells_with_late_members(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return cells_to_alert(db, now=now, limit=limit)


def alert_cells(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    for cell_id in items:
        alert_cell(db, cell_id, policies.checkin, now=now)


next_cell_alert_at = next_alert_at
