"""Whose review or campaign is it, and may this person have it now.

What does not exist and what one may not see get the same answer.
"""

from __future__ import annotations

from handlers.ground.context import Context
from models.delivery.message import Button
from models.desk.waiting import attend
from models.ground.clock import local_date
from models.people.member import Member
from models.people.rights import NotEntitled, Right, require, units_where
from models.people.unit import Unit, UnitKind
from models.phrases import common
from models.phrases.desk import desk as desk_words
from models.phrases.text import Text
from models.phrases.year import review as review_words, review_desk as phrases
from models.year.review import Campaign, CampaignLine, Review
from models.year.review.consenting import require_readable
from models.year.review.telling import Reached

KEEP, RUN = Right.KEEP_REVIEWS, Right.RUN_REVIEWS
Row = list[Button]
MENU = Button(common.MENU, "nav:menu")


def cells_kept(ctx: Context) -> list[Unit]:
    units = units_where(ctx.db, ctx.me.id, KEEP, now=ctx.now)
    return [unit for unit in units if unit.kind == UnitKind.CELL]


def cell_for(ctx: Context, cell_id: int, right: Right = KEEP) -> Unit:
    require(ctx.db, ctx.me.id, right, cell_id, now=ctx.now)
    attend(ctx.db, cell_id, now=ctx.now)
    return ctx.db.get_one(Unit, cell_id)


def campaign_for(ctx: Context, campaign_id: int, right: Right = KEEP) -> Campaign:
    campaign = ctx.db.get(Campaign, campaign_id)
    if campaign is None:
        raise NotEntitled
    cell_for(ctx, campaign.cell_id, right)
    return campaign


def review_for(ctx: Context, review_id: int, right: Right = KEEP) -> Review:
    review = ctx.db.get(Review, review_id)
    if review is None:
        raise NotEntitled
    cell_for(ctx, review.cell_id, right)
    return review


def readable_review(ctx: Context, review_id: int) -> Review:
    """Return a review that its author agrees to have read here."""
    review = review_for(ctx, review_id)
    require_readable(ctx.db, review, ctx.me.id)
    return review


def name_of(ctx: Context, member_id: int | None) -> str:
    member = ctx.db.get(Member, member_id) if member_id else None
    return member.full_name if member else ""


def is_late(ctx: Context, review: Review) -> bool:
    member = ctx.db.get_one(Member, review.member_id)
    return CampaignLine(review, member).is_late(local_date(ctx.now, member.zone))


def words_of_reach(how: Reached) -> Text:
    """Say what really happens with what was to be told."""
    return review_words.reached(now=how.now, opening=how.opening, morning=how.morning, names=how.not_here)


def to_campaign(campaign_id: int) -> Row:
    return [Button(phrases.TO_CAMPAIGN, f"campaign:see:{campaign_id}"), MENU]


def to_review(review: Review) -> Row:
    return [Button(phrases.TO_REVIEW, f"campaign:read:{review.id}"), MENU]


def to_desk(cell_id: int) -> Row:
    return [Button(desk_words.DESK, f"desk:open:{cell_id}"), MENU]


__all__ = [
    "KEEP",
    "MENU",
    "RUN",
    "Row",
    "campaign_for",
    "cell_for",
    "cells_kept",
    "is_late",
    "name_of",
    "readable_review",
    "review_for",
    "to_campaign",
    "to_desk",
    "to_review",
    "words_of_reach",
]
