"""A member's request for help, from the desk: read it, take it. Only the member says when it is settled."""

from __future__ import annotations

from handlers.context import Context
from handlers.desk.door import cell_of, number, ways_back
from models.desk import Pile
from models.member import Member, record_look
from models.outbox import Button
from models.phrases import common
from models.phrases import desk as phrases
from models.phrases import request as request_phrases
from models.phrases.text import Text
from models.request import HelpRequest, RequestSettled, RequestState, is_free, take_request
from models.rights import NotEntitled, Right


def see(ctx: Context, arguments: list[str]) -> None:
    _show(ctx, _request(ctx, arguments))


def take(ctx: Context, arguments: list[str]) -> None:
    """Of two who tap at once the first has it, and the other reads who that was."""
    request = _request(ctx, arguments)
    try:
        take_request(ctx.db, request, by_id=ctx.me.id, now=ctx.now)
    except RequestSettled as settled:
        _show(ctx, request, settled.phrase)
    else:
        _show(ctx, request, phrases.request_taken())


def _request(ctx: Context, arguments: list[str]) -> HelpRequest:
    request = ctx.db.get(HelpRequest, number(arguments))
    if request is None:
        raise NotEntitled
    cell_of(ctx, request.cell_id, Right.SEE_DETAILS)
    return request


def _owner(ctx: Context, request: HelpRequest) -> str | None:
    owner = ctx.db.get(Member, request.owner_id) if request.owner_id else None
    return owner.full_name if owner else None


def _show(ctx: Context, request: HelpRequest, note: Text | None = None) -> None:
    """The whole request; the look leaves a row."""
    record_look(ctx.db, reader_id=ctx.me.id, member_id=request.member_id, what="request.see", now=ctx.now)
    member = ctx.db.get_one(Member, request.member_id)
    words = phrases.request(
        name=member.full_name,
        text=request.text or "",
        opened_at=request.opened_at,
        zone=member.zone,
        owner=_owner(ctx, request),
        closed=request.state == RequestState.CLOSED,
    )
    buttons = [[Button(phrases.CALL, f"desk:call:m:{member.id}")]]
    if is_free(ctx.db, request, now=ctx.now):
        buttons.insert(0, [Button(request_phrases.TAKE, f"request:take:{request.id}")])
    cell = cell_of(ctx, request.cell_id)
    shown = common.paragraph(note, words) if note else words
    ctx.show(shown, [*buttons, ways_back(cell, Pile.REQUESTS)])
