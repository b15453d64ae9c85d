"""A word back to somebody's report: typed, and on its way at a decent hour of theirs."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from handlers.desk.desk.door import matter_of_member
from handlers.desk.desk.queue import show_cell
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin
from models.contact.checkin import Checkin, subject_of, write_back
from models.ground.clock import QUIET_FROM, QUIET_UNTIL, decent
from models.ground.marking import clean
from models.people.member import Member
from models.people.rights import NotEntitled, Right, require
from models.phrases.desk import desk as phrases

LIMIT = 1000


class Step(StrEnum):
    TEXT = "text"


class Draft(BaseModel):
    checkin_id: int = 0


def begin_reply(ctx: Context, arguments: list[str]) -> None:
    draft = Draft(checkin_id=number_or_0(arguments))
    _may(ctx, draft)
    begin(ctx, REPLY, Step.TEXT, draft)


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


def ask_text(ctx: Context, draft: Draft) -> Screen:
    _, member = _may(ctx, draft)
    return Screen(phrases.which_reply(name=member.full_name, limit=LIMIT))


def take_text(ctx: Context, draft: Draft, answer: Answer) -> StrEnum | None:
    checkin, member = _may(ctx, draft)
    text = clean(answer.words(limit=LIMIT))
    words = phrases.reply(by=ctx.me.full_name, about=subject_of(checkin), text=text)
    told = write_back(ctx.db, checkin, words, by_id=ctx.me.id, now=ctx.now)
    at = decent(ctx.now, member.zone, quiet_from=QUIET_FROM, quiet_until=QUIET_UNTIL)
    note = phrases.replied(name=member.full_name, told=told, now=at == ctx.now)
    show_cell(ctx, matter_of_member(ctx, member.id, Right.SEE_DETAILS).cell, note=note)
    return None


REPLY: Flow[Draft] = Flow(
    room="desk_reply",
    about=phrases.REPLYING,
    draft=Draft,
    steps={Step.TEXT: Question(ask_text, take_text)},
    right=_may,
)
