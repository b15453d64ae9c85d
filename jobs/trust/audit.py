"""Once an hour time looks whether it has forgotten anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from jobs.ground.runner import PERIODS, Job, One
from models.policies import Policies
from models.trust.audit import audit, drop_old_audit

LOOK = "audit.look"


def look_after(timetable: Callable[[], Sequence[Job]]) -> One:
    """Return the audit of every row and of every job of this timetable but itself, which is missed from outside."""

    def look(db: Session, policies: Policies, *, now: datetime) -> bool:
        periods = {job.name: PERIODS[job.cron] for job in timetable() if job.name != LOOK}
        run = audit(db, policies, periods, now=now)
        full = any(finding.count >= policies.audit.limit for finding in run.findings.all)
        return full and run.well  # more than fits into one go, and it helps: once more

    return look


def drop_old_audits(db: Session, policies: Policies, *, now: datetime) -> bool:
    return drop_old_audit(db, policies.audit, now=now)
