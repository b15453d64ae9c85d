"""Whose absence a button speaks of: the speaker's own, or nobody's."""

from __future__ import annotations

from datetime import date

from handlers.context import Context
from models.away import Away, Filing, away_of
from models.clock import HOME_ZONE, local_date
from models.errors import Refused
from models.marking import marked_secret
from models.outbox import Button
from models.phrases import away_member as phrases
from models.phrases import common

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
    """Papers bear Vietnam's date."""
    return local_date(ctx.now, HOME_ZONE)


def clean(text: str) -> str:
    """A free text that may be kept."""
    if marked_secret(text):
        raise Refused(common.secret_refused())
    return text


def back_to(away: Away) -> list[Button]:
    return [Button(phrases.TO_AWAY, f"away:see:{away.id}"), *MENU]
