"""A meeting to begin from: called behind the scenes, on Thursday 3 December 2026 at 20:00 in Vietnam."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.telegram.chats import chat_address
from models.delivery.body import WireBody
from models.delivery.outbox import Outbox
from models.meeting.meeting import (
    Brief,
    Invitation,
    Meeting,
    MeetingAnswer,
    MeetingForm,
    answer_invitation,
    call_meeting,
)
from tests.fakes import World
from tests.people import Cell

STARTS = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
LINK = "https://zoom.us/j/123456789?pwd=abc"
DOOR = "https://xanha.example"


def a_meeting(
    world: World,
    cell: Cell,
    *,
    form: MeetingForm = MeetingForm.HYBRID,
    starts_at: datetime = STARTS,
    **more: Any,
) -> int:
    """Its id. Everybody on the roster is invited by the secretary."""
    brief = Brief(
        **{
            "form": form,
            "starts_at": starts_at,
            "minutes": 90,
            "place": "Nhà văn hóa thôn Đông",
            "link": LINK,
            "paper": "Công văn 12-CV/ĐU ngày 20/11/2026",
            "agenda": "Đánh giá tháng 11, nhiệm vụ tháng 12",
            **more,
        }
    )

    def work(db: Any) -> int:
        policy = world.settings.meeting
        return call_meeting(db, cell.id, brief, by_id=cell.bob, policy=policy, now=world.clock()).id

    made = world.db(work)
    world.settle()
    return made


def invitation_id(world: World, meeting_id: int, member_id: int) -> int:
    mine = select(Invitation.id).where(Invitation.meeting_id == meeting_id, Invitation.member_id == member_id)
    return world.db(lambda db: db.scalars(mine).one())


def answers(world: World, meeting_id: int, member_id: int, answer: MeetingAnswer, reason: str = "") -> None:
    row = invitation_id(world, meeting_id, member_id)

    def work(db: Any) -> None:
        invitation = db.get_one(Invitation, row)
        answer_invitation(db, invitation, answer, reason=reason, by_id=member_id, now=world.clock())

    world.db(work)


def buttons_sent(world: World, chat_id: int) -> list[str]:
    """Where the buttons of what was sent to a chat lead, the newest message last; links only."""

    def work(db: Any) -> list[str]:
        rows = db.scalars(
            select(Outbox)
            .where(Outbox.address == chat_address(chat_id))
            .order_by(Outbox.created_at, Outbox.id)
        )
        bodies = [WireBody.model_validate_json(row.body or "{}") for row in rows if row.method != "commands"]
        return [to for body in bodies for line in body.buttons for _, to in line if to.startswith("https://")]

    return world.db(work)


def state_of(world: World, meeting_id: int) -> str:
    return world.db(lambda db: db.get_one(Meeting, meeting_id).state)
