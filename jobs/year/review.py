"""Time reminds of reviews, gives the secretary the list, makes bundles, and deletes what has been kept for its years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.policies import Policies
from models.year.review import bundle, keeping, reminding


def reviews_to_remind(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return reminding.due_reviews(db, now=now, limit=limit)


def remind_due_reviews(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    """Remind only the members who still owe a review, and name what is missing."""
    reminding.remind_reviews(db, items, policies, now=now)


next_reminder_at = reminding.next_review_at


def campaigns_to_list(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return reminding.due_campaigns(db, now=now, limit=limit)


def list_due_campaigns(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    """Tell secretary and deputy who owes a review."""
    reminding.list_campaigns(db, items, policies, now=now)


next_list_at = reminding.next_campaign_at


def bundles_to_make(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return bundle.due_bundles(db, now=now, limit=limit)


def go_on_with_bundles(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    for item in items:
        bundle.go_on_with_bundle(db, item, policies, now=now)


next_bundle_at = bundle.next_bundle_at


def drop_old_reviews(db: Session, policies: Policies, *, now: datetime) -> bool:
    return keeping.drop_old_reviews(db, policies.review_keeping, now=now)
