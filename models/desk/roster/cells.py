"""One cell at a time: what people write, as what it means. A cell that cannot be read raises `Faulty`."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from models.desk.policy import RosterPolicy
from models.desk.roster.rows import FaultKind
from models.desk.roster.written import beside_name, beside_phone
from models.ground.names import cleaned, fold, is_name, tidy_name
from models.ground.part_date import PartDate
from models.people.member import Standing

Value = str | int | float | bool | datetime | date | time | timedelta | None

_PARTY_FOUNDED = 1930  # 03/02/1930: nobody joined before
SERIAL_ZERO = date(1899, 12, 30)  # day 0 of Excel's calendar, valid from March 1900 on
_SERIALS = range(10_000, 80_000)  # 1927 to 2119: smaller whole numbers are years
_YEARS = range(1900, 2101)

_TIME = re.compile(r"[t ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?z?$")
_DAY = re.compile(r"(\d{1,2})[/.\- ]+(\d{1,2})[/.\- ]+(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_MONTH = re.compile(r"(\d{1,2})[/.\- ]+(\d{4})")
_RUN_TOGETHER = re.compile(r"\d{7,8}")  # 03022010, or 3022010 where Excel ate the zero
_LEFT_OPEN = re.compile(r"(?:^|(?<=[/\-]))\s*[._…?x]+\s*(?=[/\-])")  # ../02/2010: the day is not known
_EMPTY = re.compile(r"[\s.,\-–—_…/\\]*")
_UNKNOWN = frozenset(
    [
        "khong",
        "khong co",
        "khong co dt",
        "khong dung",
        "khong ro",
        "khong biet",
        "chua co",
        "chua ro",
        "chua biet",
        "ko",
        "ko co",
        "k",
        "k co",
        "x",
        "0",
        "none",
        "n/a",
        "na",
        "null",
        "unknown",
        "khong co so",
        "khong su dung",
    ]
)
_MARKS = frozenset({"x", "v", "✓", "✔", "☑", "☒", "√", "+", "1", "co"})

_STANDINGS = {
    **dict.fromkeys(("chinh thuc", "chinhthuc", "cthuc", "ct", "official", "full"), Standing.OFFICIAL),
    **dict.fromkeys(("du bi", "dubi", "dbi", "db", "probationary"), Standing.PROBATIONARY),
}


class Faulty(Exception):
    """The cell does not hold what its column is for."""

    def __init__(self, kind: FaultKind) -> None:
        super().__init__(kind)
        self.kind = kind


def text_of(value: Value) -> str:
    """Return what a person sees in the cell, on one line; "" for an empty one."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    # up to 2**53, some nine times that, a float holds whole numbers exactly
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return cleaned(str(value))


def is_blank(value: Value) -> bool:
    """Return whether it is empty, or dots and dashes where somebody was to write."""
    if isinstance(value, str):
        return _EMPTY.fullmatch(value) is not None or _EMPTY.fullmatch(cleaned(value)) is not None
    return value is None


def is_mark(value: Value) -> bool:
    """Return whether it is a cross or a tick in a column that is the answer itself."""
    return fold(text_of(value)) in _MARKS


def read_name(value: Value, policy: RosterPolicy) -> str:
    """Return the name without what stands beside it. A name of one word is a name: the typist is asked about it."""
    name = tidy_name(beside_name(_bounded(value, policy.max_name)).kept)
    if not name:
        raise Faulty(FaultKind.MISSING if is_blank(value) else FaultKind.WRONG)
    if not is_name(name):
        raise Faulty(FaultKind.WRONG)
    return name


def read_birth_year(value: Value, policy: RosterPolicy, *, today: date, zero: date = SERIAL_ZERO) -> int:
    """Read 1985, 85, 03/02/1985, a real date, or a year that Excel took for a day: always a year a member can have.

    `zero`: the day from which the workbook counts its days.
    """
    youngest = today.year - policy.min_age
    year = _year(value, policy, zero)
    if year < 100:
        year = youngest - (youngest - year) % 100
    if not youngest - 100 < year <= youngest:
        raise Faulty(FaultKind.OUT_OF_RANGE)
    return year


def _year(value: Value, policy: RosterPolicy, zero: date) -> int:
    """The year as written, of two digits or four."""
    if isinstance(value, datetime | date):
        serial = (_day_of(value) - zero).days
        return serial if serial in _YEARS else value.year
    text = _bounded(value, policy.max_cell)
    if is_blank(value):
        raise Faulty(FaultKind.MISSING)
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return int(text) if len(text) in {2, 4} else _wrong()
    found = _DAY.fullmatch(_plain_date(text))
    return int(found[3]) if found else _date_in(text, zero=zero).year


def _wrong() -> int:
    raise Faulty(FaultKind.WRONG)


def read_phone(value: Value, policy: RosterPolicy) -> str | None:
    """Return the first number; None for an empty cell and for "không có"."""
    text = _bounded(value, policy.max_cell)
    if is_unknown(text):
        return None
    number = beside_phone(text)
    if number.anothers:
        raise Faulty(FaultKind.ANOTHERS)
    if number.phone is None:
        raise Faulty(FaultKind.WRONG)
    return number.phone


def is_unknown(text: str) -> bool:
    return is_blank(text) or fold(text).strip(" .") in _UNKNOWN


def read_joined_on(
    value: Value,
    policy: RosterPolicy,
    *,
    birth_year: int | None,
    today: date,
    zero: date = SERIAL_ZERO,
) -> PartDate | None:
    """Return the day of joining as far as it is known: a day, a month or a year."""
    text = _bounded(value, policy.max_cell)
    if is_unknown(text):
        return None
    joined = (
        PartDate.of(_day_of(value)) if isinstance(value, datetime | date) else _date_in(text, today, zero)
    )
    if joined.first > today:
        raise Faulty(FaultKind.FUTURE)
    if joined.year < _PARTY_FOUNDED:
        raise Faulty(FaultKind.WRONG)
    if birth_year is not None and joined.year < birth_year + policy.min_age_joined:
        raise Faulty(FaultKind.TOO_EARLY)
    return joined


def read_official_on(
    value: Value,
    policy: RosterPolicy,
    *,
    joined_on: PartDate | None,
    birth_year: int | None,
    today: date,
    zero: date = SERIAL_ZERO,
) -> PartDate | None:
    """Return the day of official membership, which cannot be before that of joining."""
    official = read_joined_on(value, policy, birth_year=birth_year, today=today, zero=zero)
    if official is not None and joined_on is not None and official.last < joined_on.first:
        raise Faulty(FaultKind.BEFORE_JOINING)
    return official


def two_days(value: Value) -> tuple[str, str] | None:
    """Split two days written in one cell, as the book of members has them: "03/02/2010 03/02/2011"."""
    day = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
    found = re.fullmatch(rf"\D{{0,20}}({day})\D{{1,30}}({day})\D{{0,3}}", text_of(value))
    return (found[1], found[2]) if found else None


def read_standing(value: Value, policy: RosterPolicy) -> Standing:
    text = _bounded(value, policy.max_cell)
    said = fold(re.sub(r"\(.*?\)", " ", text)).strip(" .:-")
    if is_blank(said):
        raise Faulty(FaultKind.MISSING)
    said = re.sub(r"^(?:la )?(?:dang vien|dv)[ .:-]*", "", said).replace(".", "")
    if said not in _STANDINGS:
        raise Faulty(FaultKind.WRONG)
    return _STANDINGS[said]


def read_place_text(value: Value, policy: RosterPolicy) -> str:
    text = _bounded(value, policy.max_cell)
    return "" if is_unknown(text) else text


def _bounded(value: Value, longest: int) -> str:
    """The text; errors that Excel shows in a cell ("#REF!") and over-long texts are faults."""
    text = text_of(value)
    if len(text) > longest:
        raise Faulty(FaultKind.TOO_LONG)
    if text.startswith("#") and text.rstrip("!?").isupper():
        raise Faulty(FaultKind.FORMULA)
    return text


def _day_of(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _plain_date(text: str) -> str:
    """ "ngày 3 tháng 2 năm 2010" -> "3/2/2010"; an hour behind a day goes, "../2/2010" becomes "00/2/2010"."""
    said = re.sub(r"^ngay\s*", "", _TIME.sub("", fold(text)))
    said = re.sub(r"\s*\b(thang|nam)\b\s*|(?:^|(?<=\d))\s*\bt(?=\d{1,2}[/.\-])", "/", said)
    return re.sub(r"\s*([/.\-])\s*", r"\1", _LEFT_OPEN.sub("00", said)).strip("/ .")


def _date_in(text: str, today: date | None = None, zero: date = SERIAL_ZERO) -> PartDate:
    """dd/mm/yyyy, yyyy-mm-dd, mm/yyyy, yyyy, ddmmyyyy or Excel's day number; `Faulty` for anything else.

    A day or a month of 00 is one that is not known.
    """
    said = _plain_date(text)
    try:
        if found := _DAY.fullmatch(said):
            return _part_date(_full_year(found[3], today), int(found[2]), int(found[1]))
        if found := _ISO.fullmatch(said):
            return _part_date(int(found[1]), int(found[2]), int(found[3]))
        if found := _MONTH.fullmatch(said):
            return _part_date(int(found[2]), int(found[1]), 0)
        return _date_in_digits(said, zero)
    except (ValueError, OverflowError) as error:
        raise Faulty(FaultKind.WRONG) from error


def _part_date(year: int, month: int, day: int) -> PartDate:
    return PartDate(year, month or None, (day or None) if month or day == 0 else day)


def _date_in_digits(digits: str, zero: date) -> PartDate:
    """ValueError when it is none."""
    if _RUN_TOGETHER.fullmatch(digits):
        whole = digits.zfill(8)
        return _part_date(int(whole[4:]), int(whole[2:4]), int(whole[:2]))
    number = int(float(digits))
    if number in _SERIALS:
        return PartDate.of(zero + timedelta(days=number))
    if len(digits) != 4:
        raise ValueError(digits)
    return PartDate(number)


def _full_year(digits: str, today: date | None) -> int:
    """Two digits mean the latest such year that has begun."""
    year = int(digits)
    if len(digits) == 4 or today is None:
        return year
    return today.year - (today.year - year) % 100
