"""Time asks, asks again, ends and shows the figures of roll calls, a handful of people at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.contact.rollcall import drop_old_roll_calls, due_roll_calls, move_roll_calls, next_roll_call_at
from models.policies import Policies


def roll_calls_to_move(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_roll_calls(db, now=now, limit=limit)


def move_due_roll_calls(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    """Do one handful of what is next: who is called on, questions, the end, figures."""
    move_roll_calls(db, items, policies, now=now)


next_move_at = next_roll_call_at


def drop_old_roll_call_rows(db: Session, policies: Policies, *, now: datetime) -> bool:
    return drop_old_roll_calls(db, policies.rollcall, now=now)
