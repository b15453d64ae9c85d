"""Time says notices, a handful of people at a time, and notes what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.meeting.notice import drop_old_notices, due_notices, move_notices, next_notice_at
from models.policies import Policies


def notices_to_move(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_notices(db, now=now, limit=limit)


def move_due_notices(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    """Send one handful of what is next: audience, messages, their ends, changes, reminders."""
    move_notices(db, items, policies, now=now)


next_move_at = next_notice_at


def drop_old_notice_rows(db: Session, policies: Policies, *, now: datetime) -> bool:
    return drop_old_notices(db, policies.notice, now=now)
