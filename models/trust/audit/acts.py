"""The audit: every check is asked, what can be repaired is, the rest is left to a person. Each run leaves a record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.delivery.job_run import outages_since
from models.people.member import Account
from models.policies import Policies
from models.trust.audit.checks import CHECKS, AuditScope, Check, overdue_checks
from models.trust.audit.rows import AuditFinding, AuditRun, Findings
from models.trust.policy import AuditPolicy

_SHOWN = 10  # rows named in the record


def audit(db: Session, policies: Policies, periods: Mapping[str, timedelta], *, now: datetime) -> AuditRun:
    """Ask every check, repair, ask again. `periods`: every job, and how often it runs.

    A check that fails costs no other: it is a finding itself.
    """
    look = _look(db, policies, periods, now=now)
    found = [finding for check in [*CHECKS, *overdue_checks()] if (finding := _ask(db, check, look))]
    run = AuditRun(
        at=now,
        well=all(finding.repaired for finding in found),
        findings=Findings(all=found),
        looked_up_to=look.people[1],
    )
    db.add(run)
    db.flush()
    return run


def _look(db: Session, policies: Policies, periods: Mapping[str, timedelta], *, now: datetime) -> AuditScope:
    late = now - policies.audit.tolerance
    return AuditScope(
        policies=policies,
        now=now,
        due_before=None if outages_since(db, late) else late,
        people=_share(db, policies.audit),
        periods=periods,
    )


def _share(db: Session, policy: AuditPolicy) -> tuple[int, int]:
    """The accounts that it is the turn of: after the first id, up to the second; 0: to the last."""
    last = last_audit(db)
    after = last.looked_up_to if last else 0
    rows = select(Account.id).where(Account.id > after).order_by(Account.id)
    return after, db.scalar(rows.offset(policy.people - 1).limit(1)) or 0


def _ask(db: Session, check: Check, look: AuditScope) -> AuditFinding | None:
    """None: all is well."""
    try:
        with db.begin_nested():
            return _answer(db, check, look)
    except Exception as error:  # a savepoint has kept the others from harm; the name goes into the alarm
        return AuditFinding(check=check.name, error=type(error).__name__)


def _answer(db: Session, check: Check, look: AuditScope) -> AuditFinding | None:
    broken = check.broken(db, look)
    if not broken:
        return None
    finding = AuditFinding(check=check.name, count=len(broken), rows=[str(row) for row in broken[:_SHOWN]])
    if check.repair is not None:
        check.repair(db, look, broken)
        db.flush()
        finding.repaired = not {*check.broken(db, look)} & {*broken}
    return finding


def drop_old_audit(db: Session, policy: AuditPolicy, *, now: datetime, limit: int = 1000) -> bool:
    old = select(AuditRun.id).where(AuditRun.at < now - policy.keep).limit(limit)
    return bool(db.execute(delete(AuditRun).where(AuditRun.id.in_(old))).rowcount)  # type: ignore[attr-defined]


# --- questions ------------------------------------------------------------------------------------------------------


def last_audit(db: Session) -> AuditRun | None:
    return db.scalars(select(AuditRun).order_by(AuditRun.at.desc(), AuditRun.id.desc()).limit(1)).first()
