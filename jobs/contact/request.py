"""Time moves requests for help: what nobody answers rises, promises lapse, the member is asked again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.contact.request import due_requests, move_requests, next_request_at
from models.policies import Policies


def requests_to_move(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_requests(db, now=now, limit=limit)


def move_due_requests(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    move_requests(db, items, policies.request, now=now)


next_move_at = next_request_at
