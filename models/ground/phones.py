"""Telephone numbers, however they are written, as E.164 ("+84912345678").

Vietnamese numbers may come with or without the zero (Excel eats it), with +84, 0084 or 84, with dots, brackets or
full-width digits, as an Excel number ("9.12345678E8"), or with eleven digits as before 2018. Numbers from elsewhere
need their country code.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from models.ground.names import cleaned

# Mobile prefixes since 15/11/2018 (plan of the Ministry of Information and Communications, decision 798/QD-BTTTT).
_MOVED = {
    "162": "32", "163": "33", "164": "34", "165": "35", "166": "36", "167": "37", "168": "38", "169": "39",
    "120": "70", "121": "79", "122": "77", "126": "76", "128": "78",
    "123": "83", "124": "84", "125": "85", "127": "81", "129": "82",
    "186": "56", "188": "58", "199": "59",
}  # fmt: skip
_ELEVEN_DIGITS = re.compile(r"(\+84|0084|84|0)?0?(12[0-9]|16[2-9]|18[68]|199)(\d{7})")

_LABEL = re.compile(r"^(?:s?đt|dđ|đtdđ|điện thoại|tel|phone|mobile|zalo)\b[.:\s]*", re.IGNORECASE)
_AS_NUMBER = re.compile(r"\d{8,}\.0{1,2}|\d(?:\.\d+)?E\+?\d{1,2}", re.IGNORECASE)
_WRITTEN = re.compile(r"\+?[\d\s().\-–/]+")
_LONGEST = 40  # characters
_ABROAD_DIGITS = 11  # from here on digits without + are tried as country code and number


def parse_phone(text: str | int | float, *, region: str = "VN") -> str | None:
    """Return E.164, or None when it is not one existing number. `region` (ISO alpha-2): where no code means."""
    digits = _digits(str(text))
    if digits is None:
        return None
    moved = _ELEVEN_DIGITS.fullmatch(digits) if region == "VN" else None
    if moved and moved[2] in _MOVED:
        digits = f"+84{_MOVED[moved[2]]}{moved[3]}"
    found = _valid(digits, region)
    if found is None and len(digits) >= _ABROAD_DIGITS and digits[0] not in "+0":
        found = _valid(f"+{digits}", region)
    return found


def show_phone(e164: str) -> str:
    """Show it as people read it: 0912 345 678 for Vietnam, +81 90-1234-5678 for elsewhere; unknown text unchanged."""
    import phonenumbers as numbers  # slow to import

    try:
        number = numbers.parse(e164)
    except numbers.NumberParseException:
        return e164
    style = (
        numbers.PhoneNumberFormat.NATIONAL
        if number.country_code == 84
        else numbers.PhoneNumberFormat.INTERNATIONAL
    )
    return numbers.format_number(number, style)


def same_phone(one: str, other: str) -> bool:
    """Return whether both mean one telephone. Telegram gives contacts without the plus."""
    return bool(_readings(one) & _readings(other))


def _readings(text: str) -> set[str]:
    plain = re.sub(r"\D", "", text)
    found = {parse_phone(text), parse_phone(f"+{plain}") if plain[:1] != "0" else None}
    return {number for number in found if number is not None}


def _digits(text: str) -> str | None:
    """Only digits, after at most one plus; None when anything else was written."""
    text = unicodedata.normalize("NFKC", cleaned(text[: 2 * _LONGEST]))
    # the apostrophe is Excel's sign for a number kept as text
    text = _LABEL.sub("", text.strip().lstrip("'"))
    if len(text) > _LONGEST:
        return None
    if _AS_NUMBER.fullmatch(text):
        return str(int(Decimal(text)))
    if not _WRITTEN.fullmatch(text.replace("(+", "+", 1)):
        return None
    return re.sub(r"[^\d+]", "", text)


def _valid(digits: str, region: str) -> str | None:
    import phonenumbers as numbers

    try:
        number = numbers.parse(digits, region)
    except numbers.NumberParseException:
        return None
    if not numbers.is_valid_number(number):
        return None
    return numbers.format_number(number, numbers.PhoneNumberFormat.E164)
