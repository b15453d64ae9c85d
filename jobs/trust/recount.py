"""On the day of a new rule what is open is counted by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.policies import Policies
from models.trust.recount import must_turn, turn_rules

_ALL = 1  # there is one thing to do: to count everything that is open


def rules_to_turn(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return [_ALL] if must_turn(db, policies) else []


def turn(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    turn_rules(db, policies, now=now)
