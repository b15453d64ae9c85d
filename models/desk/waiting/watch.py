"""Whether somebody looks at a cell's desk while something waits there.

    nothing waits   next_at NULL
    something does  next_at = 14 days after it began to wait, or after the desk was last opened, whichever is later
    due             nobody came: who follows the cell is told, else the nearest officers; once more in 14 days

Opening the desk writes one row, at most once an hour. What waits is asked of all desks by one question (`Source.everywhere`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Select, func, select, union_all
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.delivery.message import Button, Message
from models.desk.committee.common import tell_each
from models.desk.office import is_attended
from models.desk.policy import CommitteePolicy
from models.desk.waiting.sources import SOURCES
from models.ground.base import Base, Soonest, locked, partial_index, table_of
from models.ground.clock import HOME_ZONE, local_date
from models.people.rights import Role, holders, officers_above
from models.people.unit import Unit
from models.phrases.desk import committee as phrases

_HANDFUL = 500
_ENOUGH = timedelta(hours=1)  # opened again within it: nothing new is written


class DeskWatch(Base):
    __tablename__ = "desk_watch"

    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime | None]  # when somebody with a right to the desk opened it last
    told_at: Mapped[datetime | None]  # the committee knows that nobody comes; None: somebody does
    next_at: Mapped[datetime | None]  # None: nothing waits

    __table_args__ = (partial_index("ix_desk_watch_next_at", "next_at", where="next_at IS NOT NULL"),)


# --- acts -----------------------------------------------------------------------------------------------------------


def attend(db: Session, cell_id: int, *, now: datetime) -> None:
    """Note that somebody with a right to the desk has opened it."""
    watch = db.get(DeskWatch, cell_id)
    if watch is None:
        _begin(db, [cell_id])
        watch = db.get_one(DeskWatch, cell_id)
    if watch.seen_at is None or watch.told_at is not None or now - watch.seen_at >= _ENOUGH:
        watch.seen_at, watch.told_at = now, None


def watch_waiting_desks(db: Session, policy: CommitteePolicy, *, now: datetime) -> bool:
    """Begin to watch the desks where something has come to wait, by the handful; whether there were any."""
    waits = _waiting().subquery()
    watched = select(DeskWatch.cell_id).where(DeskWatch.next_at.is_not(None))
    found = db.execute(
        select(waits.c.cell_id, func.min(waits.c.since))
        .where(waits.c.cell_id.not_in(watched))
        .group_by(waits.c.cell_id)
        .limit(_HANDFUL)
    ).all()
    since = {cell_id: at for cell_id, at in found}
    _begin(db, list(since))
    for watch in db.scalars(select(DeskWatch).where(DeskWatch.cell_id.in_(since))):
        watch.next_at = _idle_since(watch, since[watch.cell_id]) + timedelta(days=policy.unattended_days)
    db.flush()
    return bool(found)


def check_desks(db: Session, cell_ids: Collection[int], policy: CommitteePolicy, *, now: datetime) -> None:
    """Tell the committee of desks that nobody opens, or plan to look again later."""
    waits = _waiting(cell_ids).subquery()
    rows = select(waits.c.cell_id, func.min(waits.c.since)).group_by(waits.c.cell_id)
    since = {cell_id: at for cell_id, at in db.execute(rows)}
    patience = timedelta(days=policy.unattended_days)
    for watch in locked(db, select(DeskWatch).where(DeskWatch.cell_id.in_(cell_ids)), wait=True):
        if watch.next_at is None or watch.next_at > now:
            continue
        if watch.cell_id not in since:
            watch.next_at = watch.told_at = None
            continue
        idle = _idle_since(watch, since[watch.cell_id])
        watch.next_at = idle + patience
        if watch.next_at <= now:
            watch.told_at, watch.next_at = now, now + patience
            _tell_above(db, watch.cell_id, days=(now - idle).days, now=now)


def _idle_since(watch: DeskWatch, since: datetime) -> datetime:
    return max(since, watch.seen_at) if watch.seen_at else since


def _tell_above(db: Session, cell_id: int, *, days: int, now: datetime) -> None:
    cell = db.get_one(Unit, cell_id)
    above = holders(db, cell_id, Role.FOLLOWER, now=now) or officers_above(db, cell_id, now=now)
    there = [[Button(phrases.SEE_COUNTS, f"unit:see:{cell_id}")]]
    is_held = is_attended(db, cell_id, now=now)
    words = Message(phrases.unattended(cell=cell.name, days=days, is_held=is_held), there)
    key = f"committee.unattended:{cell_id}:{local_date(now, HOME_ZONE)}"
    tell_each(db, above, words, key=key, now=now)


_INSERT = {
    "sqlite": sqlite_insert(table_of(DeskWatch)).on_conflict_do_nothing(index_elements=["cell_id"]),
    "postgresql": pg_insert(table_of(DeskWatch)).on_conflict_do_nothing(index_elements=["cell_id"]),
}


def _begin(db: Session, cell_ids: Collection[int]) -> None:
    """Two may open the same desk at the same time."""
    if cell_ids:
        connection = db.connection()
        connection.execute(_INSERT[connection.dialect.name], [{"cell_id": one} for one in cell_ids])


# --- questions ------------------------------------------------------------------------------------------------------


def _waiting(cell_ids: Collection[int] | None = None) -> Select[tuple[int, datetime]]:
    """`cell_id`, `since`: each thing that waits for a person at a desk."""
    sources = [source.everywhere for source in SOURCES.values() if source.everywhere is not None]
    parts = [
        one if cell_ids is None else one.where(one.selected_columns.cell_id.in_(cell_ids)) for one in sources
    ]
    every = union_all(*parts).subquery("waits")
    return select(every.c.cell_id, every.c.since)


def due_desks(db: Session, *, now: datetime, limit: int) -> list[int]:
    due = select(DeskWatch.cell_id).where(DeskWatch.next_at <= now).order_by(DeskWatch.next_at)
    return list(db.scalars(due.limit(limit)))


next_desk_at = Soonest(DeskWatch.next_at)


def unattended(db: Session, cell_ids: Collection[int]) -> set[int]:
    """Return those of these cells at whose desk nobody is, as the committee was told."""
    found = select(DeskWatch.cell_id).where(
        DeskWatch.cell_id.in_(cell_ids), DeskWatch.told_at.is_not(None), DeskWatch.next_at.is_not(None)
    )
    return set(db.scalars(found))
