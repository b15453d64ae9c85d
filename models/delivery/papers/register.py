"""The register of members away (sổ theo dõi đảng viên đi làm ăn xa): the columns are those of the paper book."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from models.delivery.papers.facts import Line, Lines, PaperFacts
from models.delivery.papers.sheets import Sheet, SheetColumn, workbook
from models.ground.part_date import PartDate
from models.phrases.delivery import papers as phrases
from models.phrases.text import Lang


class RegisterRow(PaperFacts):
    """One absence. Texts as they are to be read; None and "": not known."""

    name: Line
    card: Line = ""  # the last digits of the card
    joined_on: PartDate | date | None = None
    official_on: PartDate | date | None = None
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
    dues_note: Line = ""  # in its place: paid elsewhere
    review: Line = ""  # bản kiểm điểm năm
    note: Lines = ""


class Register(PaperFacts):
    """What stands above the table, and its rows in the order in which they are to be read."""

    above: Line = ""
    cell: Line = ""
    filter: Line = ""  # “Ngoài nước”; "": all
    made_on: date
    rows: tuple[RegisterRow, ...] = Field(())


COLUMNS: tuple[SheetColumn[RegisterRow], ...] = (
    SheetColumn(phrases.NAME, 18, lambda row: row.name),
    SheetColumn(phrases.CARD, 6.5, lambda row: row.card),
    SheetColumn(phrases.JOINED_ON, 10.7, lambda row: row.joined_on, "date"),
    SheetColumn(phrases.OFFICIAL_ON, 10.7, lambda row: row.official_on, "date"),
    SheetColumn(phrases.ROUTE, 12, lambda row: row.route),
    SheetColumn(phrases.PLACE, 10, lambda row: row.place),
    SheetColumn(phrases.WORK, 11, lambda row: row.work),
    SheetColumn(phrases.PHONE, 13, lambda row: row.phone),
    SheetColumn(phrases.FROM_ON, 10.7, lambda row: row.from_on, "date"),
    SheetColumn(phrases.UNTIL_ON, 10.7, lambda row: row.until_on, "date"),
    SheetColumn(phrases.DECISION, 10, lambda row: row.decision),
    SheetColumn(phrases.CONTACT, 12, lambda row: row.contact),
    SheetColumn(phrases.LAST_CONTACT_ON, 10.7, lambda row: row.last_contact_on, "date"),
    SheetColumn(phrases.DUES_UNTIL, 8, lambda row: row.dues_note or row.dues_until, "month"),
    SheetColumn(phrases.REVIEW, 9, lambda row: row.review),
    SheetColumn(phrases.NOTE, 15, lambda row: row.note),
)


def register_workbook(register: Register, lang: Lang = Lang.VI) -> bytes:
    """Return the .xlsx. It has a column of phones only where a row has one."""
    with_phones = any(row.phone for row in register.rows)
    return workbook(
        Sheet(
            title=phrases.REGISTER_TITLE,
            tab=phrases.SHEET,
            subtitle=phrases.chosen(what=register.filter, count=len(register.rows)),
            above=register.above,
            cell=register.cell,
            made_on=register.made_on,
            signs=(phrases.KEEPER, phrases.SECRETARY),
            columns=[column for column in COLUMNS if with_phones or column.heading != phrases.PHONE],
            rows=register.rows,
        ),
        lang,
    )
