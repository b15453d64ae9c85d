"""The messages of a roll call, each with the buttons that carry which one it is."""

from __future__ import annotations

from models.contact.rollcall.questions import SafetyFigure
from models.contact.rollcall.rows import ANSWERS, RollCall
from models.delivery.message import Button
from models.phrases import common
from models.phrases.contact import rollcall as phrases
from models.phrases.text import Text

Row = list[Button]


def answer_buttons(call: RollCall, chosen: str | None = None) -> list[Row]:
    """Return the three large buttons; they stay when one is chosen: it is marked, another may be taken instead."""
    return [
        [
            Button(
                phrases.answer_button(answer=one, drill=call.is_drill, chosen=one == chosen),
                f"rollcall:{one}:{call.id}",
            )
        ]
        for one in ANSWERS
    ]


def question(call: RollCall, unit: str, zone: str, *, again: int = 0) -> Text:
    return phrases.question(
        occasion=call.occasion,
        unit=unit,
        text=call.text or "",
        at=call.called_at,
        zone=zone,
        again=again,
    )


def figure_words(figure: SafetyFigure, *, smallest: int) -> Text:
    """Say the figure. `smallest`: of fewer people only whether something is still unknown; 0: of any number."""
    if figure.people < smallest:
        return phrases.few(done=figure.owed == 0)
    return phrases.figure(
        people=figure.people, safe=figure.safe, needs=figure.needs, call=figure.call, owed=figure.owed
    )


def board_buttons(call: RollCall, *, names: bool) -> list[Row]:
    """Return what stands under a figure in a chat. What they open comes below it, so that the figure stays."""
    to_list = [[Button(phrases.TO_CALL, f"below:rollwho:list:{call.id}:owed:0")]] if names else []
    cells = [] if names else [[Button(phrases.BY_CELL, f"below:rollcall:cells:{call.id}:0")]]
    return [*to_list, *cells, [Button(phrases.OPEN_BOARD, f"below:rollcall:see:{call.id}")]]


def see_button(call: RollCall) -> Row:
    return [Button(phrases.OPEN_BOARD, f"rollcall:see:{call.id}"), Button(common.MENU, "nav:menu")]
