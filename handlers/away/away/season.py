"""As last year: the same absence with new dates, by one tap.

/khaibao in that month, or the message of that month ──> away:season ──┬─ away:again ──> filed, the paper comes
                                                                        ├─ away:dates ──> the form, all but the days known
                                                                        └─ away:new   ──> the form, empty
"""

from __future__ import annotations

from datetime import timedelta

from handlers.away.away.documents import send_paper_if_possible
from handlers.away.away.door import MENU, own_away
from handlers.away.away.overview import suggestion
from handlers.away.away.screens import show_away
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.days import read_day
from handlers.people.whereabouts import place_name
from models.away.away import (
    Away,
    FilingAct,
    Season,
    SeasonFiled,
    SeasonOver,
    away_of,
    file_season,
    open_away,
    season_again,
)
from models.delivery.message import Button
from models.ground.clock import HOME_ZONE, local_date
from models.people.unit import Unit
from models.phrases.away import away_member as words, season as phrases


def see(ctx: Context, arguments: list[str]) -> None:
    """Show what one tap files; where that has been filed, the absence itself."""
    last = own_away(ctx, number_or_0(arguments))
    season = season_again(ctx.db, last, ctx.policies, now=ctx.now)
    running = open_away(ctx.db, ctx.me.id)
    if season is not None:
        show_season(ctx, season)
    elif running is not None:
        show_away(ctx, running)
    else:
        raise SeasonOver


def show_season(ctx: Context, season: Season) -> None:
    last = season.last
    back_on = last.returned_on or last.due_on
    ended_on = max(back_on - timedelta(days=1), last.begins_on)
    cell_id = ctx.me.cell_id
    moved = cell_id is not None and cell_id != last.cell_id
    shown = phrases.screen(
        place=place_name(last.place_code),
        was=(last.begins_on, ended_on),
        planned=last.ends_on if last.ends_on != ended_on else None,
        begins_on=season.begins_on,
        ends_on=season.ends_on,
        route_was=last.route,
        route=season.proposal.route,
        cell=ctx.db.get_one(Unit, cell_id).name if moved else None,
        suggestion=suggestion(ctx, season.proposal),
    )
    ctx.show(
        shown,
        [
            [Button(phrases.FILE, f"away:again:{last.id}:{season.begins_on.isoformat()}")],
            [Button(phrases.OTHER_DATES, f"away:dates:{last.id}")],
            [Button(phrases.AFRESH, "away:new")],
            MENU,
        ],
    )


def file(ctx: Context, arguments: list[str]) -> None:
    """File it. Tapped again, or filed already by anybody: what there is is shown, and nothing is filed."""
    last = own_away(ctx, number_or_0(arguments))
    today = local_date(ctx.now, HOME_ZONE)
    shown = read_day("".join(arguments[1:2]), near=today)
    try:
        filing = file_season(ctx.db, last, FilingAct(ctx.me.id, ctx.policies, ctx.now), begins_on=shown)
    except SeasonFiled as filed:
        show_away(ctx, ctx.db.get_one(Away, filed.away_id), filed.phrase)
    except SeasonOver:
        season = season_again(ctx.db, last, ctx.policies, now=ctx.now)
        if season is None:
            raise
        show_season(ctx, season)  # a day later: the dates are shown anew
    else:
        show_away(ctx, away_of(ctx.db, filing), words.filed(state=filing.state))
        send_paper_if_possible(ctx, filing)
