"""How a roll call stands; taken back within a minute, ended, said to be a mistake."""

from __future__ import annotations

from handlers.contact.rollcall.door import HOME, SeenRollCall, figure_of, own, seen, smallest
from handlers.ground.context import Context
from models.contact.rollcall import (
    RollCall,
    SafetyList,
    board_words,
    call_off_roll_call,
    end_roll_call,
    figure_words,
    people_listed,
)
from models.delivery.message import Button
from models.phrases.common import paragraph
from models.phrases.contact import rollcall as phrases
from models.phrases.text import Text

Row = list[Button]


def see(ctx: Context, arguments: list[str]) -> None:
    show_roll_call(ctx, seen(ctx, arguments))


def show_roll_call(ctx: Context, found: SeenRollCall, *, above: Text | None = None) -> None:
    figure, call = figure_of(ctx, found), found.call
    cells = [[Button(phrases.BY_CELL, f"rollcall:cells:{call.id}:0")]] if found.below else []
    buttons = [
        *cells,
        *_lists(ctx, found),
        *_doings(ctx, found),
        [Button(phrases.REFRESH, f"rollcall:see:{call.id}")],
        HOME,
    ]
    if figure is None:  # a contact: those whom they keep in touch with, and no figure
        left = people_listed(ctx.db, call.id, SafetyList.TO_CALL, cells=found.cells, members=found.members)
        words = (phrases.call_yours if left else phrases.yours_known)(occasion=call.occasion)
    else:
        words = board_words(
            ctx.db,
            call,
            figure,
            figure_words(figure, smallest=smallest(ctx, found)),
            zone=ctx.zone,
            named=not found.below,
            now=ctx.now,
        )
    ctx.show(paragraph(above, words) if above else words, buttons)


def _lists(ctx: Context, found: SeenRollCall) -> list[Row]:
    """Lists of names, for whoever may read them."""
    if not found.names:
        return []
    rows: list[Row] = []
    for which in SafetyList:
        people = people_listed(ctx.db, found.call.id, which, cells=found.cells, members=found.members)
        if people:
            label = phrases.list_button(which=which, count=len(people))
            rows.append([Button(label, f"rollwho:list:{found.call.id}:{which}:0")])
    return rows


def _doings(ctx: Context, found: SeenRollCall) -> list[Row]:
    call = found.call
    if not found.is_own or not call.is_open:
        return []
    if ctx.now - call.called_at <= ctx.policies.rollcall.undo:
        return [[Button(phrases.UNDO, f"rollcall:off:{call.id}")]]
    return [[Button(phrases.END, f"rollcall:end:{call.id}")]]


def show_sent(ctx: Context, call: RollCall) -> None:
    """Confirm a call, with the way to take it back. The figure comes as a message of its own."""
    seconds = int(ctx.policies.rollcall.undo.total_seconds())
    drill = [phrases.DRILL] if call.is_drill else []
    buttons = [[Button(phrases.UNDO, f"rollcall:off:{call.id}")]]
    ctx.show(
        paragraph(*drill, phrases.sent(seconds=seconds)),
        [*buttons, [Button(phrases.OPEN_BOARD, f"rollcall:see:{call.id}")]],
    )


def off(ctx: Context, arguments: list[str]) -> None:
    """Take it back, or say later that it was a mistake; who was asked is told."""
    found = own(ctx, arguments)
    if _is_late(ctx, found.call):
        ask_end(ctx, arguments)
        return
    _call_off(ctx, found)


def mistake(ctx: Context, arguments: list[str]) -> None:
    _call_off(ctx, own(ctx, arguments))


def _call_off(ctx: Context, found: SeenRollCall) -> None:
    call_off_roll_call(ctx.db, found.call, by_id=ctx.me.id, policies=ctx.policies, now=ctx.now)
    show_roll_call(ctx, found, above=phrases.is_off())


def _is_late(ctx: Context, call: RollCall) -> bool:
    """A minute has gone by: the button to take it back asks first."""
    return call.is_open and ctx.now - call.called_at > ctx.policies.rollcall.undo


def ask_end(ctx: Context, arguments: list[str]) -> None:
    call = own(ctx, arguments).call
    rows = [
        [Button(phrases.END_NOW, f"rollcall:ended:{call.id}")],
        [Button(phrases.MISTAKE, f"rollcall:mistake:{call.id}")],
        [Button(phrases.KEEP_ON, f"rollcall:see:{call.id}")],
    ]
    drill = [phrases.DRILL] if call.is_drill else []
    ctx.show(paragraph(*drill, phrases.ask_end()), rows)


def end(ctx: Context, arguments: list[str]) -> None:
    found = own(ctx, arguments)
    end_roll_call(ctx.db, found.call, by_id=ctx.me.id, policies=ctx.policies, now=ctx.now)
    show_roll_call(ctx, found, above=phrases.is_ended())
