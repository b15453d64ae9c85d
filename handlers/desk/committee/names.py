"""One request for names: the secretary decides, the asker looks, both can end it."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.desk.committee.screen import can, show
from handlers.desk.roster.common import MENU
from handlers.ground.arguments import number
from handlers.ground.context import Context
from models.delivery.message import Button
from models.desk.committee import (
    NameRequest,
    NameState,
    grant_names,
    look_at_names,
    refuse_names,
    withdraw_names,
)
from models.desk.counts import Figure, who_is_counted
from models.ground.clock import HOME_ZONE, local_date
from models.people.member import Member
from models.people.rights import NotEntitled, Right
from models.people.unit import Unit
from models.phrases import common
from models.phrases.desk import committee as phrases

Row = list[Button]


def see(ctx: Context, arguments: list[str]) -> None:
    _show(ctx, _request(ctx, arguments))


def _request(ctx: Context, arguments: list[str]) -> NameRequest:
    """For who asked, while they hold that right, and for the cell's secretary."""
    request = ctx.db.get(NameRequest, number(arguments))
    if request is None or not (_asks(ctx, request) or _decides(ctx, request)):
        raise NotEntitled
    return request


def _asks(ctx: Context, request: NameRequest) -> bool:
    return request.by_id == ctx.me.id and can(ctx, Right.ASK_NAMES, request.cell_id)


def _decides(ctx: Context, request: NameRequest) -> bool:
    return can(ctx, Right.GRANT_NAMES, request.cell_id)


def _show(ctx: Context, request: NameRequest) -> None:
    policy = ctx.policies.committee
    words = phrases.one_request(
        cell=ctx.db.get_one(Unit, request.cell_id).name,
        name=ctx.db.get_one(Member, request.by_id).full_name,
        on=local_date(request.asked_at, HOME_ZONE),
        figure=request.figure,
        reason=request.reason or "",
        state=request.state,
        until=_last_day(request) if request.state == NameState.GRANTED else None,
    )
    if request.state == NameState.ASKED and _decides(ctx, request) and not _asks(ctx, request):
        people = who_is_counted(
            ctx.db, request.cell_id, Figure(request.figure), ctx.policies.counts, now=ctx.now
        )
        names = [one.full_name for one in people]
        words = common.paragraph(words, phrases.would_show(names=names, days=policy.names_shown_days))
    back = [Button(phrases.BACK, f"committee:cell:{request.cell_id}")]
    ctx.show(words, [*_doings(ctx, request), back, MENU])


def _last_day(request: NameRequest) -> date | None:
    end = request.shown_until
    # it ends at midnight, so its last day is the one before
    return local_date(end - timedelta(seconds=1), HOME_ZONE) if end else None


def _doings(ctx: Context, request: NameRequest) -> list[Row]:
    asks, asked = _asks(ctx, request), request.state == NameState.ASKED
    granted = request.state == NameState.GRANTED
    verbs = [
        (phrases.SEE_NAMES, "look", asks and granted),
        (phrases.GRANT, "grant", not asks and asked),
        (phrases.REFUSE, "refuse", not asks and asked),
        (phrases.WITHDRAW, "withdraw", asks and (asked or granted)),
        (phrases.TAKE_BACK, "withdraw", not asks and granted),
    ]
    return [[Button(label, f"committee:{verb}:{request.id}")] for label, verb, offered in verbs if offered]


def look(ctx: Context, arguments: list[str]) -> None:
    request = _request(ctx, arguments)
    people = look_at_names(ctx.db, request, by_id=ctx.me.id, now=ctx.now)
    words = phrases.shown_names(
        cell=ctx.db.get_one(Unit, request.cell_id).name,
        figure=request.figure,
        names=[one.full_name for one in people],
        until=_last_day(request) or local_date(ctx.now, HOME_ZONE),
    )
    ctx.show(words, [[Button(phrases.BACK, f"committee:cell:{request.cell_id}")], MENU])


def grant(ctx: Context, arguments: list[str]) -> None:
    request = _request(ctx, arguments)
    grant_names(
        ctx.db,
        request,
        by_id=ctx.me.id,
        policy=ctx.policies.committee,
        counts=ctx.policies.counts,
        now=ctx.now,
    )
    _decided(ctx, request)


def refuse(ctx: Context, arguments: list[str]) -> None:
    request = _request(ctx, arguments)
    refuse_names(ctx.db, request, by_id=ctx.me.id, now=ctx.now)
    _decided(ctx, request)


def withdraw(ctx: Context, arguments: list[str]) -> None:
    request = _request(ctx, arguments)
    withdraw_names(ctx.db, request, by_id=ctx.me.id, now=ctx.now)
    _decided(ctx, request)


def _decided(ctx: Context, request: NameRequest) -> None:
    cell = ctx.db.get_one(Unit, request.cell_id)
    show(ctx, cell, phrases.decided(state=request.state))
