"""How much stands on one screen, and the buttons to what does not.

paged(rows, page, room, to)    the rows of a page, and the buttons that turn to others
fitting(around, doings)        how many rows of buttons stand beside what is always there
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import TypeVar

from models.delivery.message import Button
from models.phrases import common

T = TypeVar("T")
Row = list[Button]
SCREEN = 8  # buttons on one, those back among them: more is a wall to old eyes
PAGE = 5  # names on a screen: with the ways to turn and back no more than eight buttons


def turning(page: int, pages: int, to: Callable[[int], str]) -> Row:
    """Give the buttons to the pages before and after; `to` gives the address of one."""
    row = []
    if page > 0:
        row.append(Button(common.PREVIOUS, to(page - 1)))
    if page + 1 < pages:
        row.append(Button(common.NEXT, to(page + 1)))
    return row


def fitting(around: Sequence[Row], doings: Sequence[Row]) -> int:
    """Count how many of the doings stand on a screen beside what is always there; the others go behind one more button."""
    room = SCREEN - sum(map(len, around))
    taken = kept = 0
    for row in doings:
        taken += len(row)
        kept += taken <= room - 1
    return len(doings) if taken <= room else kept


def page_of(wanted: int, count: int, size: int = PAGE) -> tuple[int, int]:
    """Return the page that there is, and how many there are: a list may have grown shorter since the button was made."""
    pages = max(ceil(count / size), 1)
    return min(wanted, pages - 1), pages


def paged(rows: Sequence[T], page: int, room: int, to: Callable[[int], str]) -> tuple[Sequence[T], Row]:
    """Return as many as there is room for; where that is not all, the pages' buttons take their share of it."""
    size = room if len(rows) <= room else max(room - 2, 1)
    page, pages = page_of(page, len(rows), size)
    return rows[page * size : (page + 1) * size], turning(page, pages, to)
