"""Whose rows are whose: a book of members (Mẫu 7-HSĐV) gives each several small rows, other lists one row each.

    TT  Họ và tên, tên khai sinh, ngày sinh   Ngày vào Đảng, ngày chính thức
    1   Nguyễn Văn An                         03/02/2010                       ─┐
        Nguyễn Văn Ân                         03/02/2011                        ├─> one person
        15/08/1985                                                             ─┘
    2   …

A row goes with the one above it when its number or name is merged with it; or when it has no number, and the heading
says that more than one thing stands below another, or the other people of the list have such rows too. A row with a
name and a year of its own is always a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from models.desk.roster import cells
from models.desk.roster.grids import Content, Grid, NotComputed, Row
from models.desk.roster.headings import Headings, is_filled
from models.desk.roster.rows import Column
from models.ground.names import fold, spelling

_SUMS = re.compile(
    r"(?:tong|total|cong)\b|nguoi lap|lap bieu|lap danh sach|t\.? ?m\b|(?:pho )?bi thu\b|thu ky\b|chi uy\b|ky ten|\(?ky\b|"
    r"xac nhan|noi nhan|danh sach (?:nay|gom|co)|ghi chu|luu y|.{0,30}ngay .{1,10} thang .{1,10} nam"
)
_MOST = 4  # small rows of one person beside the first
_DAY = re.compile(r"\d{1,2}[/.\- ]+\d{1,2}[/.\- ]+\d{2,4}|\d{1,2}[/.\-]\d{4}|\d{4}")


def signs(text: str) -> bool:
    """Return whether it is a sum or a signature under a list."""
    return _SUMS.match(fold(text)) is not None


# --- which rows -----------------------------------------------------------------------------------------------------


def people_rows(grid: Grid, headings: Headings) -> Iterator[list[Row]]:
    """Yield the rows below the heading, those of one person together."""
    rows = [row for row in grid.rows if row.number > headings.last]
    joined = _merged_with_above(grid, headings) | _unnumbered(rows, headings)
    people: list[list[Row]] = []
    for row in rows:
        follows = row.number in joined and people and row.number == people[-1][-1].number + 1
        if follows and not _is_somebody(row, headings):
            people[-1].append(row)
        else:
            people.append([row])
    yield from people


def _is_somebody(row: Row, headings: Headings) -> bool:
    """A year of birth of its own, in the column for it."""
    return any(is_filled(row.at(place)) for place in headings.columns.get(Column.BIRTH_YEAR, ()))


def _merged_with_above(grid: Grid, headings: Headings) -> set[int]:
    tells = {headings.numbers, headings.columns[Column.NAME][0]} - {0}
    spans = [(r1, r2) for c1, r1, c2, r2 in grid.merged if c1 == c2 and c1 in tells and r1 > headings.last]
    return {row for r1, r2 in spans for row in range(r1 + 1, min(r2, r1 + _MOST) + 1)}


def _unnumbered(rows: list[Row], headings: Headings) -> set[int]:
    """Numbers of rows that go with the one above, where the list is one of small rows."""
    several = headings.two_names or headings.birth_in_name or headings.two_days
    if not headings.numbers and not several:
        return set()
    found: dict[int, list[Row]] = {}
    first = last = 0
    for row in rows:
        if _begins(row, headings):
            first = row.number
            found[first] = []
        elif first and row.number == last + 1 and _goes_on(row, headings) and len(found[first]) < _MOST:
            found[first].append(row)
        else:
            first = 0
        last = row.number
    counts = Counter(len(small) for small in found.values())
    if not several and (len(found) < 2 or counts[0] * 2 > len(found)):
        return set()
    usual = max((count for count in counts if counts[count] == max(counts.values())), default=0)
    most = usual if len(found) > 2 else _MOST  # what stands under the last one is no more of it
    return {row.number for small in found.values() for row in small[:most]}


def _begins(row: Row, headings: Headings) -> bool:
    """By its number; in a list without numbers by a name, which a day of birth below it is not."""
    if headings.numbers:
        return is_filled(row.at(headings.numbers))
    name = row.at(headings.columns[Column.NAME][0])
    return is_filled(name) and (isinstance(name, NotComputed) or any(map(str.isalpha, cells.text_of(name))))


def _goes_on(row: Row, headings: Headings) -> bool:
    said = [cells.text_of(value) for value in row.cells if not isinstance(value, NotComputed)]
    return not _is_somebody(row, headings) and not any(map(signs, said))


# --- what they say --------------------------------------------------------------------------------------------------


def told_in(rows: list[Row], headings: Headings) -> dict[Column, Content]:
    """Return what one person's rows say under each heading."""
    told = {column: _told(rows, column, places) for column, places in headings.columns.items()}
    lines = _lines(rows, headings.columns[Column.NAME])
    if len(rows) > 1 or headings.two_names or headings.birth_in_name:
        told |= _names(lines, told, headings)
    below = len(rows) > 1 and Column.JOINED_ON in told and Column.OFFICIAL_ON not in told
    if headings.two_days or below:
        told |= _days(rows, headings.columns[Column.JOINED_ON])
    return told


def _told(rows: list[Row], column: Column, places: list[int]) -> Content:
    said = [value for row in rows if is_filled(value := _joined(row, column, places))]
    if column is Column.PHONE and len(said) > 1:
        return " / ".join(cells.text_of(value) for value in said if not isinstance(value, NotComputed))
    return said[0] if said else None


def _joined(row: Row, column: Column, places: list[int]) -> Content:
    """One cell; the parts of a name; of several for one thing (Nam, Nữ) the one that is filled."""
    filled = [value for place in places if is_filled(value := row.at(place))]
    if column is Column.NAME and len(places) > 1:
        return " ".join(cells.text_of(v) for v in filled if not isinstance(v, NotComputed)) or None
    told = {v if isinstance(v, NotComputed) else cells.text_of(v) for v in filled}
    if len(told) > 1 and column in (Column.BIRTH_YEAR, Column.PHONE):
        return " / ".join(cells.text_of(v) for v in filled if not isinstance(v, NotComputed))
    return filled[0] if filled else None


def _lines(rows: list[Row], places: list[int]) -> list[cells.Value]:
    """What stands below one another: cells, and the lines of a cell."""
    found: list[cells.Value] = []
    for row in rows:
        # PLACE stands for any column without a rule of its own in `_joined`
        value = _joined(row, Column.NAME if len(places) > 1 else Column.PLACE, places)
        if isinstance(value, str):
            found += [line for line in re.split(r"\s*[\n;]\s*", value.strip()) if line]
        elif not isinstance(value, NotComputed):
            found.append(value)
    return found


def _names(
    lines: list[cells.Value], told: dict[Column, Content], headings: Headings
) -> dict[Column, Content]:
    """The first name; another one is shown as what stood beside it; a day among them is that of birth."""
    names, born = list[str](), None
    for line in lines:
        day = line if isinstance(line, date | int | float) else _DAY.search(cells.text_of(line))
        text = (
            ""
            if isinstance(line, date | int | float) or line is None
            else _DAY.sub("", str(line)).strip(" ,()-–:")
        )
        born = born or (day[0] if isinstance(day, re.Match) else day)
        if text and not fold(text).startswith("sinh") and spelling(text) not in map(spelling, names):
            names.append(text)
    said: dict[Column, Content] = {}
    if names:
        said[Column.NAME] = " ".join([names[0], *(f"({other})" for other in names[1:])])
    if headings.birth_in_name or (born and not is_filled(told.get(Column.BIRTH_YEAR))):
        said[Column.BIRTH_YEAR] = born
    return said


def _days(rows: list[Row], places: list[int]) -> dict[Column, Content]:
    """Joining in the first small row, official membership below it; or both in one cell."""
    held = [[value for place in places if is_filled(value := row.at(place))] for row in rows]
    days = [value for row in held for value in row]
    if days and (len(days) == 1 or len(rows) == 1):
        parts = _DAY.findall(days[0]) if isinstance(days[0], str) else []
        if len(parts) > 1:
            return {Column.JOINED_ON: parts[0], Column.OFFICIAL_ON: parts[1]}
        joined = bool(held[0])
        return {
            Column.JOINED_ON: days[0] if joined else None,
            Column.OFFICIAL_ON: None if joined else days[0],
        }
    return {Column.JOINED_ON: days[0] if days else None, Column.OFFICIAL_ON: days[1] if days else None}
