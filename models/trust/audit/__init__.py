"""Whether anything has fallen through: once an hour every open item is asked for its next step.

    checks ──a question that an index answers──> broken rows ──repair──> asked again ──> well
                                                     └── no repair, or it did not help ──> the operator is called,
                                                                                           and the heartbeat stops

A person, a report, an absence, a request cannot be forgotten by a mistake of ours for longer than an hour without
somebody hearing of it. `rows`, `checks` (the table), `acts`.
"""

from models.trust.audit.acts import audit as audit, drop_old_audit as drop_old_audit, last_audit as last_audit
from models.trust.audit.checks import (
    CHECKS as CHECKS,
    WHEN as WHEN,
    AuditScope as AuditScope,
    Check as Check,
    overdue_checks as overdue_checks,
    timed_columns as timed_columns,
)
from models.trust.audit.rows import AuditFinding as AuditFinding, AuditRun as AuditRun
