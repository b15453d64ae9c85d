"""Whose absence, paper or letter is it, and may this person have it now.

Ids in buttons may be old or forged: what does not exist and what one may not see get the same answer.
"""

from __future__ import annotations

from handlers.ground.context import Context
from handlers.ground.paging import Row
from models.away.away import Away, Filing, FilingState, ReturnItem, away_of, may_decide
from models.away.away.refusals import KeptOnPaper
from models.away.letter import Letter
from models.delivery.message import Button
from models.desk.waiting import attend
from models.ground.errors import Refused
from models.people.member import Member, Purpose, refuses
from models.people.rights import NotEntitled, Right, may, require
from models.phrases import common
from models.phrases.away import away as away_words
from models.phrases.desk import absence as phrases, desk as desk_words
from models.phrases.text import Text

KEEP = Right.KEEP_ABSENCES


class MovedOn(NotEntitled):
    """It was theirs to see; since then it has gone elsewhere. The form that was open about it ends."""

    def __init__(self, phrase: Text) -> None:
        Refused.__init__(self, phrase)


def away_for(ctx: Context, away_id: int) -> Away:
    """Return the absence, for secretary and deputy of the cell that keeps it."""
    away = ctx.db.get(Away, away_id)
    require(ctx.db, ctx.me.id, KEEP, away.cell_id if away else None, now=ctx.now)
    if away is None:
        raise NotEntitled
    require_shown(ctx, away)
    attend(ctx.db, away.cell_id, now=ctx.now)
    return away


def filing_for(ctx: Context, filing_id: int) -> Filing:
    filing = ctx.db.get(Filing, filing_id)
    require(ctx.db, ctx.me.id, KEEP, filing.cell_id if filing else None, now=ctx.now)
    if filing is None:
        raise NotEntitled
    require_shown(ctx, away_of(ctx.db, filing))
    attend(ctx.db, filing.cell_id, now=ctx.now)
    return filing


def filing_above(ctx: Context, filing_id: int) -> Filing:
    """Return a filing that was proposed to the committee or decided by it. Nothing that is still the cell's is one."""
    filing = ctx.db.get(Filing, filing_id)
    if filing is None or not may_decide(ctx.db, filing, ctx.me.id, ctx.policies.away, now=ctx.now):
        raise NotEntitled
    if filing.state != FilingState.PROPOSED and filing.decided_on is None:
        raise MovedOn(away_words.filing_settled(state=filing.state))
    require_shown(ctx, away_of(ctx.db, filing))
    return filing


def require_shown(ctx: Context, away: Away) -> None:
    """Refuse what its owner does not agree to have kept here."""
    if refuses(ctx.db, away.member_id, Purpose.AWAY):
        raise KeptOnPaper(ctx.db.get_one(Member, away.member_id).full_name)


def item_for(ctx: Context, item_id: int) -> ReturnItem:
    item = ctx.db.get(ReturnItem, item_id)
    if item is None:  # or the return was taken back
        raise MovedOn(common.gone_button())
    away_for(ctx, item.away_id)
    return item


def letter_for(ctx: Context, letter_id: int) -> Letter:
    letter = ctx.db.get(Letter, letter_id)
    if letter is None:
        raise NotEntitled
    away_for(ctx, letter.away_id)
    return letter


def member_for(ctx: Context, member_id: int, right: Right = KEEP) -> Member:
    """Return a member on the roster of one's cell."""
    member = ctx.db.get(Member, member_id)
    require(ctx.db, ctx.me.id, right, member.cell_id if member else None, now=ctx.now)
    if member is None or member.left_at is not None:
        raise NotEntitled
    return member


def keeps(ctx: Context, cell_id: int) -> bool:
    return may(ctx.db, ctx.me.id, KEEP, cell_id, now=ctx.now)


def to_away(away: Away) -> Row:
    """Return the ways back from what hangs on an absence."""
    return [Button(phrases.ABSENCE, f"absence:see:{away.id}"), *to_desk(away.cell_id)]


def to_desk(cell_id: int) -> Row:
    return [Button(desk_words.DESK, f"desk:open:{cell_id}")]
