"""On the day of a new rule what is open is counted by it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.policies import Policies
from models.trust.recount import turn_rules

TURN = "rules.turn"


def turn(db: Session, policies: Policies, *, now: datetime) -> bool:
    return turn_rules(db, policies, now=now)
