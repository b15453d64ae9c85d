"""A word back to somebody's report: typed, and on its way at a decent hour of theirs."""

from __future__ import annotations

from pydantic import BaseModel

from handlers.desk.desk.door import matter_of_member
from handlers.desk.desk.queue import show_cell
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.form import At, Field, Form, Prose
from models.contact.checkin import Checkin, subject_of, write_back
from models.people.browser import looks_in
from models.people.member import Member, decent_for
from models.people.rights import NotEntitled, Right, require
from models.phrases.desk import desk as phrases

LIMIT = 1000


class Draft(BaseModel):
    checkin_id: int = 0
    text: str = ""


def begin_reply(ctx: Context, arguments: list[str]) -> None:
    REPLY.begin(ctx, Draft(checkin_id=number_or_0(arguments)))


def _may(ctx: Context, draft: Draft) -> tuple[Checkin, Member]:
    """Who may read the report, while its member is still of the cell."""
    checkin = ctx.db.get(Checkin, draft.checkin_id)
    if checkin is None:
        raise NotEntitled
    require(ctx.db, ctx.me.id, Right.SEE_DETAILS, checkin.cell_id, now=ctx.now)
    member = matter_of_member(ctx, checkin.member_id, Right.SEE_DETAILS).member
    if member.id == ctx.me.id:
        raise NotEntitled
    return checkin, member


def _send(at: At[Draft, tuple[Checkin, Member]]) -> None:
    ctx, (checkin, member) = at.ctx, at.subject
    words = phrases.reply(by=ctx.me.full_name, about=subject_of(checkin), text=at.draft.text)
    told = write_back(ctx.db, checkin, words, by_id=ctx.me.id, now=ctx.now)
    when = decent_for(member, ctx.now)
    note = phrases.replied(
        name=member.full_name, told=told, now=when == ctx.now, looks_in=looks_in(ctx.db, member.id)
    )
    show_cell(ctx, matter_of_member(ctx, member.id, Right.SEE_DETAILS).cell, note=note)


REPLY: Form[Draft, tuple[Checkin, Member]] = Form(
    "desk_reply",
    phrases.REPLYING,
    Draft,
    right=_may,
    fields=(
        Field(
            "text",
            lambda at: phrases.which_reply(name=at.subject[1].full_name, limit=LIMIT),
            Prose(LIMIT),
        ),
    ),
    save=_send,
)
