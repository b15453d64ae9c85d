"""One cell at a time: what people write, as what it means. A cell that cannot be read raises `Faulty`."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from models.member import Standing
from models.names import fold, nfc, tidy_name
from models.phones import parse_phone
from models.roster.rows import FaultKind, KnownTo, RosterPolicy

Value = str | int | float | bool | datetime | date | time | timedelta | None

_NAME_SIGNS = frozenset(" '-.()")
_PARTY_FOUNDED = 1930  # 03/02/1930: nobody joined before
_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of Excel's calendar, valid from March 1900 on
_SERIALS = range(10_000, 80_000)  # 1927 to 2119: smaller whole numbers are years
_YEARS = range(1900, 2101)

_DAY = re.compile(r"(\d{1,2})[/.\- ]+(\d{1,2})[/.\- ]+(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[t ][\d:.]+)?")
_MONTH = re.compile(r"(\d{1,2})[/.\- ]+(\d{4})")
_RUN_TOGETHER = re.compile(r"\d{7,8}")  # 03022010, or 3022010 where Excel ate the zero

_STANDINGS = {
    **dict.fromkeys(
        ("chinh thuc", "ct", "dang vien chinh thuc", "dvct", "official", "full"), Standing.OFFICIAL
    ),
    **dict.fromkeys(("du bi", "db", "dang vien du bi", "dvdb", "probationary"), Standing.PROBATIONARY),
}


class Faulty(Exception):
    """The cell does not hold what its column is for."""

    def __init__(self, kind: FaultKind) -> None:
        super().__init__(kind)
        self.kind = kind


def text_of(value: Value) -> str:
    """What a person sees in the cell, on one line; "" for an empty one."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return " ".join(nfc(str(value)).split())


def read_name(value: Value, policy: RosterPolicy) -> str:
    name = tidy_name(_bounded(value, policy.max_name))
    if not name:
        raise Faulty(FaultKind.MISSING)
    if not all(char.isalpha() or char in _NAME_SIGNS for char in name):
        raise Faulty(FaultKind.WRONG)
    if " " not in name:
        raise Faulty(FaultKind.ONE_WORD)
    return name


def read_birth_year(value: Value, policy: RosterPolicy, *, today: date) -> int:
    """1985, 85, 03/02/1985, a real date, or a year that Excel took for a day: always a year a member can have."""
    youngest = today.year - policy.min_age
    year = _year(value, policy)
    if year < 100:
        year = youngest - (youngest - year) % 100
    if not youngest - 100 < year <= youngest:
        raise Faulty(FaultKind.OUT_OF_RANGE)
    return year


def _year(value: Value, policy: RosterPolicy) -> int:
    """The year as written, of two digits or four."""
    if isinstance(value, datetime | date):
        serial = (_day_of(value) - _SERIAL_ZERO).days
        return serial if serial in _YEARS else value.year
    text = _bounded(value, policy.max_cell)
    if not text:
        raise Faulty(FaultKind.MISSING)
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return int(text) if len(text) in {2, 4} else _wrong()
    found = _DAY.fullmatch(_plain_date(text))
    return int(found[3]) if found else _date_in(text)[0].year


def _wrong() -> int:
    raise Faulty(FaultKind.WRONG)


def read_phone(value: Value, policy: RosterPolicy) -> str | None:
    text = _bounded(value, policy.max_cell)
    if not text:
        return None
    phone = parse_phone(text)
    if phone is None:
        raise Faulty(FaultKind.WRONG)
    return phone


def read_joined_on(
    value: Value, policy: RosterPolicy, *, birth_year: int | None, today: date
) -> tuple[date | None, KnownTo]:
    """A day, or the first day of the month or year that is known."""
    text = _bounded(value, policy.max_cell)
    if not text:
        return None, KnownTo.DAY
    joined, known_to = (
        (_day_of(value), KnownTo.DAY) if isinstance(value, datetime | date) else _date_in(text, today)
    )
    if joined > today:
        raise Faulty(FaultKind.FUTURE)
    if joined.year < _PARTY_FOUNDED:
        raise Faulty(FaultKind.WRONG)
    if birth_year is not None and joined.year < birth_year + policy.min_age_joined:
        raise Faulty(FaultKind.TOO_EARLY)
    return joined, known_to


def read_standing(value: Value, policy: RosterPolicy) -> Standing:
    said = fold(_bounded(value, policy.max_cell))
    if not said:
        raise Faulty(FaultKind.MISSING)
    if said not in _STANDINGS:
        raise Faulty(FaultKind.WRONG)
    return _STANDINGS[said]


def read_place_text(value: Value, policy: RosterPolicy) -> str:
    return _bounded(value, policy.max_cell)


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
    """ "ngày 3 tháng 2 năm 2010" -> "3/2/2010"."""
    said = re.sub(r"^ngay\s*", "", fold(text))
    said = re.sub(r"\s*\b(thang|nam)\b\s*", "/", said)
    return said.strip("/ .")


def _date_in(text: str, today: date | None = None) -> tuple[date, KnownTo]:
    """dd/mm/yyyy, yyyy-mm-dd, mm/yyyy, yyyy, ddmmyyyy or Excel's day number; `Faulty` for anything else."""
    said = _plain_date(text)
    try:
        if found := _DAY.fullmatch(said):
            return date(_full_year(found[3], today), int(found[2]), int(found[1])), KnownTo.DAY
        if found := _ISO.fullmatch(said):
            return date(int(found[1]), int(found[2]), int(found[3])), KnownTo.DAY
        if found := _MONTH.fullmatch(said):
            return date(int(found[2]), int(found[1]), 1), KnownTo.MONTH
        return _date_in_digits(said)
    except (ValueError, OverflowError) as error:
        raise Faulty(FaultKind.WRONG) from error


def _date_in_digits(digits: str) -> tuple[date, KnownTo]:
    """ValueError when it is none."""
    if _RUN_TOGETHER.fullmatch(digits):
        whole = digits.zfill(8)
        return date(int(whole[4:]), int(whole[2:4]), int(whole[:2])), KnownTo.DAY
    number = int(float(digits))
    if number in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=number), KnownTo.DAY
    if len(digits) != 4:
        raise ValueError(digits)
    return date(number, 1, 1), KnownTo.YEAR


def _full_year(digits: str, today: date | None) -> int:
    """Two digits mean the latest such year that has begun."""
    year = int(digits)
    if len(digits) == 4 or today is None:
        return year
    return today.year - (today.year - year) % 100
