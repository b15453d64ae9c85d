"""A table as a workbook, to be printed on A4 across: what every list of this house looks like on paper.

Dates are dates, figures are numbers, phones are text, and nothing that a person typed can act as a formula: not here, and not
when somebody edits the cell later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from models.delivery.papers.writing import long_date
from models.ground.part_date import PartDate
from models.phrases.delivery import papers as phrases
from models.phrases.text import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

R = TypeVar("R")
Value = str | int | Decimal | date | PartDate | None


@dataclass(frozen=True, slots=True)
class SheetColumn(Generic[R]):
    """`look`: text, count, date or month; of a day that is known in part, text is written.

    Below the table stands its sum (`total`), or what `sums` says of all rows.
    """

    heading: Text
    width: float
    read: Callable[[R], Value]
    look: str = "text"
    total: bool = False
    sums: Callable[[Sequence[R]], str] | None = None


@dataclass(frozen=True, slots=True)
class Sheet(Generic[R]):
    """What stands above a table, the table, and who signs below it."""

    title: Text
    tab: Text
    subtitle: Text
    above: str
    cell: str
    made_on: date
    signs: tuple[Text, Text]
    columns: Sequence[SheetColumn[R]]
    rows: Sequence[R]
    least_height: float = 0  # points of a row


HEADING_ROW = 6  # counted from 0
_CELL_LIMIT = 32_767  # characters that Excel holds in one cell
_RISKY = ("=", "+", "-", "@", "\t")
_FONT = {"font_name": "Times New Roman", "font_size": 12}
_BOXED = {**_FONT, "border": 1, "text_wrap": True, "valign": "top"}
_LINE, _TALLEST = 15.75, 409  # points: a line of this font, the tallest row that Excel allows
_A4 = 9  # Excel's number for the paper


def workbook(table: Sheet[R], lang: Lang = Lang.VI) -> bytes:
    """Return the .xlsx."""
    from xlsxwriter import Workbook

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        book.set_properties({"title": table.title.to_plain(lang)})
        sheet: Any = book.add_worksheet(table.tab.to_plain(lang))
        _set_page(sheet, len(table.columns), len(table.rows))
        _write_head(book, sheet, table, lang)
        _write_headings(book, sheet, table.columns, lang)
        _write_rows(book, sheet, table, lang)
        _write_signatures(book, sheet, table, lang)
    return out.getvalue()


def _set_page(sheet: Any, columns: int, rows: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW)
    sheet.freeze_panes(HEADING_ROW + 1, 2)
    sheet.set_footer('&C&"Times New Roman"&12&P/&N')
    sheet.hide_gridlines(2)
    if rows:
        sheet.autofilter(HEADING_ROW, 0, HEADING_ROW + rows, columns)
        sheet.ignore_errors({"number_stored_as_text": f"A1:Z{HEADING_ROW + rows + 1}"})


def _halves(last: int) -> tuple[int, int]:
    """The last column of what stands left, the first of what stands right."""
    left = min(5, max(last // 2 - 1, 1))
    return left, max(last - 6, left + 1)


def _write_head(book: Workbook, sheet: Any, table: Sheet[R], lang: Lang) -> None:
    """Organisations left, the Party right, the title, and which members these are."""
    centre = book.add_format({**_FONT, "align": "center"})
    bold = book.add_format({**_FONT, "align": "center", "bold": True})
    party = book.add_format({**_FONT, "font_size": 13, "align": "center", "bold": True, "underline": 1})
    italic = book.add_format({**_FONT, "align": "center", "italic": True})
    title = book.add_format({**_FONT, "font_size": 16, "align": "center", "bold": True})
    last = len(table.columns)
    left, right = _halves(last)
    sheet.merge_range(0, 0, 0, left, "", centre)
    sheet.write_string(0, 0, table.above.upper(), centre)
    sheet.merge_range(1, 0, 1, left, "", bold)
    sheet.write_string(1, 0, table.cell.upper(), bold)
    sheet.merge_range(0, right, 0, last, phrases.PARTY.to_plain(lang), party)
    sheet.merge_range(1, right, 1, last, _made_on(table.made_on, lang), italic)
    sheet.merge_range(3, 0, 3, last, table.title.to_plain(lang), title)
    sheet.merge_range(4, 0, 4, last, "", italic)
    sheet.write_string(4, 0, table.subtitle.to_plain(lang), italic)
    sheet.set_row(3, 26)


def _made_on(day: date, lang: Lang) -> str:
    return phrases.made_on(long=long_date(day), day=day).to_plain(lang)


def _write_headings(book: Workbook, sheet: Any, columns: Sequence[SheetColumn[R]], lang: Lang) -> None:
    heading = book.add_format(
        {**_BOXED, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#EDEDED"}
    )
    sheet.set_row(HEADING_ROW, 66)
    sheet.set_column(0, 0, 4)
    sheet.write_string(HEADING_ROW, 0, phrases.NUMBER.to_plain(lang), heading)
    for place, column in enumerate(columns, start=1):
        sheet.set_column(place, place, column.width)
        sheet.write_string(HEADING_ROW, place, column.heading.to_plain(lang), heading)


def _write_rows(book: Workbook, sheet: Any, table: Sheet[R], lang: Lang) -> None:
    centred = {**_BOXED, "align": "center"}
    looks = {
        "number": book.add_format(centred),
        "count": book.add_format(centred),
        "sum": book.add_format({**centred, "bold": True}),
        "sum of": book.add_format({**_BOXED, "bold": True}),
        "text": book.add_format({**_BOXED, "num_format": "@"}),
        # Excel's own mark for "this is text", so that it stays so when the cell is edited
        "risky": book.add_format({**_BOXED, "num_format": "@", "quote_prefix": True}),
        "date": book.add_format({**centred, "num_format": "dd/mm/yyyy"}),
        "month": book.add_format({**centred, "num_format": "mm/yyyy"}),
    }
    for line, row in enumerate(table.rows, start=1):
        sheet.write_number(HEADING_ROW + line, 0, line, looks["number"])
        sheet.set_row(HEADING_ROW + line, max(_height(table.columns, row), table.least_height))
        for place, column in enumerate(table.columns, start=1):
            _write(sheet, HEADING_ROW + line, place, column.read(row), column.look, looks)
    if sums_up(table):
        _write_sums(sheet, table, lang, looks)


def sums_up(table: Sheet[R]) -> bool:
    return bool(table.rows) and any(column.total or column.sums for column in table.columns)


def _write_sums(sheet: Any, table: Sheet[R], lang: Lang, looks: dict[str, Format]) -> None:
    """As numbers: what was counted, not a formula."""
    line = HEADING_ROW + len(table.rows) + 1
    said = [column.sums(table.rows) for column in table.columns if column.sums]
    sheet.set_row(line, max(_LINE * max((one.count("\n") + 1 for one in said), default=1) + 2, 20))
    sheet.write_blank(line, 0, None, looks["sum"])
    for place, column in enumerate(table.columns, start=1):
        if column.total:
            found = [value for row in table.rows if isinstance(value := column.read(row), int | Decimal)]
            sheet.write_number(line, place, float(sum(found)), looks["sum"])
        elif column.sums:
            sheet.write_string(line, place, column.sums(table.rows), looks["sum of"])
        elif place == 1:
            sheet.write_string(line, place, phrases.IN_ALL.to_plain(lang), looks["sum of"])
        else:
            sheet.write_blank(line, place, None, looks["sum"])


def _height(columns: Sequence[SheetColumn[R]], row: R) -> float:
    """Points for the tallest cell of a row: only Excel would find that out by itself, other readers overlap."""
    texts = [(value, int(column.width)) for column in columns if isinstance(value := column.read(row), str)]
    lines = max(
        (sum(max(len(wrap(line, width)), 1) for line in text.split("\n")) for text, width in texts), default=1
    )
    return min(lines * _LINE + 2, _TALLEST)


def _write(sheet: Any, line: int, place: int, value: Value, look: str, looks: dict[str, Format]) -> None:
    if isinstance(value, PartDate):
        value = value.whole or value.written()  # a year alone is text: as a date it would be a 1st of January
        look = look if isinstance(value, date) else "text"
    if isinstance(value, date):
        sheet.write_datetime(line, place, value, looks[look])
    elif isinstance(value, int | Decimal):
        sheet.write_number(line, place, float(value), looks["count"])
    elif value:
        sheet.write_string(
            line, place, value[:_CELL_LIMIT], looks["risky" if value.startswith(_RISKY) else "text"]
        )
    else:
        sheet.write_blank(line, place, None, looks[look])


def _write_signatures(book: Workbook, sheet: Any, table: Sheet[R], lang: Lang) -> None:
    bold = book.add_format({**_FONT, "align": "center", "bold": True})
    italic = book.add_format({**_FONT, "align": "center", "italic": True})
    last, line = len(table.columns), HEADING_ROW + len(table.rows) + 2 + sums_up(table)
    left, right = _halves(last)
    for first, to, who in zip((0, right), (left, last), table.signs, strict=True):
        sheet.merge_range(line, first, line, to, who.to_plain(lang), bold)
        sheet.merge_range(line + 1, first, line + 1, to, phrases.SIGN_HERE.to_plain(lang), italic)
