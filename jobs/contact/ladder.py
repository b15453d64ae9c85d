"""Time climbs: who is asked next to call a silent member; promises that have lapsed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.contact.ladder import climb_ladders, due_ladders, next_ladder_at
from models.policies import Policies


def ladders_to_climb(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_ladders(db, now=now, limit=limit)


def climb_due_ladders(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    climb_ladders(db, items, policies.checkin.ladder, off=policies.checkin.days_off, now=now)


next_climb_at = next_ladder_at
