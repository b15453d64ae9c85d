"""A member's request for help (kiến nghị, cần hỗ trợ) and who has taken it.

OPEN ──somebody takes it──> TAKEN ──the member agrees──> CLOSED
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Identified
from models.member import Member, tell
from models.outbox import Button, Lane, Message
from models.phrases import request as phrases
from models.rights import Role, holders
from models.sealing import Sealed


class RequestState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


class HelpRequest(Identified, Base):
    __tablename__ = "request"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    checkin_id: Mapped[int | None]
    state: Mapped[str]
    opened_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    owner_id: Mapped[int | None]
    closed_at: Mapped[datetime | None]
    text_sealed: Mapped[bytes | None]

    text = Sealed("text_sealed")

    __table_args__ = (
        Index("ix_request_cell_id", "cell_id", "state"),
        Index("ix_request_member_id", "member_id"),
    )


def open_request(
    db: Session, member: Member, *, text: str, now: datetime, checkin_id: int | None = None
) -> HelpRequest | None:
    """Ask the cell for help: secretary and deputy are told at a decent hour. One open request a report."""
    if member.cell_id is None:
        return None
    if checkin_id is not None:
        known = db.scalars(select(HelpRequest).where(HelpRequest.checkin_id == checkin_id)).first()
        if known is not None:
            known.text = text
            return known
    request = HelpRequest(
        member_id=member.id,
        cell_id=member.cell_id,
        checkin_id=checkin_id,
        state=RequestState.OPEN,
        opened_at=now,
    )
    request.text = text
    db.add(request)
    db.flush()
    buttons = [
        [Button(phrases.TAKE, f"request:take:{request.id}")],
        [Button(phrases.SEE, f"request:see:{request.id}")],
    ]
    for holder_id in holders(db, member.cell_id, Role.SECRETARY, Role.DEPUTY, now=now):
        holder = db.get_one(Member, holder_id)
        key = f"request.opened:{request.id}:{holder_id}"
        words = Message(phrases.opened(name=member.full_name, text=text), buttons)
        tell(db, holder, words, key=key, lane=Lane.ALERT, now=now)
    return request


def take_request(db: Session, request: HelpRequest, *, by_id: int, now: datetime) -> None:
    """Somebody makes it theirs; the member is told who."""
    request.state, request.owner_id, request.taken_at = RequestState.TAKEN, by_id, now
    owner, member = db.get_one(Member, by_id), db.get_one(Member, request.member_id)
    buttons = [[Button(phrases.SOLVED, f"request:close:{request.id}")]]
    words = Message(phrases.taken(owner=owner.full_name), buttons)
    tell(db, member, words, key=f"request.taken:{request.id}:{by_id}", lane=Lane.ALERT, now=now)


def close_request(db: Session, request: HelpRequest, *, now: datetime) -> None:
    """The member says it is settled; the owner is told."""
    request.state, request.closed_at = RequestState.CLOSED, now
    if request.owner_id is not None:
        owner, member = db.get_one(Member, request.owner_id), db.get_one(Member, request.member_id)
        words = Message(phrases.closed(name=member.full_name))
        tell(db, owner, words, key=f"request.closed:{request.id}", lane=Lane.ALERT, now=now)


def open_requests(db: Session, cell_id: int) -> list[HelpRequest]:
    return list(
        db.scalars(
            select(HelpRequest)
            .where(HelpRequest.cell_id == cell_id, HelpRequest.state != RequestState.CLOSED)
            .order_by(HelpRequest.opened_at)
        )
    )
