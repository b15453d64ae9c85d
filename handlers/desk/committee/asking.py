"""Names are asked for: FIGURE ──> REASON ──> CONFIRM ──> the cell's secretary"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from handlers.desk.committee.screen import show
from handlers.ground.arguments import number
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.people.unit.door import cell_for
from models.desk.committee import ask_names, require_no_open_request
from models.desk.counts import Figure
from models.ground.marking import clean
from models.people.rights import Right
from models.people.unit import Unit
from models.phrases import common
from models.phrases.desk import committee as phrases
from models.phrases.text import capital

_REASON_LIMIT = 300


class Step(StrEnum):
    FIGURE = "figure"
    REASON = "reason"
    CONFIRM = "confirm"


class Draft(BaseModel):
    cell_id: int = 0
    figure: Figure = Figure.LATE
    reason: str = ""


def begin_asking(ctx: Context, arguments: list[str]) -> None:
    begin(ctx, ASK, Step.FIGURE, Draft(cell_id=_cell(ctx, number(arguments)).id))


def _cell(ctx: Context, cell_id: int) -> Unit:
    return cell_for(ctx, cell_id, Right.ASK_NAMES)


def ask_figure(ctx: Context, draft: Draft) -> Screen:
    words = phrases.ask_figure(cell=_cell(ctx, draft.cell_id).name)
    return Screen(words, [[choice(capital(phrases.FIGURES[one]), one)] for one in Figure])


def take_figure(ctx: Context, draft: Draft, answer: Answer) -> Step:
    """One that is open already is said to be so before a reason is typed."""
    draft.figure = Figure(answer.choice(*Figure))
    require_no_open_request(ctx.db, draft.cell_id, draft.figure, by_id=ctx.me.id)
    return Step.REASON


def ask_reason(ctx: Context, draft: Draft) -> Screen:
    cell = _cell(ctx, draft.cell_id)
    return Screen(phrases.ask_reason(cell=cell.name, limit=_REASON_LIMIT))


def take_reason(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.reason = clean(answer.words(limit=_REASON_LIMIT))
    return Step.CONFIRM


def ask_confirm(ctx: Context, draft: Draft) -> Screen:
    words = phrases.confirm_asking(
        cell=_cell(ctx, draft.cell_id).name,
        figure=draft.figure,
        reason=draft.reason,
        days=ctx.policies.committee.names_shown_days,
    )
    return Screen(words, [[choice(common.SEND, "yes")]])


def take_confirm(ctx: Context, draft: Draft, answer: Answer) -> None:
    answer.choice("yes")
    cell = _cell(ctx, draft.cell_id)
    ask_names(
        ctx.db,
        cell,
        draft.figure,
        reason=draft.reason,
        by_id=ctx.me.id,
        policy=ctx.policies.committee,
        now=ctx.now,
    )
    show(ctx, cell, phrases.asked())


ASK: Flow[Draft] = Flow(
    "committee_names",
    phrases.ASKING,
    Draft,
    {
        Step.FIGURE: Question(ask_figure, take_figure),
        Step.REASON: Question(ask_reason, take_reason),
        Step.CONFIRM: Question(ask_confirm, take_confirm),
    },
    right=lambda ctx, draft: _cell(ctx, draft.cell_id),
)
