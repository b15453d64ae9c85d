"""An .xlsx as grids: openpyxl reads the values row by row; what it does not tell is taken from the sheet's own XML.

Not told in that mode: merged cells, hidden rows and columns, formulas without a result.
"""

from __future__ import annotations

import re
import warnings
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from models.desk.policy import RosterPolicy
from models.desk.roster.cells import SERIAL_ZERO
from models.desk.roster.grids import Grid, Merged, NotComputed, Row
from models.desk.roster.package import usual_package
from models.desk.roster.rows import UnreadableRoster
from models.phrases.desk import roster as phrases

if TYPE_CHECKING:
    from openpyxl import Workbook

_MOST_MERGED = 50_000
_MOST_SHEETS = 50

# bounded repeats: a sheet made for it must not keep a search busy
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^><>]{0,200}?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row(\s[^<>]{0,500})>")
_NUMBER = re.compile(rb"\sr=[\"'](\d{1,9})[\"']")
_HIDDEN = re.compile(rb"\s(?:hidden=[\"'](?:1|true)[\"']|ht=[\"']0(?:\.0+)?[\"'])")
_COLUMN = re.compile(rb"<(?:\w+:)?col(\s[^<>]{0,500})/?>")
_SPAN = re.compile(rb"\s(min|max)=[\"'](\d{1,5})[\"']")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^<>]*)?>\s*[^<\s]")  # a formula may well give nothing


def read_workbook(data: bytes, policy: RosterPolicy) -> list[Grid]:
    """Return the sheets in their order. Raises `UnreadableRoster`."""
    usual = usual_package(data, policy)
    try:
        # Workbooks of other programs make openpyxl warn about styles and extensions; none of it touches values.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _grids(usual, policy)
    except (UnreadableRoster, MemoryError):
        raise
    except Exception as error:  # any part may be malformed, and openpyxl names no base of its errors
        raise UnreadableRoster(phrases.damaged()) from error


def _grids(data: bytes, policy: RosterPolicy) -> list[Grid]:
    book = _open(data, data_only=True)
    try:
        # days are counted from 1900; in workbooks of old Macs from 1904
        zero = getattr(book, "epoch", None)
        day_zero = SERIAL_ZERO if zero is None else zero.date()
        return [_grid(data, page, day_zero, policy) for page in book.worksheets[:_MOST_SHEETS]]
    finally:
        book.close()


def _open(data: bytes, *, data_only: bool) -> Workbook:
    from openpyxl import load_workbook

    return load_workbook(BytesIO(data), read_only=True, data_only=data_only, keep_links=False)


def _grid(data: bytes, page: Any, zero: Any, policy: RosterPolicy) -> Grid:
    # openpyxl has no public way to the sheet's own XML
    with page._get_source() as stream:
        xml: bytes = stream.read(policy.max_sheet + 1)
    hidden = _hidden_rows(xml, policy)
    rows = [_row(number, cells, number in hidden) for number, cells in _cells(page, policy)]
    if _FORMULA.search(xml):
        _mark_formulas(data, page.title, rows, policy)
    return Grid(
        title=str(page.title),
        rows=[row for row in rows if any(value not in (None, "") for value in row.cells)],
        merged=_merged(xml),
        hidden=page.sheet_state != "visible",
        hidden_columns=_hidden_columns(xml, policy),
        zero=zero,
    )


def _cells(page: Any, policy: RosterPolicy) -> Any:
    page.reset_dimensions()  # the size a file claims for itself may be wrong
    rows = page.iter_rows(min_row=1, max_row=policy.max_lines, max_col=policy.max_columns)
    for number, cells in enumerate(rows, start=1):
        if any(cell.value is not None for cell in cells):
            yield number, cells


def _row(number: int, cells: tuple[Any, ...], hidden: bool) -> Row:
    fonts: dict[int, str] = {}
    struck: set[int] = set()
    for place, cell in enumerate(cells):
        if cell.value is None:
            continue
        font = cell.font
        if isinstance(cell.value, str) and font.name:
            fonts[place] = str(font.name)
        if font.strike:
            struck.add(place)
    return Row(number, [cell.value for cell in cells], fonts, frozenset(struck), hidden)


def _hidden_rows(xml: bytes, policy: RosterPolicy) -> set[int]:
    """Also: a row far below the bound that holds something is not passed over in silence."""
    hidden: set[int] = set()
    for row in _ROW.finditer(xml):
        number = _NUMBER.search(row[1])
        if number is None:
            continue
        if int(number[1]) > policy.max_lines:
            if _VALUE.search(xml, row.end()):
                raise UnreadableRoster(phrases.too_many_rows(limit=policy.max_rows))
            break
        if _HIDDEN.search(row[1]):
            hidden.add(int(number[1]))
    return hidden


def _hidden_columns(xml: bytes, policy: RosterPolicy) -> frozenset[int]:
    hidden: set[int] = set()
    for column in islice(_COLUMN.finditer(xml), 1_000):
        span = {name: int(number) for name, number in _SPAN.findall(column[1])}
        if _HIDDEN.search(column[1]) and len(span) == 2:
            hidden |= set(range(span[b"min"], min(span[b"max"], policy.max_columns) + 1))
    return frozenset(hidden)


def _merged(xml: bytes) -> list[Merged]:
    found = list(islice(_MERGED.finditer(xml), _MOST_MERGED + 1))
    if len(found) > _MOST_MERGED:
        raise UnreadableRoster(phrases.damaged())
    return [(_column(m[1]), int(m[2]), _column(m[3]), int(m[4])) for m in found]


def _column(letters: bytes) -> int:
    """b"AB" -> 28"""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _mark_formulas(data: bytes, title: str, rows: list[Row], policy: RosterPolicy) -> None:
    """Where a workbook was never computed (made by another program), its formulas have no results: say so.

    A formula may well give nothing; only where none ever gave anything was the workbook never computed.
    """
    book = _open(data, data_only=False)
    try:
        written = [
            (number, place)
            for number, cells in _cells(book[title], policy)
            for place, cell in enumerate(cells)
            if _is_formula(cell.value)
        ]
    finally:
        book.close()
    held = {row.number: row for row in rows}
    if any(number in held and held[number].at(place + 1) is not None for number, place in written):
        return
    for number, place in written:
        row = held.get(number)
        if row is None:
            row = held[number] = Row(number, [])
            rows.append(row)
        row.cells += [None] * (place + 1 - len(row.cells))
        row.cells[place] = NotComputed()
    rows.sort(key=lambda row: row.number)


def _is_formula(value: object) -> bool:
    return (isinstance(value, str) and value.startswith("=")) or type(value).__name__.endswith("Formula")
