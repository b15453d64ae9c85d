"""The register of members away (sổ theo dõi đảng viên đi làm ăn xa): the columns are those of the paper book."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from models.delivery.papers.facts import Facts, Line, Lines
from models.delivery.papers.sheets import Column, Sheet, workbook
from models.ground.part_date import PartDate
from models.phrases.delivery import papers as phrases
from models.phrases.text import Lang


class RegisterRow(Facts):
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
    review: Line = ""  # bản kiểm điểm năm
    note: Lines = ""


class Register(Facts):
    """What stands above the table, and its rows in the order in which they are to be read."""

    above: Line = ""
    cell: Line = ""
    filter: Line = ""  # “Ngoài nước”; "": all
    made_on: date
    rows: tuple[RegisterRow, ...] = Field(())


COLUMNS: tuple[Column[RegisterRow], ...] = (
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
