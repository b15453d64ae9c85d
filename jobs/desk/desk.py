"""Time brings the secretary's weekly digest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.desk.digest import due_digests, next_digest_at, send_digests
from models.policies import Policies


def digests_to_send(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_digests(db, now=now, limit=limit)


def send_due_digests(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    send_digests(db, items, policies, now=now)


next_send_at = next_digest_at
