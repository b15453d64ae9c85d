"""/dangbo: the committee's view. Units below in counts without names, new units, their secretaries.

unit ──> unit below ──> … ──> cell ──> name or replace its secretary: NAME ─> YEAR ─> PHONE ─> CONFIRM ─> QR
  │                                └──> invite the secretary again: a lost phone
  └──> create below: KIND ─> NAMING ─> CREATE ──a cell──> its secretary
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from handlers.absence import waiting_above
from handlers.context import Answer, Context
from handlers.conversation import AnyFlow, Flow, Question, Screen, begin, choice
from handlers.office import ways_of
from handlers.roster.common import MENU, Person, ask_fact, number, take_fact
from handlers.roster.inviting import hand_out
from handlers.routing import Tap
from models.clock import HOME_ZONE, local_date
from models.counts import Counts, Tree, counts_of, together, tree_below
from models.errors import Refused
from models.marking import marked_secret
from models.member import Member, account_of, tell
from models.names import tidy_name
from models.office import begin_handover, can_be_reached, current_stand_in
from models.outbox import Button, Lane, Message
from models.phones import show_phone
from models.phrases import absence as absence_phrases
from models.phrases import common
from models.phrases import office as office_phrases
from models.phrases import roster_talk as roster_phrases
from models.phrases import unit as phrases
from models.phrases.text import Text, raw
from models.rights import (
    NotEntitled,
    Right,
    Role,
    appoint,
    appointments,
    end_appointment,
    holders,
    may,
    require,
)
from models.roster import Column, add_row, change_facts, compare_roster
from models.unit import ORDER, Unit, UnitKind, create_unit

_LONGEST_NAME = 100


def start(ctx: Context) -> None:
    """The unit one is appointed to; asked only when there are several."""
    mine = [
        held.unit_id for held in appointments(ctx.db, ctx.me.id, now=ctx.now) if held.role == Role.OFFICER
    ]
    if not mine:
        raise NotEntitled
    if len(mine) == 1:
        _show(ctx, _unit(ctx, mine[0], Right.SEE_COUNTS))
        return
    units = [ctx.db.get_one(Unit, unit_id) for unit_id in mine]
    ctx.show(phrases.which_unit(), [*([Button(raw(u.name), f"unit:see:{u.id}")] for u in units), MENU])


def see(ctx: Context, arguments: list[str]) -> None:
    _show(ctx, _unit(ctx, number(arguments), Right.SEE_COUNTS))


def _unit(ctx: Context, unit_id: int, right: Right) -> Unit:
    """The unit, if the speaker has `right` over it at this moment."""
    unit = ctx.db.get(Unit, unit_id)
    require(ctx.db, ctx.me.id, right, unit.id if unit else None, now=ctx.now)
    if unit is None or unit.closed_at is not None:
        raise Refused(phrases.gone())
    return unit


# --- the view -----------------------------------------------------------------------------------------------------


def _show(ctx: Context, unit: Unit) -> None:
    tree = tree_below(ctx.db, unit.id)
    counts = counts_of(ctx.db, tree.cells(unit.id), month=local_date(ctx.now, HOME_ZONE))
    children = tree.children(unit.id)
    is_cell = unit.kind == UnitKind.CELL
    papers = _papers(ctx, tree, unit)
    words = phrases.overview(
        name=unit.name,
        kind=unit.kind,
        total=_counts_words(tree, counts, unit),
        below=[(child.name, _counts_words(tree, counts, child)) for child in children],
        secretary=phrases.has_secretary(count=len(_secretaries(ctx, unit))) if is_cell else None,
    )
    ctx.show(
        words,
        [*papers, *([Button(raw(c.name), f"unit:see:{c.id}")] for c in children), *_doings(ctx, unit), MENU],
    )


def _papers(ctx: Context, tree: Tree, unit: Unit) -> list[list[Button]]:
    """Absences that this officer has to decide on."""
    if not may(ctx.db, ctx.me.id, Right.DECIDE_ABSENCE, unit.id, now=ctx.now):
        return []
    waiting = waiting_above(ctx, tree.cells(unit.id))
    label = absence_phrases.waiting_button(count=len(waiting))
    return [[Button(label, f"absence:waiting:{unit.id}:0")]] if waiting else []


def _counts_words(tree: Tree, counts: dict[int, Counts], unit: Unit) -> Text:
    total = together(counts[cell] for cell in tree.cells(unit.id) if cell in counts)
    return phrases.counts(
        members=total.members,
        registered=total.registered,
        answered=total.answered,
        late=total.late,
        unreachable=total.unreachable,
    )


def _doings(ctx: Context, unit: Unit) -> list[list[Button]]:
    buttons: list[list[Button]] = []
    if may(ctx.db, ctx.me.id, Right.CREATE_UNIT, unit.id, now=ctx.now):
        if unit.kind == UnitKind.CELL:
            buttons += ways_of(ctx, unit)
            buttons.append([Button(office_phrases.WHO_HOLDS, f"office:see:{unit.id}")])
            buttons.append([Button(phrases.NEW_SECRETARY, f"unit:secretary:{unit.id}")])
            if _secretaries(ctx, unit):
                buttons.append([Button(phrases.INVITE_SECRETARY, f"unit:invite:{unit.id}")])
        else:
            buttons.append([Button(phrases.ADD, f"unit:new:{unit.id}")])
    above = unit.parent_id
    if above is not None and may(ctx.db, ctx.me.id, Right.SEE_COUNTS, above, now=ctx.now):
        buttons.append([Button(phrases.UP, f"unit:see:{above}")])
    return buttons


def _secretaries(ctx: Context, cell: Unit) -> list[int]:
    """An officer who stands in is none."""
    stand_in = current_stand_in(ctx.db, cell.id, now=ctx.now)
    held = holders(ctx.db, cell.id, Role.SECRETARY, now=ctx.now)
    return [one for one in held if stand_in is None or one != stand_in.officer_id]


# --- a unit below -------------------------------------------------------------------------------------------------


class NewStep(StrEnum):
    KIND = "kind"
    NAMING = "naming"
    CREATE = "create"


class NewDraft(BaseModel):
    parent_id: int = 0
    kind: UnitKind = UnitKind.CELL
    name: str = ""


def begin_new(ctx: Context, arguments: list[str]) -> None:
    parent = _unit(ctx, number(arguments), Right.CREATE_UNIT)
    begin(ctx, NEW, NewStep.KIND, NewDraft(parent_id=parent.id))


def _kinds_below(parent: Unit) -> tuple[UnitKind, ...]:
    return ORDER[ORDER.index(UnitKind(parent.kind)) + 1 :]


def ask_kind(ctx: Context, draft: NewDraft) -> Screen:
    parent = _unit(ctx, draft.parent_id, Right.CREATE_UNIT)
    buttons = [[choice(phrases.KINDS[kind], kind)] for kind in _kinds_below(parent)]
    return Screen(phrases.ask_kind(parent=parent.name), buttons)


def take_kind(ctx: Context, draft: NewDraft, answer: Answer) -> NewStep:
    parent = _unit(ctx, draft.parent_id, Right.CREATE_UNIT)
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
    parent = _unit(ctx, draft.parent_id, Right.CREATE_UNIT)
    words = phrases.confirm_unit(kind=draft.kind, name=draft.name, parent=parent.name)
    return Screen(words, [[choice(phrases.CREATE, "yes")]])


def take_create(ctx: Context, draft: NewDraft, answer: Answer) -> None:
    answer.choice("yes")
    parent = _unit(ctx, draft.parent_id, Right.CREATE_UNIT)
    unit = create_unit(ctx.db, kind=draft.kind, name=draft.name, parent=parent, now=ctx.now)
    next_ = [[Button(phrases.NAME_SECRETARY, f"unit:secretary:{unit.id}")]] if draft.kind == "cell" else []
    ctx.show(
        phrases.created(name=unit.name), [*next_, [Button(phrases.TO_UNIT, f"unit:see:{unit.id}")], MENU]
    )


# --- its secretary ------------------------------------------------------------------------------------------------


class SecretaryStep(StrEnum):
    NAME = "name"
    BIRTH_YEAR = "birth_year"
    PHONE = "phone"
    CONFIRM = "confirm"


class SecretaryDraft(Person):
    cell_id: int = 0


def begin_secretary(ctx: Context, arguments: list[str]) -> None:
    cell = _cell(ctx, number(arguments))
    begin(ctx, SECRETARY, SecretaryStep.NAME, SecretaryDraft(cell_id=cell.id))


def _cell(ctx: Context, cell_id: int) -> Unit:
    cell = _unit(ctx, cell_id, Right.CREATE_UNIT)
    if cell.kind != UnitKind.CELL:
        raise Refused(phrases.gone())
    return cell


def _fact(column: Column, next_step: SecretaryStep) -> Question[SecretaryDraft]:
    def ask(ctx: Context, draft: SecretaryDraft) -> Screen:
        return ask_fact(column, draft)

    def take(ctx: Context, draft: SecretaryDraft, answer: Answer) -> SecretaryStep:
        take_fact(ctx, column, draft, answer)
        return next_step

    return Question(ask, take)


def ask_confirm(ctx: Context, draft: SecretaryDraft) -> Screen:
    cell = _cell(ctx, draft.cell_id)
    words = phrases.confirm_secretary(
        name=draft.full_name,
        birth_year=draft.birth_year,
        phone=show_phone(draft.phone) if draft.phone else "",
        cell=cell.name,
        replaces=any(one != _known(ctx, draft) for one in _secretaries(ctx, cell)),
    )
    return Screen(words, [[choice(phrases.NAME_AND_INVITE, "yes")]])


def _known(ctx: Context, draft: SecretaryDraft) -> int | None:
    """The person of the draft, if on the cell's roster already."""
    compared = compare_roster(ctx.db, draft.cell_id, [draft.row()])
    found = [*(update.member for update in compared.changed), *compared.same]
    return found[0].id if found else None


def take_confirm(ctx: Context, draft: SecretaryDraft, answer: Answer) -> None:
    answer.choice("yes")
    cell = _cell(ctx, draft.cell_id)
    member = _on_roster(ctx, draft)
    _replace(ctx, cell, member)
    back = Button(phrases.TO_UNIT, f"unit:see:{cell.id}")
    if account_of(ctx.db, member.id) is None:
        hand_out(ctx, member, back=back)
    else:
        again = [Button(phrases.INVITE_SECRETARY, f"unit:invite:{cell.id}")]
        ctx.show(phrases.secretary_named(name=member.full_name, cell=cell.name), [again, [back], MENU])


def invite_secretary(ctx: Context, arguments: list[str]) -> None:
    """A lost phone or account: where there is no deputy, nobody else can. A registered one is asked about first."""
    cell = _cell(ctx, number(arguments))
    holding = _secretaries(ctx, cell)
    back = Button(phrases.TO_UNIT, f"unit:see:{cell.id}")
    if not holding:
        raise Refused(phrases.gone())
    member = ctx.db.get_one(Member, holding[0])
    if account_of(ctx.db, member.id) is None or arguments[1:] == ["yes"]:
        hand_out(ctx, member, back=back)
        return
    yes = Button(roster_phrases.YES_DO, f"unit:invite:{cell.id}:yes")
    ctx.show(roster_phrases.invite_again(name=member.full_name), [[yes], [back], MENU])


def _on_roster(ctx: Context, draft: SecretaryDraft) -> Member:
    """The person of the draft on the cell's roster: found as an import would find them, else added."""
    row = draft.row()
    compared = compare_roster(ctx.db, draft.cell_id, [row])
    if compared.unclear:
        raise Refused(phrases.several_alike())
    if compared.new:
        return add_row(ctx.db, draft.cell_id, row, now=ctx.now)
    for update in compared.changed:
        if Column.PHONE in update.after:
            phone = {Column.PHONE: update.after[Column.PHONE]}
            change_facts(ctx.db, update.member, phone, ctx.policies.checkin, now=ctx.now)
        return update.member
    return compared.same[0]


def _replace(ctx: Context, cell: Unit, member: Member) -> None:
    """Whoever was secretary is so no longer, and is told; rights change with this very minute.

    Who is connected takes the office over with all that waits in it; who is not yet gets it once they are invited.
    """
    if member.id not in _secretaries(ctx, cell) and can_be_reached(ctx.db, member.id):
        begin_handover(ctx.db, cell, to_id=member.id, by_id=ctx.me.id, now=ctx.now)
        return
    for holder_id in _secretaries(ctx, cell):
        if holder_id == member.id:
            continue
        for held in appointments(ctx.db, holder_id, now=ctx.now):
            if held.unit_id == cell.id and held.role == Role.SECRETARY:
                end_appointment(held, now=ctx.now)
                words, key = phrases.you_are_no_secretary(cell=cell.name), f"unit.ended:{held.id}"
                _tell(ctx, ctx.db.get_one(Member, holder_id), words, key=key)
    ctx.db.flush()
    if member.id in _secretaries(ctx, cell):
        return
    new = appoint(
        ctx.db, member_id=member.id, unit_id=cell.id, role=Role.SECRETARY, by_id=ctx.me.id, now=ctx.now
    )
    _tell(ctx, member, phrases.you_are_secretary(cell=cell.name), key=f"unit.appointed:{new.id}")


def _tell(ctx: Context, member: Member, words: Text, *, key: str) -> None:
    message = Message(words, [[Button(common.MENU, "nav:menu")]])
    tell(ctx.db, member, message, key=key, lane=Lane.ALERT, now=ctx.now)


NEW: Flow[NewDraft] = Flow(
    "unit_new",
    phrases.CREATING,
    NewDraft,
    {
        NewStep.KIND: Question(ask_kind, take_kind),
        NewStep.NAMING: Question(ask_naming, take_naming),
        NewStep.CREATE: Question(ask_create, take_create),
    },
)

SECRETARY: Flow[SecretaryDraft] = Flow(
    "unit_secretary",
    phrases.NAMING_SECRETARY,
    SecretaryDraft,
    {
        SecretaryStep.NAME: _fact(Column.NAME, SecretaryStep.BIRTH_YEAR),
        SecretaryStep.BIRTH_YEAR: _fact(Column.BIRTH_YEAR, SecretaryStep.PHONE),
        SecretaryStep.PHONE: _fact(Column.PHONE, SecretaryStep.CONFIRM),
        SecretaryStep.CONFIRM: Question(ask_confirm, take_confirm),
    },
)

TAPS: list[Tap] = [
    Tap("unit:see", see),
    Tap("unit:new", begin_new),
    Tap("unit:secretary", begin_secretary),
    Tap("unit:invite", invite_secretary),
]
FLOWS: list[AnyFlow] = [NEW, SECRETARY]
