"""Coming home for a long holiday: whoever is away answers by two taps.

the message, or the absence's screen ──> homecoming:see ──┬─ homecoming:from:<row>:<day> ──> the form: which day again? ──> noted
                                                          ├─ homecoming:from:<row>       ──> the form: both days, tapped or typed
                                                          └─ homecoming:say:<row>:<plan>  unsure, stays ──> noted

What the desk sees of it, and how it answers for somebody by the same form: handlers/desk/absence/homecoming.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from pydantic import BaseModel

from handlers.away.away.door import agreed, back_to, own_away
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.conversation import AnyFlow
from handlers.ground.days import read_day
from handlers.ground.form import At, Day, Field, Form
from handlers.ground.routing import Tap
from models.away.away import Away
from models.away.homecoming import (
    Homecoming,
    HomePlan,
    answer_homecoming,
    answers,
    check_arrival,
    holiday_ahead,
    homecoming_of,
    likely_arrivals,
    likely_leavings,
    question,
    require_open,
)
from models.delivery.message import Button
from models.ground.clock import HOME_ZONE, local_date
from models.ground.days_off import Holiday
from models.ground.errors import Refused
from models.phrases import common
from models.phrases.away import homecoming as phrases
from models.phrases.text import Text

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
    row = _own(ctx, number_or_0(arguments))
    keep_plan(ctx, row, arguments)
    _show_noted(ctx, row)


def keep_plan(ctx: Context, row: Homecoming, arguments: Sequence[str]) -> None:
    """Keep the speaker's answer of one tap: `<row>:<plan>`."""
    said = "".join(arguments[1:2])
    if said not in (HomePlan.UNSURE, HomePlan.STAYS):
        raise Refused(common.gone_button())
    answer_homecoming(ctx.db, row, HomePlan(said), by_id=ctx.me.id, policies=ctx.policies, now=ctx.now)


class VisitDraft(BaseModel):
    row_id: int = 0
    comes_on: date | None = None
    leaves_on: date | None = None


Here = At[VisitDraft, Homecoming]


def begin(ctx: Context, arguments: list[str]) -> None:
    ask_visit(ctx, VISIT, _own(ctx, number_or_0(arguments)), arguments)


def ask_visit(
    ctx: Context, form: Form[VisitDraft, Homecoming], row: Homecoming, arguments: Sequence[str]
) -> None:
    """Ask for the day of leaving, or for both days where no day stands in the button: `<row>[:<day>]`."""
    draft, today = VisitDraft(row_id=row.id), local_date(ctx.now, HOME_ZONE)
    if not arguments[1:]:
        form.begin(ctx, draft)
        return
    draft.comes_on = read_day(arguments[1], near=today)
    holiday = holiday_ahead(ctx.policies, now=ctx.now)
    check_arrival(row, holiday, draft.comes_on, ctx.policies.away, today=today)
    form.begin(ctx, draft, "leaves_on")


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


def _keep_visit(at: Here) -> None:
    answer_homecoming(
        at.ctx.db,
        at.subject,
        HomePlan.COMES,
        by_id=at.ctx.me.id,
        visit=(at.draft.comes_on or at.today, at.draft.leaves_on or at.today),
        policies=at.ctx.policies,
        now=at.ctx.now,
    )


def _show_noted(ctx: Context, row: Homecoming) -> None:
    words = phrases.noted(plan=row.plan, comes_on=row.comes_on, leaves_on=row.leaves_on)
    away = ctx.db.get_one(Away, row.away_id)
    ctx.show(words, [[Button(phrases.CHANGE, f"homecoming:see:{away.id}")], back_to(away)])


def visit_form(
    room: str,
    right: Callable[[Context, int], Homecoming],
    show: Callable[[Context, Homecoming], None],
    who: Callable[[Here], str] = lambda at: "",
) -> Form[VisitDraft, Homecoming]:
    """Return the form of two days. `right`: gives the row by its id, or refuses; `who`: another person's name; `show`: at the end."""

    def save(at: Here) -> None:
        _keep_visit(at)
        show(at.ctx, at.subject)

    return Form(
        room,
        phrases.ANSWERING,
        VisitDraft,
        right=lambda ctx, draft: right(ctx, draft.row_id),
        fields=(
            Field(
                "comes_on",
                lambda at: phrases.when_comes(name=who(at)),
                Day(lambda at: at.today, _arrival, offers=_arrivals, in_row=2),
            ),
            Field(
                "leaves_on",
                lambda at: phrases.when_leaves(comes_on=at.draft.comes_on or at.today, name=who(at)),
                Day(lambda at: at.today, offers=_leavings, in_row=2),
                after=("comes_on",),
            ),
        ),
        save=save,
    )


VISIT = visit_form("homecoming_visit", _own, _show_noted)


TAPS: list[Tap] = [
    Tap("homecoming:see", agreed(see)),
    Tap("homecoming:from", agreed(begin)),
    Tap("homecoming:say", agreed(say)),
]

FLOWS: list[AnyFlow] = [VISIT]
