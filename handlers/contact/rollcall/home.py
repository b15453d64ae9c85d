"""/diemdanh: what waits for one's own answer, the recent roll calls that one may see, and the way to a new one."""

from __future__ import annotations

from datetime import datetime

from handlers.contact.rollcall import form
from handlers.contact.rollcall.door import MENU, committees, desk_cells, my_people
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import SCREEN, paged
from models.contact.rollcall import RollCall, last_drill, owed_by, roll_calls_seen
from models.delivery.message import Button
from models.ground.clock import local_date, same_day
from models.people.rights import Right, units_where
from models.people.unit import ancestor_ids
from models.phrases.contact import rollcall as phrases

_LISTED = 24


def start(ctx: Context) -> None:
    show_home(ctx, 0)


def tapped_home(ctx: Context, arguments: list[str]) -> None:
    show_home(ctx, number_or_0(arguments))


def show_home(ctx: Context, page: int) -> None:
    units = [unit.id for unit in units_where(ctx.db, ctx.me.id, Right.ANNOUNCE, now=ctx.now)]
    owed = owed_by(ctx.db, ctx.me.id)
    below = committees(ctx)
    calls = roll_calls_seen(
        ctx.db,
        units=units,
        cells=desk_cells(ctx),
        members=my_people(ctx),
        above={above for one in below for above in ancestor_ids(ctx.db, one)[1:]},
        below=below,
        limit=_LISTED,
    )
    drill = last_drill(ctx.db, units)
    rows = [
        *(_button(ctx, one, "rollcall:mine") for one in owed),
        *(_button(ctx, one, "rollcall:see") for one in calls),
    ]
    new = [Button(phrases.NEW, "rollcall:new")] if units else []
    part, turn = paged(rows, page, SCREEN - 2, lambda to: f"rollcall:home:{to}")
    words = phrases.home(
        owed=len(owed),
        count=len(calls),
        drill=drill,
        drill_due=drill is None or _is_long_ago(ctx, drill),
        zone=ctx.zone,
        may_call=bool(units),
    )
    ctx.show(words, [new, *([one] for one in part), turn, MENU])


def _is_long_ago(ctx: Context, drill: datetime) -> bool:
    months = ctx.policies.rollcall.drill_months
    return same_day(local_date(drill, ctx.zone), months) <= local_date(ctx.now, ctx.zone)


def _button(ctx: Context, call: RollCall, to: str) -> Button:
    if to == "rollcall:mine":
        return Button(phrases.ANSWER_IT, f"{to}:{call.id}")
    return Button(
        phrases.call_button(occasion=call.occasion, at=call.called_at, zone=ctx.zone), f"{to}:{call.id}"
    )


def new(ctx: Context, _arguments: list[str]) -> None:
    form.start(ctx)
