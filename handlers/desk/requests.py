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
from models.request import HelpRequest, RequestState, take_request
from models.rights import NotEntitled, Right, may


def see(ctx: Context, arguments: list[str]) -> None:
    _show(ctx, _request(ctx, arguments))


def take(ctx: Context, arguments: list[str]) -> None:
    """Of two who tap at once the first has it; what a former secretary had taken can be taken over."""
    request = _request(ctx, arguments)
    ctx.db.refresh(request, with_for_update=True)
    note = None
    if request.state == RequestState.OPEN or _is_orphaned(ctx, request):
        take_request(ctx.db, request, by_id=ctx.me.id, now=ctx.now)
        note = phrases.request_taken()
    elif request.state == RequestState.TAKEN and request.owner_id not in (None, ctx.me.id):
        note = phrases.request_taken_by(owner=_owner(ctx, request) or "?")
    _show(ctx, request, note)


def _request(ctx: Context, arguments: list[str]) -> HelpRequest:
    request = ctx.db.get(HelpRequest, number(arguments))
    if request is None:
        raise NotEntitled
    cell_of(ctx, request.cell_id, Right.SEE_DETAILS)
    return request


def _is_orphaned(ctx: Context, request: HelpRequest) -> bool:
    """Taken by somebody whose appointment has ended."""
    return (
        request.state == RequestState.TAKEN
        and request.owner_id is not None
        and not may(ctx.db, request.owner_id, Right.SEE_DESK, request.cell_id, now=ctx.now)
    )


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
    if request.state == RequestState.OPEN or _is_orphaned(ctx, request):
        buttons.insert(0, [Button(request_phrases.TAKE, f"request:take:{request.id}")])
    cell = cell_of(ctx, request.cell_id)
    shown = common.paragraph(note, words) if note else words
    ctx.show(shown, [*buttons, ways_back(cell, Pile.REQUESTS)])
