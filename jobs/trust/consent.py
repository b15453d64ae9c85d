"""Whoever has not answered the wording of today is asked again: once, then reminded twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.policies import Policies
from models.trust.consent import ask_again, begin_rounds, due_rounds, next_round_at


def find_people(db: Session, policies: Policies, *, now: datetime) -> bool:
    return begin_rounds(db, policies.consent, now=now)


def rounds_to_ask(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_rounds(db, now=now, limit=limit)


def ask_due_rounds(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    ask_again(db, items, policies.consent, now=now)


next_asking_at = next_round_at
