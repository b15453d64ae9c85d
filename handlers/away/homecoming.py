"""Coming home for a long holiday: the member answers by two taps, the desk sees who comes and the evening on which most are there.

the message, or the absence's screen ──> homecoming:see ──┬─ homecoming:from:<row>:<day> ──> the form: which day again? ──> noted
                                                          ├─ homecoming:from:<row>       ──> the form: both days, tapped or typed
                                                          └─ homecoming:say:<row>:<plan>  unsure, stays ──> noted
the register of those away ──> homecoming:desk:<cell>:<page> ──> meeting:new:<cell>:<day>:<clock>   the form that there is
"""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from handlers.away.away.door import agreed, back_to, own_away
from handlers.desk.absence.door import KEEP, to_desk
from handlers.desk.desk.door import cell_of
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.conversation import AnyFlow
from handlers.ground.days import read_day
from handlers.ground.form import At, Day, Field, Form
from handlers.ground.paging import Row, paged
from handlers.ground.routing import Tap
from models.away.away import Away
from models.away.homecoming import (
    Homecoming,
    HomePlan,
    answer_homecoming,
    answers,
    best_evening,
    check_arrival,
    family_evenings,
    holiday_ahead,
    homecoming_of,
    homecomings_in,
    likely_arrivals,
    likely_leavings,
    question,
    require_open,
    visits_of,
)
from models.delivery.outbox import Button
from models.ground.clock import HOME_ZONE, local_date
from models.ground.days_off import Holiday
from models.ground.errors import Refused
from models.people.rights import Right, may
from models.people.unit import Unit
from models.phrases import common
from models.phrases.away import homecoming as phrases
from models.phrases.desk import absence as absence_words
from models.phrases.text import Text

_LINES = 15  # of names on a screen


# --- the member -----------------------------------------------------------------------------------------------------


def _own(ctx: Context, row_id: int) -> Homecoming:
    """Return a row of the speaker's own that can be answered still."""
    row = ctx.db.get(Homecoming, row_id)
    if row is None:
        raise Refused(common.gone_button())
    own_away(ctx, row.away_id)
    require_open(ctx.db, row, ctx.policies, now=ctx.now)
    return row


def see(ctx: Context, arguments: list[str]) -> None:
    """Ask about the holiday ahead, from the absence's own screen."""
    away = own_away(ctx, number_or_0(arguments))
    row = homecoming_of(ctx.db, away, ctx.policies, now=ctx.now)
    holiday, today = holiday_ahead(ctx.policies, now=ctx.now), local_date(ctx.now, HOME_ZONE)
    ctx.show(question(row, holiday), [*answers(row, holiday, today), back_to(away)[:1]])


def say(ctx: Context, arguments: list[str]) -> None:
    """Keep an answer of one tap: not known yet, or not coming. A second tap changes nothing."""
    row, said = _own(ctx, number_or_0(arguments)), "".join(arguments[1:2])
    if said not in (HomePlan.UNSURE, HomePlan.STAYS):
        raise Refused(common.gone_button())
    answer_homecoming(ctx.db, row, HomePlan(said), policies=ctx.policies, now=ctx.now)
    _show_noted(ctx, row)


class Draft(BaseModel):
    row_id: int = 0
    comes_on: date | None = None
    leaves_on: date | None = None


Here = At[Draft, Homecoming]


def begin(ctx: Context, arguments: list[str]) -> None:
    """Ask for the day of leaving, or for both days where no day stands in the button."""
    row, today = _own(ctx, number_or_0(arguments)), local_date(ctx.now, HOME_ZONE)
    draft = Draft(row_id=row.id)
    if not arguments[1:]:
        VISIT.begin(ctx, draft)
        return
    draft.comes_on = read_day(arguments[1], near=today)
    holiday = holiday_ahead(ctx.policies, now=ctx.now)
    check_arrival(row, holiday, draft.comes_on, ctx.policies.away, today=today)
    VISIT.begin(ctx, draft, "leaves_on")


def _holiday(at: Here) -> Holiday:
    return holiday_ahead(at.ctx.policies, now=at.ctx.now)


def _arrivals(at: Here) -> list[tuple[Text, date]]:
    return [(phrases.comes_button(on=one), one) for one in likely_arrivals(_holiday(at), at.today)]


def _arrival(at: Here, on: date) -> date:
    check_arrival(at.subject, _holiday(at), on, at.ctx.policies.away, today=at.today)
    return on


def _leavings(at: Here) -> list[tuple[Text, date]]:
    comes_on = at.draft.comes_on or at.today
    return [(phrases.leaves_button(on=one), one) for one in likely_leavings(_holiday(at), comes_on)]


def _save(at: Here) -> None:
    comes_on, leaves_on = at.draft.comes_on or at.today, at.draft.leaves_on or at.today
    answer_homecoming(
        at.ctx.db,
        at.subject,
        HomePlan.COMES,
        visit=(comes_on, leaves_on),
        policies=at.ctx.policies,
        now=at.ctx.now,
    )
    _show_noted(at.ctx, at.subject)


def _show_noted(ctx: Context, row: Homecoming) -> None:
    words = phrases.noted(plan=row.plan, comes_on=row.comes_on, leaves_on=row.leaves_on)
    away = ctx.db.get_one(Away, row.away_id)
    ctx.show(words, [[Button(phrases.CHANGE, f"homecoming:see:{away.id}")], back_to(away)])


VISIT: Form[Draft, Homecoming] = Form(
    "homecoming_visit",
    phrases.ANSWERING,
    Draft,
    right=lambda ctx, draft: _own(ctx, draft.row_id),
    fields=(
        Field(
            "comes_on",
            lambda at: phrases.when_comes(),
            Day(lambda at: at.today, _arrival, offers=_arrivals, in_row=2),
        ),
        Field(
            "leaves_on",
            lambda at: phrases.when_leaves(comes_on=at.draft.comes_on or at.today),
            Day(lambda at: at.today, offers=_leavings, in_row=2),
            after=("comes_on",),
        ),
    ),
    save=_save,
)


# --- the desk -------------------------------------------------------------------------------------------------------


def show_desk(ctx: Context, arguments: list[str]) -> None:
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
    shown, turn = paged(found, page, _LINES, lambda to: f"homecoming:desk:{cell.id}:{to}")
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


TAPS: list[Tap] = [
    Tap("homecoming:see", agreed(see)),
    Tap("homecoming:from", agreed(begin)),
    Tap("homecoming:say", agreed(say)),
    Tap("homecoming:desk", show_desk),
]

FLOWS: list[AnyFlow] = [VISIT]
