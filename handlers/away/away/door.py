"""Whose absence a button speaks of: the speaker's own, or nobody's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from handlers.ground.context import Context
from models.away.away import Away, Filing, away_of
from models.delivery.message import Button
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.people.member import Purpose, agrees
from models.phrases import common
from models.phrases.away import away_member as phrases
from models.phrases.common import paragraph
from models.phrases.people.member import consent_text
from models.trust.consent import terms_of

MENU = [Button(common.MENU, "nav:menu")]


def own_away(ctx: Context, away_id: int) -> Away:
    away = ctx.db.get(Away, away_id)
    if away is None or away.member_id != ctx.me.id:
        raise Refused(common.gone_button())
    return away


def own_filing(ctx: Context, filing_id: int) -> Filing:
    filing = ctx.db.get(Filing, filing_id)
    if filing is None or away_of(ctx.db, filing).member_id != ctx.me.id:
        raise Refused(common.gone_button())
    return filing


def today(ctx: Context) -> date:
    """Return the day in Vietnam, because papers bear Vietnam's date."""
    return local_date(ctx.now, HOME_ZONE)


def ask_to_agree(ctx: Context) -> None:
    """Ask for consent.

    Papers of an absence are kept only of people who agree to it; everybody sees their own papers in any case.
    """
    words = paragraph(
        phrases.needs_consent(),
        consent_text(purpose=Purpose.AWAY, office=False, terms=terms_of(ctx.policies)),
    )
    ctx.show(words, [[Button(phrases.AGREE, "away:agree")], MENU])


def agreed(run: Callable[[Context, list[str]], None]) -> Callable[[Context, list[str]], None]:
    """Make a tap that keeps something ask for consent first, where the member has not given it."""

    def first(ctx: Context, arguments: list[str]) -> None:
        if agrees(ctx.db, ctx.me.id, Purpose.AWAY):
            run(ctx, arguments)
        else:
            ask_to_agree(ctx)

    return first


def back_to(away: Away) -> list[Button]:
    return [Button(phrases.TO_AWAY, f"away:see:{away.id}"), *MENU]
