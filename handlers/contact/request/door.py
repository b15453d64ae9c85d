"""Whose request is it, and may this person see it now. What one may not see does not exist: the answer is the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from handlers.entry.waking import is_held_back, require_trust
from handlers.ground.context import Context
from models.contact.request import HelpRequest, may_see_request
from models.delivery.message import Button
from models.people.member import Member
from models.people.namesakes import called
from models.people.rights import NotEntitled
from models.phrases import common

MENU = [Button(common.MENU, "nav:menu")]


def any_request(ctx: Context, request_id: int) -> HelpRequest:
    """Return the member's own request, or one that this person may see."""
    request = ctx.db.get(HelpRequest, request_id)
    if request is None or not (is_mine(ctx, request) or _visible(ctx, request)):
        raise NotEntitled
    return _shown(ctx, request)


def own_request(ctx: Context, request_id: int) -> HelpRequest:
    request = ctx.db.get(HelpRequest, request_id)
    if request is None or not is_mine(ctx, request):
        raise NotEntitled
    return _shown(ctx, request)


def visible_request(ctx: Context, request_id: int) -> HelpRequest:
    """Return another member's request that this person may see now."""
    request = ctx.db.get(HelpRequest, request_id)
    if request is None or not _visible(ctx, request):
        raise NotEntitled
    return _shown(ctx, request)


def not_held_back(ctx: Context, requests: Sequence[HelpRequest]) -> list[HelpRequest]:
    """Return the requests without the private ones, while this chat has yet to be trusted."""
    return [one for one in requests if not (one.is_private and is_held_back(ctx))]


def _shown(ctx: Context, request: HelpRequest) -> HelpRequest:
    if request.is_private:
        require_trust(ctx)
    return request


def is_mine(ctx: Context, request: HelpRequest) -> bool:
    return request.member_id == ctx.me.id


def _visible(ctx: Context, request: HelpRequest) -> bool:
    return may_see_request(ctx.db, ctx.me.id, request, now=ctx.now)


def name_of(ctx: Context, member_id: int | None) -> str:
    member = ctx.db.get(Member, member_id) if member_id else None
    return member.full_name if member else ""


def names_of(ctx: Context, member_ids: Iterable[int]) -> dict[int, str]:
    """Return what these people are called beside each other, by their id. They may be of several cells."""
    return called(ctx.db, ctx.db.scalars(select(Member).where(Member.id.in_(list(member_ids)))))
