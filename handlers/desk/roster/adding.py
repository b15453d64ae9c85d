"""/moi: add one person and invite them at once.

NAME ──> BIRTH_YEAR ──> PHONE ──> STANDING ──> JOINED_ON ──> PLACE ──> PREVIEW ──save──> on the roster, with a QR
"""

from __future__ import annotations

from handlers.desk.roster.common import (
    TypedPerson,
    cell_for,
    fact,
    fact_words,
    in_own_cell,
    place_words,
    who,
)
from handlers.desk.roster.inviting import hand_out, to_card
from handlers.ground.arguments import number
from handlers.ground.context import Context
from handlers.ground.form import At, Confirm, Field, Form
from models.delivery.message import Button
from models.desk.roster import Column, add_row, likely_doubles
from models.ground.phones import show_phone
from models.people.member import Member
from models.people.rights import Right
from models.people.unit import Unit
from models.phrases.desk import roster_talk as phrases
from models.phrases.text import Text


class Draft(TypedPerson):
    cell_id: int = 0


def start(ctx: Context) -> None:
    in_own_cell(ctx, Right.EDIT_ROSTER, "moi", _begin)


def tapped(ctx: Context, arguments: list[str]) -> None:
    _begin(ctx, cell_for(ctx, number(arguments), Right.EDIT_ROSTER))


def _begin(ctx: Context, cell: Unit) -> None:
    FLOW.begin(ctx, Draft(cell_id=cell.id), resume=True)


def _doubles(at: At[Draft, Unit]) -> list[Member]:
    return likely_doubles(at.ctx.db, at.subject.id, at.draft.row())


def _look_over(at: At[Draft, Unit]) -> Text:
    draft = at.draft
    return phrases.preview_person(
        name=draft.full_name,
        birth_year=draft.birth_year,
        phone=show_phone(draft.phone) if draft.phone else "",
        standing=draft.standing,
        joined_on=fact_words(Column.JOINED_ON, draft.joined_on) if draft.joined_on else None,
        official_on=fact_words(Column.OFFICIAL_ON, draft.official_on) if draft.official_on else None,
        place=place_words(draft.place_code),
        doubles=[who(member) for member in _doubles(at)],
    )


def _add(at: At[Draft, Unit]) -> None:
    ctx = at.ctx
    cell_for(ctx, at.subject.id, Right.INVITE)
    member = add_row(ctx.db, at.subject.id, at.draft.row(), by_id=ctx.me.id, now=ctx.now)
    hand_out(ctx, member, back=to_card(member))


FLOW: Form[Draft, Unit] = Form(
    "roster_add",
    phrases.ADDING,
    Draft,
    right=lambda ctx, draft: cell_for(ctx, draft.cell_id, Right.EDIT_ROSTER),
    fields=(
        fact(Column.NAME),
        fact(Column.BIRTH_YEAR),
        fact(Column.PHONE),
        fact(Column.STANDING),
        fact(Column.JOINED_ON),
        fact(Column.PLACE),
        Field(
            "preview",
            _look_over,
            Confirm(
                phrases.CONFIRM_ADD,
                "save",
                above=lambda at: [Button(who(one), f"roster:card:{one.id}") for one in _doubles(at)[:5]],
            ),
        ),
    ),
    save=_add,
)
