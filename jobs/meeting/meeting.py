"""Time moves meetings: the standing date proposes itself, changes are told, the undecided reminded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.meeting.meeting import (
    due_meetings,
    due_standing,
    move_meetings,
    next_meeting_at,
    next_standing_at,
    propose_meetings,
)
from models.policies import Policies


def meetings_to_move(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_meetings(db, now=now, limit=limit)


def move_due_meetings(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    move_meetings(db, items, policies.meeting, now=now)


next_move_at = next_meeting_at


def dates_to_propose(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_standing(db, now=now, limit=limit)


def propose_due_meetings(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    propose_meetings(db, items, policies.meeting, policies.workday, now=now)


next_proposal_at = next_standing_at
