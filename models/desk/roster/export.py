"""A cell's roster as a workbook: to print, to keep, and to send back through the import as it is."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from models.desk.roster.rows import Column, Left, RosterFault
from models.desk.roster.template import BORDERED, HEADING, WIDTHS, plain, set_page
from models.ground.phones import show_phone
from models.ground.places import place
from models.people.member import Member
from models.phrases.desk import roster as phrases
from models.phrases.text import Lang, Text


def roster_export(members: Sequence[Member], lang: Lang, *, cell: str) -> bytes:
    """Return an .xlsx with the template's columns. Every cell is text, so no name can act as a formula."""
    rows = [_row(member, lang) for member in members]
    headings = [plain(phrases.column(column), lang) for column in WIDTHS]
    return workbook(
        headings, rows, list(WIDTHS.values()), title=f"{plain(phrases.file_title(), lang)} {cell}"
    )


def workbook(
    headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], *, title: str
) -> bytes:
    """Return a table on A4 across, headings repeated on each page."""
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": title})
        sheet: Any = book.add_worksheet()
        text, heading = book.add_format(BORDERED), book.add_format(HEADING)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, headings[column], heading)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                sheet.write_string(line, column, value, text)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_footer("&C&P/&N")
        set_page(sheet)
        if rows:
            sheet.ignore_errors({"number_stored_as_text": f"A1:Z{len(rows) + 1}"})
    return out.getvalue()


def left_rows(left: Sequence[Left], faults: Sequence[RosterFault], lang: Lang) -> bytes:
    """Return the rows not taken, as they stood, each with what is to be put right. Corrected, they are sent again."""
    wrong: dict[int, list[str]] = {}
    for fault in faults:
        wrong.setdefault(fault.row, []).append(plain(fault.phrase, lang))
    headings = [*(plain(phrases.column(column), lang) for column in WIDTHS), plain(phrases.TO_CORRECT, lang)]
    rows = [
        [*(one.cells.get(column, "") for column in WIDTHS), "\n".join(wrong.get(one.row, []))] for one in left
    ]
    return workbook(headings, rows, [*WIDTHS.values(), 60], title=plain(phrases.TO_CORRECT, lang))


def _row(member: Member, lang: Lang) -> list[str]:
    said: dict[Column, str] = {
        Column.NAME: member.own_name,
        Column.BIRTH_YEAR: str(member.birth_year or ""),
        Column.PHONE: show_phone(member.phone) if member.phone else "",
        Column.JOINED_ON: member.joined_on.written() if member.joined_on else "",
        Column.OFFICIAL_ON: member.official_on.written() if member.official_on else "",
        Column.STANDING: plain(_standing(member), lang),
        Column.PLACE: _place(member, lang),
    }
    return [said[column] for column in WIDTHS]


def _standing(member: Member) -> Text:
    return phrases.STANDINGS[0 if member.standing == "official" else 1]


def _place(member: Member, lang: Lang) -> str:
    if member.place_code is None:
        return ""
    where = place(member.place_code)
    return where.en if lang is Lang.EN else where.vi
