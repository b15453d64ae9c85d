"""What time has done: every run of the timetable, the heartbeat, and the outages it shows.

beat ... beat ... (silence) ... beat      a silence longer than `JobPolicy.outage` is our own outage:
          began_at ^         ^ ended_at   deadlines move by its length, the secretaries' digest says so
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Index, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.delivery.policy import JobPolicy
from models.ground.base import Base, Identified, locked


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


def skip_heartbeat(db: Session, *, now: datetime) -> None:
    """Skip the time over which the time machine moved: it was no outage."""
    heart = db.get(Heartbeat, 1)
    if heart is not None:
        heart.beat_at = now


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
    """Delete up to `limit` runs that began longer than `policy.keep` ago: was there work?"""
    old = select(JobRun.id).where(JobRun.started_at < now - policy.keep).limit(limit)
    return bool(db.execute(delete(JobRun).where(JobRun.id.in_(old))).rowcount)  # type: ignore[attr-defined]
