"""Time sends the links, begins meetings, and says when one has reached its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.meeting.attendance import due_links, move_links, next_link_at
from models.policies import Policies


def links_to_send(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_links(db, now=now, limit=limit)


def send_due_links(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    move_links(db, items, policies.attendance, now=now)


next_sending_at = next_link_at
