"""A member's request for help (kiến nghị, cần hỗ trợ) and who has taken it.

OPEN ──somebody takes it──> TAKEN ──the member agrees──> CLOSED
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Identified
from models.errors import Refused
from models.member import Member, tell
from models.outbox import Button, Lane, Message
from models.phrases import common
from models.phrases import request as phrases
from models.phrases.text import Text
from models.rights import Right, Role, holders, may
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
        Index("ix_request_checkin_id", "checkin_id"),
    )


class RequestSettled(Refused):
    """Somebody else has taken it, or it is closed."""

    def __init__(self, *, owner: str | None) -> None:
        super().__init__(phrases.settled(owner=owner))


def open_request(
    db: Session, member: Member, *, text: str, now: datetime, checkin_id: int | None = None
) -> HelpRequest | None:
    """Ask the cell for help: secretary and deputy are told at a decent hour. One open request a report."""
    if member.cell_id is None:
        return None
    request = request_of_checkin(db, checkin_id) if checkin_id is not None else None
    if request is not None and request.text == text:
        return request
    if request is None:
        request = HelpRequest(
            member_id=member.id,
            cell_id=member.cell_id,
            checkin_id=checkin_id,
            state=RequestState.OPEN,
            opened_at=now,
        )
        db.add(request)
    request.text = text
    db.flush()
    _tell_cell(db, request, phrases.opened(name=member.full_name, text=text), now=now)
    return request


def _tell_cell(db: Session, request: HelpRequest, words: Text, *, now: datetime) -> None:
    """To its owner, or while it has none to secretary and deputy."""
    buttons = [
        [Button(phrases.TAKE, f"request:take:{request.id}")],
        [Button(phrases.SEE, f"request:see:{request.id}")],
    ]
    owner = [request.owner_id] if request.owner_id is not None else None
    for holder_id in owner or holders(db, request.cell_id, Role.SECRETARY, Role.DEPUTY, now=now):
        key = f"request.opened:{request.id}:{holder_id}:{now:%Y%m%d%H%M%S}"
        message = Message(words, buttons[1:] if owner else buttons)
        tell(db, db.get_one(Member, holder_id), message, key=key, lane=Lane.ALERT, now=now)


def is_free(db: Session, request: HelpRequest, *, now: datetime) -> bool:
    """Nobody has it, or whoever had taken it holds no office in the cell any more."""
    if request.state == RequestState.TAKEN and request.owner_id is not None:
        return not may(db, request.owner_id, Right.SEE_DESK, request.cell_id, now=now)
    return request.state == RequestState.OPEN


def take_request(db: Session, request: HelpRequest, *, by_id: int, now: datetime) -> None:
    """Somebody makes it theirs; the member is told who. Taking one's own again does nothing."""
    _lock(db, request)
    if request.state == RequestState.TAKEN and request.owner_id == by_id:
        return
    if not is_free(db, request, now=now):
        owner = db.get(Member, request.owner_id) if request.owner_id else None
        raise RequestSettled(owner=owner.full_name if owner else None)
    request.state, request.owner_id, request.taken_at = RequestState.TAKEN, by_id, now
    taker, member = db.get_one(Member, by_id), db.get_one(Member, request.member_id)
    buttons = [[Button(phrases.SOLVED, f"request:close:{request.id}")]]
    words = Message(phrases.taken(owner=taker.full_name), buttons)
    tell(db, member, words, key=f"request.taken:{request.id}:{by_id}", lane=Lane.ALERT, now=now)


def close_request(db: Session, request: HelpRequest, *, now: datetime) -> None:
    """The member says it is settled; those who know of it are told. Closing it again does nothing."""
    _lock(db, request)
    if request.state == RequestState.CLOSED:
        return
    request.state, request.closed_at = RequestState.CLOSED, now
    member = db.get_one(Member, request.member_id)
    told = [request.owner_id] if request.owner_id is not None else None
    for holder_id in told or holders(db, request.cell_id, Role.SECRETARY, Role.DEPUTY, now=now):
        words = Message(phrases.closed(name=member.full_name), _ways_on(request))
        key = f"request.closed:{request.id}:{holder_id}"
        tell(db, db.get_one(Member, holder_id), words, key=key, lane=Lane.ALERT, now=now)


def _ways_on(request: HelpRequest) -> list[list[Button]]:
    return [[Button(phrases.SEE, f"request:see:{request.id}")], [Button(common.MENU, "nav:menu")]]


def _lock(db: Session, request: HelpRequest) -> None:
    """The row as it is now, for this transaction alone (PostgreSQL; SQLite has one writer)."""
    db.flush()
    db.refresh(request, with_for_update=True)


def request_of_checkin(db: Session, checkin_id: int) -> HelpRequest | None:
    """The request that a report opened, while it is not settled."""
    return db.scalars(
        select(HelpRequest).where(
            HelpRequest.checkin_id == checkin_id, HelpRequest.state != RequestState.CLOSED
        )
    ).first()


def open_requests(db: Session, cell_id: int) -> list[HelpRequest]:
    return list(
        db.scalars(
            select(HelpRequest)
            .where(HelpRequest.cell_id == cell_id, HelpRequest.state != RequestState.CLOSED)
            .order_by(HelpRequest.opened_at)
        )
    )
