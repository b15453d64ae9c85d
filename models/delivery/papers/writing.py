"""How values are written on paper: dates in words, text that any program can open, dots where nothing is known."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from math import ceil

from models.ground.names import nfc
from models.ground.part_date import PartDate

DATE_DOTS = "...../...../........"
LONG_DATE_DOTS = "ngày ..... tháng ..... năm ........"

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # \x0b: a soft line break out of Word
_NO_XML = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # would write the rest of the line from right to left


def long_date(day: PartDate | date | None) -> str:
    """Write ngày 05 tháng 12 năm 2026: a zero before days below 10 and months below 3, as party papers have it.

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


def paper_number(typed: str, mark: str) -> str:
    """Write 05-CV/CB for what was typed as 5, 5-CV/CB or 05-CV/CB: a zero before numbers below ten, `mark` by default."""
    found = _NUMBER.fullmatch(typed.strip())
    if found is None:
        return typed.strip()
    return f"{int(found[1]):02d}{found[2].strip() or mark}"


def qr_png(link: str) -> bytes:
    """Return a link as a picture that a phone reads from a screen or from paper."""
    import segno  # slow to import

    picture = BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=10, border=4)
    return picture.getvalue()


_NUMBER = re.compile(r"(\d{1,6})((?:\s*[-–/].*)?)")


def heading_lines(name: str) -> str:
    """Return an organisation's name for the head of a paper: in capitals, a long one on lines of about one length."""
    words = name.upper().split()
    width = sum(map(_em, " ".join(words)))
    if width <= _HEAD:
        return " ".join(words)
    count = ceil(width / _HEAD)
    lines: list[str] = []
    line = ""
    for word in words:
        wider = f"{line} {word}".strip()
        if line and len(lines) < count - 1 and sum(map(_em, wider)) > width / count + _em(" ") * 2:
            lines.append(line)
            line = word
        else:
            line = wider
    return "\n".join([*lines, line])


_HEAD = 16.5  # ems of 14 points in the left half of the head


def _em(letter: str) -> float:
    """About how wide a bold capital of Times is."""
    base = unicodedata.normalize("NFD", letter)[:1]
    return {" ": 0.25, "I": 0.39, "M": 0.95, "W": 1.0}.get(base, 0.72)


def lines_of(text: str) -> str:
    """Return NFC, every kind of line end as a newline; a sign that XML cannot hold becomes `�`.

    Marks that turn the direction of writing go, since they would carry over to what follows; letters of scripts that
    run from right to left keep their own direction.
    """
    return _NO_XML.sub("\ufffd", _TURNS.sub("", _LINE_ENDS.sub("\n", nfc(text)))).strip("\n")


def line_of(text: str) -> str:
    """Return the same as one line."""
    return " ".join(lines_of(text).split())


def decimal(value: float | Decimal, places: int | None = None) -> str:
    """Write 28,5 and 11,94 with a comma. `places`: so many, else as many as it has."""
    exact = Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    elif exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    return f"{exact:f}".replace(".", ",")
