"""A unit below is created.

KIND ─> NAMING ─> CREATE ──a cell──> its secretary (secretary.py)       a name that is taken is asked for again
"""

from __future__ import annotations

from pydantic import BaseModel

from handlers.desk.roster.common import MENU
from handlers.ground.arguments import number
from handlers.ground.context import Context
from handlers.ground.form import At, Confirm, Field, Form, Line, OneOf
from handlers.people.unit.door import unit_for
from models.delivery.message import Button
from models.ground.names import tidy_unit_name
from models.people.rights import Right
from models.people.unit import ORDER, Unit, UnitKind, check_name_free, create_unit
from models.phrases.people import unit as phrases
from models.phrases.text import Text

_LONGEST_NAME = 100


class NewDraft(BaseModel):
    parent_id: int = 0
    kind: UnitKind = UnitKind.CELL
    name: str = ""


def begin_new(ctx: Context, arguments: list[str]) -> None:
    NEW.begin(ctx, NewDraft(parent_id=number(arguments)))


def _kinds_below(at: At[NewDraft, Unit]) -> list[tuple[Text, UnitKind]]:
    below = ORDER[ORDER.index(UnitKind(at.subject.kind)) + 1 :]
    return [(phrases.KINDS[kind], kind) for kind in below]


def _free_name(at: At[NewDraft, Unit], said: str) -> str:
    name = tidy_unit_name(said)
    check_name_free(at.ctx.db, name, at.subject.id)
    return name


def _look_over(at: At[NewDraft, Unit]) -> Text:
    return phrases.confirm_unit(kind=at.draft.kind, name=at.draft.name, parent=at.subject.name)


def _create(at: At[NewDraft, Unit]) -> None:
    ctx, draft = at.ctx, at.draft
    unit = create_unit(
        ctx.db, kind=draft.kind, name=draft.name, parent=at.subject, by_id=ctx.me.id, now=ctx.now
    )
    next_ = [[Button(phrases.NAME_SECRETARY, f"unit:secretary:{unit.id}")]] if draft.kind == "cell" else []
    ways = [*next_, [Button(phrases.TO_UNIT, f"unit:see:{unit.id}")], MENU]
    ctx.show(phrases.created(name=unit.name), ways)


_NAMING: Field[NewDraft, Unit] = Field(
    "naming", lambda at: phrases.ask_name(), Line(_LONGEST_NAME, _free_name), into="name"
)
NEW: Form[NewDraft, Unit] = Form(
    "unit_new",
    phrases.CREATING,
    NewDraft,
    right=lambda ctx, draft: unit_for(ctx, draft.parent_id, Right.CREATE_UNIT),
    fields=(
        Field("kind", lambda at: phrases.ask_kind(parent=at.subject.name), OneOf(_kinds_below)),
        _NAMING,
        Field("create", _look_over, Confirm(phrases.CREATE, typed=_NAMING)),  # mistyped, or taken by now
    ),
    save=_create,
)
