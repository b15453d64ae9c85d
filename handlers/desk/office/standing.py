"""An officer stands in where nobody attends to the office: with a reason, for a time, seen by the whole cell.

REASON ──typed──> CONFIRM ──yes──> secretary until a day        stop: asked once
"""

from __future__ import annotations

from datetime import timedelta

from pydantic import BaseModel

from handlers.desk.office.seeing import name_of, office_of
from handlers.desk.roster.common import MENU
from handlers.ground.arguments import number
from handlers.ground.context import Context
from handlers.ground.form import At, Confirm, Field, Form, Prose
from handlers.ground.menu import refresh_commands
from models.delivery.message import Button
from models.desk.office import ActingOfficer, OfficeRefused, end_stand_in, is_attended, last_day, step_in
from models.people.rights import NotEntitled, Right
from models.people.unit import Unit
from models.phrases.desk import office as phrases
from models.phrases.text import Text

REASON_LIMIT = 300


class Draft(BaseModel):
    cell_id: int = 0
    reason: str = ""


def begin_standing(ctx: Context, arguments: list[str]) -> None:
    cell = office_of(ctx, number(arguments), Right.STEP_IN)
    if is_attended(ctx.db, cell.id, now=ctx.now):
        raise OfficeRefused(phrases.is_attended(cell=cell.name))
    STAND.begin(ctx, Draft(cell_id=cell.id))


def _look_over(at: At[Draft, Unit]) -> Text:
    until = at.today + timedelta(days=at.ctx.policies.office.stand_in_days)
    return phrases.confirm_step_in(cell=at.subject.name, until=until, reason=at.draft.reason)


def _stand_in(at: At[Draft, Unit]) -> None:
    ctx, cell = at.ctx, at.subject
    made = step_in(
        ctx.db, cell, by_id=ctx.me.id, reason=at.draft.reason, policy=ctx.policies.office, now=ctx.now
    )
    to_desk = Button(phrases.DESK, f"desk:open:{cell.id}")
    to_cell = Button(phrases.TO_CELL, f"unit:see:{cell.id}")
    ctx.show(phrases.you_stand_in(cell=cell.name, until=last_day(made.ends_at)), [[to_desk], [to_cell], MENU])
    refresh_commands(ctx)


STAND: Form[Draft, Unit] = Form(
    "office_stand",
    phrases.STEPPING_IN,
    Draft,
    right=lambda ctx, draft: office_of(ctx, draft.cell_id, Right.STEP_IN),
    fields=(
        Field(
            "reason",
            lambda at: phrases.ask_reason(cell=at.subject.name, limit=REASON_LIMIT),
            Prose(REASON_LIMIT),
        ),
        Field("confirm", _look_over, Confirm(phrases.YES_STEP_IN), proof=True),
    ),
    save=_stand_in,
)


def step_out(ctx: Context, arguments: list[str]) -> None:
    """End a stand-in before its time; any officer who could have stepped in may. Of one that has ended, only say so."""
    stand_in = ctx.db.get(ActingOfficer, number(arguments))
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
