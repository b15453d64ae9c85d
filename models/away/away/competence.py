"""Who decides on an absence: the cell itself, or one committee above it. A policy says which, never the shape of the chain.

    cell ── section ── commune ── province        decided_by "committee", decided_at base, commune: the commune
                                                  decided_by "cell": the cell's meeting, and nobody above is asked

Only the officers of that one committee see it as waiting; where it has none, the cell types the decision from paper.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.away.policy import AwayPolicy, Decides
from models.people.member import Member
from models.people.rights import Role, holders
from models.people.unit import Unit, UnitKind, ancestor_ids


def competent_unit(db: Session, cell_id: int, policy: AwayPolicy) -> Unit | None:
    """Return the committee that decides on absences of this cell; None: the cell does, or there is no committee above."""
    if policy.decided_by is Decides.CELL:
        return None
    return committee_of(db, cell_id, policy)


def committee_of(db: Session, cell_id: int, policy: AwayPolicy) -> Unit | None:
    """Return the nearest committee above of a kind that decides, else the nearest unit that is no section."""
    above = [db.get_one(Unit, unit_id) for unit_id in ancestor_ids(db, cell_id) if unit_id != cell_id]
    fit = [unit for unit in above if unit.kind in policy.decided_at]
    rest = [unit for unit in above if unit.kind != UnitKind.SECTION]
    return next(iter([*fit, *rest]), None)


def deciders(db: Session, cell_id: int, policy: AwayPolicy, *, but: int, now: datetime) -> list[Member]:
    """Return the officers of that committee. Nobody decides on their own absence."""
    unit = committee_of(
        db, cell_id, policy
    )  # what was proposed before the cell came to decide is still theirs
    ids = holders(db, unit.id, Role.OFFICER, now=now) if unit else []
    return [db.get_one(Member, officer_id) for officer_id in ids if officer_id != but]
