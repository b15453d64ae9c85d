"""A file of rows and columns, whatever program wrote it: what the readers of .xlsx, .ods and .csv give to `sheet`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from models.desk.roster.cells import SERIAL_ZERO, Value
from models.ground.legacy_text import letters_meant_together, read_anew, votes_for

Merged = tuple[int, int, int, int]  # first column, first row, last column, last row; counted from 1


class NotComputed:
    """Stands for a formula whose result the file does not hold."""


Content = Value | NotComputed


@dataclass(slots=True)
class Row:
    """One row that is not empty: the number that people see, and its cells from the first column on."""

    number: int
    cells: list[Content]
    fonts: dict[int, str] = field(default_factory=dict)
    """By place (from 0), where a cell names one."""
    struck: frozenset[int] = frozenset()
    """Places that are crossed out."""
    hidden: bool = False

    def at(self, place: int) -> Content:
        return self.cells[place - 1] if place <= len(self.cells) else None


@dataclass(slots=True)
class Grid:
    """One sheet."""

    title: str
    rows: list[Row]
    merged: Sequence[Merged] = ()
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    """Counted from 1."""
    zero: date = SERIAL_ZERO

    def row(self, number: int) -> Row | None:
        return next((row for row in self.rows if row.number == number), None)


def convert_letters(grids: Sequence[Grid]) -> set[str]:
    """Turn texts in old fonts into what they mean; return which fonts were found.

    It goes column by column; where a column leaves doubt, as the whole file.
    """
    used: set[str] = {READ_ANEW} if _read_anew(grids) else set()
    of_all = votes_for(
        str(cell) for grid in grids for row in grid.rows for cell in row.cells if isinstance(cell, str)
    )
    for grid in grids:
        for place in range(max((len(row.cells) for row in grid.rows), default=0)):
            held = [row for row in grid.rows if place < len(row.cells) and isinstance(row.cells[place], str)]
            texts = [str(row.cells[place]) for row in held]
            fonts = [row.fonts.get(place, "") for row in held]
            meant, found = letters_meant_together(texts, fonts, of_all=of_all)
            for row, text in zip(held, meant, strict=True):
                row.cells[place] = text
            used |= found
    return used


READ_ANEW = "UTF-8"


def _read_anew(grids: Sequence[Grid]) -> bool:
    """Put right what was Unicode before a program read it byte by byte; whether there was any."""
    found = False
    for row in (row for grid in grids for row in grid.rows):
        for place, cell in enumerate(row.cells):
            if isinstance(cell, str) and (meant := read_anew(cell)) != cell:
                row.cells[place] = meant
                found = True
    return found
