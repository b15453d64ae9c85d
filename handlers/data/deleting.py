"""Delete everything: explained, then asked once more. The buttons are of this moment only: an old one deletes nothing.

EXPLAIN ──I want to delete──> SURE ──delete for good──> farewell; the chat is a stranger's
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from handlers.context import Answer, Context
from handlers.conversation import Flow, Question, Screen, begin, choice, own
from handlers.register import offices_of
from models.data import erase_member
from models.phrases import commands
from models.phrases import data as phrases


class Step(StrEnum):
    EXPLAIN = "explain"
    SURE = "sure"


class Draft(BaseModel):
    pass


def tapped(ctx: Context, _arguments: list[str]) -> None:
    begin(ctx, FLOW, Step.EXPLAIN, Draft())


def ask_explain(ctx: Context, draft: Draft) -> Screen:
    words = phrases.what_is_deleted(offices=offices_of(ctx, ctx.me))
    return Screen(words, [[choice(phrases.DELETE_GO_ON, "yes")]])


def take_explain(ctx: Context, draft: Draft, answer: Answer) -> Step:
    answer.choice("yes")
    return Step.SURE


def ask_sure(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.really_delete(), [[choice(phrases.DELETE_FOR_GOOD, "yes")]])


def take_sure(ctx: Context, draft: Draft, answer: Answer) -> None:
    answer.choice("yes")
    ctx.speaks = ctx.lang  # the chat is nobody's after this line, and keeps its language for the farewell
    erase_member(ctx.db, ctx.me, policy=ctx.policies.checkin, now=ctx.now)
    ctx.refresh()
    ctx.show(phrases.farewell())
    ctx.set_commands([("start", commands.START)])


FLOW: Flow[Draft] = Flow(
    "data_delete",
    phrases.DELETE,
    Draft,
    {Step.EXPLAIN: Question(ask_explain, take_explain), Step.SURE: Question(ask_sure, take_sure, proof=True)},
    right=own,
)
