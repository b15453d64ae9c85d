"""What is read: lists for a reader, the thread of one request, what time has to do."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from models.contact.request.rows import (
    HelpRequest,
    RequestKind,
    RequestLevel,
    RequestMove,
    RequestReply,
    RequestState,
    RequestViewer,
)
from models.contact.request.seeing import may_see_request, shown_to
from models.ground.base import Soonest, locked
from models.people.member import Member
from models.people.rights import Role, appointments
from models.people.unit import Unit

_OPEN = HelpRequest.state != RequestState.CLOSED


class Written(NamedTuple):
    """One reply and who wrote it."""

    reply: RequestReply
    name: str


def request_of_checkin(db: Session, checkin_id: int) -> HelpRequest | None:
    """Return the request that a report opened, while it is not settled."""
    return db.scalars(select(HelpRequest).where(HelpRequest.checkin_id == checkin_id, _OPEN)).first()


def open_requests(db: Session, cell_id: int, *, reader_id: int | None = None) -> list[HelpRequest]:
    """Return the cell's, the oldest first; private ones only for the reader whom the member chose."""
    rows = select(HelpRequest).where(HelpRequest.cell_id == cell_id, _OPEN, shown_to(reader_id))
    return list(db.scalars(rows.order_by(HelpRequest.opened_at, HelpRequest.id)))


def requests_of_member(db: Session, member_id: int, *, closed: bool = False) -> list[HelpRequest]:
    """Return the member's own, the newest first."""
    which = HelpRequest.state == RequestState.CLOSED if closed else _OPEN
    rows = select(HelpRequest).where(HelpRequest.member_id == member_id, which)
    return list(db.scalars(rows.order_by(HelpRequest.opened_at.desc(), HelpRequest.id.desc())))


def requests_for(db: Session, person_id: int, *, now: datetime) -> list[HelpRequest]:
    """Open ones that this person may see now, as an owner, as somebody chosen or as an officer.

    What everybody at their desk sees is on the desk.
    """
    chosen = select(RequestViewer.request_id).where(RequestViewer.viewer_id == person_id)
    offices = [one.unit_id for one in appointments(db, person_id, now=now) if one.role == Role.OFFICER]
    below = select(Unit.id).where(Unit.id.in_(offices)).cte("below", recursive=True)
    below = below.union_all(select(Unit.id).join(below, Unit.parent_id == below.c.id))
    put_up = (HelpRequest.risen >= RequestLevel.OFFICER) | (HelpRequest.kind == RequestKind.PETITION)
    risen = put_up & HelpRequest.cell_id.in_(select(below.c.id))
    rows = db.scalars(
        select(HelpRequest)
        .where(_OPEN, or_(HelpRequest.owner_id == person_id, HelpRequest.id.in_(chosen), risen))
        .order_by(HelpRequest.opened_at, HelpRequest.id)
    )
    return [one for one in rows if may_see_request(db, person_id, one, now=now)]


def replies_of(db: Session, request_id: int) -> list[Written]:
    """Return the thread, the oldest first."""
    rows = db.execute(
        select(RequestReply, Member.full_name)
        .join(Member, Member.id == RequestReply.by_id)
        .where(RequestReply.request_id == request_id)
        .order_by(RequestReply.at, RequestReply.id)
    )
    return [Written(reply, name) for reply, name in rows]


def moves_of(db: Session, request_id: int) -> list[RequestMove]:
    rows = select(RequestMove).where(RequestMove.request_id == request_id)
    return list(db.scalars(rows.order_by(RequestMove.at, RequestMove.id)))


class Owing(NamedTuple):
    """How many petitions wait for an answer, and since when the oldest does."""

    number: int
    oldest: datetime | None
    overdue: int


def answers_owed(db: Session, units: Select[tuple[int]], *, today: date) -> Owing:
    """Count the petitions that were put to these units and are not answered."""
    row = db.execute(
        select(
            func.count(HelpRequest.id),
            func.min(HelpRequest.opened_at),
            func.count(HelpRequest.id).filter(HelpRequest.answer_by < today),
        ).where(
            HelpRequest.kind == RequestKind.PETITION,
            _OPEN,
            HelpRequest.unit_id.is_not(None),
            HelpRequest.unit_id.in_(units),
        )
    ).one()
    return Owing(row[0], row[1], row[2])


def said_in(db: Session, member_id: int, message_id: int) -> HelpRequest | None:
    """Return the open request of theirs whose text has this message in it."""
    slip = f" {message_id}:"
    rows = requests_of_member(db, member_id)
    return next((one for one in rows if slip in f" {one.slips or ''}"), None)


def due_requests(db: Session, *, now: datetime, limit: int) -> list[int]:
    due = select(HelpRequest.id).where(HelpRequest.next_at <= now).order_by(HelpRequest.next_at).limit(limit)
    return list(db.scalars(due))


def lock_requests(db: Session, ids: list[int]) -> list[HelpRequest]:
    """Lock these rows for this transaction and return them. Rows in another's hands are left out (PostgreSQL)."""
    chosen = select(HelpRequest).where(HelpRequest.id.in_(ids)).order_by(HelpRequest.next_at, HelpRequest.id)
    return locked(db, chosen)


next_request_at = Soonest(HelpRequest.next_at)


def requests_without_next(db: Session, *, limit: int) -> list[int]:
    """Return open requests with which time has nothing to do, for the auditor. There should be none."""
    broken = select(HelpRequest.id).where(_OPEN, HelpRequest.next_at.is_(None))
    return list(db.scalars(broken.limit(limit)))
