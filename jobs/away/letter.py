"""Time calls letters to mind that nobody has answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.away.letter import call_letters_to_mind, due_letters, next_letter_at
from models.policies import Policies


def letters_to_call(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_letters(db, now=now, limit=limit)


def call_due_letters(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    """Remind the secretary of letters to the place of stay that wait for their answer."""
    call_letters_to_mind(db, items, policies, now=now)


next_call_at = next_letter_at
