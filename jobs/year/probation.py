"""Time reminds of the steps of a probation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.policies import Policies
from models.year.probation import due_probations, lock_probations, next_probation_at, remind_probation


def probations_to_remind(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_probations(db, now=now, limit=limit)


def remind_due_probations(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    for probation in lock_probations(db, items):
        remind_probation(db, probation, policies.probation, policies.workday, now=now)


next_reminder_at = next_probation_at
