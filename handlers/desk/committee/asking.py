"""Names are asked for: FIGURE ──> REASON ──> CONFIRM ──> the cell's secretary"""

from __future__ import annotations

from pydantic import BaseModel

from handlers.desk.committee.screen import show
from handlers.ground.arguments import number
from handlers.ground.context import Context
from handlers.ground.form import At, Confirm, Field, Form, OneOf, Prose
from handlers.people.unit.door import cell_for
from models.desk.committee import ask_names, require_no_open_request
from models.desk.counts import Figure
from models.people.rights import Right
from models.people.unit import Unit
from models.phrases import common
from models.phrases.desk import committee as phrases
from models.phrases.text import Text, capital

_REASON_LIMIT = 300


class Draft(BaseModel):
    cell_id: int = 0
    figure: Figure = Figure.LATE
    reason: str = ""


def begin_asking(ctx: Context, arguments: list[str]) -> None:
    ASK.begin(ctx, Draft(cell_id=number(arguments)))


def _put_figure(at: At[Draft, Unit], figure: Figure) -> None:
    """One that is open already is said to be so before a reason is typed."""
    at.draft.figure = figure
    require_no_open_request(at.ctx.db, at.subject.id, figure, by_id=at.ctx.me.id)


def _look_over(at: At[Draft, Unit]) -> Text:
    return phrases.confirm_asking(
        cell=at.subject.name,
        figure=at.draft.figure,
        reason=at.draft.reason,
        days=at.ctx.policies.committee.names_shown_days,
    )


def _send(at: At[Draft, Unit]) -> None:
    ctx, draft = at.ctx, at.draft
    ask_names(
        ctx.db,
        at.subject,
        draft.figure,
        reason=draft.reason,
        by_id=ctx.me.id,
        policy=ctx.policies.committee,
        now=ctx.now,
    )
    show(ctx, at.subject, phrases.asked())


ASK: Form[Draft, Unit] = Form(
    "committee_names",
    phrases.ASKING,
    Draft,
    right=lambda ctx, draft: cell_for(ctx, draft.cell_id, Right.ASK_NAMES),
    fields=(
        Field(
            "figure",
            lambda at: phrases.ask_figure(cell=at.subject.name),
            OneOf(lambda at: [(capital(phrases.FIGURES[one]), one) for one in Figure]),
            put=_put_figure,
        ),
        Field(
            "reason",
            lambda at: phrases.ask_reason(cell=at.subject.name, limit=_REASON_LIMIT),
            Prose(_REASON_LIMIT),
        ),
        Field("confirm", _look_over, Confirm(common.SEND)),
    ),
    save=_send,
)
