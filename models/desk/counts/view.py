"""What one person may see of the figures: runs of cells, each shown at its carrier."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from sqlalchemy import CTE, BigInteger, ColumnElement, column, or_, select, values
from sqlalchemy.orm import Session

from models.desk.counts.kept import figures_of
from models.desk.counts.live import Counts, together
from models.desk.policy import CountsPolicy
from models.ground.folding import runs_of
from models.people.rights import Right, topmost_unit
from models.people.unit import Unit, UnitKind, ancestor_ids, closure


@dataclass(frozen=True, slots=True)
class Group:
    """Units that are counted as one; `carrier` is among them."""

    carrier: Unit
    units: tuple[Unit, ...]
    counts: Counts

    @property
    def companions(self) -> list[Unit]:
        return [unit for unit in self.units if unit.id != self.carrier.id]


@dataclass(frozen=True, slots=True)
class View:
    """A unit as its committee sees it. `total` None: too few to be shown, or counted with `counted_with`."""

    unit: Unit
    children: list[Unit]
    total: Counts | None = None
    companions: Sequence[Unit] = ()  # counted in `total` although they are not below the unit
    counted_with: Unit | None = None
    groups: Mapping[int, Group] = field(default_factory=dict)  # by unit; empty when all together are too few
    rosters: Collection[int] = ()  # the children that have somebody on a roster


def view_of(db: Session, unit: Unit, member_id: int, policy: CountsPolicy, *, now: datetime) -> View:
    """Return what `member_id` may see of a unit.

    What is counted with it is asked level by level, from the highest down.
    """
    top = topmost_unit(db, member_id, Right.SEE_COUNTS, unit.id, now=now)
    chain = ancestor_ids(db, unit.id)
    path = [db.get_one(Unit, one) for one in reversed(chain[: chain.index(top) + 1])]
    ask = _Asking(db, policy, now)
    before: tuple[Unit, ...] = ()
    after: tuple[Unit, ...] = ()
    for above, below in pairwise(path):
        is_cell = below.kind == UnitKind.CELL
        group = ask.level(above, before, after).groups.get(below.id)
        if group is None or group.carrier.id != below.id:
            return View(unit, _children(db, unit), counted_with=group.carrier if group else None)
        place = group.units.index(below)
        before, after = group.units[:place], group.units[place + 1 :]
        if is_cell:
            return View(unit, [], group.counts, (*before, *after))
    return ask.alone(unit) if unit.kind == UnitKind.CELL else ask.whole(unit, before, after)


@dataclass(frozen=True, slots=True)
class _Level:
    """The units one level below another, and those that go along with it."""

    children: list[Unit]
    groups: dict[int, Group]
    rosters: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Asking:
    db: Session
    policy: CountsPolicy
    now: datetime

    def whole(self, unit: Unit, before: tuple[Unit, ...], after: tuple[Unit, ...]) -> View:
        level = self.level(unit, before, after)
        shown = {group.carrier.id: group.counts for group in level.groups.values()}
        return View(
            unit,
            level.children,
            together(shown.values()) if shown else None,
            (*before, *after) if shown else (),
            groups=level.groups,
            rosters=level.rosters,
        )

    def alone(self, cell: Unit) -> View:
        """Return the figures of the cell alone, for a reader who sees nothing of the units around it."""
        part = closure(Unit.id == cell.id)
        counts = figures_of(self.db, part, self.policy, now=self.now).get(cell.id, Counts())
        return View(cell, [], counts if counts.away >= self.policy.smallest_group else None)

    def level(self, unit: Unit, before: tuple[Unit, ...], after: tuple[Unit, ...]) -> _Level:
        children = _children(self.db, unit)
        guests = [one.id for one in (*before, *after)]
        part = _branches(self.db, or_(Unit.parent_id == unit.id, Unit.id.in_(guests)))
        counts = figures_of(self.db, part, self.policy, now=self.now)
        units = [one for one in (*before, *children, *after) if one.id in counts]
        groups: dict[int, Group] = {}
        for run in runs_of([counts[one.id].away for one in units], self.policy.smallest_group):
            members = tuple(units[run.begin : run.end])
            group = Group(units[run.carrier], members, together(counts[one.id] for one in members))
            groups |= dict.fromkeys((one.id for one in members), group)
        return _Level(children, groups, frozenset(counts))


def _children(db: Session, unit: Unit) -> list[Unit]:
    below = select(Unit).where(Unit.parent_id == unit.id, Unit.closed_at.is_(None))
    return list(db.scalars(below.order_by(Unit.folded, Unit.id)))


_SHORT = 2000


def _branches(db: Session, first: ColumnElement[bool]) -> CTE:
    """A short list is written out: a planner takes a recursive question for a very long one, and reads whole tables."""
    part = closure(first)
    rows = db.execute(select(part.c.id, part.c.branch).limit(_SHORT + 1)).all()
    if not 0 < len(rows) <= _SHORT:
        return part
    columns = column("id", BigInteger), column("branch", BigInteger)
    return values(*columns).data([tuple(row) for row in rows]).cte("part")
