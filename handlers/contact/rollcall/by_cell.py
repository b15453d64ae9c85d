"""A roll call cell by cell, in counts, for whoever sees no names of all of them: page by page, or whole on a wide screen."""

from __future__ import annotations

from handlers.contact.rollcall.door import HOME, counted, smallest
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import page_of, turning
from models.contact.rollcall import SafetyGroup, figure_words, groups_by_cell
from models.delivery.message import Button, Table
from models.people.unit import Unit
from models.phrases.contact import rollcall as phrases
from models.phrases.people.unit import with_companions
from models.phrases.text import raw

_LINES = 8  # cells on one message
_ROWS = 300  # of a table on a wide screen


def show_cells(ctx: Context, arguments: list[str]) -> None:
    """Show a page of cells: rollcall:cells:roll call:page."""
    found = counted(ctx, arguments)
    call = found.call
    groups = groups_by_cell(ctx.db, call.id, found.below, smallest=smallest(ctx, found))
    page, pages = page_of(number_or_0(arguments, 1), len(groups), _LINES)
    words = phrases.by_cell(
        occasion=call.occasion,
        unit=ctx.db.get_one(Unit, call.unit_id).name,
        at=call.called_at,
        zone=ctx.zone,
        rows=[
            (
                one.carrier.name,
                with_companions(counts=figure_words(one.figure, smallest=0), names=one.others),
            )
            for one in groups[page * _LINES : (page + 1) * _LINES]
        ],
        count=len(groups),
        page=page,
        pages=pages,
        seen_at=ctx.now,
    )
    turn = turning(page, pages, lambda to: f"rollcall:cells:{call.id}:{to}")
    here = [Button(phrases.REFRESH, f"rollcall:cells:{call.id}:{page}")]
    back = [Button(phrases.OPEN_BOARD, f"rollcall:see:{call.id}")]
    ctx.show(words, [turn, here, back, HOME], table=_table(groups) if ctx.shows_tables else None)


def _table(groups: list[SafetyGroup]) -> Table | None:
    if not groups:
        return None
    rows = []
    for one in groups[:_ROWS]:
        figure = one.figure
        counts = (f"{figure.safe}/{figure.people}", figure.needs, figure.call, figure.owed)
        cells = with_companions(counts=raw(one.carrier.name), names=one.others)
        rows.append(("", (cells, *(raw(count) for count in counts))))
    return Table(phrases.CELLS_TABLE, rows)
