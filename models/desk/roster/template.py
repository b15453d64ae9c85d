"""The workbook that the bot hands out: filled in by the secretary, read back by `read_roster`."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from models.desk.roster.rows import Column
from models.phrases.desk import roster as phrases
from models.phrases.text import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_FONT = {
    "font_name": "Times New Roman",
    "font_size": 13,
}  # the hand of official papers, readable without glasses
BORDERED = {**_FONT, "num_format": "@", "border": 1, "text_wrap": True, "valign": "top"}
HEADING = {**_FONT, "bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
WIDTHS = {
    Column.NAME: 32,
    Column.BIRTH_YEAR: 11,
    Column.PHONE: 20,
    Column.JOINED_ON: 18,
    Column.OFFICIAL_ON: 18,
    Column.STANDING: 20,
    Column.PLACE: 36,
}
_CHECKED_ROWS = 2_000  # rows that have the list of standings and the hints
_A4 = 9  # Excel's number for the paper
_MADE = datetime(2026, 1, 1, tzinfo=UTC).replace(
    tzinfo=None
)  # a fixed day: the same template, the same bytes


def roster_template(lang: Lang) -> bytes:
    """Return an .xlsx with the heading row, an example that the reader skips, and an explaining sheet."""
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": plain(phrases.file_title(), lang), "created": _MADE})
        list_name, guide_name = (plain(name, lang) for name in phrases.sheet_names())
        _write_list(book, book.add_worksheet(list_name), lang)
        _write_guide(book, book.add_worksheet(guide_name), lang)
    return out.getvalue()


def plain(text: Text, lang: Lang) -> str:
    return text.to_plain(lang)


def _write_list(book: Workbook, sheet: Any, lang: Lang) -> None:
    # Text cells everywhere: Excel must not eat the zero of a phone or turn day and month around.
    as_text = book.add_format({**_FONT, "num_format": "@"})
    heading = book.add_format({**HEADING, "bg_color": "#DDEBF7"})
    example = book.add_format({**_FONT, "num_format": "@", "italic": True, "font_color": "#595959"})
    for place, (column, width) in enumerate(WIDTHS.items()):
        sheet.set_column(place, place, width, as_text)
        sheet.write_string(0, place, plain(phrases.column(column), lang), heading)
        sheet.write_string(1, place, plain(phrases.example_row()[place], lang), example)
        sheet.data_validation(1, place, _CHECKED_ROWS, place, _validation(column, lang))
    sheet.set_row(0, 40)
    sheet.freeze_panes(1, 1)
    set_page(sheet)
    sheet.repeat_rows(0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:G{_CHECKED_ROWS}"})


def _validation(column: Column, lang: Lang) -> dict[str, Any]:
    """The hint beside the cell; for the standing also the list to choose from."""
    hint = {
        # Excel takes no more characters of either
        "input_title": plain(phrases.column(column), lang)[:32],
        "input_message": plain(phrases.hints()[column], lang)[:255],
    }
    if column is not Column.STANDING:
        return {"validate": "any", **hint}
    choices = [plain(text, lang) for text in phrases.STANDINGS]
    error = plain(phrases.standing_error(), lang)
    return {"validate": "list", "source": choices, "error_message": error, **hint}


def _write_guide(book: Workbook, sheet: Any, lang: Lang) -> None:
    title = book.add_format({**_FONT, "bold": True, "font_size": 15})
    body = book.add_format({**_FONT, "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 110)
    for row, text in enumerate(phrases.guide()):
        sheet.write_string(row, 0, plain(text, lang), body if row else title)
    set_page(sheet)


def set_page(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.6)
