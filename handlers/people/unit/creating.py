"""A unit below is created, or a unit renamed.

KIND ─> NAMING ─> CREATE ──a cell──> its secretary (secretary.py)       a name that is taken is asked for again
        TYPED ─> RENAME
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from handlers.desk.roster.common import MENU
from handlers.ground.arguments import number
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.people.unit.door import unit_for
from models.delivery.outbox import Button
from models.ground.errors import Refused
from models.ground.marking import marked_secret
from models.ground.names import tidy_unit_name
from models.people.rights import Right
from models.people.unit import ORDER, Unit, UnitKind, check_name_free, create_unit, rename_unit
from models.phrases import common
from models.phrases.people import unit as phrases

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
    draft.name = _name(answer)
    check_name_free(ctx.db, draft.name, unit_for(ctx, draft.parent_id, Right.CREATE_UNIT).id)
    return NewStep.CREATE


def _name(answer: Answer) -> str:
    said = answer.words(limit=_LONGEST_NAME)
    if marked_secret(said):
        raise Refused(common.secret_refused())
    return tidy_unit_name(said)


def ask_create(ctx: Context, draft: NewDraft) -> Screen:
    parent = unit_for(ctx, draft.parent_id, Right.CREATE_UNIT)
    words = phrases.confirm_unit(kind=draft.kind, name=draft.name, parent=parent.name)
    return Screen(words, [[choice(phrases.CREATE, "yes")]])


def take_create(ctx: Context, draft: NewDraft, answer: Answer) -> NewStep | None:
    """A name that is typed here takes the place of the one before: it was mistyped, or is taken by now."""
    if answer.value is None:
        return take_naming(ctx, draft, answer)
    answer.choice("yes")
    parent = unit_for(ctx, draft.parent_id, Right.CREATE_UNIT)
    unit = create_unit(ctx.db, kind=draft.kind, name=draft.name, parent=parent, by_id=ctx.me.id, now=ctx.now)
    next_ = [[Button(phrases.NAME_SECRETARY, f"unit:secretary:{unit.id}")]] if draft.kind == "cell" else []
    ctx.show(
        phrases.created(name=unit.name), [*next_, [Button(phrases.TO_UNIT, f"unit:see:{unit.id}")], MENU]
    )
    return None


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


# --- another name ---------------------------------------------------------------------------------------------------


class RenameStep(StrEnum):
    TYPED = "typed"
    RENAME = "rename"


class RenameDraft(BaseModel):
    unit_id: int = 0
    name: str = ""


def begin_rename(ctx: Context, arguments: list[str]) -> None:
    unit = unit_for(ctx, number(arguments), Right.CREATE_UNIT)
    begin(ctx, RENAME, RenameStep.TYPED, RenameDraft(unit_id=unit.id))


def _renamed(ctx: Context, draft: RenameDraft) -> Unit:
    return unit_for(ctx, draft.unit_id, Right.CREATE_UNIT)


def ask_typed(ctx: Context, draft: RenameDraft) -> Screen:
    return Screen(phrases.ask_new_name(name=_renamed(ctx, draft).name))


def take_typed(ctx: Context, draft: RenameDraft, answer: Answer) -> RenameStep:
    unit, draft.name = _renamed(ctx, draft), _name(answer)
    if draft.name == unit.name:
        raise Refused(phrases.called_so_already(name=unit.name))
    check_name_free(ctx.db, draft.name, unit.parent_id, but=unit)
    return RenameStep.RENAME


def ask_rename(ctx: Context, draft: RenameDraft) -> Screen:
    words = phrases.confirm_rename(before=_renamed(ctx, draft).name, after=draft.name)
    return Screen(words, [[choice(phrases.YES_RENAME, "yes")]])


def take_rename(ctx: Context, draft: RenameDraft, answer: Answer) -> RenameStep | None:
    if answer.value is None:
        return take_typed(ctx, draft, answer)
    answer.choice("yes")
    unit = _renamed(ctx, draft)
    rename_unit(ctx.db, unit, draft.name, by_id=ctx.me.id, now=ctx.now)
    ctx.show(phrases.renamed(name=unit.name), [[Button(phrases.TO_UNIT, f"unit:see:{unit.id}")], MENU])
    return None


RENAME: Flow[RenameDraft] = Flow(
    "unit_rename",
    phrases.RENAMING,
    RenameDraft,
    {
        RenameStep.TYPED: Question(ask_typed, take_typed),
        RenameStep.RENAME: Question(ask_rename, take_rename),
    },
    right=_renamed,
)
