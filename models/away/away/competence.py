"""Who decides on an absence: the cell itself, or one committee above it. A policy says which, never the shape of the chain.

    cell ── section ── commune ── province        decided_by "committee", decided_at base, commune: the commune
                                                  decided_by "cell": the cell's meeting, and nobody above is asked

Only the officers of that one committee see it as waiting; where it has none, the cell types the decision from paper.
A paper goes its way by the rules that it was filed under, whatever holds since.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.away.away.rows import Away, Filing
from models.away.policy import AwayPolicy, Decides
from models.ground.rule_version import RuleVersion, as_kept
from models.people.member import Member
from models.people.rights import Role, holders
from models.people.unit import Unit, UnitKind, ancestor_ids

_KEPT = (  # what a paper keeps; hours and reminders are those of today
    "decided_by",
    "decided_at",
    "note_under_months",
    "exempt_months",
    "temporary_months",
    "study_months",
    "abroad_months",
    "transfer_workdays",
    "introduction_workdays",
    "open_months",
)


def policy_of(db: Session, filing: Filing, policy: AwayPolicy) -> AwayPolicy:
    """Return the policy by which this paper goes its way: today's, with the rules that it was filed under."""
    version = db.get(RuleVersion, filing.version_id) if filing.version_id else None
    return as_kept(policy, "away", version, _KEPT) if version else policy


def competent_unit(db: Session, cell_id: int, policy: AwayPolicy) -> Unit | None:
    """Return the committee that decides on absences of this cell; None: the cell does, or there is no committee above."""
    if policy.decided_by is Decides.CELL:
        return None
    return committee_of(db, cell_id, policy)


def committee_for(db: Session, filing: Filing, policy: AwayPolicy) -> Unit | None:
    """Return the committee that decides on this paper; what was proposed before the cell came to decide is still its."""
    return committee_of(db, filing.cell_id, policy_of(db, filing, policy))


def committee_of(db: Session, cell_id: int, policy: AwayPolicy) -> Unit | None:
    """Return the nearest committee above of a kind that decides, else the nearest unit that is no section."""
    above = [db.get_one(Unit, unit_id) for unit_id in ancestor_ids(db, cell_id) if unit_id != cell_id]
    fit = [unit for unit in above if unit.kind in policy.decided_at]
    rest = [unit for unit in above if unit.kind != UnitKind.SECTION]
    return next(iter([*fit, *rest]), None)


def deciders(db: Session, filing: Filing, policy: AwayPolicy, *, now: datetime) -> list[Member]:
    """Return the officers of that committee. Nobody decides on their own absence."""
    unit, away = committee_for(db, filing, policy), db.get_one(Away, filing.away_id)
    ids = holders(db, unit.id, Role.OFFICER, now=now) if unit else []
    return [db.get_one(Member, officer_id) for officer_id in ids if officer_id != away.member_id]
