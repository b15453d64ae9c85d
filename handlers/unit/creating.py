"""A unit below is created: KIND ─> NAMING ─> CREATE ──a cell──> its secretary (secretary.py)"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from handlers.arguments import number
from handlers.context import Answer, Context
from handlers.conversation import Flow, Question, Screen, begin, choice
from handlers.roster.common import MENU
from handlers.unit.door import unit_for
from models.errors import Refused
from models.marking import marked_secret
from models.names import tidy_name
from models.outbox import Button
from models.phrases import common
from models.phrases import unit as phrases
from models.rights import Right
from models.unit import ORDER, Unit, UnitKind, create_unit

_LONGEST_NAME = 100


class NewStep(StrEnum):
    KIND = "kind"
    NAMING = "naming"
    CREATE = "create"


class NewDraft(BaseModel):
    parent_id: int = 0
    kind: UnitKind = UnitKind.CELL
    name: str = ""


def begin_new(ctx: Context, arguments: list[str]) -> None:
    parent = unit_for(ctx, number(arguments), Right.CREATE_UNIT)
    begin(ctx, NEW, NewStep.KIND, NewDraft(parent_id=parent.id))


def _kinds_below(parent: Unit) -> tuple[UnitKind, ...]:
    return ORDER[ORDER.index(UnitKind(parent.kind)) + 1 :]


def ask_kind(ctx: Context, draft: NewDraft) -> Screen:
    parent = unit_for(ctx, draft.parent_id, Right.CREATE_UNIT)
    buttons = [[choice(phrases.KINDS[kind], kind)] for kind in _kinds_below(parent)]
    return Screen(phrases.ask_kind(parent=parent.name), buttons)


def take_kind(ctx: Context, draft: NewDraft, answer: Answer) -> NewStep:
    parent = unit_for(ctx, draft.parent_id, Right.CREATE_UNIT)
    draft.kind = UnitKind(answer.choice(*_kinds_below(parent)))
    return NewStep.NAMING


def ask_naming(ctx: Context, draft: NewDraft) -> Screen:
    return Screen(phrases.ask_name())


def take_naming(ctx: Context, draft: NewDraft, answer: Answer) -> NewStep:
    said = answer.words(limit=_LONGEST_NAME)
    if marked_secret(said):
        raise Refused(common.secret_refused())
    draft.name = tidy_name(said)
    return NewStep.CREATE


def ask_create(ctx: Context, draft: NewDraft) -> Screen:
    parent = unit_for(ctx, draft.parent_id, Right.CREATE_UNIT)
    words = phrases.confirm_unit(kind=draft.kind, name=draft.name, parent=parent.name)
    return Screen(words, [[choice(phrases.CREATE, "yes")]])


def take_create(ctx: Context, draft: NewDraft, answer: Answer) -> None:
    answer.choice("yes")
    parent = unit_for(ctx, draft.parent_id, Right.CREATE_UNIT)
    unit = create_unit(ctx.db, kind=draft.kind, name=draft.name, parent=parent, by_id=ctx.me.id, now=ctx.now)
    next_ = [[Button(phrases.NAME_SECRETARY, f"unit:secretary:{unit.id}")]] if draft.kind == "cell" else []
    ctx.show(
        phrases.created(name=unit.name), [*next_, [Button(phrases.TO_UNIT, f"unit:see:{unit.id}")], MENU]
    )


NEW: Flow[NewDraft] = Flow(
    "unit_new",
    phrases.CREATING,
    NewDraft,
    {
        NewStep.KIND: Question(ask_kind, take_kind),
        NewStep.NAMING: Question(ask_naming, take_naming),
        NewStep.CREATE: Question(ask_create, take_create),
    },
    right=lambda ctx, draft: unit_for(ctx, draft.parent_id, Right.CREATE_UNIT),
)
