"""What takes a tap or two: extend with nothing changed, withdraw, come back, tick, a mistake.

away:same ──> until when, by which rule ──> away:until ──> filed, the paper comes
away:withdraw ──> sure? ──> away:withdrawn
away:return ──> on which day ──> the checklist ── away:tick, away:resume
"""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import BaseModel

from handlers.away.away.documents import send_paper_if_possible
from handlers.away.away.door import back_to, own_away, own_filing, today
from handlers.away.away.overview import suggestion
from handlers.away.away.screens import show_away
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.days import read_day
from handlers.ground.form import At, Day, Field, Form
from models.away.away import (
    RUNNING,
    Away,
    AwayState,
    FilingAct,
    FilingKind,
    ReturnItem,
    away_of,
    begin_return,
    extend_away,
    extension_for,
    filing_under_way,
    resume_away,
    same_length,
    tick_return_item,
    withdraw_filing,
)
from models.delivery.message import Button
from models.ground.errors import Refused
from models.phrases import common
from models.phrases.away import away_member as phrases
from models.phrases.text import Text

_DAY = timedelta(days=1)


# --- nothing has changed --------------------------------------------------------------------------------------------


def offer_same(ctx: Context, arguments: list[str]) -> None:
    """Offer an extension by the same length, and show what the rules say to that."""
    away = own_away(ctx, number_or_0(arguments))
    if away.state not in RUNNING:
        show_away(ctx, away)
    elif filing_under_way(ctx.db, away.id) is not None:
        show_away(ctx, away, phrases.under_way_already())
    else:
        until = same_length(away, ctx.policies.away)
        words = suggestion(ctx, extension_for(away, until, None, ctx.policies))
        buttons = [
            [Button(phrases.same_button(until=until), f"away:until:{away.id}:{until.isoformat()}")],
            [Button(phrases.OTHER_DAY, f"away:extend:{away.id}")],
            back_to(away),
        ]
        ctx.show(phrases.same_again(until=until, suggestion=words), buttons)


def extend_same(ctx: Context, arguments: list[str]) -> None:
    """Extend the absence to the day that stands in the button.

    A button with another day than today's offer changes nothing.
    """
    away = own_away(ctx, number_or_0(arguments))
    until = same_length(away, ctx.policies.away)
    if filing_under_way(ctx.db, away.id) is not None:
        show_away(ctx, away, phrases.under_way_already())
    elif away.state not in RUNNING or read_day("".join(arguments[1:2]), near=today(ctx)) != until:
        show_away(ctx, away)
    else:
        filing = extend_away(ctx.db, away, FilingAct(ctx.me.id, ctx.policies, ctx.now))
        show_away(ctx, away, phrases.extension_filed(state=filing.state, until=filing.due_on))
        send_paper_if_possible(ctx, filing)


# --- withdraw -------------------------------------------------------------------------------------------------------


def ask_to_withdraw(ctx: Context, arguments: list[str]) -> None:
    filing = own_filing(ctx, number_or_0(arguments))
    away = away_of(ctx.db, filing)
    if not filing.is_under_way:
        show_away(ctx, away, phrases.done_already())
        return
    if filing.kind == FilingKind.APPLICATION:
        ways = [
            [Button(phrases.WITHDRAW_AT_HOME, f"away:withdrawn:{filing.id}:home")],
            [Button(phrases.WITHDRAW_STILL_AWAY, f"away:withdrawn:{filing.id}:there")],
        ]
    else:
        ways = [[Button(phrases.WITHDRAW_EXTENSION, f"away:withdrawn:{filing.id}:there")]]
    ctx.show(phrases.sure_to_withdraw(kind=filing.kind), [*ways, back_to(away)])


def withdraw(ctx: Context, arguments: list[str]) -> None:
    filing = own_filing(ctx, number_or_0(arguments))
    away = away_of(ctx.db, filing)
    if not filing.is_under_way:
        show_away(ctx, away, phrases.done_already())
        return
    at_home = arguments[1:] == ["home"]
    withdraw_filing(ctx.db, filing, FilingAct(ctx.me.id, ctx.policies, ctx.now), at_home=at_home)
    show_away(ctx, away, phrases.withdrawn())


# --- back -----------------------------------------------------------------------------------------------------------


class Draft(BaseModel):
    away_id: int = 0
    day: date | None = None


def ask_when_back(ctx: Context, arguments: list[str]) -> None:
    """Ask on which day the member came back.

    Where nothing is decided yet, ask whether to withdraw the application instead.
    """
    away = own_away(ctx, number_or_0(arguments))
    filing = filing_under_way(ctx.db, away.id)
    if away.state in RUNNING:
        BACK_HOME.begin(ctx, Draft(away_id=away.id))
    elif away.state == AwayState.WAITING and filing is not None:
        ask_to_withdraw(ctx, [str(filing.id)])
    else:
        show_away(ctx, away)


def _near_days(at: At[Draft, Away]) -> list[tuple[Text, date]]:
    offers = ((phrases.TODAY, at.today), (phrases.YESTERDAY, at.today - _DAY))
    return [(phrases.day_button(what=what, on=on), on) for what, on in offers]


def _begin_return(at: At[Draft, Away]) -> None:
    ctx, returned_on = at.ctx, at.draft.day or at.today
    begin_return(
        ctx.db, at.subject, returned_on=returned_on, by_id=ctx.me.id, policies=ctx.policies, now=ctx.now
    )
    show_away(ctx, at.subject, phrases.return_begun())


BACK_HOME: Form[Draft, Away] = Form(
    "away_back",
    phrases.RETURNING,
    Draft,
    right=lambda ctx, draft: own_away(ctx, draft.away_id),
    fields=(
        Field(
            "day",
            lambda at: phrases.when_back(),
            Day(
                # read from there, a day without a year is the latest such day
                lambda at: max(at.subject.begins_on, at.today - timedelta(days=364)),
                offers=_near_days,
            ),
        ),
    ),
    save=_begin_return,
)


def tick(ctx: Context, arguments: list[str]) -> None:
    """Tick a line of the member's own checklist."""
    item = ctx.db.get(ReturnItem, number_or_0(arguments))
    if item is None:
        raise Refused(common.gone_button())
    away = own_away(ctx, item.away_id)
    if item.done_at is not None or away.state != AwayState.RETURNING:
        show_away(ctx, away, phrases.done_already())
        return
    tick_return_item(ctx.db, item, FilingAct(by_id=ctx.me.id, policies=ctx.policies, now=ctx.now))
    show_away(ctx, away, phrases.reported())


def resume(ctx: Context, arguments: list[str]) -> None:
    """Take the return back, which was a mistake."""
    away = own_away(ctx, number_or_0(arguments))
    if away.state != AwayState.RETURNING:
        show_away(ctx, away)
        return
    resume_away(ctx.db, away, by_id=ctx.me.id, policies=ctx.policies, now=ctx.now)
    show_away(ctx, away, phrases.still_away())
