"""Who comes home for a long holiday, from when to when, and the evening on which most are there, for a meeting.

the register of those away ──> absence:home:<cell>:<page> ──> meeting:new:<cell>:<day>:<clock>   the form that there is
"""

from __future__ import annotations

from datetime import date

from handlers.desk.absence.door import KEEP, to_desk
from handlers.desk.desk.door import cell_of
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import Row, paged
from models.away.homecoming import (
    best_evening,
    family_evenings,
    holiday_ahead,
    homecomings_in,
    visits_of,
)
from models.delivery.outbox import Button
from models.ground.clock import HOME_ZONE, local_date
from models.people.rights import Right, may
from models.people.unit import Unit
from models.phrases.away import homecoming as phrases
from models.phrases.desk import absence as absence_words

_LINES = 15  # of names on a screen


def see_homecomings(ctx: Context, arguments: list[str]) -> None:
    """Show who comes home from when to when, and the evening on which most are there: `<cell>:<page>`."""
    cell = cell_of(ctx, number_or_0(arguments), KEEP)
    holiday, policy = holiday_ahead(ctx.policies, now=ctx.now), ctx.policies.away
    found, today = homecomings_in(ctx.db, cell.id, holiday), local_date(ctx.now, HOME_ZONE)
    visits, families = visits_of(found), family_evenings(holiday, policy)
    evening = best_evening(visits, since=today, without=families)
    if evening is not None:
        best = phrases.best(on=evening.on, count=evening.count)
    else:
        best = phrases.no_evening(families=bool(families))
    page = number_or_0(arguments, 1)
    shown, turn = paged(found, page, _LINES, lambda to: f"absence:home:{cell.id}:{to}")
    lines = [
        phrases.visit_line(name=member.full_name, comes_on=row.comes_on, leaves_on=row.leaves_on)
        if row.comes_on and row.leaves_on
        else phrases.plan_line(name=member.full_name, plan=row.plan)
        for row, member in shown
    ]
    words = phrases.desk(
        feast=holiday.feast,
        first=holiday.first,
        last=holiday.last,
        comes=len(visits),
        of=len(found),
        rows=lines,
        best=best,
    )
    call = [_call(ctx, cell, evening.on)] if evening is not None else []
    back = [Button(absence_words.TO_REGISTER, f"absence:register:{cell.id}:all:0"), *to_desk(cell.id)]
    ctx.show(words, [*call, turn, back])


def _call(ctx: Context, cell: Unit, on: date) -> Row:
    """Lead to the form by which meetings are called, with the evening filled in, whoever may call one."""
    if not may(ctx.db, ctx.me.id, Right.CALL_MEETING, cell.id, now=ctx.now):
        return []
    clock = ctx.policies.away.homecoming_clock.replace(":", "h")
    return [Button(phrases.call_button(on=on), f"meeting:new:{cell.id}:{on.isoformat()}:{clock}")]
