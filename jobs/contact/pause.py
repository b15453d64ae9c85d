"""Time begins and ends pauses, and looks back once on turns that went slowly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.away.pausing import move_pauses
from models.contact.pause import due_pauses, next_pause_at
from models.contact.rhythm_offer import due_patterns, look_back, next_pattern_at
from models.policies import Policies


def pauses_to_move(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_pauses(db, now=now, limit=limit)


def move_due_pauses(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    move_pauses(db, items, policies.pause, policies.checkin, now=now)


next_move_at = next_pause_at


def slow_turns(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_patterns(db, now=now, limit=limit)


def offer_kinder_rhythms(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    look_back(db, items, policies.checkin, now=now)


next_look_back_at = next_pattern_at
