"""Time asks whoever is away whether they come home for a long holiday."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.away.homecoming import ask_homecomings
from models.policies import Policies


def ask_about_holiday(db: Session, policies: Policies, *, now: datetime) -> bool:
    return ask_homecomings(db, policies, now=now)
