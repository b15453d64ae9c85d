"""What is asked about notices: which are due, how they stand, who is in which list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from models.delivery.outbox import Outbox, OutboxState
from models.ground.base import Soonest, locked
from models.meeting.notice.audience import Arrival, done_at
from models.meeting.notice.rows import (
    ARRIVED,
    LEFT_OUT,
    Audience,
    Notice,
    NoticeReceipt,
    NoticeState,
    NoticeVersion,
    R,
)
from models.meeting.notice.settling import settle_receipts
from models.people.member import Member
from models.people.unit import ancestor_ids

_LISTED = 8
_SETTLED_AT_ONCE = 300  # people whose messages' ends are noted before somebody looks


@dataclass(frozen=True, slots=True)
class ReceiptTally:
    """How many stand where. `corrected`: of those whom it reached, who has the words of today."""

    states: dict[R, int]
    corrected: int = 0
    read_corrected: int = 0
    answers: dict[int, int] = field(default_factory=dict)

    def of(self, *states: R) -> int:
        return sum(self.states.get(state, 0) for state in states)

    @property
    def arrived(self) -> int:
        return self.of(*ARRIVED)

    @property
    def to_come(self) -> int:
        return self.of(R.WAITING, R.QUEUED)

    @property
    def left_out(self) -> int:
        return self.of(*LEFT_OUT)


def receipt_of(db: Session, notice: Notice, member_id: int) -> NoticeReceipt | None:
    """Lock the member's receipt for this transaction and return it."""
    mine = select(NoticeReceipt).where(
        NoticeReceipt.notice_id == notice.id, NoticeReceipt.member_id == member_id
    )
    return next(iter(locked(db, mine, wait=True)), None)


def notices_of(db: Session, unit_ids: Sequence[int], *, limit: int = _LISTED) -> list[Notice]:
    """Return the notices in the name of these units, the newest first."""
    rows = (
        select(Notice).where(Notice.unit_id.in_(unit_ids)).order_by(Notice.made_at.desc(), Notice.id.desc())
    )
    return list(db.scalars(rows.limit(limit)))


def notices_from_above(db: Session, cell_id: int, *, limit: int = _LISTED) -> list[Notice]:
    """Return the notices from the units above to members of this cell, the newest first."""
    above = [one for one in ancestor_ids(db, cell_id) if one != cell_id]
    members = select(Member.id).where(Member.cell_id == cell_id)
    here = select(NoticeReceipt.id).where(
        NoticeReceipt.notice_id == Notice.id, NoticeReceipt.member_id.in_(members)
    )
    rows = select(Notice).where(
        Notice.unit_id.in_(above), Notice.audience != Audience.SECRETARIES, here.exists()
    )
    return list(db.scalars(rows.order_by(Notice.made_at.desc()).limit(limit)))


def tally(db: Session, notice: Notice, *, cell_id: int | None = None, now: datetime) -> ReceiptTally:
    """Count the receipts now, with what lies in the outbox. `cell_id`: of this cell only."""
    settle_receipts(db, notice, limit=_SETTLED_AT_ONCE, now=now)
    states: dict[R, int] = {}
    corrected = read_corrected = 0
    columns = (NoticeReceipt.state, NoticeReceipt.shown)
    for state, shown, count in db.execute(_of(notice, cell_id, *columns, func.count()).group_by(*columns)):
        states[R(state)] = states.get(R(state), 0) + count
        corrected += count if state in ARRIVED and shown == notice.version > 1 else 0
    for state, count in _in_flight(db, notice, cell_id):
        states[R.QUEUED] = states.get(R.QUEUED, 0) - count
        states[state] = states.get(state, 0) + count
    if notice.state == NoticeState.CANCELLED:  # called off by the handful; for the reader it is done
        states[R.NOT_SAID] = states.get(R.NOT_SAID, 0) + states.pop(R.WAITING, 0)
    if notice.version > 1:
        read = _of(notice, cell_id, func.count()).where(NoticeReceipt.read_version == notice.version)
        read_corrected = db.scalar(read) or 0
    return ReceiptTally(states, corrected, read_corrected, _answers(db, notice, cell_id))


_ENDS = {
    OutboxState.SENT: R.SENT,
    OutboxState.UNCERTAIN: R.UNCERTAIN,
    OutboxState.FAILED: R.FAILED,
    OutboxState.CANCELLED: R.WAITING,
}


def _in_flight(db: Session, notice: Notice, cell_id: int | None) -> list[tuple[R, int]]:
    """Of the queued, those whose end the outbox knows already."""
    rows = (
        _of(notice, cell_id, Outbox.state, func.count())
        .join(Outbox, Outbox.id == NoticeReceipt.outbox_id)
        .where(NoticeReceipt.outbox_id.is_not(None), NoticeReceipt.state == R.QUEUED)
        .where(Outbox.state.in_(_ENDS.keys()))
        .group_by(Outbox.state)
    )
    return [(_ENDS[OutboxState(state)], count) for state, count in db.execute(rows)]


def _answers(db: Session, notice: Notice, cell_id: int | None) -> dict[int, int]:
    if not notice.choices:
        return {}
    rows = _of(notice, cell_id, NoticeReceipt.choice, func.count()).where(NoticeReceipt.choice.is_not(None))
    return {choice: count for choice, count in db.execute(rows.group_by(NoticeReceipt.choice))}


def _of(notice: Notice, cell_id: int | None, *columns: Any) -> Any:
    rows = select(*columns).select_from(NoticeReceipt).where(NoticeReceipt.notice_id == notice.id)
    if cell_id is None:
        return rows
    return rows.join(Member, Member.id == NoticeReceipt.member_id).where(Member.cell_id == cell_id)


def unanswered(db: Session, notice: Notice) -> int:
    """Count the members whom it reached and who have not answered its question."""
    rows = select(func.count()).where(
        NoticeReceipt.notice_id == notice.id,
        NoticeReceipt.state.in_(ARRIVED),
        NoticeReceipt.choice.is_(None),
    )
    return db.scalar(rows) or 0


def asking_notices(db: Session, unit_id: int) -> list[tuple[Notice, int]]:
    """Return the notices whose question nobody has ended, the oldest first, each with how many have not answered."""
    rows = select(Notice).where(Notice.unit_id == unit_id, Notice.asking, Notice.state == NoticeState.SAID)
    found = db.scalars(rows.order_by(Notice.made_at, Notice.id))
    return [(one, count) for one in found if (count := unanswered(db, one))]


def people_in(
    db: Session, notice: Notice, states: Sequence[R], *, cell_id: int, choice: int | None = None
) -> list[tuple[Member, NoticeReceipt]]:
    """Return the people of one cell who are in one of these states, or gave this answer, by given name."""
    rows = (
        select(Member, NoticeReceipt)
        .join(NoticeReceipt, NoticeReceipt.member_id == Member.id)
        .where(NoticeReceipt.notice_id == notice.id, Member.cell_id == cell_id)
    )
    if choice is not None:
        rows = rows.where(NoticeReceipt.choice == choice)
    elif states:
        rows = rows.where(NoticeReceipt.state.in_(states))
    return [(member, receipt) for member, receipt in db.execute(rows.order_by(Member.sort_key, Member.id))]


def not_corrected(db: Session, notice: Notice, *, cell_id: int) -> list[tuple[Member, NoticeReceipt]]:
    """Return the members whom the old words reached and the correction did not, by given name."""
    return [
        (member, receipt)
        for member, receipt in people_in(db, notice, ARRIVED, cell_id=cell_id)
        if receipt.shown < notice.version and receipt.outbox_id is None and receipt.version == notice.version
    ]


def finish_of(db: Session, notice: Notice, *, messages: int, rate: float, now: datetime) -> datetime | None:
    """Return when the last one will have been told, at the allowed pace; None: nobody waits."""
    if notice.state not in (NoticeState.PREPARING, NoticeState.SAYING):
        return None
    waiting = NoticeReceipt.state == literal_column("'waiting'")
    rows = db.execute(
        select(NoticeReceipt.say_at, func.count())
        .where(NoticeReceipt.notice_id == notice.id, waiting)
        .group_by(NoticeReceipt.say_at)
    )
    arrivals = sorted((Arrival(at or now, "", count) for at, count in rows), key=lambda one: one.at)
    if notice.state == NoticeState.PREPARING:
        prepared = select(func.count()).where(NoticeReceipt.notice_id == notice.id)
        arrivals.append(Arrival(now, "", notice.people - (db.scalar(prepared) or 0)))
    return done_at(arrivals, messages=messages, rate=rate, now=max(notice.fed_until, now))


def versions_of(db: Session, notice: Notice) -> list[tuple[NoticeVersion, str]]:
    """Return every text that it has had, the first one first, with the name of its writer."""
    rows = (
        select(NoticeVersion, Member.full_name)
        .join(Member, Member.id == NoticeVersion.by_id)
        .where(NoticeVersion.notice_id == notice.id)
    )
    return [(version, name) for version, name in db.execute(rows.order_by(NoticeVersion.number))]


def due_notices(db: Session, *, now: datetime, limit: int) -> list[int]:
    rows = select(Notice.id).where(Notice.next_at.is_not(None), Notice.next_at <= now)
    return list(db.scalars(rows.order_by(Notice.next_at).limit(limit)))


next_notice_at = Soonest(Notice.next_at)
