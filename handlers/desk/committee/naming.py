"""Who follows a cell and is not here yet: NAME ─> YEAR ─> PHONE ─> CONFIRM ─> an invite

Somebody who is here under this name and number opens the invite in their own chat, and has one more office (joining.py).
"""

from __future__ import annotations

from enum import StrEnum

from handlers.desk.roster.common import Person, ask_fact, take_fact
from handlers.desk.roster.inviting import hand_out
from handlers.ground.arguments import number
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.people.unit.door import cell_for
from models.delivery.outbox import Button
from models.desk.committee.following import name_follower
from models.desk.roster import Column
from models.ground.phones import show_phone
from models.people.rights import Right
from models.phrases.desk import committee as phrases


class Step(StrEnum):
    NAME = "name"
    BIRTH_YEAR = "birth_year"
    PHONE = "phone"
    CONFIRM = "confirm"


class Draft(Person):
    cell_id: int = 0


def begin_naming(ctx: Context, arguments: list[str]) -> None:
    cell = cell_for(ctx, number(arguments), Right.APPOINT_FOLLOWER)
    begin(ctx, NAMING, Step.NAME, Draft(cell_id=cell.id))


def _fact(column: Column, next_step: Step) -> Question[Draft]:
    def ask(ctx: Context, draft: Draft) -> Screen:
        return ask_fact(column, draft)

    def take(ctx: Context, draft: Draft, answer: Answer) -> Step:
        take_fact(ctx, column, draft, answer)
        return next_step

    return Question(ask, take)


def ask_confirm(ctx: Context, draft: Draft) -> Screen:
    cell = cell_for(ctx, draft.cell_id, Right.APPOINT_FOLLOWER)
    words = phrases.confirm_new_follower(
        cell=cell.name,
        name=draft.full_name,
        birth_year=draft.birth_year,
        phone=show_phone(draft.phone) if draft.phone else "",
    )
    return Screen(words, [[choice(phrases.INVITE_FOLLOWER, "yes")]])


def take_confirm(ctx: Context, draft: Draft, answer: Answer) -> None:
    answer.choice("yes")
    cell = cell_for(ctx, draft.cell_id, Right.APPOINT_FOLLOWER)
    member = name_follower(
        ctx.db,
        cell,
        full_name=draft.full_name,
        birth_year=draft.birth_year,
        phone=draft.phone,
        by_id=ctx.me.id,
        now=ctx.now,
    )
    hand_out(ctx, member, back=Button(phrases.BACK, f"committee:cell:{cell.id}"))


NAMING: Flow[Draft] = Flow(
    "committee_naming",
    phrases.FOLLOWING_NEW,
    Draft,
    {
        Step.NAME: _fact(Column.NAME, Step.BIRTH_YEAR),
        Step.BIRTH_YEAR: _fact(Column.BIRTH_YEAR, Step.PHONE),
        Step.PHONE: _fact(Column.PHONE, Step.CONFIRM),
        Step.CONFIRM: Question(ask_confirm, take_confirm, proof=True),
    },
    right=lambda ctx, draft: cell_for(ctx, draft.cell_id, Right.APPOINT_FOLLOWER),
)
