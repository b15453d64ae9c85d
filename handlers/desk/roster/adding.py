"""/moi: add one person and invite them at once.

NAME ──> BIRTH_YEAR ──> PHONE ──> STANDING ──> JOINED_ON ──> PLACE ──> PREVIEW ──save──> on the roster, with a QR
"""

from __future__ import annotations

from enum import StrEnum

from handlers.desk.roster.common import (
    Person,
    ask_fact,
    cell_for,
    fact_words,
    in_own_cell,
    place_words,
    take_fact,
    who,
)
from handlers.desk.roster.inviting import hand_out, to_card
from handlers.ground.arguments import number
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin_or_resume, choice
from models.delivery.outbox import Button
from models.desk.roster import Column, add_row, likely_doubles
from models.ground.phones import show_phone
from models.people.rights import Right
from models.people.unit import Unit
from models.phrases.desk import roster_talk as phrases


class Step(StrEnum):
    NAME = "name"
    BIRTH_YEAR = "birth_year"
    PHONE = "phone"
    STANDING = "standing"
    JOINED_ON = "joined_on"
    PLACE = "place"
    PREVIEW = "preview"


class Draft(Person):
    cell_id: int = 0


def start(ctx: Context) -> None:
    in_own_cell(ctx, Right.EDIT_ROSTER, "moi", _begin)


def tapped(ctx: Context, arguments: list[str]) -> None:
    _begin(ctx, cell_for(ctx, number(arguments), Right.EDIT_ROSTER))


def _begin(ctx: Context, cell: Unit) -> None:
    begin_or_resume(ctx, FLOW, Step.NAME, Draft(cell_id=cell.id))


def _question(column: Column, next_step: Step) -> Question[Draft]:
    """One fact, then on; a place that is not clear yet is asked again with what fits."""

    def ask(ctx: Context, draft: Draft) -> Screen:
        return ask_fact(column, draft)

    def take(ctx: Context, draft: Draft, answer: Answer) -> Step:
        return next_step if take_fact(ctx, column, draft, answer) else Step(column)

    return Question(ask, take)


def ask_preview(ctx: Context, draft: Draft) -> Screen:
    cell_for(ctx, draft.cell_id, Right.EDIT_ROSTER)
    doubles = likely_doubles(ctx.db, draft.cell_id, draft.row())
    words = phrases.preview_person(
        name=draft.full_name,
        birth_year=draft.birth_year,
        phone=show_phone(draft.phone) if draft.phone else "",
        standing=draft.standing,
        joined_on=fact_words(Column.JOINED_ON, draft.joined_on) if draft.joined_on else None,
        official_on=fact_words(Column.OFFICIAL_ON, draft.official_on) if draft.official_on else None,
        place=place_words(draft.place_code),
        doubles=[who(member) for member in doubles],
    )
    cards = [[Button(who(member), f"roster:card:{member.id}")] for member in doubles[:5]]
    return Screen(words, [*cards, [choice(phrases.CONFIRM_ADD, "save")]])


def take_preview(ctx: Context, draft: Draft, answer: Answer) -> None:
    answer.choice("save")
    cell = cell_for(ctx, draft.cell_id, Right.EDIT_ROSTER)
    cell_for(ctx, draft.cell_id, Right.INVITE)
    member = add_row(ctx.db, cell.id, draft.row(), by_id=ctx.me.id, now=ctx.now)
    hand_out(ctx, member, back=to_card(member))


FLOW: Flow[Draft] = Flow(
    "roster_add",
    phrases.ADDING,
    Draft,
    {
        Step.NAME: _question(Column.NAME, Step.BIRTH_YEAR),
        Step.BIRTH_YEAR: _question(Column.BIRTH_YEAR, Step.PHONE),
        Step.PHONE: _question(Column.PHONE, Step.STANDING),
        Step.STANDING: _question(Column.STANDING, Step.JOINED_ON),
        Step.JOINED_ON: _question(Column.JOINED_ON, Step.PLACE),
        Step.PLACE: _question(Column.PLACE, Step.PREVIEW),
        Step.PREVIEW: Question(ask_preview, take_preview),
    },
    right=lambda ctx, draft: cell_for(ctx, draft.cell_id, Right.EDIT_ROSTER),
)
