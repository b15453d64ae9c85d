"""Who comes home for a long holiday, from when to when, and the evening on which most are there, for a meeting.

the register of those away ──> absence:home:<cell>:<page> ──┬─ meeting:new:<cell>:<day>:<clock>   the form that there is
                                                            └─ absence:homewho:<cell>:<page> ── a name ──> absence:homeask:<absence>
                                                               what they said on the phone: unsure, stays ──> absence:homesay
                                                                                            both days ──────> absence:homefrom
"""

from __future__ import annotations

from datetime import date

from handlers.away.homecoming import ask_visit, keep_plan, visit_form
from handlers.desk.absence.door import KEEP, away_for, to_desk
from handlers.desk.desk.door import cell_of
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import SCREEN, Row, paged
from models.away.away import Away
from models.away.homecoming import (
    Homecoming,
    answers,
    away_over_holiday,
    best_evening,
    family_evenings,
    holiday_ahead,
    homecoming_of,
    homecomings_in,
    require_open,
    speakers_for,
    visits_of,
)
from models.delivery.message import Button
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.people.member import Member
from models.people.rights import Right, may
from models.people.unit import Unit
from models.phrases import common
from models.phrases.away import homecoming as phrases
from models.phrases.desk import absence as absence_words
from models.phrases.text import LABEL, Text, fitting, raw

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
    speakers = speakers_for(ctx.db, (row for row, _ in shown))
    words = phrases.desk(
        feast=holiday.feast,
        first=holiday.first,
        last=holiday.last,
        comes=len(visits),
        of=len(found),
        rows=[_line(row, member, speakers.get(row.by_id or 0, "")) for row, member in shown],
        best=best,
    )
    call = [_call(ctx, cell, evening.on)] if evening is not None else []
    for_another = [Button(phrases.FOR_ANOTHER, f"absence:homewho:{cell.id}:0")]
    back = [Button(absence_words.TO_REGISTER, f"absence:register:{cell.id}:all:0"), *to_desk(cell.id)]
    ctx.show(words, [*call, for_another, turn, back])


def _line(row: Homecoming, member: Member, by: str) -> Text:
    if row.comes_on and row.leaves_on:
        return phrases.visit_line(
            name=member.full_name, comes_on=row.comes_on, leaves_on=row.leaves_on, by=by
        )
    return phrases.plan_line(name=member.full_name, plan=row.plan, by=by)


def _call(ctx: Context, cell: Unit, on: date) -> Row:
    """Lead to the form by which meetings are called, with the evening filled in, whoever may call one."""
    if not may(ctx.db, ctx.me.id, Right.CALL_MEETING, cell.id, now=ctx.now):
        return []
    clock = ctx.policies.away.homecoming_clock.replace(":", "h")
    return [Button(phrases.call_button(on=on), f"meeting:new:{cell.id}:{on.isoformat()}:{clock}")]


# --- answered for somebody ------------------------------------------------------------------------------------------


def see_whom(ctx: Context, arguments: list[str]) -> None:
    """Ask for whom: `<cell>:<page>`; of whom nothing is known first."""
    cell = cell_of(ctx, number_or_0(arguments), KEEP)
    found = away_over_holiday(ctx.db, cell.id, ctx.policies, now=ctx.now)
    others = [(away, member) for away, member, _ in found if member.id != ctx.me.id]
    to = f"absence:homewho:{cell.id}"
    part, turn = paged(others, number_or_0(arguments, 1), SCREEN - 2, lambda page: f"{to}:{page}")
    names = [
        [Button(raw(fitting(member.full_name, LABEL)), f"absence:homeask:{away.id}")] for away, member in part
    ]
    back = [_to_home(cell.id), *to_desk(cell.id)]
    ctx.show(phrases.whom_for(count=len(others)), [*names, turn, back])


def _to_home(cell_id: int) -> Button:
    return Button(phrases.DESK, f"absence:home:{cell_id}:0")


def ask_for(ctx: Context, arguments: list[str]) -> None:
    """Ask what the member said about the holiday ahead."""
    away = away_for(ctx, number_or_0(arguments))
    row = homecoming_of(ctx.db, away, ctx.policies, now=ctx.now)
    holiday, today = holiday_ahead(ctx.policies, now=ctx.now), local_date(ctx.now, HOME_ZONE)
    words = phrases.ask_for(
        name=_name(ctx, away),
        feast=holiday.feast,
        first=holiday.first,
        last=holiday.last,
        plan=row.plan,
        comes_on=row.comes_on,
        leaves_on=row.leaves_on,
        by=speakers_for(ctx.db, [row]).get(row.by_id or 0, ""),
    )
    ways = answers(row, holiday, today, comes="absence:homefrom", says="absence:homesay")
    ctx.show(words, [*ways, [_to_home(away.cell_id)]])


def _name(ctx: Context, away: Away) -> str:
    return ctx.db.get_one(Member, away.member_id).full_name


def _row_for(ctx: Context, row_id: int) -> Homecoming:
    """Return a row of the cell's that can be answered still, to whoever keeps its desk."""
    row = ctx.db.get(Homecoming, row_id)
    if row is None:
        raise Refused(common.gone_button())
    away_for(ctx, row.away_id)
    require_open(ctx.db, row, ctx.policies, now=ctx.now)
    return row


def say_for(ctx: Context, arguments: list[str]) -> None:
    """Keep an answer of one tap: not known yet, or not coming."""
    row = _row_for(ctx, number_or_0(arguments))
    keep_plan(ctx, row, arguments)
    _show_noted(ctx, row)


def begin_for(ctx: Context, arguments: list[str]) -> None:
    ask_visit(ctx, VISIT_FOR, _row_for(ctx, number_or_0(arguments)), arguments)


def _show_noted(ctx: Context, row: Homecoming) -> None:
    away = ctx.db.get_one(Away, row.away_id)
    words = phrases.noted_for(
        name=_name(ctx, away), plan=row.plan, comes_on=row.comes_on, leaves_on=row.leaves_on
    )
    another = [Button(phrases.ANOTHER_PERSON, f"absence:homewho:{away.cell_id}:0")]
    ctx.show(words, [another, [_to_home(away.cell_id), *to_desk(away.cell_id)]])


VISIT_FOR = visit_form(
    "absence_visit",
    _row_for,
    _show_noted,
    who=lambda at: _name(at.ctx, at.ctx.db.get_one(Away, at.subject.away_id)),
)
