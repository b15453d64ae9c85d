"""What is wrong by the database's own account: the audit's last word, failed updates and jobs, messages in doubt, who waits.

Counts, moments and the names of jobs and errors; nothing about anybody. Nothing is audited here: the audit has done that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.delivery.inbox import Inbox, InboxState
from models.delivery.job_run import JobRun, last_beat
from models.delivery.outbox import Outbox, OutboxState
from models.entry.identity import entitled
from models.entry.invite import invites_answered
from models.entry.waking import people_held_back, vouchers
from models.trust.audit import AuditFinding, last_audit

LATELY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the database knew at one moment. `audited_at`, `beat_at` None: never."""

    beat_at: datetime | None
    audited_at: datetime | None
    unrepaired: Sequence[AuditFinding]
    failed_updates: int  # lately
    uncertain: int  # messages, lately
    failing_jobs: Sequence[str]  # whose last run failed, lately
    waiting: int  # people who wait to be confirmed
    waiting_for_operator: int  # of them, whom nobody within the program could confirm


def see_trouble(db: Session, *, now: datetime) -> Trouble:
    """Return what is wrong at `now`."""
    since, audited = now - LATELY, last_audit(db)
    waiting, alone = _waiting(db, now=now)
    return Trouble(
        beat_at=last_beat(db),
        audited_at=audited.at if audited else None,
        unrepaired=[one for one in audited.findings.all if not one.repaired] if audited else [],
        failed_updates=_count(db, Inbox.state == InboxState.FAILED, Inbox.received_at >= since),
        uncertain=_count(db, Outbox.state == OutboxState.UNCERTAIN, Outbox.created_at >= since),
        failing_jobs=_failing_jobs(db, since),
        waiting=waiting,
        waiting_for_operator=alone,
    )


def _count(db: Session, *which: object) -> int:
    return db.scalar(select(func.count()).where(*which)) or 0  # type: ignore[arg-type]


def _failing_jobs(db: Session, since: datetime) -> list[str]:
    failed = select(JobRun.job).where(JobRun.started_at >= since, JobRun.error.is_not(None)).distinct()
    newest = select(JobRun.error).order_by(JobRun.started_at.desc(), JobRun.id.desc()).limit(1)
    return [job for job in sorted(db.scalars(failed)) if db.scalar(newest.where(JobRun.job == job))]


def _waiting(db: Session, *, now: datetime) -> tuple[int, int]:
    """How many wait to be confirmed, and how many of them nobody but the operator could."""
    whose = [entitled(db, invite, who, now=now) for invite, who in invites_answered(db)]
    whose += [vouchers(db, who, now=now) for who in people_held_back(db, now=now)]
    return len(whose), sum(not found for found in whose)
