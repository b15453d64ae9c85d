"""Time calls requests under the law to mind: before their day and after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.desk.law_request import due_law_requests, next_law_request_at, remind_law_requests
from models.policies import Policies


def requests_to_remind(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_law_requests(db, now=now, limit=limit)


def remind_due_requests(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    remind_law_requests(db, items, now=now)


next_reminder_at = next_law_request_at
