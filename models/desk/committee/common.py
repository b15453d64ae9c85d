"""Whom the committee speaks to in a cell, and who is spoken to above it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from models.delivery.outbox import Lane, Message
from models.people.member import Member, tell
from models.people.rights import Role, holders
from models.people.unit import ancestor_ids


def tell_desk(db: Session, cell_id: int, message: Message, *, key: str, now: datetime) -> None:
    """Tell secretary and deputy."""
    keepers = holders(db, cell_id, Role.SECRETARY, Role.DEPUTY, now=now)
    tell_each(db, keepers, message, key=key, now=now)


def tell_each(db: Session, member_ids: Iterable[int], message: Message, *, key: str, now: datetime) -> None:
    for member_id in member_ids:
        person = db.get_one(Member, member_id)
        tell(db, person, message, key=f"{key}:{member_id}", lane=Lane.REMINDER, now=now)


def nearest_officers(db: Session, cell_id: int, *, now: datetime) -> list[int]:
    """Return the officers of the lowest unit above that has any."""
    above = (holders(db, unit_id, Role.OFFICER, now=now) for unit_id in ancestor_ids(db, cell_id))
    return next((found for found in above if found), [])
