"""Names behind a figure: asked for with a reason that the cell sees, granted or refused by its secretary, for some days.

ASKED ──> GRANTED ──> OVER          | REFUSED | LAPSED | WITHDRAWN

Granting freezes who is named: those behind the figure at that minute who agreed to be counted upward. Only the names
are shown, and each look leaves a row with each person named. Who asks does not grant, nor does an officer who stands in.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.delivery.message import Button, Message
from models.desk.committee.common import tell_desk, tell_each
from models.desk.counts import Figure, may_be_named, who_is_counted
from models.desk.office import current_stand_in
from models.desk.policy import CommitteePolicy, CountsPolicy
from models.ground.base import Base, Identified, Soonest, lock, locked, partial_index
from models.ground.clock import HOME_ZONE, at_wall, local_date
from models.ground.errors import Refused
from models.ground.sealing import Sealed
from models.people.member import Member, record_look
from models.people.rights import NotEntitled, Right, may, require
from models.people.trail import record_act
from models.people.unit import Unit
from models.phrases.desk import committee as phrases
from models.phrases.text import Text


class NameState(StrEnum):
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    LAPSED = "lapsed"  # nobody answered
    WITHDRAWN = "withdrawn"
    OVER = "over"  # its days are over, or the secretary ended them


N = NameState
NAME_MOVES: dict[NameState, frozenset[NameState]] = {
    N.ASKED: frozenset({N.GRANTED, N.REFUSED, N.LAPSED, N.WITHDRAWN}),
    N.GRANTED: frozenset({N.OVER}),
    N.REFUSED: frozenset(),
    N.LAPSED: frozenset(),
    N.WITHDRAWN: frozenset(),
    N.OVER: frozenset(),
}
OPEN = frozenset({N.ASKED, N.GRANTED})


class NameRequest(Identified, Base):
    __tablename__ = "name_request"

    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    figure: Mapped[str]
    state: Mapped[str]
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]  # granted, refused, or lapsed
    decided_by: Mapped[int | None]  # None: time
    shown_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]  # it lapses, or its days are over
    reason_sealed: Mapped[bytes | None]

    reason = Sealed("reason_sealed")

    __table_args__ = (
        Index("ix_name_request_cell_id", "cell_id", "asked_at"),
        partial_index("ix_name_request_next_at", "next_at", where="next_at IS NOT NULL"),
    )


class NameGranted(Identified, Base):
    """One person whose name a granted request shows. It is about them: they find it among their own data."""

    __tablename__ = "name_granted"

    name_request_id: Mapped[int] = mapped_column(ForeignKey("name_request.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))

    __table_args__ = (
        Index("uq_name_granted_person", "name_request_id", "member_id", unique=True),
        Index("ix_name_granted_member_id", "member_id"),
    )


class NameRequestSettled(Refused):
    """Somebody has decided it, or it has lapsed."""

    def __init__(self, request: NameRequest) -> None:
        super().__init__(phrases.name_settled(state=request.state))


# --- acts -----------------------------------------------------------------------------------------------------------


def ask_names(
    db: Session,
    cell: Unit,
    figure: Figure,
    *,
    reason: str,
    by_id: int,
    policy: CommitteePolicy,
    now: datetime,
) -> NameRequest:
    """Ask for the names behind a figure. One request for each person, figure and cell is open at a time."""
    require(db, by_id, Right.ASK_NAMES, cell.id, now=now)
    require_no_open_request(db, cell.id, figure, by_id=by_id)
    request = NameRequest(cell_id=cell.id, by_id=by_id, figure=figure, state=N.ASKED, asked_at=now)
    request.reason = reason
    request.next_at = _days_from(now, policy.names_answer_days)
    db.add(request)
    db.flush()
    record_act(db, "names.ask", by_id=by_id, now=now, unit_id=cell.id, detail=str(figure))
    name = db.get_one(Member, by_id).full_name
    words = phrases.names_asked(cell=cell.name, name=name, figure=figure, reason=reason)
    there = [[Button(phrases.SEE_REQUEST, f"committee:name:{request.id}")]]
    tell_desk(db, cell.id, Message(words, there), key=f"committee.names:{request.id}", now=now)
    return request


def require_no_open_request(db: Session, cell_id: int, figure: Figure, *, by_id: int) -> None:
    """Refuse when they have asked for this already and it is neither settled nor over."""
    mine = [one for one in _of_cell(db, cell_id) if one.by_id == by_id and one.figure == figure]
    if any(one.state in OPEN for one in mine):
        raise Refused(phrases.asked_already())


def grant_names(
    db: Session,
    request: NameRequest,
    *,
    by_id: int,
    policy: CommitteePolicy,
    counts: CountsPolicy,
    now: datetime,
) -> None:
    """Grant a request: those behind the figure at this minute are named for some days."""
    require_decider(db, request, by_id, now=now)
    _lock(db, request, N.ASKED)
    people = who_is_counted(db, request.cell_id, Figure(request.figure), counts, now=now)
    if not people:
        raise Refused(phrases.nobody_behind())
    db.add_all(NameGranted(name_request_id=request.id, member_id=one.id) for one in people)
    _move(request, N.GRANTED)
    for one in people:
        record_act(db, "names.grant", by_id=by_id, now=now, member_id=one.id, unit_id=request.cell_id)
    request.decided_at, request.decided_by = now, by_id
    request.shown_until = request.next_at = _days_from(now, policy.names_shown_days)
    # `shown_until` is the midnight after the last day
    until = local_date(request.shown_until - timedelta(seconds=1), HOME_ZONE)
    _tell_asker(db, request, phrases.names_granted(cell=_cell(db, request), until=until), now=now)


def refuse_names(db: Session, request: NameRequest, *, by_id: int, now: datetime) -> None:
    require_decider(db, request, by_id, now=now)
    _lock(db, request, N.ASKED)
    _move(request, N.REFUSED)
    record_act(db, "names.refuse", by_id=by_id, now=now, unit_id=request.cell_id)
    request.decided_at, request.decided_by = now, by_id
    request.ended_at, request.next_at = now, None
    _tell_asker(db, request, phrases.names_refused(cell=_cell(db, request)), now=now)


def withdraw_names(db: Session, request: NameRequest, *, by_id: int, now: datetime) -> None:
    """End a request, as its asker, or as the secretary who takes back what was granted. Later nobody looks."""
    if by_id != request.by_id:
        require_decider(db, request, by_id, now=now)
        _lock(db, request, N.GRANTED)
    else:
        _lock(db, request, N.ASKED, N.GRANTED)
    _end(request, now=now, waiting=N.WITHDRAWN)
    record_act(db, "names.withdraw", by_id=by_id, now=now, unit_id=request.cell_id)


def lapse_names(db: Session, ids: Collection[int], *, now: datetime) -> None:
    """Let requests lapse whose time is over."""
    rows = select(NameRequest).where(NameRequest.id.in_(ids))
    for request in locked(db, rows, wait=True):
        if request.next_at is None or request.next_at > now:
            continue
        if request.state == N.ASKED:
            _tell_asker(db, request, phrases.names_lapsed(cell=_cell(db, request)), now=now)
        _end(request, now=now, waiting=N.LAPSED)


def look_at_names(db: Session, request: NameRequest, *, by_id: int, now: datetime) -> list[Member]:
    """Return the names to the one who asked, while their days last. Each person finds the look among their data."""
    if by_id != request.by_id or not may(db, by_id, Right.ASK_NAMES, request.cell_id, now=now):
        raise NotEntitled
    if request.state != N.GRANTED or request.shown_until is None or request.shown_until <= now:
        raise NameRequestSettled(request)
    people = list(
        db.scalars(
            select(Member)
            .join(NameGranted, NameGranted.member_id == Member.id)
            .where(NameGranted.name_request_id == request.id)
            .where(Member.cell_id == request.cell_id, Member.left_at.is_(None))
            .order_by(Member.sort_key, Member.id)
        )
    )
    people = [one for one in people if may_be_named(db, one.id)]  # who withdrew since is named no more
    for member in people:
        record_look(db, reader_id=by_id, member_id=member.id, what="committee.names", now=now)
    return people


def require_decider(db: Session, request: NameRequest, by_id: int, *, now: datetime) -> None:
    """Refuse everybody but the cell's own secretary: the asker, too, and an officer in the secretary's place."""
    require(db, by_id, Right.GRANT_NAMES, request.cell_id, now=now)
    stand_in = current_stand_in(db, request.cell_id, now=now)
    if by_id == request.by_id or (stand_in is not None and stand_in.officer_id == by_id):
        raise NotEntitled


# --- questions ------------------------------------------------------------------------------------------------------


def name_requests_of(db: Session, cell_id: int, *, limit: int = 5) -> list[tuple[NameRequest, str]]:
    """Open ones first, then the newest; with the asker's name."""
    rows = db.execute(
        select(NameRequest, Member.full_name)
        .join(Member, Member.id == NameRequest.by_id)
        .where(NameRequest.cell_id == cell_id)
        .order_by(NameRequest.next_at.is_(None), NameRequest.asked_at.desc(), NameRequest.id.desc())
        .limit(limit)
    )
    return [(request, name) for request, name in rows]


def due_name_requests(db: Session, *, now: datetime, limit: int) -> list[int]:
    due = select(NameRequest.id).where(NameRequest.next_at <= now).order_by(NameRequest.next_at)
    return list(db.scalars(due.limit(limit)))


next_name_request_at = Soonest(NameRequest.next_at)


def names_to_give(db: Session, cell_id: int) -> list[tuple[int, int]]:
    """Return requests that nobody has answered yet, each with who asked, the oldest first."""
    rows = select(NameRequest).where(NameRequest.cell_id == cell_id, NameRequest.state == N.ASKED)
    return [(one.id, one.by_id) for one in db.scalars(rows.order_by(NameRequest.asked_at))]


# --- within ---------------------------------------------------------------------------------------------------------


def _of_cell(db: Session, cell_id: int) -> list[NameRequest]:
    return list(db.scalars(select(NameRequest).where(NameRequest.cell_id == cell_id)))


def _lock(db: Session, request: NameRequest, *states: NameState) -> None:
    lock(db, request)
    if request.state not in states:
        raise NameRequestSettled(request)


def _move(request: NameRequest, state: NameState) -> None:
    before = NameState(request.state)
    if state not in NAME_MOVES[before]:
        raise ValueError(f"a request for names does not move from {before} to {state}")
    request.state = state


def _end(request: NameRequest, *, now: datetime, waiting: NameState) -> None:
    """OVER what was granted, `waiting` what was not."""
    _move(request, waiting if request.state == N.ASKED else N.OVER)
    request.ended_at, request.next_at = now, None


def _days_from(now: datetime, days: int) -> datetime:
    """The end of that day in Vietnam."""
    return at_wall(local_date(now, HOME_ZONE) + timedelta(days=days + 1), time(0), HOME_ZONE)


def _cell(db: Session, request: NameRequest) -> str:
    return db.get_one(Unit, request.cell_id).name


def _tell_asker(db: Session, request: NameRequest, words: Text, *, now: datetime) -> None:
    there = [[Button(phrases.SEE_REQUEST, f"committee:name:{request.id}")]]
    key = f"committee.names:{request.id}:{request.state}"
    tell_each(db, [request.by_id], Message(words, there), key=key, now=now)
