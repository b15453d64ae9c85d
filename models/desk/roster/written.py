"""What people write beside a name or a number, taken off and kept to be shown.

beside_name("1. Đ/c Nguyễn Văn Anh (BT)")     kept "Nguyễn Văn Anh", off "BT"
beside_phone("0912000001 / 0987000001")       kept "+84912000001", off "0987000001"
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from models.ground.names import cleaned, fold
from models.ground.phones import parse_phone


class Beside(NamedTuple):
    """What the column holds, and what else stood there."""

    kept: str
    off: str = ""


# --- names ----------------------------------------------------------------------------------------------------------

_NUMBERED = re.compile(r"^\d{1,4}\s*[.)\-–:/]?\s+|^\d{1,4}[.)]\s*")
_ADDRESSED = re.compile(r"^(?:đ\s*[/.]\s*c\.?|đc\.?|đồng\s+chí)[\s:]+(?=\S+\s+\S)", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?|\{[^{}]*\}?")
_STARS = re.compile(r"[*†‡¹²³⁽⁾]+")
_BEHIND = re.compile(r"\s+[-–—]+\s*|\s*[–—]\s*|-\s+|\s*[,;:/|]\s*")
_OFFICE = re.compile(  # without a sign before it; nobody is called so
    r"(?:nguyên )?(?:p?bt(?:cb|chi bộ)?|(?:phó )?bí thư(?: .{0,40})?|cuv|đuv|uv(?:bch)?|btv|(?:chi|đảng|cấp) ủy(?: viên)?"
    r"|uỷ viên|ủy viên(?: .{0,40})?|(?:chi|đảng|cấp) uỷ(?: viên)?|(?:trưởng|phó) (?:thôn|xóm|bản|ban|làng|ấp|khu)(?: .{0,30})?"
    r"|(?:phó )?chủ tịch(?: .{0,40})?|đảng viên(?: dự bị| chính thức)?|dvdb|đvdb|tổ (?:trưởng|phó)(?: .{0,30})?)"
)
_LEADS = re.compile(  # an office before the name, which has two words at least
    r"^(?:nguyên )?(?:(?:phó )?(?:bí thư|chủ tịch)(?: (?:chi bộ|chi đoàn|chi hội|(?:chi|đảng) [uủ][yỷ]|thôn|xã|phường))?"
    r"|p?bt(?:cb)?|cuv|(?:(?:chi|đảng|cấp) )?(?:ủy|uỷ) viên|(?:trưởng|phó) (?:thôn|xóm|bản|làng|ấp|khu|ban)"
    r"|tổ (?:trưởng|phó)|đảng viên(?: dự bị| chính thức)?|đvdb|đv)\s*[:\-–—,.]?\s+(?=\S+\s+\S)",
    re.IGNORECASE,
)


def beside_name(text: str) -> Beside:
    """Return the name alone, without brackets, stars, offices before it, and what follows a dash or a comma."""
    text, off = _NUMBERED.sub("", cleaned(text)), []
    text = _ADDRESSED.sub("", text)
    if led := _LEADS.match(text):
        off.append(led[0].strip(" :-–—,."))
        text = _ADDRESSED.sub("", text[led.end() :])

    def take(found: re.Match[str]) -> str:
        off.append(found[0].strip("()[]{} "))
        return " "

    text = _STARS.sub(take, _BRACKETS.sub(take, text))
    name, *rest = _BEHIND.split(text.strip(" ,;:/|"), maxsplit=1)
    off += rest
    words = name.split()
    at = next((at for at in range(1, len(words)) if _is_office(words[at:])), len(words))
    # a hyphen without spaces may be the name's own (Kim-Anh): it divides only before an office
    joined = re.fullmatch(r"(.+?\s\S+?)-(.+)", name)
    if at == len(words) and joined and _is_office(joined[2].split()):
        return Beside(joined[1], "; ".join(filter(None, [joined[2], *off])))
    return Beside(" ".join(words[:at]), "; ".join(filter(None, [" ".join(words[at:]), *off])))


def _is_office(words: list[str]) -> bool:
    return _OFFICE.fullmatch(" ".join(words).casefold()) is not None


# --- telephones -----------------------------------------------------------------------------------------------------

_BETWEEN = re.compile(r"\s*(?:[/;,|\n&]|\s[-–]\s|\bhoặc\b|\bvà\b)\s*", re.IGNORECASE)
_DIGITS = re.compile(r"\+?\(?\d[\d\s.()\-–]*\d")
_RELATIVES = re.compile(
    r"\b(?:vo|chong|con|bo|me|ba|ma|anh|chi|em|chau|ong|chu|bac|co|di|cau|mo|dau|re|hang xom|nguoi nha|ban)\b"
)


class WrittenPhone(NamedTuple):
    """`phone` in E.164; `anothers`: the text says that it is a relative's, and so nobody's own."""

    phone: str | None
    off: str = ""
    anothers: bool = False


@lru_cache(maxsize=4096)
def beside_phone(text: str) -> WrittenPhone:
    """Return the first number that exists; others, and words beside it, are `off`."""
    if phone := parse_phone(text):
        return WrittenPhone(phone)
    pieces = [piece for piece in _BETWEEN.split(text) if piece.strip()]
    for at, piece in enumerate(pieces):
        for found in _DIGITS.finditer(piece):
            if phone := parse_phone(found[0]):
                beside = (piece[: found.start()] + " " + piece[found.end() :]).strip(" ():.-–")
                if not beside and at + 1 < len(pieces) and not any(map(str.isdigit, pieces[at + 1])):
                    beside = pieces[at + 1]
                off = "; ".join(filter(None, [beside, *pieces[at + 1 :]]))
                return WrittenPhone(phone, cleaned(off), bool(_RELATIVES.search(fold(beside))))
    return WrittenPhone(None)
