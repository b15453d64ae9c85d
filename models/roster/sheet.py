"""From bytes to lines: the first visible sheet that has a heading row, its columns told by their names.

openpyxl reads row by row, so that a large sheet costs no memory. What it does not tell in that mode - merged cells,
formulas without a result - is taken from the sheet's own XML.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from models.names import fold
from models.phrases import roster as phrases
from models.roster.cells import Value
from models.roster.rows import REQUIRED, Column, RosterPolicy, UnreadableRoster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl import Workbook

_HEADING_WITHIN = 30  # rows
_NAME_WIDTH = 3  # columns that one heading "Họ và tên" may span: family, middle and given name apart
_MOST_MERGED = 50_000

# Headings, folded and without signs; those of two words and more may go on ("so dien thoai lien he").
_HEADINGS: dict[Column, tuple[str, ...]] = {
    Column.NAME: ("ho va ten", "ho ten", "ten dang vien", "ho va ten khai sinh", "full name", "name", "dang vien"),
    Column.BIRTH_YEAR: (
        "nam sinh", "ngay sinh", "sinh nam", "ngay thang nam sinh", "sinh ngay", "year of birth", "birth year",
        "date of birth", "born",
    ),
    Column.PHONE: (
        "dien thoai", "so dien thoai", "sdt", "so dt", "dt", "dtdd", "di dong", "so di dong", "phone", "mobile",
        "phone number", "zalo",
    ),
    Column.JOINED_ON: (
        "ngay vao dang", "vao dang", "ngay ket nap", "nam vao dang", "ngay thang vao dang", "ngay thang nam vao dang",
        "ngay vao dcsvn", "joined the party", "joined the party on", "date joined", "joined on", "joined",
    ),
    Column.STANDING: (
        "chinh thuc du bi", "du bi chinh thuc", "chinh thuc hay du bi", "chinh thuc hoac du bi", "loai dang vien",
        "dien dang vien", "tinh trang dang vien", "dang vien chinh thuc du bi", "ct db", "official probationary",
        "standing",
    ),
    Column.PLACE: (
        "noi dang lam viec", "noi lam viec", "noi di lam", "noi lam an", "noi di lam an xa", "dang lam viec tai",
        "dia chi lam viec", "noi o hien nay", "cho o hien nay", "noi cu tru hien nay", "noi cong tac",
        "place of work", "workplace", "place of work now", "place",
    ),
}  # fmt: skip
_FAMILY = ("ho", "ho dem", "ho va dem", "ho va ten dem", "ho va chu dem", "ho lot", "family name")
_GIVEN = ("ten", "given name")

_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^><>]{0,200}?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^><>]{0,500}?\br=[\"'](\d{1,9})[\"']")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)>")


class NotComputed:
    """Stands for a formula whose result the file does not hold."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet: the number Excel shows, and what stands under each heading."""

    number: int
    cells: dict[Column, Value | NotComputed]

    @property
    def empty(self) -> bool:
        return all(value is None or value == "" for value in self.cells.values())


@dataclass(slots=True)
class _Sheet:
    """A worksheet, with what its XML says besides."""

    page: Any
    title: str
    heading_row: int
    columns: dict[Column, list[int]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First column, first row, last column, last row; counted from 1."""
    has_formulas: bool = False

    @property
    def first_row(self) -> int:
        """Below the heading, and below all that is merged with it."""
        ends = [r2 for c1, r1, c2, r2 in self.merged if r1 <= self.heading_row <= r2]
        return max([self.heading_row, *ends]) + 1


def read_lines(data: bytes, policy: RosterPolicy) -> list[Line]:
    """The lines below the heading, empty ones left out. `data` has passed `check_package`."""
    try:
        # Workbooks of other programs make openpyxl warn about styles and extensions; none of it touches values.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read_lines(data, policy)
    except (UnreadableRoster, MemoryError):
        raise
    except Exception as error:  # any part may be malformed, and openpyxl names no base of its errors
        raise UnreadableRoster(phrases.damaged()) from error


def _read_lines(data: bytes, policy: RosterPolicy) -> list[Line]:
    book = _open(data, data_only=True)
    try:
        sheet = _find_sheet(book, policy)
        _require_columns(sheet)
        lines = [line for line in _lines(sheet, policy) if not line.empty]
        return _marking_formulas(data, sheet, lines, policy) if sheet.has_formulas else lines
    finally:
        book.close()


def _open(data: bytes, *, data_only: bool) -> Workbook:
    from openpyxl import load_workbook

    return load_workbook(BytesIO(data), read_only=True, data_only=data_only, keep_links=False)


def _find_sheet(book: Workbook, policy: RosterPolicy) -> _Sheet:
    for page in book.worksheets:
        if page.sheet_state != "visible":
            continue
        heading = _find_heading(page, policy)
        if heading:
            sheet = _Sheet(page, page.title, *heading)
            _look_into(sheet, policy)
            return sheet
    raise UnreadableRoster(phrases.no_header())


def _rows(page: Any, policy: RosterPolicy, first: int, last: int) -> Iterator[tuple[Value, ...]]:
    page.reset_dimensions()  # the size a file claims for itself may be wrong
    rows: Iterator[tuple[Value, ...]] = page.iter_rows(
        min_row=first, max_row=last, max_col=policy.max_columns, values_only=True
    )
    return rows


def _find_heading(page: Any, policy: RosterPolicy) -> tuple[int, dict[Column, list[int]]] | None:
    """The row with the most known headings, a name among them, and where each column stands (from 1)."""
    best: tuple[int, dict[Column, list[int]]] | None = None
    for number, cells in enumerate(_rows(page, policy, 1, _HEADING_WITHIN), start=1):
        columns = _columns(cells)
        if Column.NAME in columns and len(columns) > max(1, len(best[1]) if best else 0):
            best = (number, columns)
    return best


def _columns(cells: tuple[Value, ...]) -> dict[Column, list[int]]:
    headings = [_heading(cell) for cell in cells]
    found: dict[Column, list[int]] = {}
    for place, heading in enumerate(headings, start=1):
        column = _column_of(heading)
        if column:
            found.setdefault(column, [place])
    apart = [
        [place for place, h in enumerate(headings, start=1) if h in names] for names in (_FAMILY, _GIVEN)
    ]
    if Column.NAME not in found and all(apart):
        found[Column.NAME] = [apart[0][0], apart[1][0]]
    return found


def _heading(cell: Value) -> str:
    """ "Điện thoại (nếu có)" -> "dien thoai"."""
    if not isinstance(cell, str) or len(cell) > 200:
        return ""
    return " ".join(re.findall(r"\w+", re.sub(r"\(.*?\)", " ", fold(cell))))


def _column_of(heading: str) -> Column | None:
    if heading in _FAMILY + _GIVEN:
        return None  # half a name
    for column, names in _HEADINGS.items():
        if heading in names:
            return column
    for column, names in _HEADINGS.items():
        if any(" " in name and heading.startswith(f"{name} ") for name in names):
            return column
    return None


def _require_columns(sheet: _Sheet) -> None:
    missing = [column for column in REQUIRED if column not in sheet.columns]
    if missing:
        raise UnreadableRoster(phrases.columns_missing(columns=[str(column) for column in missing]))


def _look_into(sheet: _Sheet, policy: RosterPolicy) -> None:
    """Merged cells, formulas and rows beyond the bound, from the XML of the sheet."""
    with sheet.page._get_source() as stream:
        xml: bytes = stream.read(policy.max_sheet)
    for row in _ROW.finditer(xml):
        if int(row[1]) > policy.max_lines and _VALUE.search(xml, row.end()):
            raise UnreadableRoster(phrases.too_many_rows(limit=policy.max_rows))
        if int(row[1]) > policy.max_lines:
            break
    sheet.has_formulas = bool(_FORMULA.search(xml))
    found = list(islice(_MERGED.finditer(xml), _MOST_MERGED + 1))
    if len(found) > _MOST_MERGED:
        raise UnreadableRoster(phrases.damaged())
    sheet.merged = [(_number(m[1]), int(m[2]), _number(m[3]), int(m[4])) for m in found]
    _widen_name(sheet)


def _number(letters: bytes) -> int:
    """b"AB" -> 28"""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _widen_name(sheet: _Sheet) -> None:
    """One heading over family, middle and given name: the name is what stands below all of it."""
    name = sheet.columns[Column.NAME]
    taken = {
        place for column, places in sheet.columns.items() if column is not Column.NAME for place in places
    }
    for c1, r1, c2, r2 in sheet.merged:
        if r1 <= sheet.heading_row <= r2 and [c1] == name and c1 < c2 < c1 + _NAME_WIDTH:
            sheet.columns[Column.NAME] = [place for place in range(c1, c2 + 1) if place not in taken]


def _lines(sheet: _Sheet, policy: RosterPolicy) -> Iterator[Line]:
    """Each row once; a cell merged with the one above repeats it, as the eye reads it. Names never repeat."""
    above = _above(sheet, policy)
    kept: dict[Column, Value] = {}
    for number, cells in enumerate(
        _rows(sheet.page, policy, sheet.first_row, policy.max_lines), sheet.first_row
    ):
        values: dict[Column, Value | NotComputed] = {c: _joined(cells, at) for c, at in sheet.columns.items()}
        line = Line(number, values)
        if not line.empty:
            for column in above.get(number, ()):
                values[column] = kept.get(column)
        kept = {c: v for c, v in values.items() if not isinstance(v, NotComputed)} if not line.empty else kept
        yield line


def _joined(cells: tuple[Value, ...], places: list[int]) -> Value:
    """One cell, or several of a name that is written in parts."""
    found = [cells[place - 1] for place in places if place <= len(cells)]
    if len(places) == 1:
        return found[0] if found else None
    return " ".join(str(value) for value in found if value is not None) or None


def _above(sheet: _Sheet, policy: RosterPolicy) -> dict[int, list[Column]]:
    """Row -> the columns whose cell belongs to the cell above it."""
    single = {places[0]: column for column, places in sheet.columns.items() if column is not Column.NAME}
    found: dict[int, list[Column]] = {}
    filled = 0
    for c1, r1, c2, r2 in sheet.merged:
        if c1 != c2 or c1 not in single:
            continue
        for row in range(max(r1 + 1, sheet.first_row + 1), min(r2, policy.max_lines) + 1):
            found.setdefault(row, []).append(single[c1])
            filled += 1
            if filled > policy.max_lines * len(Column):
                raise UnreadableRoster(phrases.damaged())
    return found


def _marking_formulas(data: bytes, sheet: _Sheet, lines: list[Line], policy: RosterPolicy) -> list[Line]:
    """Where a workbook was never computed (made by another program), its formulas have no results: say so."""
    book = _open(data, data_only=False)
    try:
        written = _Sheet(book[sheet.title], sheet.title, sheet.heading_row, sheet.columns, sheet.merged)
        formulas = {line.number: line for line in _lines(written, policy) if not line.empty}
    finally:
        book.close()
    results = {line.number: line.cells for line in lines}
    pairs = [(line, results.get(number, {})) for number, line in formulas.items()]
    computed_once = any(
        _is_formula(w) and seen.get(c) is not None for line, seen in pairs for c, w in line.cells.items()
    )
    compared = [_compared(line, seen, computed_once=computed_once) for line, seen in pairs]
    return [line for line in compared if not line.empty]


def _compared(written: Line, seen: dict[Column, Value | NotComputed], *, computed_once: bool) -> Line:
    """A formula may well give nothing; only where none ever gave anything was the workbook never computed."""
    unknown = None if computed_once else NotComputed()
    cells = {
        column: unknown if seen.get(column) is None and _is_formula(value) else seen.get(column)
        for column, value in written.cells.items()
    }
    return Line(written.number, cells)


def _is_formula(value: object) -> bool:
    return (isinstance(value, str) and value.startswith("=")) or type(value).__name__.endswith("Formula")
