"""A roll call cell by cell, for somebody who sees no names: counts, and never of fewer people than the smallest group.

    cells below, in order   A 2   B 9   C 0   D 3   E 4       the order is the tree's: a committee's cells stand together
    runs of five or more    [ A + B ] [ C + D + E ]           each is counted as one, and shown at its carrier

Every cell with a roster has its place in a run, whether or not somebody of it is called on: a cell that is left out would say
that nobody is there. Joining by order: docs/decisions/0016. Who said no to being counted above is in no figure.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.rollcall.people import counted_above
from models.contact.rollcall.questions import FIGURE, SafetyFigure, in_units
from models.contact.rollcall.rows import RollCallPerson
from models.ground.folding import runs_of
from models.people.member import Member
from models.people.unit import Unit, closure


@dataclass(frozen=True, slots=True)
class SafetyGroup:
    """Cells that are counted as one. `others`: the names of those beside the carrier."""

    carrier: Unit
    others: tuple[str, ...]
    figure: SafetyFigure


def groups_by_cell(
    db: Session, roll_call_id: int, below: Collection[int], *, smallest: int
) -> list[SafetyGroup]:
    """Count cell by cell below these units, from the rows as they are now: who needs something first, then who is unknown.

    Empty where all together are fewer than `smallest`.
    """
    cells = _cells(db, below)
    figures = _figures(db, roll_call_id, below)
    found = [figures.get(cell.id, SafetyFigure()) for cell in cells]
    groups = [
        SafetyGroup(
            cells[run.carrier],
            tuple(cells[at].name for at in range(run.begin, run.end) if at != run.carrier),
            sum(found[run.begin : run.end], SafetyFigure()),
        )
        for run in runs_of([one.people for one in found], smallest)
    ]
    return sorted(groups, key=lambda one: (-one.figure.needs - one.figure.call, -one.figure.owed))


def _cells(db: Session, below: Collection[int]) -> list[Unit]:
    """Those with somebody on their roster, in the order of the tree."""
    ids = select(closure(Unit.id.in_(below)).c.id)
    units = {one.id: one for one in db.scalars(select(Unit).where(Unit.id.in_(ids)))}
    has_roster = select(Member.cell_id).where(Member.left_at.is_(None), Member.cell_id.in_(ids)).distinct()

    def path(unit: Unit) -> tuple[tuple[str, int], ...]:
        above = units.get(unit.parent_id or 0)
        return (*(path(above) if above else ()), (unit.folded, unit.id))

    return sorted((units[one] for one in db.scalars(has_roster) if one in units), key=path)


def _figures(db: Session, roll_call_id: int, below: Collection[int]) -> dict[int, SafetyFigure]:
    rows = (
        select(RollCallPerson.cell_id, *FIGURE)
        .join(Member, Member.id == RollCallPerson.member_id)
        .where(RollCallPerson.roll_call_id == roll_call_id, in_units(below), counted_above())
        .group_by(RollCallPerson.cell_id)
    )
    return {cell: SafetyFigure(*map(int, figure)) for cell, *figure in db.execute(rows)}
