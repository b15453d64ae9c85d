"""How values are written on paper: dates in words, text that any program can open, dots where nothing is known."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from models.names import nfc
from models.part_date import PartDate

DATE_DOTS = "...../...../........"
LONG_DATE_DOTS = "ngày ..... tháng ..... năm ........"

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # \x0b: a soft line break out of Word
_NO_XML = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # would write the rest of the line from right to left


def long_date(day: PartDate | date | None) -> str:
    """ngày 05 tháng 12 năm 2026: a zero before days below 10 and months below 3, as party papers write it.

    Of what is known in part only that part is written: năm 2014.
    """
    if day is None:
        return LONG_DATE_DOTS
    if day.month is None:
        return f"năm {day.year}"
    month = f"{day.month:02d}" if day.month < 3 else f"{day.month}"
    if day.day is None:
        return f"tháng {month} năm {day.year}"
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: PartDate | date | None) -> str:
    if isinstance(day, PartDate):
        return day.written()
    return f"{day:%d/%m/%Y}" if day else DATE_DOTS


def lines_of(text: str) -> str:
    """NFC, every kind of line end as a newline, nothing that XML cannot hold: such a sign becomes `�`.

    Marks that turn the direction of writing go, since they would carry over to what follows; letters of scripts that
    run from right to left keep their own direction.
    """
    return _NO_XML.sub("\ufffd", _TURNS.sub("", _LINE_ENDS.sub("\n", nfc(text)))).strip("\n")


def line_of(text: str) -> str:
    """The same as one line."""
    return " ".join(lines_of(text).split())


def decimal(value: float | Decimal, places: int | None = None) -> str:
    """28,5 and 11,94 with a comma; `places`: so many, else as many as it has."""
    exact = Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    elif exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    return f"{exact:f}".replace(".", ",")
