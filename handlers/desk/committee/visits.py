"""A visit to a cell's meeting: DAY ──> NOTE ──> CONFIRM ──> the screen of both.  Said again for the day, it is corrected."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import BaseModel

from handlers.desk.committee.screen import show
from handlers.ground.arguments import number
from handlers.ground.context import Context
from handlers.ground.form import At, Confirm, Day, Field, Form, Prose
from handlers.people.unit.door import cell_for
from models.desk.committee import note_visit
from models.desk.committee.visits import fit_day, visit_on
from models.people.rights import Right
from models.people.unit import Unit
from models.phrases.desk import committee as phrases
from models.phrases.text import Text

_NOTE_LIMIT = 500
_DAY = timedelta(days=1)


class Draft(BaseModel):
    cell_id: int = 0
    came_on: date = date.min
    note: str = ""


def begin_visit(ctx: Context, arguments: list[str]) -> None:
    VISIT.begin(ctx, Draft(cell_id=number(arguments)))


def _look_over(at: At[Draft, Unit]) -> Text:
    ctx, draft = at.ctx, at.draft
    before = visit_on(ctx.db, at.subject.id, by_id=ctx.me.id, came_on=draft.came_on)
    return phrases.confirm_visit(
        cell=at.subject.name, on=draft.came_on, note=draft.note, corrects=before is not None
    )


def _save(at: At[Draft, Unit]) -> None:
    ctx, draft = at.ctx, at.draft
    note_visit(
        ctx.db,
        at.subject,
        by_id=ctx.me.id,
        came_on=draft.came_on,
        note=draft.note,
        policy=ctx.policies.committee,
        now=ctx.now,
    )
    show(ctx, at.subject, phrases.visit_kept(on=draft.came_on))


_CAME_ON: Day[Draft, Unit] = Day(
    lambda at: at.today - _DAY * at.ctx.policies.committee.visit_days,
    lambda at, on: fit_day(on, at.ctx.policies.committee, now=at.ctx.now),
    offers=lambda at: ((phrases.TODAY, at.today), (phrases.YESTERDAY, at.today - _DAY)),
    in_row=2,
)
VISIT: Form[Draft, Unit] = Form(
    "committee_visit",
    phrases.VISITING,
    Draft,
    right=lambda ctx, draft: cell_for(ctx, draft.cell_id, Right.NOTE_VISIT),
    fields=(
        Field("day", lambda at: phrases.ask_visit_day(cell=at.subject.name), _CAME_ON, into="came_on"),
        Field("note", lambda at: phrases.ask_visit_note(limit=_NOTE_LIMIT), Prose(_NOTE_LIMIT)),
        Field("confirm", _look_over, Confirm(phrases.KEEP_VISIT)),
    ),
    save=_save,
)
