"""Whose roll call is it, and what may this person see of it now.

who may announce in the unit's name     the figure, end it, take it back; of their own cell the names, too
secretary, deputy of a cell called on   their cell's part, with names
contact                                 those whom they keep in touch with
officer above the unit that called      the figure, no names
officer of a unit below it              the figure of the cells below their own, no names

Whoever has a figure and no names has it cell by cell, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from models.contact.rollcall import (
    RollCall,
    SafetyFigure,
    calls_on_any,
    calls_on_below,
    figures_by_cell,
    safety_figure,
)
from models.delivery.message import Button
from models.people.assignment import assigned_members
from models.people.rights import NotEntitled, Right, may, units_where
from models.people.unit import UnitKind, ancestor_ids
from models.phrases import common
from models.phrases.contact import rollcall as phrases

MENU = [Button(common.MENU, "nav:menu")]
HOME = [Button(phrases.ALL, "rollcall:home"), *MENU]


@dataclass(frozen=True, slots=True)
class SeenRollCall:
    """A roll call as this person sees it. `cells`, `members`: whose names they may read; none of both: figures only.

    `below`: the figure is of all who are called on below these units, in counts; none: it is of `cells`.
    """

    call: RollCall
    is_own: bool
    below: list[int]
    cells: list[int] = field(default_factory=list)
    members: list[int] = field(default_factory=list)

    @property
    def names(self) -> bool:
        return bool(self.cells or self.members)


def desk_cells(ctx: Context) -> list[int]:
    """Return the cells whose desk this person keeps."""
    units = units_where(ctx.db, ctx.me.id, Right.SEE_DESK, now=ctx.now)
    return [unit.id for unit in units if unit.kind == UnitKind.CELL]


def my_people(ctx: Context) -> list[int]:
    """Return the members with whom this person keeps in touch."""
    return [one.id for one in assigned_members(ctx.db, ctx.me.id, now=ctx.now)]


def committees(ctx: Context) -> list[int]:
    """Return the units above cells whose counts this person sees: their own, not what lies below."""
    units = units_where(ctx.db, ctx.me.id, Right.SEE_COUNTS, now=ctx.now)
    return [unit.id for unit in units if unit.kind != UnitKind.CELL]


def seen(ctx: Context, arguments: Sequence[str], index: int = 0) -> SeenRollCall:
    """Return the roll call of a button. What does not exist and what one may not see get the same answer."""
    call = ctx.db.get(RollCall, number_or_0(arguments, index))
    if call is None:
        raise NotEntitled
    cells, members = desk_cells(ctx), my_people(ctx)
    there = calls_on_any(ctx.db, call.id, cells=cells, members=members)
    if may(ctx.db, ctx.me.id, Right.ANNOUNCE, call.unit_id, now=ctx.now):
        below = [] if call.unit_id in cells else [call.unit_id]
        return SeenRollCall(call, True, below, cells if there else [], members if there else [])
    if there:
        return SeenRollCall(call, False, [], cells, members)
    if may(ctx.db, ctx.me.id, Right.SEE_COUNTS, call.unit_id, now=ctx.now):
        return SeenRollCall(call, False, [call.unit_id])
    between = [one for one in committees(ctx) if call.unit_id in ancestor_ids(ctx.db, one)]
    if calls_on_below(ctx.db, call.id, between):
        return SeenRollCall(call, False, between)
    raise NotEntitled


def own(ctx: Context, arguments: Sequence[str]) -> SeenRollCall:
    """Return a roll call that this person may end."""
    found = seen(ctx, arguments)
    if not found.is_own:
        raise NotEntitled
    return found


def named(ctx: Context, arguments: Sequence[str]) -> SeenRollCall:
    """Return a roll call of which this person may read names."""
    found = seen(ctx, arguments)
    if not found.names:
        raise NotEntitled
    return found


def counted(ctx: Context, arguments: Sequence[str]) -> SeenRollCall:
    """Return a roll call of which this person sees figures of several cells."""
    found = seen(ctx, arguments)
    if not found.below:
        raise NotEntitled
    return found


def figure_of(ctx: Context, found: SeenRollCall) -> SafetyFigure | None:
    """Count what this person sees, from the rows as they are now; None: a contact, who sees people and no figure."""
    if found.below:
        return safety_figure(ctx.db, found.call.id, above=True, below=found.below)
    if not found.cells:
        return None
    parts = figures_by_cell(ctx.db, found.call.id, found.cells).values()
    return sum(parts, SafetyFigure())


def smallest(ctx: Context, found: SeenRollCall) -> int:
    """Return the smallest group of which this person is shown numbers."""
    return ctx.policies.counts.smallest_group if found.below else 0
