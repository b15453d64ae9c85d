"""What a button carries beside its address, and a short number that is typed. Nothing of it is believed: a button may be old,
or forged with arguments that are missing, too many, of another alphabet, or beyond what a column holds.

    number(arguments, 1)          an id; Refused (an old button) for what is none
    number_or_0(arguments, 1)     a page, or an id that is asked for by its owner's right afterwards
    one_of(Kind, arguments, 1)    a word of an enum; Refused for any other
    whole(text, least=1, most=9)  what was typed or tapped as a number; None for what is none or out of bounds
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from models.ground.errors import Refused
from models.phrases import common

W = TypeVar("W", bound=StrEnum)
_YEAR = re.compile(r"[12][0-9]{3}")
_NUMBER = re.compile(r"[0-9]{1,18}")  # not \d: other alphabets have digits, too; 18 of them fit the column


def number(arguments: Sequence[str], index: int = 0) -> int:
    """Read an id; Refused with the answer to an old button where it is missing or none."""
    text = _argument(arguments, index)
    if not _NUMBER.fullmatch(text):
        raise Refused(common.gone_button())
    return int(text)


def year_in(arguments: Sequence[str], index: int = 0) -> int:
    """Read a year of four digits; Refused as `number`."""
    text = _argument(arguments, index)
    if not _YEAR.fullmatch(text):
        raise Refused(common.gone_button())
    return int(text)


def number_or_0(arguments: Sequence[str], index: int = 0) -> int:
    """Read an id or a page; 0 where it is missing or none."""
    text = _argument(arguments, index)
    return int(text) if _NUMBER.fullmatch(text) else 0


def one_of(words: type[W], arguments: Sequence[str], index: int = 0) -> W:
    """Read a word of `words`; Refused with the answer to an old button for any other."""
    try:
        return words(_argument(arguments, index))
    except ValueError:
        raise Refused(common.gone_button()) from None


def whole(text: str, *, least: int, most: int) -> int | None:
    """Read a whole number that somebody typed; None where it is none or lies outside `least`..`most`."""
    text = text.strip()
    found = int(text) if _NUMBER.fullmatch(text) else None
    return found if found is not None and least <= found <= most else None


def _argument(arguments: Sequence[str], index: int) -> str:
    return arguments[index] if index < len(arguments) else ""
