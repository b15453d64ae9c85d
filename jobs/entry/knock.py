"""Time finds what waits on pages that nobody looks at, and knocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.entry.knock import (
    begin_knocks,
    drop_old_knock,
    due_knocks,
    move_knocks,
    next_knock_at,
    next_unrung_at,
    unrung,
)
from models.policies import Policies


def messages_to_ring(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return unrung(db, policies.knock, now=now, limit=limit)


def ring_for_messages(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    begin_knocks(db, items, policies.knock, now=now)


next_ring_at = next_unrung_at


def knocks_to_move(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_knocks(db, now=now, limit=limit)


def move_due_knocks(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    """Hand to the sender what is to go out; what has helped nobody goes on to the next way. The sender puts it on the wire."""
    move_knocks(db, items, policies, now=now)


next_move_at = next_knock_at


def drop_old_knocks(db: Session, policies: Policies, *, now: datetime) -> bool:
    return drop_old_knock(db, policies.knock, now=now)
