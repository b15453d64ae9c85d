"""A meeting on Saturday evening that somebody called a moment ago, and what became of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.meeting.meeting import Invitation, Meeting
from tests import meetings
from tests.fakes import World
from tests.people import Cell

LINK = "https://meet.google.com/abc-defg-hij"
SATURDAY = datetime(2026, 12, 5, 13, tzinfo=UTC)  # 20:00 in Vietnam, 22:00 in Japan


def a_meeting(world: World, cell: Cell, **other: Any) -> int:
    """Hybrid, called by the secretary; its id."""
    values: dict[str, Any] = {
        "starts_at": SATURDAY,
        "place": "Nhà văn hóa thôn",
        "link": LINK,
        "agenda": "Nhiệm vụ tháng 12",
    }
    return meetings.a_meeting(world, cell, **{**values, **other})


def the_meeting(world: World) -> Meeting:
    """The newest."""
    return world.db(lambda db: db.scalars(select(Meeting).order_by(Meeting.id.desc()).limit(1)).one())


def invitation_of(world: World, member_id: int) -> Invitation:
    """The member's newest."""

    def work(db: Session) -> Invitation:
        rows = select(Invitation).where(Invitation.member_id == member_id)
        return db.scalars(rows.order_by(Invitation.id.desc()).limit(1)).one()

    return world.db(work)
