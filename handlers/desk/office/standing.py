"""An officer stands in where nobody attends to the office: with a reason, for a time, seen by the whole cell.

REASON ──typed──> CONFIRM ──yes──> secretary until a day        stop: asked once
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from pydantic import BaseModel

from handlers.desk.office.seeing import name_of, office_of
from handlers.desk.roster.common import MENU
from handlers.ground.arguments import number
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.ground.menu import refresh_commands
from models.delivery.outbox import Button
from models.desk.office import OfficeRefused, StandIn, end_stand_in, is_attended, last_day, step_in
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.marking import marked_secret
from models.people.rights import NotEntitled, Right
from models.people.unit import Unit
from models.phrases import common
from models.phrases.desk import office as phrases

REASON_LIMIT = 300


class Step(StrEnum):
    REASON = "reason"
    CONFIRM = "confirm"


class Draft(BaseModel):
    cell_id: int = 0
    reason: str = ""


def begin_standing(ctx: Context, arguments: list[str]) -> None:
    cell = office_of(ctx, number(arguments), Right.STEP_IN)
    if is_attended(ctx.db, cell.id, now=ctx.now):
        raise OfficeRefused(phrases.is_attended(cell=cell.name))
    begin(ctx, STAND, Step.REASON, Draft(cell_id=cell.id))


def ask_reason(ctx: Context, draft: Draft) -> Screen:
    cell = office_of(ctx, draft.cell_id, Right.STEP_IN)
    return Screen(phrases.ask_reason(cell=cell.name, limit=REASON_LIMIT))


def take_reason(ctx: Context, draft: Draft, answer: Answer) -> Step:
    reason = answer.words(limit=REASON_LIMIT)
    if marked_secret(reason):
        raise Refused(common.secret_refused())
    draft.reason = reason
    return Step.CONFIRM


def ask_confirm(ctx: Context, draft: Draft) -> Screen:
    cell = office_of(ctx, draft.cell_id, Right.STEP_IN)
    until = local_date(ctx.now, HOME_ZONE) + timedelta(days=ctx.policies.office.stand_in_days)
    words = phrases.confirm_step_in(cell=cell.name, until=until, reason=draft.reason)
    return Screen(words, [[choice(phrases.YES_STEP_IN, "yes")]])


def take_confirm(ctx: Context, draft: Draft, answer: Answer) -> None:
    answer.choice("yes")
    cell = office_of(ctx, draft.cell_id, Right.STEP_IN)
    made = step_in(
        ctx.db, cell, by_id=ctx.me.id, reason=draft.reason, policy=ctx.policies.office, now=ctx.now
    )
    to_desk = Button(phrases.DESK, f"desk:open:{cell.id}")
    to_cell = Button(phrases.TO_CELL, f"unit:see:{cell.id}")
    ctx.show(phrases.you_stand_in(cell=cell.name, until=last_day(made.ends_at)), [[to_desk], [to_cell], MENU])
    refresh_commands(ctx)


STAND: Flow[Draft] = Flow(
    "office_stand",
    phrases.STEPPING_IN,
    Draft,
    {
        Step.REASON: Question(ask_reason, take_reason),
        Step.CONFIRM: Question(ask_confirm, take_confirm, proof=True),
    },
    right=lambda ctx, draft: office_of(ctx, draft.cell_id, Right.STEP_IN),
)


def step_out(ctx: Context, arguments: list[str]) -> None:
    """Before its time, by any officer who could have stepped in; one that has ended is only said to have."""
    stand_in = ctx.db.get(StandIn, number(arguments))
    if stand_in is None:
        raise NotEntitled
    office_of(ctx, stand_in.cell_id, Right.STEP_IN)
    cell = ctx.db.get_one(Unit, stand_in.cell_id)
    back = [[Button(phrases.TO_CELL, f"unit:see:{cell.id}")], MENU]
    if stand_in.ends_at > ctx.now and arguments[1:] != ["yes"]:
        yes = Button(phrases.YES, f"office:stepout:{stand_in.id}:yes")
        words = phrases.confirm_step_out(name=name_of(ctx, stand_in.officer_id), cell=cell.name)
        ctx.show(words, [[yes], *back])
        return
    end_stand_in(ctx.db, stand_in, by_id=ctx.me.id, now=ctx.now)
    ctx.db.flush()
    ctx.show(phrases.you_stepped_out(cell=cell.name), back)
    refresh_commands(ctx)
