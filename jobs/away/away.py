"""Time begins absences, reminds before their end, and lets none lapse silently."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.away.away import due_aways, move_aways, next_away_at
from models.policies import Policies


def aways_to_move(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_aways(db, now=now, limit=limit)


def move_due_aways(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    """Begin, change and end absences, remind of what comes near and of what waits."""
    move_aways(db, items, policies, now=now)


next_move_at = next_away_at
