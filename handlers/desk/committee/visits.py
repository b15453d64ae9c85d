"""A visit to a cell's meeting: DAY ──> NOTE ──> CONFIRM ──> the screen of both.  Said again for the day, it is corrected."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel

from handlers.desk.committee.screen import show
from handlers.ground.arguments import number
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.ground.days import take_day
from handlers.people.unit.door import cell_for
from models.desk.committee import note_visit
from models.desk.committee.visits import fit_day, visit_on
from models.ground.clock import HOME_ZONE, local_date
from models.ground.marking import clean
from models.people.rights import Right
from models.phrases.desk import committee as phrases

_NOTE_LIMIT = 500


class Step(StrEnum):
    DAY = "day"
    NOTE = "note"
    CONFIRM = "confirm"


class Draft(BaseModel):
    cell_id: int = 0
    came_on: date = date.min
    note: str = ""


def begin_visit(ctx: Context, arguments: list[str]) -> None:
    cell = cell_for(ctx, number(arguments), Right.NOTE_VISIT)
    begin(ctx, VISIT, Step.DAY, Draft(cell_id=cell.id))


def ask_day(ctx: Context, draft: Draft) -> Screen:
    cell = cell_for(ctx, draft.cell_id, Right.NOTE_VISIT)
    today = local_date(ctx.now, HOME_ZONE)
    yesterday = today - timedelta(days=1)
    buttons = [choice(phrases.TODAY, f"{today}"), choice(phrases.YESTERDAY, f"{yesterday}")]
    return Screen(phrases.ask_visit_day(cell=cell.name), [buttons])


def take_visit_day(ctx: Context, draft: Draft, answer: Answer) -> Step:
    policy = ctx.policies.committee
    first = local_date(ctx.now, HOME_ZONE) - timedelta(days=policy.visit_days)
    draft.came_on = fit_day(take_day(answer, near=first), policy, now=ctx.now)
    return Step.NOTE


def ask_note(ctx: Context, draft: Draft) -> Screen:
    cell_for(ctx, draft.cell_id, Right.NOTE_VISIT)
    return Screen(phrases.ask_visit_note(limit=_NOTE_LIMIT))


def take_note(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.note = clean(answer.words(limit=_NOTE_LIMIT))
    return Step.CONFIRM


def ask_confirm(ctx: Context, draft: Draft) -> Screen:
    cell = cell_for(ctx, draft.cell_id, Right.NOTE_VISIT)
    before = visit_on(ctx.db, cell.id, by_id=ctx.me.id, came_on=draft.came_on)
    words = phrases.confirm_visit(
        cell=cell.name, on=draft.came_on, note=draft.note, corrects=before is not None
    )
    return Screen(words, [[choice(phrases.KEEP_VISIT, "yes")]])


def take_confirm(ctx: Context, draft: Draft, answer: Answer) -> None:
    answer.choice("yes")
    cell = cell_for(ctx, draft.cell_id, Right.NOTE_VISIT)
    note_visit(
        ctx.db,
        cell,
        by_id=ctx.me.id,
        came_on=draft.came_on,
        note=draft.note,
        policy=ctx.policies.committee,
        now=ctx.now,
    )
    show(ctx, cell, phrases.visit_kept(on=draft.came_on))


VISIT: Flow[Draft] = Flow(
    "committee_visit",
    phrases.VISITING,
    Draft,
    {
        Step.DAY: Question(ask_day, take_visit_day),
        Step.NOTE: Question(ask_note, take_note),
        Step.CONFIRM: Question(ask_confirm, take_confirm),
    },
    right=lambda ctx, draft: cell_for(ctx, draft.cell_id, Right.NOTE_VISIT),
)
