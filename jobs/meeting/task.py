"""Time calls tasks to mind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.meeting.task import due_tasks, next_task_at, remind_tasks
from models.policies import Policies


def tasks_to_remind(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_tasks(db, now=now, limit=limit)


def remind_due_tasks(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    remind_tasks(db, items, policies.task, now=now)


next_reminder_at = next_task_at
