"""Correct one thing about a person.

FIELD ──which──> VALUE ──> the card again
  └── the place, while an absence is declared ──> to the absence: a change there keeps what was true before
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from handlers.desk.roster.card import show_card
from handlers.desk.roster.common import FactKind, TypedPerson, ask_fact, fact_words, member_for, place_words
from handlers.ground.arguments import number, one_of
from handlers.ground.context import Answer, Context
from handlers.ground.form import LEFT, At, Field, Form, OneOf
from models.away.away import AWAY, Away, open_away
from models.delivery.message import Button
from models.desk.roster import Column, change_facts
from models.desk.roster.comparison import FIELDS, facts
from models.people.member import Member, record_look
from models.people.rights import Right
from models.phrases import common
from models.phrases.desk import absence as absence_words, roster_talk as phrases
from models.phrases.desk.roster import column as column_words
from models.phrases.text import Text
from models.phrases.trust import data as data_words
from models.trust.data import answer_correction

_CORRECTABLE = (
    Column.NAME,
    Column.BIRTH_YEAR,
    Column.PHONE,
    Column.STANDING,
    Column.JOINED_ON,
    Column.OFFICIAL_ON,
    Column.PLACE,
)


class Draft(TypedPerson):
    member_id: int = 0
    column: Column = Column.NAME
    asked: bool = False  # by the person, who is answered


def tapped(ctx: Context, arguments: list[str]) -> None:
    FLOW.begin(ctx, Draft(member_id=number(arguments)))


def fix(ctx: Context, arguments: list[str]) -> None:
    """Begin to type what somebody proposed about themselves; they are answered."""
    member = member_for(ctx, number(arguments), Right.EDIT_ROSTER)
    column = one_of(Column, arguments[1:])
    ctx.incoming = replace(ctx.incoming, message_id=None)  # the proposal stays above
    FLOW.begin(ctx, Draft(member_id=member.id, column=column, asked=True), "value")


def keep(ctx: Context, arguments: list[str]) -> None:
    member = member_for(ctx, number(arguments), Right.EDIT_ROSTER)
    what = one_of(Column, arguments[1:])
    answer_correction(ctx.db, member, what=what, value=None, by=ctx.me.full_name, now=ctx.now)
    ctx.say(data_words.correction_kept(name=member.full_name), [[Button(common.MENU, "nav:menu")]])


def _running_away(ctx: Context, member: Member) -> Away | None:
    """The declared absence that the member's place follows; None: the roster's word counts."""
    away = open_away(ctx.db, member.id)
    return away if away is not None and away.cell_id == member.cell_id else None


def _lead_to_absence(ctx: Context, member: Member, away: Away) -> None:
    """A place that follows a declared absence is changed there, with its history; the way is one tap long."""
    way = Button(absence_words.PERSON, f"absence:see:{away.id}")
    if away.state in AWAY:
        way = Button(absence_words.ACTS["change"], f"absence:do:change:{away.id}")
    to_card = Button(phrases.TO_CARD, f"roster:card:{member.id}")
    ctx.show(
        absence_words.place_follows(name=member.full_name, place=place_words(away.place_code)),
        [[way], [to_card]],
    )


def _put_column(at: At[Draft, Member], column: Column) -> str | None:
    ctx, member = at.ctx, at.subject
    at.draft.column, at.draft.hits = column, []
    if column is Column.PLACE and (away := _running_away(ctx, member)):
        _lead_to_absence(ctx, member, away)
        return LEFT
    if column is Column.PHONE:
        ctx.prove()
    if column is Column.PHONE and member.phone:  # the next question shows it
        record_look(ctx.db, reader_id=ctx.me.id, member_id=member.id, what="member.phone", now=ctx.now)
    return None


def _ask_value(at: At[Draft, Member]) -> Text:
    held = facts(at.subject)[at.draft.column]
    now = phrases.fact_now(value=fact_words(at.draft.column, held))
    return common.lines(now, ask_fact(at.draft.column, at.draft))


class Value(FactKind[Draft, Member]):
    def sent(self, at: At[Draft, Member], answer: Answer) -> Any:
        if at.draft.column is Column.PHONE:
            at.ctx.prove()  # once more: the question may have stood open for days
        member = at.subject  # dates are measured against the others
        at.draft.birth_year, at.draft.joined_on = member.birth_year, member.joined_on
        return super().sent(at, answer)


def _change(at: At[Draft, Member]) -> None:
    ctx, draft, member = at.ctx, at.draft, at.subject
    if draft.column is Column.PLACE and (away := _running_away(ctx, member)):  # it was declared meanwhile
        ctx.left = True
        _lead_to_absence(ctx, member, away)
        return
    change = {draft.column: getattr(draft, FIELDS[draft.column])}
    change_facts(ctx.db, member, change, ctx.policies.checkin, by_id=ctx.me.id, now=ctx.now)
    value = fact_words(draft.column, change[draft.column])
    if draft.asked:
        what, by = draft.column.value, ctx.me.full_name
        answer_correction(ctx.db, member, what=what, value=value, by=by, now=ctx.now)
    show_card(ctx, member, note=phrases.fact_changed(name=draft.column, value=value))


FLOW: Form[Draft, Member] = Form(
    "roster_edit",
    phrases.CORRECTING,
    Draft,
    right=lambda ctx, draft: member_for(ctx, draft.member_id, Right.EDIT_ROSTER),
    fields=(
        Field(
            "field",
            lambda at: phrases.which_fact(),
            OneOf(lambda at: [(column_words(column), column) for column in _CORRECTABLE]),
            put=_put_column,
        ),
        Field("value", _ask_value, Value(lambda at: at.draft.column)),
    ),
    save=_change,
)
