"""Time tells a committee, once, that an agreement of its own ends soon."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.away.agreement import tell_committees
from models.policies import Policies


def tell_of_endings(db: Session, policies: Policies, *, now: datetime) -> bool:
    return tell_committees(db, policies, now=now)
