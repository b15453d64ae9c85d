"""Requests under the law: the person's own, and the desk's answers.

/dulieu ── law:mine ──┬─ see, delete, withdraw: done at once elsewhere
                      └─ correct, object ──> TEXT ──> in the register
card, desk ── law:see ── ANSWER | done | refused | put off          card ── law:paper ── kind ──> TEXT
"""

from __future__ import annotations

from pydantic import BaseModel

from handlers.ground.arguments import number, number_or_0, one_of
from handlers.ground.context import Context
from handlers.ground.form import At, Field, Form, Prose
from handlers.ground.routing import Tap
from models.delivery.message import Button
from models.desk.law_request import (
    WAITING,
    LawKind,
    LawRequest,
    answer_law_request,
    extend_law_request,
    law_requests_of,
    open_law_request,
    settle_law_request,
)
from models.people.member import Member
from models.people.rights import NotEntitled, Right, require
from models.phrases import common
from models.phrases.desk import law_request as phrases
from models.phrases.text import Text
from models.phrases.trust import data as data_phrases

_BACK = [Button(data_phrases.MY_DATA, "data:show"), Button(common.MENU, "nav:menu")]
_AT_ONCE = {LawKind.SEE: "data:takeout", LawKind.DELETE: "data:delete", LawKind.WITHDRAW: "data:consents"}


class Draft(BaseModel):
    kind: LawKind = LawKind.OBJECT
    member_id: int = 0
    request_id: int = 0
    text: str = ""


# --- the person -----------------------------------------------------------------------------------------------------


def mine(ctx: Context, arguments: list[str]) -> None:
    """Show all requests of one's own, or one of them."""
    if wanted := number_or_0(arguments):
        row = ctx.db.get(LawRequest, wanted)
        if row is None or row.member_id != ctx.me.id:
            raise NotEntitled
        ctx.show(_detail(ctx, row), [_BACK])
        return
    policy, rows = ctx.policies.law_request, law_requests_of(ctx.db, ctx.me.id)
    entries = [
        phrases.entry(kind=one.kind, at=one.opened_at, state=one.state, on_paper=one.on_paper) for one in rows
    ]
    buttons = [
        [Button(label, _AT_ONCE.get(LawKind(kind), f"law:ask:{kind}"))]
        for kind, label in phrases.BUTTONS.items()
    ]
    words = phrases.overview(days=policy.answer_workdays, do_days=policy.do_days, entries=entries)
    ctx.show(words, [*buttons, _BACK])


def ask(ctx: Context, arguments: list[str]) -> None:
    FLOW.begin(ctx, Draft(kind=one_of(LawKind, arguments), member_id=ctx.me.id))


def _open(at: At[Draft, None]) -> None:
    ctx, draft = at.ctx, at.draft
    row = open_law_request(
        ctx.db,
        ctx.db.get_one(Member, draft.member_id),
        draft.kind,
        text=draft.text,
        by_id=ctx.me.id,
        policy=ctx.policies.law_request,
        calendar=ctx.policies.workday,
        now=ctx.now,
    )
    ctx.show(
        phrases.opened(by=row.answer_by),
        [_BACK if draft.member_id == ctx.me.id else [Button(common.MENU, "nav:menu")]],
    )


# --- the desk -------------------------------------------------------------------------------------------------------


def see(ctx: Context, arguments: list[str]) -> None:
    show(ctx, _theirs(ctx, number(arguments)))


def show(ctx: Context, row: LawRequest) -> None:
    buttons = []
    if row.state in WAITING:
        buttons = [
            [Button(phrases.ANSWER, f"law:answer:{row.id}")],
            [Button(phrases.DONE, f"law:done:{row.id}")],
            [Button(phrases.REFUSE, f"law:refuse:{row.id}")],
            *([[Button(phrases.EXTEND, f"law:extend:{row.id}")]] if row.extended_at is None else []),
        ]
    ctx.show(_detail(ctx, row), [*buttons, [Button(common.MENU, "nav:menu")]])


def answer_tapped(ctx: Context, arguments: list[str]) -> None:
    row = _theirs(ctx, number(arguments))
    FLOW.begin(ctx, Draft(request_id=row.id, member_id=row.member_id))


def _answer(at: At[Draft, None]) -> None:
    row = _theirs(at.ctx, at.draft.request_id)
    answer_law_request(at.ctx.db, row, at.draft.text, by_id=at.ctx.me.id, now=at.ctx.now)
    show(at.ctx, row)


def done(ctx: Context, arguments: list[str]) -> None:
    _settle(ctx, arguments, refused=False)


def refuse(ctx: Context, arguments: list[str]) -> None:
    _settle(ctx, arguments, refused=True)


def _settle(ctx: Context, arguments: list[str], *, refused: bool) -> None:
    row = _theirs(ctx, number(arguments))
    settle_law_request(ctx.db, row, refused=refused, by_id=ctx.me.id, now=ctx.now)
    show(ctx, row)


def extend(ctx: Context, arguments: list[str]) -> None:
    row = _theirs(ctx, number(arguments))
    extend_law_request(ctx.db, row, by_id=ctx.me.id, policy=ctx.policies.law_request, now=ctx.now)
    show(ctx, row)


def on_paper(ctx: Context, arguments: list[str]) -> None:
    """Note what somebody has asked for on paper: first which kind, then the words."""
    member = _member(ctx, number(arguments))
    if len(arguments) > 1:
        FLOW.begin(ctx, Draft(kind=one_of(LawKind, arguments[1:]), member_id=member.id))
        return
    buttons = [[Button(label, f"law:paper:{member.id}:{kind}")] for kind, label in phrases.BUTTONS.items()]
    ctx.show(phrases.which(name=member.full_name), [*buttons, [Button(common.MENU, "nav:menu")]])


def _member(ctx: Context, member_id: int) -> Member:
    member = ctx.db.get(Member, member_id)
    if member is None:
        raise NotEntitled
    require(ctx.db, ctx.me.id, Right.EDIT_ROSTER, member.cell_id, now=ctx.now)
    return member


def _theirs(ctx: Context, request_id: int) -> LawRequest:
    row = ctx.db.get(LawRequest, request_id)
    if row is None:
        raise NotEntitled
    _member(ctx, row.member_id)
    return row


def _detail(ctx: Context, row: LawRequest) -> Text:
    return phrases.detail(
        name=ctx.db.get_one(Member, row.member_id).full_name,
        kind=row.kind,
        state=row.state,
        at=row.opened_at,
        text=row.text or "",
        answer=row.answer or "",
        answer_by=row.answer_by,
        do_by=row.do_by,
        by_itself=row.by_itself,
    )


TAPS: list[Tap] = [
    Tap("law:mine", mine),
    Tap("law:ask", ask),
    Tap("law:see", see),
    Tap("law:answer", answer_tapped),
    Tap("law:done", done),
    Tap("law:refuse", refuse),
    Tap("law:extend", extend),
    Tap("law:paper", on_paper),
]


def _may_go_on(ctx: Context, draft: Draft) -> None:
    """Asked before every question: one's own request, or the desk's right over the person."""
    if draft.request_id or draft.member_id != ctx.me.id:
        _member(ctx, draft.member_id)


_WRITTEN: Prose[Draft, None] = Prose(lambda at: at.ctx.policies.law_request.longest)
FLOW: Form[Draft, None] = Form(
    "law",
    phrases.ABOUT,
    Draft,
    right=_may_go_on,
    fields=(
        Field(
            "text",
            lambda at: phrases.what_exactly(kind=at.draft.kind),
            _WRITTEN,
            needed=lambda at: not at.draft.request_id,
        ),
        Field(
            "words",
            lambda at: phrases.which_answer(),
            _WRITTEN,
            into="text",
            needed=lambda at: bool(at.draft.request_id),
        ),
    ),
    save=lambda at: _answer(at) if at.draft.request_id else _open(at),
)
