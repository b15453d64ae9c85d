"""What was done, to be read: by a cell's secretary about the cell, by an officer about the units below."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.desk.roster.common import MENU, cell_for
from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import turning
from handlers.ground.routing import Tap
from handlers.people.unit.door import unit_for
from models.delivery.message import Button
from models.people.member import names_of
from models.people.rights import Right
from models.people.trail import OF_OFFICE, Trail, TrailPage, done_below, done_in_cell
from models.people.unit import Unit, subtree_ids
from models.phrases import common
from models.phrases.people import trail as phrases
from models.phrases.text import Text

_LINES = 10  # on a screen


def see_cell(ctx: Context, arguments: list[str]) -> None:
    """Show all that was done in the cell, but for what lies between a member and whom they chose."""
    cell = cell_for(ctx, number(arguments), Right.EDIT_ROSTER)
    page = done_in_cell(ctx.db, cell.id, page=number_or_0(arguments, 1), size=_LINES)
    entries = _lines(ctx, page.rows, {}, name_all=True)
    _show(ctx, cell, entries, page, "trail:cell", back=f"office:see:{cell.id}")


def see_unit(ctx: Context, arguments: list[str]) -> None:
    """Show decisions, exports and changes of rights in the unit and below.

    Members are named where they held an office.
    """
    unit = unit_for(ctx, number(arguments), Right.CREATE_UNIT)
    below = subtree_ids(ctx.db, unit.id)
    page = done_below(ctx.db, below, page=number_or_0(arguments, 1), size=_LINES)
    units = {one: ctx.db.get_one(Unit, one).name for one in {row.unit_id for row in page.rows if row.unit_id}}
    entries = _lines(ctx, page.rows, units, name_all=False)
    _show(ctx, unit, entries, page, "trail:unit", back=f"unit:see:{unit.id}")


def _lines(ctx: Context, rows: Sequence[Trail], units: dict[int, str], *, name_all: bool) -> list[Text]:
    people = names_of(ctx.db, {one for row in rows for one in (row.by_id, row.member_id) if one})

    def about(row: Trail) -> str | None:
        known = name_all or row.act.partition(".")[0] in OF_OFFICE
        return people.get(row.member_id or 0) if known else None

    return [
        phrases.journal_line(
            by=people.get(row.by_id or 0),
            act=row.act,
            detail=row.detail,
            about=about(row),
            unit=units.get(row.unit_id or 0),
            at=row.at,
            zone=ctx.me.zone,
        )
        for row in rows
    ]


def _show(ctx: Context, unit: Unit, entries: list[Text], page: TrailPage, address: str, *, back: str) -> None:
    turn = turning(page.number, page.pages, lambda to: f"{address}:{unit.id}:{to}")
    words = phrases.journal(name=unit.name, entries=entries, page=page.number, pages=page.pages)
    ctx.show(words, [turn, [Button(common.BACK, back)], MENU])


TAPS: list[Tap] = [
    Tap("trail:cell", see_cell),
    Tap("trail:unit", see_unit),
]
