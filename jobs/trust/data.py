"""What is held ends when its term is over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.policies import Policies
from models.trust.retention import retain


def retain_rows(db: Session, policies: Policies, *, now: datetime) -> bool:
    return retain(db, policies.retention, now=now)
