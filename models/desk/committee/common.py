"""Whom the committee speaks to in a cell, and who is spoken to above it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from models.delivery.message import Lane, Message
from models.people.member import Member, tell
from models.people.rights import desk_of


def tell_desk(db: Session, cell_id: int, message: Message, *, key: str, now: datetime) -> None:
    """Tell secretary and deputy."""
    keepers = desk_of(db, cell_id, now=now)
    tell_each(db, keepers, message, key=key, now=now)


def tell_each(db: Session, member_ids: Iterable[int], message: Message, *, key: str, now: datetime) -> None:
    for member_id in member_ids:
        person = db.get_one(Member, member_id)
        tell(db, person, message, key=f"{key}:{member_id}", lane=Lane.REMINDER, now=now)
