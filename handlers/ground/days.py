"""A day that somebody types or taps, for the questions of any flow.

Whatever the question allows, no day is older than a person or further away than one: the rules count months and weeks on
from it, and the calendar ends with the year 9999.
"""

from __future__ import annotations

import re
from datetime import date

from handlers.ground.context import Answer
from models.ground.errors import Refused
from models.phrases import common

EARLIEST = 1900
_AHEAD = 50  # years
_DAY = re.compile(
    r"(?:ngày\s*)?([0-9]{1,2})\s*(?:[/.\-\s]|tháng)\s*([0-9]{1,2})(?:\s*(?:[/.\-\s]|năm)\s*([0-9]{4}|[0-9]{2}))?",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_DATED = re.compile(r"(.*?)[\s,;]+(?:ngày|of)\s+(.+)", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


def take_day(answer: Answer, *, near: date, last: date | None = None) -> date:
    """Take a tapped `yyyy-mm-dd` or a typed day. Raise Refused with a sentence for what is none (`read_day`)."""
    text = answer.words(limit=4096) if answer.value is None else answer.value
    return read_day(text, near=near, last=last)


def read_day(text: str, *, near: date, last: date | None = None) -> date:
    """Read 05/12/2026, 5-12-26, 5 tháng 12 năm 2026, 05122026; without a year the first such day from `near` on.

    Refused where it is no day, where it is before 1900 or more than fifty years after `near`, and, given `last`, where
    it does not lie between `near` and `last`.
    """
    day = _read(text, near)
    if last is not None and not near <= day <= last:
        raise Refused(common.day_out_of_range(first=near, last=last))
    return day


def dated_number(said: str) -> tuple[str, str]:
    """Return the number of a paper, and its day as it was typed with it, or nothing: 15-QĐ/ĐU ngày 05/01/2027."""
    found = _DATED.fullmatch(said)
    return (found[1].strip(), found[2]) if found else (said, "")


def _read(text: str, near: date) -> date:
    text = text.strip().rstrip(".")
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]), near)
    found = _DAY.fullmatch(text) or _TOGETHER.fullmatch(text)
    if found is None:
        raise Refused(common.day_not_read())
    number, month = int(found[1]), int(found[2])
    if found[3]:
        return _day(int(found[3]) + (2000 if len(found[3]) == 2 else 0), month, number, near)
    # 29 February without a year means the next leap year
    step = _leap if (number, month) == (29, 2) else int
    this_year = _day(step(near.year), month, number, near)
    return this_year if this_year >= near else _day(step(near.year + 1), month, number, near)


def _leap(year: int) -> int:
    return year + -year % 4


def _day(year: int, month: int, number: int, near: date) -> date:
    last = near.year + _AHEAD
    if not EARLIEST <= year <= last:
        raise Refused(common.year_out_of_range(year=year, first=EARLIEST, last=last))
    try:
        return date(year, month, number)
    except ValueError:
        raise Refused(common.no_such_day(day=number, month=month, year=year)) from None
