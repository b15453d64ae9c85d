"""A day that somebody types or taps, for the questions of any flow."""

from __future__ import annotations

import re
from datetime import date

from handlers.context import Answer
from models.errors import Refused
from models.phrases import common

_DAY = re.compile(
    r"(?:ngày\s*)?(\d{1,2})\s*(?:[/.\-\s]|tháng)\s*(\d{1,2})(?:\s*(?:[/.\-\s]|năm)\s*(\d{4}|\d{2}))?",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"(\d{2})(\d{2})(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def take_day(answer: Answer, *, near: date) -> date:
    """A tapped `yyyy-mm-dd`, or a typed day; Refused with a sentence for what is none."""
    return read_day(answer.words(limit=4096) if answer.value is None else answer.value, near=near)


def read_day(text: str, *, near: date) -> date:
    """05/12/2026, 5-12-26, 5 tháng 12 năm 2026, 05122026; without a year the first such day from `near` on."""
    text = text.strip().rstrip(".")
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _DAY.fullmatch(text) or _TOGETHER.fullmatch(text)
    if found is None:
        raise Refused(common.day_not_read())
    number, month = int(found[1]), int(found[2])
    if found[3]:
        return _day(int(found[3]) + (2000 if len(found[3]) == 2 else 0), month, number)
    this_year = _day(near.year if (number, month) != (29, 2) else _leap(near.year), month, number)
    return this_year if this_year >= near else _day(near.year + 1, month, number)


def _leap(year: int) -> int:
    return year + -year % 4


def _day(year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise Refused(common.no_such_day(day=number, month=month, year=year)) from None
