"""What is held ends when its term is over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.policies import Policies
from models.trust.loose_files import drop_loose_files
from models.trust.retention import retain


def retain_rows(db: Session, policies: Policies, *, now: datetime) -> bool:
    return retain(db, policies.retention, now=now)


def drop_loose(db: Session, policies: Policies, *, now: datetime) -> bool:
    """Delete the files that no room points to any more: was there work?"""
    return drop_loose_files(db) > 0
