"""Ratings of a year as a committee sees them: its own levels one below, in counts, never of fewer than five people.

    commune (decides)          each of its cells and sections, as it is: it reads them by name anyway
    province, a section        what is below in runs of at least `smallest` people (models/ground/folding.py, docs/decisions/0016);
                               a unit that is counted with others is not opened, or a difference would tell how few it has

Campaigns that are over and whose texts are gone are in it as counts (rating_rows.YearCount).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ground.folding import runs_of
from models.people.rights import RIGHTS, Appointment, Right, Role, offices_here, topmost_unit
from models.people.unit import Unit, UnitKind, ancestor_ids, subtree_ids
from models.year.review.rating import CellTally, tallies_below
from models.year.review.rows import Campaign
from models.year.review.statistics import LevelTally, add


@dataclass(frozen=True, slots=True)
class Part:
    """One unit below, or several that are counted as one. `campaign`: of a cell whose levels this reader sees by name."""

    units: tuple[Unit, ...]
    tally: LevelTally
    campaign: Campaign | None = None

    @property
    def opens(self) -> bool:
        """Whether it has levels of its own to go down to."""
        return len(self.units) == 1 and self.units[0].kind != UnitKind.CELL


@dataclass(frozen=True, slots=True)
class Below:
    """A unit in a year. `parts` None: it is counted together with others, or has too few."""

    parts: Sequence[Part] | None
    tally: LevelTally
    above: bool  # some of it is decided by others: only who agrees to counts upward is counted


def ratings_below(
    db: Session, unit: Unit, year: int, member_id: int, *, smallest: int, now: datetime
) -> Below:
    """Return what `member_id` may see of a unit. The caller has asked whether they may see it at all."""
    top = topmost_unit(db, member_id, Right.DECIDE_RATING, unit.id, now=now)
    chain = ancestor_ids(db, unit.id)
    tree = _Tree(db, top, [held.unit_id for held in _deciding(db, member_id, now=now)])
    path = [tree.units[one] for one in reversed(chain[: chain.index(top) + 1])]
    found = _parts(db, tree, path[0], year, smallest)
    for below in path[1:]:
        mine = next((one for one in found.parts or () if below in one.units), None)
        if mine is None or len(mine.units) > 1:
            return Below(None, LevelTally({}, 0), found.above)
        found = _parts(db, tree, below, year, smallest)
    return found


def _deciding(db: Session, member_id: int, *, now: datetime) -> list[Appointment]:
    return [
        held
        for held in offices_here(db, member_id, now=now)
        if Right.DECIDE_RATING in RIGHTS[Role(held.role)]
    ]


class _Tree:
    """The units below one, read once; which cells this reader decides about."""

    def __init__(self, db: Session, top: int, mine: Iterable[int]) -> None:
        ids = [*subtree_ids(db, top), *ancestor_ids(db, top)]
        self.units = {one.id: one for one in db.scalars(select(Unit).where(Unit.id.in_(ids)))}
        self._mine = set(mine)

    def above(self, unit: Unit) -> Iterable[Unit]:
        while unit.parent_id is not None and unit.parent_id in self.units:
            unit = self.units[unit.parent_id]
            yield unit

    def decides(self, cell: Unit) -> bool:
        """Return whether the nearest committee above, sections left out, decides, as `rights.decides_for` says."""
        nearest = next((one for one in self.above(cell) if one.kind != UnitKind.SECTION), None)
        return nearest is not None and nearest.id in self._mine

    def child(self, unit: Unit, cell: Unit) -> Unit:
        """Return the unit one below `unit` that the cell belongs to, or that is the cell."""
        before = cell
        for one in self.above(cell):
            if one.id == unit.id:
                return before
            before = one
        return cell


def _parts(db: Session, tree: _Tree, unit: Unit, year: int, smallest: int) -> Below:
    cells = [one for one in tallies_below(db, unit.id, year) if one.cell.id in tree.units]
    above = not all(tree.decides(one.cell) for one in cells)
    if above:
        cells = [one for one in tallies_below(db, unit.id, year, above=True) if one.cell.id in tree.units]
    by_child: dict[int, list[CellTally]] = {}
    for one in cells:
        by_child.setdefault(tree.child(unit, one.cell).id, []).append(one)
    named: list[Part] = []
    others: list[Part] = []
    for child in sorted((tree.units[one] for one in by_child), key=lambda one: (one.folded, one.id)):
        mine = by_child[child.id]
        ours = all(tree.decides(one.cell) for one in mine)
        campaign = mine[0].campaign if ours and child.kind == UnitKind.CELL else None
        part = Part((child,), add(*(one.tally for one in mine)), campaign)
        (named if ours else others).append(part)
    parts = [*named, *_folded(others, smallest)]
    tally = add(*(one.tally for one in parts))
    return Below(parts if parts or not cells else None, tally, above)


def _folded(parts: Sequence[Part], smallest: int) -> list[Part]:
    runs = runs_of([one.tally.members for one in parts], smallest)
    return [
        Part(
            tuple(unit for one in parts[run.begin : run.end] for unit in one.units),
            add(*(one.tally for one in parts[run.begin : run.end])),
        )
        for run in runs
    ]
