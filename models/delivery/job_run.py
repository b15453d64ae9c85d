"""What time has done: every run of the timetable, the heartbeat, the outages it shows, and what moved because of them.

beat ... beat ... (silence) ... beat      a silence longer than `JobPolicy.outage` is our own outage:
          began_at ^         ^ ended_at   deadlines move by its length, the secretaries' digest says so

Each row that moved stands in `moved_row` with what it held before and after: the operator, who is told, may have it undone.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, delete, event, inspect, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.delivery.policy import JobPolicy
from models.ground.base import Base, Identified, locked
from models.ground.channel import Address


class JobRun(Identified, Base):
    __tablename__ = "job_run"

    job: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    items: Mapped[int]
    error: Mapped[str | None]

    __table_args__ = (
        Index("ix_job_run_job", "job", "started_at"),
        Index("ix_job_run_started_at", "started_at"),
    )


class Heartbeat(Base):
    __tablename__ = "heartbeat"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    beat_at: Mapped[datetime]


class Outage(Identified, Base):
    __tablename__ = "outage"

    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    told: Mapped[Address | None] = mapped_column(default=None)  # the operator, who may undo what moved


_ASIDE = ("outage", "outbox")  # what was called off is said anew, and not twice


class MovedRow(Identified, Base):
    """`changes`: JSON, by column what it held before, and what since: `["at", "2026-12-01T01:00:00+00:00"]`, `["day", …]`, `["", 3]`."""

    __tablename__ = "moved_row"

    outage_id: Mapped[int] = mapped_column(ForeignKey("outage.id"))
    of_table: Mapped[str]
    row_id: Mapped[int] = mapped_column(BigInteger)
    changes: Mapped[str]

    __table_args__ = (Index("ix_moved_row_outage_id", "outage_id"),)


def beat_heart(db: Session, policy: JobPolicy, *, now: datetime) -> timedelta:
    """Note that the program is alive; return the length of the outage that ended just now, or zero."""
    # one notices an outage, the others wait and find it noted
    heart = next(iter(locked(db, select(Heartbeat).where(Heartbeat.id == 1), wait=True)), None)
    if heart is None:
        db.add(Heartbeat(id=1, beat_at=now))
        return timedelta()
    silence, began_at = now - heart.beat_at, heart.beat_at
    heart.beat_at = max(now, began_at)  # the computer's clock may have been set back
    if silence <= policy.outage:
        return timedelta()
    db.add(Outage(began_at=began_at, ended_at=now))
    return silence


@contextmanager
def noting_moves(db: Session, outage: Outage) -> Iterator[None]:
    """Note what changes meanwhile in rows that stood before: it can be undone by `undo_moves`."""
    seen: dict[tuple[str, int], dict[str, list[Any]]] = {}

    def note(session: Session, *_: object) -> None:
        for row in session.dirty:
            if isinstance(row, Identified) and row.__tablename__ not in _ASIDE:  # type: ignore[attr-defined]
                _note_changes(seen.setdefault((row.__tablename__, row.id), {}), row)  # type: ignore[attr-defined]

    event.listen(db, "before_flush", note)
    try:
        yield
        db.flush()
    finally:
        event.remove(db, "before_flush", note)
    db.add_all(
        MovedRow(outage_id=outage.id, of_table=table, row_id=row_id, changes=json.dumps(changes))
        for (table, row_id), changes in seen.items()
        if changes
    )
    db.flush()


def undo_moves(db: Session, outage: Outage) -> int:
    """Give back what each row held before the outage moved it, and forget the outage; return how many rows changed.

    What somebody has changed since stays. So does what was set to nothing: it is said or done once more.
    """
    classes = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}  # type: ignore[attr-defined]
    done = 0
    for moved in db.scalars(select(MovedRow).where(MovedRow.outage_id == outage.id)).all():
        row = db.get(classes[moved.of_table], moved.row_id)
        if row is not None:
            done += _give_back(row, json.loads(moved.changes))
        db.delete(moved)
    db.flush()
    db.delete(outage)
    db.flush()
    return done


def skip_heartbeat(db: Session, *, now: datetime) -> None:
    """Skip the time over which the time machine moved: it was no outage."""
    heart = db.get(Heartbeat, 1)
    if heart is not None:
        heart.beat_at = now


def outage_that_ended(db: Session, at: datetime) -> Outage:
    """Return the outage whose end was noticed at this moment."""
    return db.scalars(select(Outage).where(Outage.ended_at == at).order_by(Outage.id.desc()).limit(1)).one()


def outage_to_undo(db: Session, outage_id: int | None = None) -> Outage | None:
    """Return this outage, or the one noted last, where what it moved can still be undone."""
    rows = select(Outage).where(select(MovedRow.id).where(MovedRow.outage_id == Outage.id).exists())
    if outage_id is not None:
        rows = rows.where(Outage.id == outage_id)
    return db.scalars(rows.order_by(Outage.id.desc()).limit(1)).first()


def outages_since(db: Session, since: datetime) -> list[Outage]:
    """Return our own outages that ended after `since`, the newest first."""
    return list(db.scalars(select(Outage).where(Outage.ended_at > since).order_by(Outage.ended_at.desc())))


def last_beat(db: Session) -> datetime | None:
    """Return when the program was alive last, as far as it noted it; None: it never ran on this database."""
    return db.scalar(select(Heartbeat.beat_at).where(Heartbeat.id == 1))


def last_written(db: Session) -> datetime | None:
    """Return the latest moment at which a running program has written anything; None: none ever has."""
    run = db.scalar(select(JobRun.ended_at).order_by(JobRun.started_at.desc()).limit(1))
    return max((at for at in (last_beat(db), run) if at is not None), default=None)


def last_runs(db: Session, jobs: Collection[str]) -> dict[str, datetime]:
    """Return when each of these jobs was started last. Jobs that never were are not there."""
    found = {}
    for job in jobs:  # one short look into the index for each: a GROUP BY would read every run
        newest = select(JobRun.started_at).where(JobRun.job == job).order_by(JobRun.started_at.desc())
        if (at := db.scalar(newest.limit(1))) is not None:
            found[job] = at
    return found


def record_job_run(
    db: Session, job: str, *, started_at: datetime, ended_at: datetime, items: int, error: str | None
) -> None:
    """Note one run of a job; `items`: how many pieces of work it did, `error`: what ended it, None when nothing did."""
    db.add(JobRun(job=job, started_at=started_at, ended_at=ended_at, items=items, error=error))


def drop_old_job_run(db: Session, policy: JobPolicy, *, now: datetime, limit: int = 1000) -> bool:
    """Delete up to `limit` runs that began longer than `policy.keep` ago, and as much that moved then: was there work?"""
    old = select(JobRun.id).where(JobRun.started_at < now - policy.keep).limit(limit)
    runs = db.execute(delete(JobRun).where(JobRun.id.in_(old))).rowcount  # type: ignore[attr-defined]
    late = select(MovedRow.id).join(Outage).where(Outage.ended_at < now - policy.keep).limit(limit)
    return bool(runs or db.execute(delete(MovedRow).where(MovedRow.id.in_(late))).rowcount)  # type: ignore[attr-defined]


# --- within ---------------------------------------------------------------------------------------------------------


def _note_changes(known: dict[str, list[Any]], row: Identified) -> None:
    """Add what is to be written of a row; of what was noted before, the first value stays."""
    for attribute in inspect(row).attrs:
        history = attribute.history
        if (
            history.added
            and history.deleted
            and _is_plain(history.deleted[0])
            and _is_plain(history.added[0])
        ):
            was = known[attribute.key][0] if attribute.key in known else _written(history.deleted[0])
            known[attribute.key] = [was, _written(history.added[0])]


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | date)


def _written(value: Any) -> list[Any]:
    if isinstance(value, datetime):
        return ["at", value.isoformat()]
    return ["day", value.isoformat()] if isinstance(value, date) else ["", value]


def _read(kind: str, value: Any) -> Any:
    readers = {"at": datetime.fromisoformat, "day": date.fromisoformat}
    return readers[kind](value) if kind else value


def _give_back(row: Any, changes: dict[str, list[Any]]) -> bool:
    stands = {
        name: was
        for name, (was, now) in changes.items()
        if now[1] is not None and getattr(row, name) == _read(*now)
    }
    for name, was in stands.items():
        setattr(row, name, _read(*was))
    return bool(stands)
