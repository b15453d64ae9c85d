"""Each minute the sums of the cells where something has happened are counted anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.desk.counts import cells_to_count, count_cells
from models.policies import Policies


def sums_to_count(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
    return cells_to_count(db, policies.counts, now=now, limit=limit)


def count_sums(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
    count_cells(db, items, policies.counts, now=now)
