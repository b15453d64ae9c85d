"""The member's side: what I asked for, how it stands, and my yes or not yet. Only the member closes a request."""

from __future__ import annotations

from handlers.contact.request import door, form
from handlers.contact.request.door import MENU, own_request
from handlers.contact.request.screens import files_button, in_words, standing_of
from handlers.contact.request.writing import corrected
from handlers.entry.waking import held_back_words, is_held_back
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import page_of, turning
from models.contact.request import (
    Did,
    HelpRequest,
    RequestState,
    change_request,
    close_request,
    requests_for,
    requests_of_member,
    said_in,
    say_not_yet,
    those_in_charge,
    ways_to,
)
from models.delivery.conversation import conversation_in
from models.delivery.message import Button
from models.ground.errors import Refused
from models.phrases import common
from models.phrases.contact import request as phrases
from models.phrases.text import Text, fitted

_SHOWN = 2  # on the first screen; the rest in a list
_PAGE = 5


def start(ctx: Context) -> None:
    """Answer /hotro: begin the form at once, unless there is something to look at."""
    others = requests_for(ctx.db, ctx.me.id, now=ctx.now)
    if others or requests_of_member(ctx.db, ctx.me.id) or requests_of_member(ctx.db, ctx.me.id, closed=True):
        show_home(ctx)
    else:
        begin_new(ctx)


def show_home(ctx: Context) -> None:
    every = requests_of_member(ctx.db, ctx.me.id)
    own = door.not_held_back(ctx, every)
    others = requests_for(ctx.db, ctx.me.id, now=ctx.now)
    rows = [[_own_button(ctx, one)] for one in own[:_SHOWN]]
    if len(own) > _SHOWN:
        rows.append([Button(phrases.all_mine(count=len(own)), "request:all:0")])
    if others:
        rows.append([Button(phrases.FOR_ME, "request:forme")])
    if ctx.me.cell_id is not None:
        begun = conversation_in(ctx.db, ctx.address, form.FLOW.room) is not None
        rows.append([Button(common.CONTINUE if begun else phrases.NEW, "request:new")])
    if requests_of_member(ctx.db, ctx.me.id, closed=True):
        rows.append([Button(phrases.DONE_ONES, "request:done")])
    rows += [[Button(phrases.NUMBERS, "request:numbers")], MENU]
    held_back = len(own) < len(every)
    words = phrases.home(open_=len(own), for_me=len(others), held_back=held_back)
    if held_back:
        words = common.paragraph(words, held_back_words(ctx))
    ctx.show(words, rows)


def _own_button(ctx: Context, request: HelpRequest) -> Button:
    words = phrases.own_line(topic=request.topic, standing=standing_of(ctx, request))
    return Button(fitted(words), f"request:own:{request.id}")


def tapped_home(ctx: Context, _arguments: list[str]) -> None:
    show_home(ctx)


def tapped_new(ctx: Context, _arguments: list[str]) -> None:
    begin_new(ctx)


def begin_new(ctx: Context) -> None:
    if ctx.me.cell_id is None:
        raise Refused(phrases.in_no_cell())
    form.FLOW.begin(ctx, form.Draft(), resume=True)


def show_all(ctx: Context, arguments: list[str]) -> None:
    _list(ctx, "all", phrases.MINE, closed=False, page=number_or_0(arguments))


def show_done(ctx: Context, arguments: list[str]) -> None:
    _list(ctx, "done", phrases.DONE_ONES, closed=True, page=number_or_0(arguments))


def _list(ctx: Context, verb: str, head: Text, *, closed: bool, page: int) -> None:
    found = door.not_held_back(ctx, requests_of_member(ctx.db, ctx.me.id, closed=closed))
    page, pages = page_of(page, len(found), _PAGE)
    rows = [[_own_button(ctx, one)] for one in found[page * _PAGE : (page + 1) * _PAGE]]
    turn = turning(page, pages, lambda to: f"request:{verb}:{to}")
    back = (
        [Button(phrases.MINE, "request:home"), *MENU] if not turn else [Button(phrases.MINE, "request:home")]
    )
    ctx.show(head, [*rows, *([turn] if turn else []), back])


def see_own(ctx: Context, arguments: list[str]) -> None:
    show_own(ctx, own_request(ctx, number_or_0(arguments)))


def show_own(ctx: Context, request: HelpRequest, note: Text | None = None) -> None:
    ctx.db.flush()
    words = in_words(ctx, request)
    rows = [[button] for button in [*_ways_on(request), *files_button(ctx, request)]]
    rows.append([Button(phrases.MINE, "request:home"), *MENU])
    ctx.show(common.paragraph(note, words) if note else words, rows)


def _ways_on(request: HelpRequest) -> list[Button]:
    say = f"request:say:{request.id}"
    if not request.is_open:
        answered = request.answered_at is not None and not request.is_help
        return [Button(phrases.WRITE_AGAIN, say)] if answered else []
    buttons = [Button(phrases.WRITE, say)]
    buttons.append(Button(phrases.SETTLED[request.kind], f"request:close:{request.id}"))
    if request.state == RequestState.PROPOSED:
        buttons.append(Button(phrases.NOT_YET, f"request:notyet:{request.id}"))
    if request.is_private:
        buttons.append(Button(phrases.SHARE, f"request:share:{request.id}"))
    return buttons


def take_later_edit(ctx: Context) -> bool:
    """Take a changed message that was sent as (a part of) a request: what was sent follows."""
    message_id = ctx.incoming.message_id or 0
    # the message is looked for among what was sent: no draft holds it any more
    request = said_in(ctx.db, ctx.me.id, message_id)
    if request is None or (request.is_private and is_held_back(ctx)):
        return False
    text = ctx.incoming.text
    changed = corrected(request.text or "", request.slips or "", message_id=message_id, now_says=text)
    if changed is None:
        return False
    change_request(ctx.db, request, changed[0], slips=changed[1], now=ctx.now)
    told = ways_to(ctx.db, request, Did.CHANGED, those_in_charge(ctx.db, request, now=ctx.now), now=ctx.now)
    ctx.say(phrases.edit_of_sent_taken(ways_=told, zone=ctx.zone))
    return True


def close(ctx: Context, arguments: list[str]) -> None:
    request = ctx.db.get(HelpRequest, number_or_0(arguments))
    if request is None or not door.is_mine(ctx, request):
        raise Refused(common.gone_button())
    # a private request is not closed from a chat that has yet to be trusted
    own_request(ctx, request.id)
    close_request(ctx.db, request, now=ctx.now)
    ctx.show(phrases.thanks(kind=request.kind), [[Button(phrases.MINE, "request:home")], MENU])


def not_yet(ctx: Context, arguments: list[str]) -> None:
    request = own_request(ctx, number_or_0(arguments))
    # before the act, which changes it: a second tap has nothing to announce
    awaited = request.state == RequestState.PROPOSED
    say_not_yet(ctx.db, request, policy=ctx.policies.request, now=ctx.now)
    show_own(ctx, request, phrases.goes_on() if awaited else None)
