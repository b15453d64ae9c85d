"""Time makes a chat somebody's when the one that they had has not said no."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.entry.invite import due_invites, next_invite_at
from models.entry.register import move_held_invites
from models.policies import Policies


def invites_to_move(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_invites(db, now=now, limit=limit)


def move_due_invites(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    """Link the new chats that are proved and against which the former chat said nothing for a day."""
    move_held_invites(db, items, checkins=policies.checkin, now=now)


next_move_at = next_invite_at
