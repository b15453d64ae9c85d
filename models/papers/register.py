"""The register of members away (sổ theo dõi đảng viên đi làm ăn xa) as a workbook, to be printed on A4 across.

The columns are those of the paper book. Dates are dates, numbers and phones are text,
and nothing that a person typed can act as a formula: not here, and not when somebody edits the cell later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from pydantic import Field

from models.papers.facts import Facts, Line, Lines
from models.papers.writing import long_date
from models.phrases import papers as phrases
from models.phrases.text import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format


class RegisterRow(Facts):
    """One absence. Texts as they are to be read; None and "": not known."""

    name: Line
    card: Line = ""  # the last digits of the card
    joined_on: date | None = None
    official_on: date | None = None
    route: Line = ""  # hình thức: tạm miễn, tạm thời, ngoài nước
    place: Line = ""  # province or country only
    work: Line = ""
    phone: Line = ""
    from_on: date | None = None
    until_on: date | None = None
    decision: Line = ""  # number of the decision or of the minutes
    contact: Line = ""  # người giữ liên lạc
    last_contact_on: date | None = None
    dues_until: date | None = None  # any day of the last month paid for
    review: Line = ""  # bản kiểm điểm năm
    note: Lines = ""


class Register(Facts):
    """What stands above the table, and its rows in the order in which they are to be read."""

    above: Line = ""
    cell: Line = ""
    filter: Line = ""  # «Ngoài nước»; "": all
    made_on: date
    rows: tuple[RegisterRow, ...] = Field(())


Value = str | date | None


@dataclass(frozen=True, slots=True)
class Column:
    heading: Text
    width: float
    read: Callable[[RegisterRow], Value]
    look: str = "text"


COLUMNS = (
    Column(phrases.NAME, 18, lambda row: row.name),
    Column(phrases.CARD, 6.5, lambda row: row.card),
    Column(phrases.JOINED_ON, 10.7, lambda row: row.joined_on, "date"),
    Column(phrases.OFFICIAL_ON, 10.7, lambda row: row.official_on, "date"),
    Column(phrases.ROUTE, 12, lambda row: row.route),
    Column(phrases.PLACE, 10, lambda row: row.place),
    Column(phrases.WORK, 11, lambda row: row.work),
    Column(phrases.PHONE, 13, lambda row: row.phone),
    Column(phrases.FROM_ON, 10.7, lambda row: row.from_on, "date"),
    Column(phrases.UNTIL_ON, 10.7, lambda row: row.until_on, "date"),
    Column(phrases.DECISION, 10, lambda row: row.decision),
    Column(phrases.CONTACT, 12, lambda row: row.contact),
    Column(phrases.LAST_CONTACT_ON, 10.7, lambda row: row.last_contact_on, "date"),
    Column(phrases.DUES_UNTIL, 8, lambda row: row.dues_until, "month"),
    Column(phrases.REVIEW, 9, lambda row: row.review),
    Column(phrases.NOTE, 15, lambda row: row.note),
)
HEADING_ROW = 6  # counted from 0
_CELL_LIMIT = 32_767  # characters that Excel holds in one cell
_RISKY = ("=", "+", "-", "@", "\t")
_FONT = {"font_name": "Times New Roman", "font_size": 12}
_BOXED = {**_FONT, "border": 1, "text_wrap": True, "valign": "top"}
_LINE, _TALLEST = 15.75, 409  # points: a line of this font, the tallest row that Excel allows
_A4 = 9  # Excel's number for the paper


def register_workbook(register: Register, lang: Lang = Lang.VI) -> bytes:
    """The .xlsx; a column of phones only where a row has one."""
    from xlsxwriter import Workbook

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        book.set_properties({"title": phrases.REGISTER_TITLE.to_plain(lang)})
        sheet: Any = book.add_worksheet(phrases.SHEET.to_plain(lang))
        columns = [
            c for c in COLUMNS if c.heading != phrases.PHONE or any(row.phone for row in register.rows)
        ]
        _set_page(sheet, len(columns), len(register.rows))
        _write_head(book, sheet, register, len(columns), lang)
        _write_headings(book, sheet, columns, lang)
        _write_rows(book, sheet, columns, register.rows)
        _write_signatures(book, sheet, len(columns), HEADING_ROW + len(register.rows) + 2, lang)
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


def _write_head(book: Workbook, sheet: Any, register: Register, last: int, lang: Lang) -> None:
    """Organisations left, the Party right, the title, and which members these are."""
    centre = book.add_format({**_FONT, "align": "center"})
    bold = book.add_format({**_FONT, "align": "center", "bold": True})
    party = book.add_format({**_FONT, "font_size": 13, "align": "center", "bold": True, "underline": 1})
    italic = book.add_format({**_FONT, "align": "center", "italic": True})
    title = book.add_format({**_FONT, "font_size": 16, "align": "center", "bold": True})
    left, right = 5, max(last - 6, 6)
    sheet.merge_range(0, 0, 0, left, "", centre)
    sheet.write_string(0, 0, register.above.upper(), centre)
    sheet.merge_range(1, 0, 1, left, "", bold)
    sheet.write_string(1, 0, register.cell.upper(), bold)
    sheet.merge_range(0, right, 0, last, phrases.PARTY.to_plain(lang), party)
    sheet.merge_range(1, right, 1, last, _made_on(register.made_on, lang), italic)
    sheet.merge_range(3, 0, 3, last, phrases.REGISTER_TITLE.to_plain(lang), title)
    sheet.merge_range(4, 0, 4, last, "", italic)
    chosen = phrases.chosen(what=register.filter, count=len(register.rows))
    sheet.write_string(4, 0, chosen.to_plain(lang), italic)
    sheet.set_row(3, 26)


def _made_on(day: date, lang: Lang) -> str:
    return phrases.made_on(long=long_date(day), day=day).to_plain(lang)


def _write_headings(book: Workbook, sheet: Any, columns: list[Column], lang: Lang) -> None:
    heading = book.add_format(
        {**_BOXED, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#EDEDED"}
    )
    sheet.set_row(HEADING_ROW, 66)
    sheet.set_column(0, 0, 4)
    sheet.write_string(HEADING_ROW, 0, phrases.NUMBER.to_plain(lang), heading)
    for place, column in enumerate(columns, start=1):
        sheet.set_column(place, place, column.width)
        sheet.write_string(HEADING_ROW, place, column.heading.to_plain(lang), heading)


def _write_rows(book: Workbook, sheet: Any, columns: list[Column], rows: tuple[RegisterRow, ...]) -> None:
    centred = {**_BOXED, "align": "center"}
    looks = {
        "number": book.add_format(centred),
        "text": book.add_format({**_BOXED, "num_format": "@"}),
        # Excel's own mark for "this is text", so that it stays so when the cell is edited
        "risky": book.add_format({**_BOXED, "num_format": "@", "quote_prefix": True}),
        "date": book.add_format({**centred, "num_format": "dd/mm/yyyy"}),
        "month": book.add_format({**centred, "num_format": "mm/yyyy"}),
    }
    for line, row in enumerate(rows, start=1):
        sheet.write_number(HEADING_ROW + line, 0, line, looks["number"])
        sheet.set_row(HEADING_ROW + line, _height(columns, row))
        for place, column in enumerate(columns, start=1):
            _write(sheet, HEADING_ROW + line, place, column.read(row), column.look, looks)


def _height(columns: list[Column], row: RegisterRow) -> float:
    """Points for the tallest cell of a row: only Excel would find that out by itself, other readers overlap."""
    texts = [(value, int(column.width)) for column in columns if isinstance(value := column.read(row), str)]
    lines = max(sum(max(len(wrap(line, width)), 1) for line in text.split("\n")) for text, width in texts)
    return min(lines * _LINE + 2, _TALLEST)


def _write(sheet: Any, line: int, place: int, value: Value, look: str, looks: dict[str, Format]) -> None:
    if isinstance(value, date):
        sheet.write_datetime(line, place, value, looks[look])
    elif value:
        sheet.write_string(
            line, place, value[:_CELL_LIMIT], looks["risky" if value.startswith(_RISKY) else "text"]
        )
    else:
        sheet.write_blank(line, place, None, looks[look])


def _write_signatures(book: Workbook, sheet: Any, last: int, line: int, lang: Lang) -> None:
    bold = book.add_format({**_FONT, "align": "center", "bold": True})
    italic = book.add_format({**_FONT, "align": "center", "italic": True})
    for first, to, who in ((0, 5, phrases.KEEPER), (max(last - 6, 6), last, phrases.SECRETARY)):
        sheet.merge_range(line, first, line, to, who.to_plain(lang), bold)
        sheet.merge_range(line + 1, first, line + 1, to, phrases.SIGN_HERE.to_plain(lang), italic)
