"""Requests for names lapse; a desk that nobody opens is spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.desk.committee import due_name_requests, lapse_names, next_name_request_at
from models.desk.waiting import check_desks, due_desks, next_desk_at, watch_waiting_desks
from models.policies import Policies


def names_to_lapse(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_name_requests(db, now=now, limit=limit)


def lapse_due_names(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    lapse_names(db, items, now=now)


next_lapse_at = next_name_request_at


def desks_to_check(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return due_desks(db, now=now, limit=limit)


def check_due_desks(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    check_desks(db, items, policies.committee, now=now)


next_check_at = next_desk_at


def watch_desks(db: Session, policies: Policies, *, now: datetime) -> bool:
    return watch_waiting_desks(db, policies.committee, now=now)
