"""Whose notice is it, and what may this person see of it now.

who may announce in the unit's name   figures; of a cell: names, stop, correct, answers
an officer                            figures only, never names; none where few people would show through
secretary, deputy of a cell below     their own members' part of a notice from above, with names
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from models.delivery.message import Button
from models.desk.counts import view_of
from models.meeting.notice import Audience, Notice
from models.people.rights import NotEntitled, Right, may, units_where
from models.people.unit import Unit, UnitKind, ancestor_ids
from models.phrases import common
from models.phrases.meeting import notice as phrases

MENU = [Button(common.MENU, "nav:menu")]
HOME = [Button(phrases.ALL_NOTICES, "notice:home"), *MENU]


@dataclass(frozen=True, slots=True)
class Seen:
    """A notice as this person sees it. `cell_id`: the cell whose names they may see; None: no names.

    `part`: only the figures of that cell; `figures` False: too few people, nothing is counted for them.
    """

    notice: Notice
    unit: Unit
    is_own: bool
    cell_id: int | None
    part: int | None = None
    figures: bool = True


def seen(ctx: Context, arguments: list[str], index: int = 0) -> Seen:
    """Return the notice of a button. What does not exist and what one may not see get the same answer."""
    notice = ctx.db.get(Notice, number_or_0(arguments, index))
    if notice is None:
        raise NotEntitled
    unit = ctx.db.get_one(Unit, notice.unit_id)
    if may(ctx.db, ctx.me.id, Right.ANNOUNCE, unit.id, now=ctx.now):
        if unit.kind == UnitKind.CELL and may(ctx.db, ctx.me.id, Right.SEE_DESK, unit.id, now=ctx.now):
            return Seen(notice, unit, True, unit.id)
        return Seen(notice, unit, True, None, figures=may_count(ctx, unit, Audience(notice.audience)))
    for cell in cells_of(ctx):
        if unit.id in ancestor_ids(ctx.db, cell.id) and notice.audience != Audience.SECRETARIES:
            return Seen(notice, unit, False, cell.id, part=cell.id)
    raise NotEntitled


def own(ctx: Context, arguments: list[str]) -> Seen:
    """Return a notice that this person may stop and correct."""
    found = seen(ctx, arguments)
    if not found.is_own:
        raise NotEntitled
    return found


def cells_of(ctx: Context) -> list[Unit]:
    """Return the cells whose desk this person keeps."""
    return [
        unit
        for unit in units_where(ctx.db, ctx.me.id, Right.SEE_DESK, now=ctx.now)
        if unit.kind == UnitKind.CELL
    ]


def may_count(ctx: Context, unit: Unit, audience: Audience) -> bool:
    """Return whether somebody who sees no names may see figures of it: where they are shown in /dangbo, too."""
    if unit.kind == UnitKind.CELL and may(ctx.db, ctx.me.id, Right.SEE_DESK, unit.id, now=ctx.now):
        return True
    if audience is Audience.SECRETARIES:
        return True  # offices, not people away
    view = view_of(ctx.db, unit, ctx.me.id, ctx.policies.counts, now=ctx.now)
    return view.total is not None and not view.companions
