"""What is deleted or freed because time has passed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.delivery.claims import stuck_outbox
from models.delivery.conversation import drop_old_conversation
from models.delivery.inbox import drop_old_inbox
from models.delivery.job_run import drop_old_job_run
from models.delivery.outbox import drop_old_outbox, fading_outbox, forget_outbox, take_back_outbox
from models.delivery.page import drop_old_page
from models.delivery.upload import drop_old_parts
from models.entry.reachability import free_stuck
from models.people.browser import drop_old_browsers
from models.people.drafts import drop_unheld_draft
from models.policies import Policies


def stuck_outbox_rows(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return stuck_outbox(db, now=now, limit=limit)


def free_stuck_outbox_rows(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    free_stuck(db, now=now)


def messages_to_take_back(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return [row for row, at in fading_outbox(db) if at <= now][:limit]


def take_back_messages(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    take_back_outbox(db, items, now=now)


def next_taking_back_at(db: Session) -> datetime | None:
    return min((at for _, at in fading_outbox(db)), default=None)


def drop_old_inbox_rows(db: Session, policies: Policies, *, now: datetime) -> bool:
    return drop_old_inbox(db, policies.inbox, now=now)


def drop_old_outbox_rows(db: Session, policies: Policies, *, now: datetime) -> bool:
    return drop_old_outbox(db, policies.outbox, now=now)


def forget_said_words(db: Session, policies: Policies, *, now: datetime) -> bool:
    return forget_outbox(db, policies.outbox, now=now)


def drop_old_pages(db: Session, policies: Policies, *, now: datetime) -> bool:
    return (
        drop_old_page(db, policies.page, now=now)
        or drop_old_browsers(db, policies.page, now=now)
        or drop_old_parts(db, now=now)
    )


def drop_old_drafts(db: Session, policies: Policies, *, now: datetime) -> bool:
    return drop_unheld_draft(db, now=now) or drop_old_conversation(db, policies.conversation, now=now)


def drop_old_runs(db: Session, policies: Policies, *, now: datetime) -> bool:
    return drop_old_job_run(db, policies.job, now=now)
