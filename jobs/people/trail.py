"""What was written down is linked, and after its term deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.people.trail import drop_old_trail, link_trail
from models.policies import Policies

LINK = "trail.link"


def link_new_rows(db: Session, policies: Policies, *, now: datetime) -> bool:
    return link_trail(db, policies.trail) == policies.trail.link  # a full handful: there may be more


def drop_old_rows(db: Session, policies: Policies, *, now: datetime) -> bool:
    return drop_old_trail(db, policies.trail, now=now)
