"""What a committee sees of the cells below it: numbers, no names.

    counts_of(db, cell_ids, month=date(2026, 12, 1)) -> {cell id: Counts(members=12, registered=9, answered=7, ...)}

One grouped query, whatever the number of cells. Only those who agreed to it are counted among the answered, late and
unreachable. None is "no figures yet" (nobody was asked this month), and is never shown as zero.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from models.checkin import Checkin, CheckinKind, CheckinState
from models.member import UNREACHABLE, Account, Consent, Member, Purpose
from models.unit import Unit, UnitKind


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one cell, or of several together. `asked`: how many were asked to check in this month."""

    members: int = 0
    registered: int = 0
    unreachable: int = 0
    asked: int = 0
    answered: int | None = None
    late: int | None = None


def counts_of(db: Session, cell_ids: Collection[int], *, month: date) -> dict[int, Counts]:
    """By cell; a cell with nobody on its roster is left out."""
    agreed = _agrees_to_counts()
    turn = and_(
        Checkin.member_id == Member.id,
        Checkin.kind == CheckinKind.RHYTHM,
        Checkin.period == month.replace(day=1),
        Checkin.state != CheckinState.SCHEDULED,
    )
    rows = db.execute(
        select(
            func.coalesce(Member.cell_id, 0),
            func.count(Member.id.distinct()),
            func.count(Account.id.distinct()),
            _people(and_(Account.reachability.in_(UNREACHABLE), agreed)),
            _people(and_(Checkin.id.is_not(None), agreed)),
            _people(and_(Checkin.state == CheckinState.ANSWERED, agreed)),
            _people(and_(Checkin.state == CheckinState.LATE, agreed)),
        )
        .outerjoin(Account, and_(Account.member_id == Member.id, Account.closed_at.is_(None)))
        .outerjoin(Checkin, turn)
        .where(Member.cell_id.in_(cell_ids), Member.left_at.is_(None))
        .group_by(Member.cell_id)
    )
    return {
        cell: Counts(members, registered, unreachable, asked, *((answered, late) if asked else (None, None)))
        for cell, members, registered, unreachable, asked, answered, late in rows
    }


def _people(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, Member.id)).distinct())


def _agrees_to_counts() -> ColumnElement[bool]:
    """The member's newest answer to being counted was yes."""
    answer = aliased(Consent)
    newest = (
        select(answer.given)
        .where(answer.member_id == Member.id, answer.purpose == Purpose.COUNTS)
        .order_by(answer.at.desc(), answer.id.desc())
        .limit(1)
        .correlate(Member)
    )
    return newest.scalar_subquery().is_(True)


def together(counts: Iterable[Counts]) -> Counts:
    """Several cells as one; what no cell has a figure for stays without."""
    found = list(counts)
    asked = sum(one.asked for one in found)
    return Counts(
        sum(one.members for one in found),
        sum(one.registered for one in found),
        sum(one.unreachable for one in found),
        asked,
        sum(one.answered or 0 for one in found) if asked else None,
        sum(one.late or 0 for one in found) if asked else None,
    )


@dataclass(frozen=True, slots=True)
class Tree:
    """A unit and all that is below it, in one query."""

    top: int
    units: dict[int, Unit]

    def children(self, unit_id: int) -> list[Unit]:
        found = [unit for unit in self.units.values() if unit.parent_id == unit_id and unit.id != self.top]
        return sorted(found, key=lambda unit: unit.folded)

    def cells(self, unit_id: int) -> list[int]:
        unit = self.units[unit_id]
        below = [cell for child in self.children(unit_id) for cell in self.cells(child.id)]
        return [unit_id] if unit.kind == UnitKind.CELL else below


def tree_below(db: Session, unit_id: int) -> Tree:
    part = select(Unit.id).where(Unit.id == unit_id).cte("part", recursive=True)
    part = part.union_all(
        select(Unit.id).join(part, Unit.parent_id == part.c.id).where(Unit.closed_at.is_(None))
    )
    units = db.scalars(select(Unit).where(Unit.id.in_(select(part.c.id))))
    return Tree(unit_id, {unit.id: unit for unit in units})
