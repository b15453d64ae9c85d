"""Whose text is it, and may this person write or see it now: its author, or an office of the cell on their behalf."""

from __future__ import annotations

from handlers.entry.waking import require_trust
from handlers.ground.context import Context
from models.delivery.message import Button
from models.ground.clock import local_date
from models.ground.errors import Refused
from models.people.member import Member
from models.people.rights import NotEntitled, Right, require
from models.phrases import common
from models.phrases.year import review_writing as phrases
from models.year.review import WRITABLE, Campaign, Review, ReviewState
from models.year.review.acts import open_version
from models.year.review.consenting import require_readable, require_typing
from models.year.review.questions import is_unseen, reviews_of_member

_LISTED = 12
MENU = [Button(common.MENU, "nav:menu")]


def review_to_write(ctx: Context, review_id: int) -> Review:
    """Return what `writable_review` does. The desk leaves a row that it saw what was handed in."""
    review = writable_review(ctx, review_id)
    if not is_mine(ctx, review) and review.version:
        open_version(ctx.db, review, review.version, reader_id=ctx.me.id, now=ctx.now)
    return review


def writable_review(ctx: Context, review_id: int) -> Review:
    """Return the author's own review, or one of the cell's. What one may not see does not exist: raise NotEntitled.

    The desk does not see what its author has not handed in.
    """
    review = ctx.db.get(Review, review_id)
    if review is None:
        raise NotEntitled
    if not is_mine(ctx, review):
        require(ctx.db, ctx.me.id, Right.KEEP_REVIEWS, review.cell_id, now=ctx.now)
        asks = require_typing if is_writable(review) else require_readable
        asks(ctx.db, review, ctx.me.id)
        if is_unseen(ctx.db, review):
            raise Refused(phrases.being_written(name=author_of(ctx, review).full_name))
    else:
        _check_shown(ctx, review)
    return review


def own_review(ctx: Context, review_id: int) -> Review:
    review = ctx.db.get(Review, review_id)
    if review is None or not is_mine(ctx, review):
        raise NotEntitled
    _check_shown(ctx, review)
    return review


def _check_shown(ctx: Context, review: Review) -> None:
    """Require a trusted chat for a text that is not handed in: it is its author's alone."""
    if is_writable(review):
        require_trust(ctx)


def own_reviews(ctx: Context) -> list[tuple[Review, Campaign]]:
    """Return the member's own reviews, the newest first, without those that were neither asked for nor begun."""
    found = reviews_of_member(ctx.db, ctx.me.id)
    return [(one, c) for one, c in found if one.state != ReviewState.OUT or one.begun_at][:_LISTED]


def is_mine(ctx: Context, review: Review) -> bool:
    return review.member_id == ctx.me.id


def is_writable(review: Review) -> bool:
    return review.state in WRITABLE


def is_returned(review: Review) -> bool:
    return review.state == ReviewState.RETURNED


def year_of(ctx: Context, review: Review) -> int:
    return ctx.db.get_one(Campaign, review.campaign_id).year


def author_of(ctx: Context, review: Review) -> Member:
    return ctx.db.get_one(Member, review.member_id)


def is_late(ctx: Context, review: Review) -> bool:
    """Return whether the author's own midnight is past."""
    return review.deadline < local_date(ctx.now, author_of(ctx, review).zone)
