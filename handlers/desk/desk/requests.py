"""A member's request for help, from the helpers' side. Only the member says when it is settled.

    see ──┬─ take (a day is promised) ──┬─ another day     write     ask whether it is settled
          │                             └─ hand to another
          └─ for those without a desk: the list of what waits for them

Whoever the member chose, an officer to whom it has risen, a contact to whom it was handed come through the same door;
to everybody else a private request does not exist.
"""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import BaseModel

from handlers.contact.request.door import (
    MENU,
    any_request,
    is_mine,
    name_of,
    names_of,
    not_held_back,
    visible_request,
)
from handlers.contact.request.mine import show_own
from handlers.contact.request.screens import files_button, in_words
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.form import At, Day, Field, Form, Offer
from handlers.ground.paging import SCREEN, page_of, paged, turning
from models.contact.request import (
    Did,
    HelpRequest,
    RequestKind,
    RequestSettled,
    RequestState,
    hand_request,
    is_free,
    mark_read,
    may_own,
    promise_request,
    propose_closing,
    requests_for,
    seers,
    take_request,
    ways_to,
)
from models.delivery.message import Button
from models.ground.clock import HOME_ZONE, local_date
from models.people.member import record_look
from models.people.rights import Right, Role, may
from models.phrases import common
from models.phrases.contact import request as phrases
from models.phrases.desk import desk as desk_phrases
from models.phrases.text import Text, fitted

_PAGE = 5


def see(ctx: Context, arguments: list[str]) -> None:
    request = any_request(ctx, number_or_0(arguments))
    if is_mine(ctx, request):
        show_own(ctx, request)
    else:
        show_request(ctx, request)


def show_request(ctx: Context, request: HelpRequest, note: Text | None = None) -> None:
    """Show the whole request. The look leaves a row."""
    ctx.db.flush()
    record_look(ctx.db, reader_id=ctx.me.id, member_id=request.member_id, what="request.see", now=ctx.now)
    words = in_words(ctx, request)
    rows = [[button] for button in [*_ways_on(ctx, request), *files_button(ctx, request)]]
    ctx.show(common.paragraph(note, words) if note else words, [*rows, _ways_back(ctx, request)])


def _ways_on(ctx: Context, request: HelpRequest) -> list[Button]:
    """The first is what is most often meant."""
    if not request.is_open:
        return []
    phone = _phone(ctx, request)
    if request.kind == RequestKind.WORD:
        read = Button(phrases.READ, f"request:read:{request.id}")
        return [Button(phrases.ANSWER, f"request:answer:{request.id}"), read, *phone]
    is_owner = request.owner_id == ctx.me.id
    free = is_free(ctx.db, request, now=ctx.now) and not is_owner
    buttons = [Button(phrases.TAKE, f"request:take:{request.id}")] if free else []
    if request.kind == RequestKind.PETITION:
        buttons.insert(0, Button(phrases.ANSWER_IT, f"request:answer:{request.id}"))
        buttons.append(Button(phrases.TALK, f"request:say:{request.id}"))
    else:
        buttons.append(Button(phrases.WRITE, f"request:say:{request.id}"))
    buttons += phone
    if is_owner and request.is_help:
        buttons.append(Button(phrases.PROMISE, f"request:promise:{request.id}"))
    if is_owner and request.state == RequestState.TAKEN and request.is_help:
        buttons.append(Button(phrases.PROPOSE, f"request:propose:{request.id}"))
    if seers(ctx.db, request, now=ctx.now).get(ctx.me.id) == Role.OFFICER:
        buttons.append(Button(phrases.NOTE, f"request:note:{request.id}"))
    if (is_owner or free) and len(may_own(ctx.db, request, now=ctx.now)) > 1:
        buttons.append(Button(phrases.HAND, f"request:hand:{request.id}"))
    return buttons


def _phone(ctx: Context, request: HelpRequest) -> list[Button]:
    if may(ctx.db, ctx.me.id, Right.SEE_CARD, request.cell_id, now=ctx.now):
        return [Button(desk_phrases.CALL, f"desk:call:m:{request.member_id}")]
    return []


def _ways_back(ctx: Context, request: HelpRequest) -> list[Button]:
    if may(ctx.db, ctx.me.id, Right.SEE_DESK, request.cell_id, now=ctx.now):
        return [Button(desk_phrases.DESK, f"desk:open:{request.cell_id}"), *MENU]
    return [Button(phrases.FOR_ME, "request:forme"), *MENU]


def list_for_me(ctx: Context, arguments: list[str]) -> None:
    waiting = requests_for(ctx.db, ctx.me.id, now=ctx.now)
    shown = not_held_back(ctx, waiting)
    page, pages = page_of(number_or_0(arguments), len(shown), _PAGE)
    names = names_of(ctx, {one.member_id for one in shown})
    rows = [
        [
            Button(
                fitted(phrases.for_me_line(name=names[one.member_id], topic=one.topic, kind=one.kind)),
                f"request:see:{one.id}",
            )
        ]
        for one in shown[page * _PAGE : (page + 1) * _PAGE]
    ]
    turn = turning(page, pages, lambda to: f"request:forme:{to}")
    ctx.show(phrases.for_me(count=len(waiting)), [*rows, *([turn] if turn else []), MENU])


# --- what is done ---------------------------------------------------------------------------------------------------


def take(ctx: Context, arguments: list[str]) -> None:
    """Take the request on. Of two who tap at once the first has it, and the other reads who that was."""
    request = visible_request(ctx, number_or_0(arguments))
    try:
        take_request(ctx.db, request, by_id=ctx.me.id, policy=ctx.policies.request, now=ctx.now)
    except RequestSettled as settled:
        show_request(ctx, request, settled.phrase)
    else:
        on = request.promised_on or local_date(ctx.now, HOME_ZONE)
        show_request(ctx, request, phrases.took(on=on, ways_=_to_member(ctx, request, Did.TAKEN)))


def _to_member(ctx: Context, request: HelpRequest, did: Did) -> list[phrases.Way]:
    """When the member reads of it."""
    return ways_to(ctx.db, request, did, [request.member_id], now=ctx.now)


def read(ctx: Context, arguments: list[str]) -> None:
    request = visible_request(ctx, number_or_0(arguments))
    mark_read(ctx.db, request, by_id=ctx.me.id, now=ctx.now)
    show_request(ctx, request, phrases.read_noted(ways_=_to_member(ctx, request, Did.READ)))


def propose(ctx: Context, arguments: list[str]) -> None:
    request = visible_request(ctx, number_or_0(arguments))
    propose_closing(ctx.db, request, by_id=ctx.me.id, policy=ctx.policies.request, now=ctx.now)
    show_request(ctx, request, phrases.member_asked(ways_=_to_member(ctx, request, Did.PROPOSED)))


def choose_whom(ctx: Context, arguments: list[str]) -> None:
    request = visible_request(ctx, number_or_0(arguments))
    others = {
        one: role
        for one, role in may_own(ctx.db, request, now=ctx.now).items()
        if one not in (ctx.me.id, request.owner_id)
    }
    names = names_of(ctx, others)
    back = [Button(phrases.SEE, f"request:see:{request.id}"), *MENU]
    shown, turn = paged(
        list(others.items()),
        number_or_0(arguments, 1),
        SCREEN - len(back),
        lambda to: f"request:hand:{request.id}:{to}",
    )
    rows = [
        [Button(fitted(phrases.viewer(name=names[one], role=role, chosen=False)), _to(request, one))]
        for one, role in shown
    ]
    words = phrases.to_whom() if others else phrases.nobody_to_choose()
    ctx.show(words, [*rows, turn, back])


def _to(request: HelpRequest, person_id: int) -> str:
    return f"request:handto:{request.id}:{person_id}"


def hand_to(ctx: Context, arguments: list[str]) -> None:
    """Hand the request to somebody else. The giver may see no more of it then, such as an officer below its level."""
    request, to_id = visible_request(ctx, number_or_0(arguments)), number_or_0(arguments, 1)
    hand_request(ctx.db, request, by_id=ctx.me.id, to_id=to_id, policy=ctx.policies.request, now=ctx.now)
    told = ways_to(ctx.db, request, Did.HANDED, [to_id, request.member_id], now=ctx.now)
    words = phrases.handed_on(name=name_of(ctx, to_id), ways_=told)
    ctx.show(words, [[Button(phrases.SEE, f"request:see:{request.id}")], _ways_back(ctx, request)])


# --- another day ----------------------------------------------------------------------------------------------------


class Draft(BaseModel):
    request_id: int = 0
    day: date | None = None


_DAYS = {0: phrases.TODAY, 1: phrases.TOMORROW, 3: phrases.IN_THREE, 7: phrases.IN_SEVEN}


def begin_promise(ctx: Context, arguments: list[str]) -> None:
    request = visible_request(ctx, number_or_0(arguments))
    if not request.is_open or request.owner_id != ctx.me.id:
        show_request(ctx, request)
        return
    PROMISE.begin(ctx, Draft(request_id=request.id))


def _promise(at: At[Draft, HelpRequest]) -> None:
    ctx, request, day = at.ctx, at.subject, at.draft.day or at.today
    promise_request(ctx.db, request, by_id=ctx.me.id, on=day, policy=ctx.policies.request, now=ctx.now)
    told = _to_member(ctx, request, Did.PROMISED)
    show_request(ctx, request, phrases.day_promised(on=day, ways_=told))


PROMISE: Form[Draft, HelpRequest] = Form(
    "request_promise",
    phrases.PROMISING,
    Draft,
    right=lambda ctx, draft: visible_request(ctx, draft.request_id),
    fields=(
        Field(
            "day",
            lambda at: phrases.which_day(name=name_of(at.ctx, at.subject.member_id)),
            Day(lambda at: at.today),
            offers=lambda at: [
                Offer(label, str(days), at.today + timedelta(days=days)) for days, label in _DAYS.items()
            ],
            in_row=2,
        ),
    ),
    save=_promise,
)
