"""The side of who is asked: three buttons, and the answer may be changed. A second tap changes nothing."""

from __future__ import annotations

from functools import partial

from handlers.contact.rollcall.door import MENU
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from models.contact.rollcall import (
    RollCall,
    RollCallPerson,
    Safety,
    answer_buttons,
    answer_roll_call,
    person_in,
    question,
)
from models.delivery.message import Button
from models.ground.errors import Refused
from models.people.unit import Unit
from models.phrases import common
from models.phrases.contact import request as request_words, rollcall as phrases


def _answer(answer: Safety, ctx: Context, arguments: list[str]) -> None:
    call, _ = _mine(ctx, arguments)
    person = answer_roll_call(
        ctx.db, call, ctx.me, answer, by_id=ctx.me.id, policies=ctx.policies, now=ctx.now
    )
    words = phrases.noted(
        occasion=call.occasion,
        answer=person.state,
        at=person.answered_at or ctx.now,
        zone=ctx.zone,
        ended=not call.is_open,
        request=person.request_id is not None and person.state != Safety.SAFE,
    )
    ctx.show(words, [*answer_buttons(call, person.state), *_help(call, person), MENU])


safe = partial(_answer, Safety.SAFE)
needs = partial(_answer, Safety.NEEDS)
call_me = partial(_answer, Safety.CALL)


def open_mine(ctx: Context, arguments: list[str]) -> None:
    """Show the question once more."""
    call, person = _mine(ctx, arguments)
    unit = ctx.db.get_one(Unit, call.unit_id).name
    ctx.show(question(call, unit, ctx.zone), [*answer_buttons(call, person.state), MENU])


def _mine(ctx: Context, arguments: list[str]) -> tuple[RollCall, RollCallPerson]:
    """One in which this person is called on; of others they learn nothing."""
    call = ctx.db.get(RollCall, number_or_0(arguments))
    person = person_in(ctx.db, call.id, ctx.me.id) if call is not None else None
    if call is None or person is None:
        raise Refused(common.gone_button())
    return call, person


def _help(call: RollCall, person: RollCallPerson) -> list[list[Button]]:
    """Lead to the request that came of it; of a drill none comes, so whoever does need help asks for it."""
    if person.state == Safety.SAFE:
        return []
    if call.is_drill:
        return [[Button(phrases.HELP_FOR_REAL, "menu:go:hotro")]]
    if person.request_id is None:
        return []
    return [[Button(request_words.MY_REQUEST, f"request:own:{person.request_id}")]]
