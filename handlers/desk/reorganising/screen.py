"""What was changed about a unit, what may be changed, and the way back."""

from __future__ import annotations

from datetime import timedelta

from handlers.desk.roster.common import MENU
from handlers.ground.arguments import number
from handlers.ground.context import Context
from models.delivery.message import Button
from models.desk.reorganising import (
    ChangeRefused,
    check_undoable,
    may_change,
    may_undo,
    undo_change,
)
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.people.rights import NotEntitled, Right, require
from models.people.unit import Unit, UnitKind
from models.people.unit_change import ChangeKind, UnitChange, changes_of
from models.phrases.desk import reorganising as phrases
from models.phrases.people import unit as unit_phrases
from models.phrases.text import Text

_SHOWN = 5  # changes


def see(ctx: Context, arguments: list[str]) -> None:
    """Show a unit's changes to whoever may see its counts; the buttons are for who stands above it."""
    unit = ctx.db.get(Unit, number(arguments))
    require(ctx.db, ctx.me.id, Right.SEE_COUNTS, unit.id if unit else None, now=ctx.now)
    if unit is None:
        raise NotEntitled
    changes = changes_of(ctx.db, unit.id)
    ways = (
        []
        if unit.closed_at
        else [[Button(phrases.WAYS[one], f"reorganise:begin:{one}:{unit.id}")] for one in _ways(ctx, unit)]
    )
    back = next((one for one in changes if one.undone_at is None), None)
    undo = [[Button(phrases.UNDO, f"reorganise:undo:{back.id}")]] if back and _can_undo(ctx, back) else []
    up = unit.parent_id if unit.closed_at else unit.id
    home = [[Button(phrases.TO_UNIT, f"unit:see:{up}")]] if up else []
    history = [_line(ctx, one) for one in changes[:_SHOWN]]
    words = phrases.home(name=unit.name, history=history, hours=ctx.policies.units.undo_hours)
    ctx.show(words, [*ways, *undo, *home, MENU])


def _ways(ctx: Context, unit: Unit) -> list[ChangeKind]:
    kinds = [one for one in ChangeKind if one is not ChangeKind.SPLIT or unit.kind == UnitKind.CELL]
    return [one for one in kinds if may_change(ctx.db, ctx.me.id, one, unit, now=ctx.now)]


def _line(ctx: Context, change: UnitChange) -> Text:
    return phrases.change(
        **_names(ctx, change),
        number=change.number,
        on=change.decided_on,
        at=local_date(change.at, HOME_ZONE),
        undone=change.undone_at is not None,
    )


def _names(ctx: Context, change: UnitChange) -> dict[str, str]:
    unit, other = ctx.db.get_one(Unit, change.unit_id), ctx.db.get(Unit, change.other_id or 0)
    return {"kind": change.kind, "name": unit.name, "other": other.name if other else ""}


# --- undo -----------------------------------------------------------------------------------------------------------


def _can_undo(ctx: Context, change: UnitChange) -> bool:
    try:
        check_undoable(ctx.db, change, ctx.policies.units, now=ctx.now)
    except ChangeRefused:
        return False
    return may_undo(ctx.db, change, ctx.me.id, now=ctx.now)


def _change(ctx: Context, arguments: list[str]) -> UnitChange:
    change = ctx.db.get(UnitChange, number(arguments))
    if change is None or not may_undo(ctx.db, change, ctx.me.id, now=ctx.now):
        raise NotEntitled
    return change


def ask_undo(ctx: Context, arguments: list[str]) -> None:
    change = _change(ctx, arguments)
    if change.undone_at is not None:
        raise Refused(phrases.undone_already())
    check_undoable(ctx.db, change, ctx.policies.units, now=ctx.now)
    words = phrases.ask_undo(**_names(ctx, change), number=change.number, on=change.decided_on)
    yes = Button(phrases.YES_UNDO, f"reorganise:back:{change.id}")
    ctx.show(words, [[yes], [Button(phrases.BACK, f"reorganise:see:{change.unit_id}")], MENU])


def undo(ctx: Context, arguments: list[str]) -> None:
    change = _change(ctx, arguments)
    did = undo_change(ctx.db, change, ctx.policies.units, by_id=ctx.me.id, now=ctx.now)
    back = [[Button(unit_phrases.TO_UNIT, f"unit:see:{change.unit_id}")], MENU]
    ctx.show(phrases.undone() if did else phrases.undone_already(), back)


def show_done(ctx: Context, change: UnitChange) -> None:
    """Say what was just done, until when it can be undone, and what comes next."""
    unit, other = ctx.db.get_one(Unit, change.unit_id), ctx.db.get(Unit, change.other_id or 0)
    shown = unit if unit.closed_at is None else other
    rows = [[Button(phrases.UNDO, f"reorganise:undo:{change.id}")]]
    if change.kind == ChangeKind.SPLIT and other is not None:
        rows.insert(0, [Button(phrases.NAME_SECRETARY, f"unit:secretary:{other.id}")])
    if shown is not None:
        label = phrases.TO_HEIR if shown is other else unit_phrases.TO_UNIT
        rows.append([Button(label, f"unit:see:{shown.id}")])
    until = change.at + timedelta(hours=ctx.policies.units.undo_hours)
    ctx.show(phrases.done(**_names(ctx, change), until=until, zone=HOME_ZONE), [*rows, MENU])
