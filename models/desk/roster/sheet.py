"""From grids to lines: the first visible sheet that has a heading row, its columns told by their names.

What people see is what is read: a row that is hidden, filtered out or crossed out is left aside, and so are further
sheets and columns that the roster does not have. Each is named, so that nobody wonders where it went.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.desk.policy import RosterPolicy
from models.desk.roster import cells
from models.desk.roster.grids import Content, Grid, NotComputed, Row, convert_letters
from models.desk.roster.headings import Headings, find_headings, is_filled
from models.desk.roster.rows import REQUIRED, Aside, AsideKind, Column, UnreadableRoster
from models.desk.roster.small_rows import people_rows, signs, told_in
from models.ground.names import fold
from models.phrases.desk import roster as phrases
from models.phrases.text import Lang

_SHOWN = 60  # characters of a text that are shown
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Za-z])\)?")
_GONE = re.compile(
    r"chuyen|tu tran|da mat|qua doi|chet|khai tru|xoa ten|ra khoi|da ra|xin ra|moved|left|died|deceased"
)
_GROUP = re.compile(
    r"(?:[ivx]{1,4}|[a-h]|\d{1,2})[.)]\s*(?:to|dang vien|nhom|khu|thon|chi bo)\b|(?:to dang|dang vien|nhom|chi bo)\b"
)


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One row of the list: the number that people see, and what stands under each heading."""

    number: int
    cells: dict[Column, Content]
    gone: str = ""
    """What it says of somebody who is no longer here."""
    last: int = 0
    """The number of the last of the small rows that are one person's."""

    @property
    def empty(self) -> bool:
        return not any(is_filled(value) for value in self.cells.values())

    def text(self, column: Column) -> str:
        value = self.cells.get(column)
        return "" if isinstance(value, NotComputed) else cells.text_of(value)


@dataclass(frozen=True, slots=True)
class ListInFile:
    """The list of a file. `above`: the texts of the rows over it, and everything else that was looked at."""

    lines: list[RosterLine]
    asides: list[Aside]
    grid: Grid
    texts: list[str]


def read_lines(grids: list[Grid], policy: RosterPolicy) -> ListInFile:
    """Return the people's lines below the heading, and what was left aside."""
    fonts = convert_letters(grids)
    found = [(grid, find_headings(grid)) for grid in grids]
    grid, headings = next(((g, h) for g, h in found if h and not g.hidden), (None, None))
    if grid is None or headings is None:
        raise UnreadableRoster(phrases.no_header())
    _require_columns(grid, headings)
    asides = [
        *(Aside(kind=AsideKind.FONT, what=str(font)) for font in sorted(fonts)),
        *_sheets(found, grid),
        *_columns(grid, headings),
    ]
    lines = [line for line in _seen(grid, headings, asides) if not line.empty]
    kept = list(_people(_without_numbering(lines), asides))
    texts = [
        " ".join(cells.text_of(v) for v in row.cells if not isinstance(v, NotComputed)) for row in grid.rows
    ]
    return ListInFile(kept, asides, grid, texts)


def _require_columns(grid: Grid, headings: Headings) -> None:
    """The standing may also be read from the day of official membership, which small rows have below that of joining."""
    told = set(headings.columns)
    below = Column.JOINED_ON in told and any(len(rows) > 1 for rows in people_rows(grid, headings))
    if Column.OFFICIAL_ON in told or headings.two_days or below:
        told.add(Column.STANDING)
    if headings.birth_in_name:
        told.add(Column.BIRTH_YEAR)
    missing = [column for column in REQUIRED if column not in told]
    if missing:
        raise UnreadableRoster(phrases.columns_missing(columns=[str(column) for column in missing]))


def _sheets(found: list[tuple[Grid, Headings | None]], taken: Grid) -> Iterator[Aside]:
    own = {name.to_plain(lang) for lang in Lang for name in phrases.sheet_names()}
    for grid, headings in found:
        if grid is taken or not grid.rows or (headings is None and grid.title in own):
            continue
        people = len([row for row in grid.rows if headings and row.number > headings.last])
        yield Aside(kind=AsideKind.SHEET, what=grid.title[:_SHOWN], who=str(people) if people else "")


def _columns(grid: Grid, headings: Headings) -> Iterator[Aside]:
    for place in headings.others:
        if any(is_filled(row.at(place)) for row in grid.rows if row.number > headings.last):
            yield Aside(kind=AsideKind.COLUMN, what=headings.words[place][:_SHOWN])
    read = {place for places in headings.columns.values() for place in places}
    for place in sorted(read & grid.hidden_columns):
        yield Aside(kind=AsideKind.HIDDEN_COLUMN, what=headings.words.get(place, "")[:_SHOWN])
    unnamed = {
        place
        for row in grid.rows
        if row.number > headings.last
        for place, value in enumerate(row.cells, start=1)
        if place not in headings.words and place not in read and isinstance(value, str) and is_filled(value)
    }
    beside = [place for place in sorted(unnamed) if _people_with(grid, headings, place)]
    for place in beside:
        yield Aside(kind=AsideKind.COLUMN, what=_letters(place))


def _people_with(grid: Grid, headings: Headings, place: int) -> bool:
    """Something beside a person, not a signature under the list."""
    name, year = headings.columns[Column.NAME][0], headings.columns[Column.BIRTH_YEAR]
    return any(
        is_filled(row.at(place)) and is_filled(row.at(name)) and any(is_filled(row.at(at)) for at in year)
        for row in grid.rows
        if row.number > headings.last
    )


def _letters(place: int) -> str:
    """28 -> AB"""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


# --- rows -----------------------------------------------------------------------------------------------------------


def _seen(grid: Grid, headings: Headings, asides: list[Aside]) -> Iterator[RosterLine]:
    """Each row that people see, once; a cell merged with the one above repeats it, as the eye reads it."""
    above, kept = _above(grid, headings), dict[Column, Content]()
    name = headings.columns[Column.NAME][0]
    for rows in people_rows(grid, headings):
        row = rows[0]
        gone = next(filter(None, (_gone(one, headings) for one in rows)), "")
        line = RosterLine(row.number, told_in(rows, headings), gone, rows[-1].number)
        if line.empty:
            kept = {}
            continue
        for column in above.get(row.number, ()):
            line.cells[column] = kept.get(column)
        kept = {c: v for c, v in line.cells.items() if not isinstance(v, NotComputed)}
        kind = AsideKind.HIDDEN if row.hidden else AsideKind.STRUCK if name - 1 in row.struck else None
        if kind is None:
            yield line
        elif line.text(Column.NAME):
            asides.append(Aside(kind=kind, row=row.number, who=line.text(Column.NAME)[:_SHOWN]))


def _gone(row: Row, headings: Headings) -> str:
    for place in headings.standing:
        value = row.at(place)
        if isinstance(value, NotComputed) or not is_filled(value) or cells.is_unknown(cells.text_of(value)):
            continue
        text = cells.text_of(value)
        if headings.tells_of_moving(place) or _GONE.search(fold(text)):
            return f"{headings.words.get(place, '')}: {text}"[:_SHOWN]
    return ""


def _above(grid: Grid, headings: Headings) -> dict[int, list[Column]]:
    """Row -> the columns whose cell belongs to the cell above it. Names never repeat."""
    single = {
        places[0]: c for c, places in headings.columns.items() if c is not Column.NAME and len(places) == 1
    }
    last = max((row.number for row in grid.rows), default=0)
    found: dict[int, list[Column]] = {}
    filled = 0
    for c1, r1, c2, r2 in grid.merged:
        if c1 != c2 or c1 not in single:
            continue
        for row in range(max(r1 + 1, headings.last + 1), min(r2, last) + 1):
            found.setdefault(row, []).append(single[c1])
            filled += 1
            # more than there are cells: the merges overlap, as no program writes them
            if filled > last * len(Column):
                raise UnreadableRoster(phrases.damaged())
    return found


def _without_numbering(lines: list[RosterLine]) -> list[RosterLine]:
    """Official forms number their columns below the headings: (1), (2), (3) …"""
    if not lines:
        return lines
    written = [value for value in lines[0].cells.values() if is_filled(value)]
    numbered = all(
        not isinstance(value, NotComputed) and _COLUMN_NUMBER.fullmatch(cells.text_of(value))
        for value in written
    )
    return lines[1:] if numbered else lines


def _people(lines: list[RosterLine], asides: list[Aside]) -> Iterator[RosterLine]:
    """Without the example row, titles of groups, rows without a name, and all that stands under the list."""
    examples = tuple(fold(phrases.EXAMPLE_MARK.to(lang)) for lang in Lang)
    end = _end_of_list(lines)
    unnamed = below = 0
    for at, line in enumerate(lines):
        name = fold(line.text(Column.NAME))
        if name.startswith(examples):
            continue
        if at >= end:
            below += 1
            if below == 1:
                what = " ".join(filter(None, (line.text(column) for column in Column)))
                asides.append(Aside(kind=AsideKind.BELOW, row=line.number, what=what[:_SHOWN]))
        elif _is_title(line, name):
            continue
        elif not is_filled(line.cells[Column.NAME]) and not _says_who(line):
            unnamed += 1
        elif line.gone:
            asides.append(
                Aside(
                    kind=AsideKind.LEFT, row=line.number, who=line.text(Column.NAME)[:_SHOWN], what=line.gone
                )
            )
        else:
            yield line
    if unnamed:
        asides.append(Aside(kind=AsideKind.UNNAMED, what=str(unnamed)))


def _is_title(line: RosterLine, name: str) -> bool:
    """ "I. Đảng viên chính thức" over those who are."""
    alone = sum(is_filled(value) for value in line.cells.values()) == 1
    return alone and _GROUP.match(name) is not None


def _says_who(line: RosterLine) -> bool:
    """Whether a row without a name has something of a person's own, and not only what was filled down."""
    return is_filled(line.cells.get(Column.BIRTH_YEAR)) or is_filled(line.cells.get(Column.PHONE))


def _end_of_list(lines: list[RosterLine]) -> int:
    """Where the list ends: behind its last person; a row right behind it is one that lacks something, unless it signs."""
    last = max((at for at, line in enumerate(lines) if _is_person(line)), default=-1)
    at = last + 1
    while (
        at < len(lines)
        and lines[at].number == (lines[at - 1].last if at else 0) + 1
        and not _signs(lines[at])
    ):
        at += 1
    return at if last >= 0 else len(lines)


def _is_person(line: RosterLine) -> bool:
    return (
        is_filled(line.cells[Column.NAME])
        and is_filled(line.cells.get(Column.BIRTH_YEAR))
        and not _signs(line)
    )


def _signs(line: RosterLine) -> bool:
    """A sum or a signature in any of its cells."""
    return any(signs(line.text(column)) for column in line.cells)
