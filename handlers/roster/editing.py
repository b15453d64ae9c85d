"""Correct one thing about a person.

FIELD ──which──> VALUE ──> the card again
"""

from __future__ import annotations

from enum import StrEnum

from handlers.context import Answer, Context
from handlers.conversation import Flow, Question, Screen, begin, choice
from handlers.roster.card import show_card
from handlers.roster.common import (
    Person,
    ask_fact,
    fact_words,
    member_for,
    number,
    take_fact,
)
from models.member import Member, record_look
from models.phrases import common
from models.phrases import roster_talk as phrases
from models.phrases.roster import column as column_words
from models.rights import Right
from models.roster import Column, change_facts
from models.roster.comparison import FIELDS, facts

_CORRECTABLE = (
    Column.NAME,
    Column.BIRTH_YEAR,
    Column.PHONE,
    Column.STANDING,
    Column.JOINED_ON,
    Column.PLACE,
)


class Step(StrEnum):
    FIELD = "field"
    VALUE = "value"


class Draft(Person):
    member_id: int = 0
    column: Column = Column.NAME


def tapped(ctx: Context, arguments: list[str]) -> None:
    member = member_for(ctx, number(arguments), Right.EDIT_ROSTER)
    begin(ctx, FLOW, Step.FIELD, Draft(member_id=member.id))


def _member(ctx: Context, draft: Draft) -> Member:
    return member_for(ctx, draft.member_id, Right.EDIT_ROSTER)


def ask_field(ctx: Context, draft: Draft) -> Screen:
    _member(ctx, draft)
    return Screen(phrases.which_fact(), [[choice(column_words(column), column)] for column in _CORRECTABLE])


def take_field(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.column, draft.hits = Column(answer.choice(*_CORRECTABLE)), []
    member = _member(ctx, draft)
    if draft.column is Column.PHONE and member.phone:  # the next question shows it
        record_look(ctx.db, reader_id=ctx.me.id, member_id=member.id, what="member.phone", now=ctx.now)
    return Step.VALUE


def ask_value(ctx: Context, draft: Draft) -> Screen:
    held = facts(_member(ctx, draft))[draft.column]
    screen = ask_fact(draft.column, draft)
    now = phrases.fact_now(value=fact_words(draft.column, held))
    return Screen(common.lines(now, screen.text), screen.buttons)


def take_value(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    member = _member(ctx, draft)
    draft.birth_year = member.birth_year  # a date of joining is measured against it
    if not take_fact(ctx, draft.column, draft, answer):
        return Step.VALUE
    change = {draft.column: getattr(draft, FIELDS[draft.column])}
    change_facts(ctx.db, member, change, ctx.policies.checkin, now=ctx.now)
    value = fact_words(draft.column, change[draft.column])
    show_card(ctx, member, note=phrases.fact_changed(name=draft.column, value=value))
    return None


FLOW: Flow[Draft] = Flow(
    "roster_edit",
    phrases.CORRECTING,
    Draft,
    {Step.FIELD: Question(ask_field, take_field), Step.VALUE: Question(ask_value, take_value)},
)
