"""Whose unit is it, and may this person do that with it now."""

from __future__ import annotations

from handlers.ground.context import Context
from models.desk.office import current_stand_in
from models.ground.errors import Refused
from models.people.rights import Right, Role, holders, require
from models.people.unit import Unit, UnitKind
from models.phrases.people import unit as phrases


def unit_for(ctx: Context, unit_id: int, right: Right) -> Unit:
    """Return the unit, if the speaker has `right` over it at this moment."""
    unit = ctx.db.get(Unit, unit_id)
    require(ctx.db, ctx.me.id, right, unit.id if unit else None, now=ctx.now)
    if unit is None or unit.closed_at is not None:
        raise Refused(phrases.gone())
    return unit


def cell_for(ctx: Context, cell_id: int, right: Right) -> Unit:
    cell = unit_for(ctx, cell_id, right)
    if cell.kind != UnitKind.CELL:
        raise Refused(phrases.gone())
    return cell


def secretaries_of(ctx: Context, cell: Unit, *, asleep: bool = False) -> list[int]:
    """Return the ids of the secretaries, without whoever only stands in. `asleep`: also those whose office sleeps."""
    stand_in = current_stand_in(ctx.db, cell.id, now=ctx.now)
    held = holders(ctx.db, cell.id, Role.SECRETARY, now=ctx.now, asleep=asleep)
    return [one for one in held if stand_in is None or one != stand_in.officer_id]
