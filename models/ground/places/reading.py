"""What people type, and what a roster's cell says, as a place.

Vietnamese addresses go from small to large ("KCN Sóng Thần, Dĩ An, Bình Dương"), so the end decides. Diacritics do
not count. A reading is kept only when nothing in the text speaks against it; otherwise a person is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from models.ground.names import fold, nfc
from models.ground.places import tables
from models.ground.places.gazetteer import BY_CODE, COMMON_DESTINATIONS, Place, rows

_LONGEST = 300  # characters of an address that are looked at
_BREAK = re.compile(r"[,;()\[\]/|\n\r–—]+|\s-\s|\s(?:và|hoặc|and|or)\s", re.IGNORECASE)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Said before a place ("đang làm việc tại …", "tỉnh …") and after it ("… từ năm 2023 đến nay", "…, Việt Nam").
_LEADS = _set(
    "dang hien nay lam viec an song sinh hoat cong tac hoc tap du dinh cu o tai ben nuoc sang di xkld xuat khau lao "
    "dong thuc sinh tinh thanh pho tp t p bang in at working"
)
_TAILS = _set("tu nam thang den nay hien viet vn vietnam since")
# Before a name these make it another thing: a hamlet, a street, a firm, or where somebody comes from.
_OTHER_THINGS = _set(
    "xa phuong thon xom ap ban buon lang to doi huyen quan tran duong pho ngo hem cau cho truong ty cty hang quan "
    "von ve que nguoi gan"
)
_FIRMS = re.compile(r"\b(cong ty|cty|nha may|xuong|tap doan|doanh nghiep|nha hang|chu)\b")
_SHORTEST_ENDING = 5  # letters: shorter names ("Mỹ", "Anh", "Huế") are words of other names as well
_CLEAR_ENDINGS = frozenset({"hcm"})


@dataclass(frozen=True, slots=True)
class _Name:
    """One way to say a place: folded words, the spelling with diacritics, and whether it is only a town there."""

    words: str
    spelt: str
    place: Place
    town: bool


def find_places(text: str, limit: int = 8) -> list[Place]:
    """Return places for what has been typed so far, the likeliest first; [] when nothing fits."""
    words = _words(text[:_LONGEST])
    if not words:
        return []
    found: dict[str, tuple[int, bool, bool, int]] = {}
    for name in _names():
        score = _fit(words, name.words)
        if score is not None:
            rank = (score, not _spelt_alike(text, name), name.town, _commonness(name.place))
            found[name.place.code] = min(rank, found.get(name.place.code, rank))
    same = [code for code, (score, other, town, _) in found.items() if not score and not (other and town)]
    best = sorted(same or found, key=lambda code: (found[code], code))[:limit]
    whole = read_place(text) if not best else None
    return [whole] if whole else [BY_CODE[code] for code in best]


def former_name(text: str) -> str:
    """Return what was typed, where it names a province that is part of another by now; else ""."""
    name = _whole(_words(text[:_LONGEST]))
    return name.spelt if name is not None and name.words in _former() else ""


@cache
def _former() -> frozenset[str]:
    listed = _listed(rows(tables.FORMER, "VN-"), town=False)
    today = {_words(place.vi) for place in BY_CODE.values()}
    return frozenset(name.words for name in listed) - today


def _fit(words: str, name: str) -> int | None:
    """0 the same, 1 begins with it, 2 a word begins with it, 3 each typed word begins one of its words."""
    if words == name or (len(words) > 3 and words.replace(" ", "") == name.replace(" ", "")):
        return 0
    if name.startswith(words):
        return 1
    if f" {words}" in f" {name}":
        return 2
    return 3 if all(f" {word}" in f" {name}" for word in words.split()) else None


def _spelt_alike(text: str, name: _Name) -> bool:
    return name.spelt.startswith(" ".join(nfc(text).lower().split()))


def _commonness(place: Place) -> int:
    if place.code in COMMON_DESTINATIONS:
        return COMMON_DESTINATIONS.index(place.code)
    return len(COMMON_DESTINATIONS) + place.abroad


@lru_cache(maxsize=4096)
def read_place(text: str) -> Place | None:
    """Return the place that a cell such as "Osaka, Nhật Bản" means; None when it names none, or two that disagree."""
    text = nfc(text[:_LONGEST])
    if name := _whole(_words(text)):
        return name.place
    whole: list[_Name] = []
    endings: list[_Name] = []
    for part in _BREAK.split(text):
        words = _words(part)
        if name := _whole(words):
            whole, endings = [*whole, name], []
        elif name := _ending(words):
            endings.append(name)
    return _agreed(whole + endings)


def _agreed(names: list[_Name]) -> Place | None:
    """A town must not decide against a province, nor two names against each other."""
    said = [name.place for name in names if not name.town] or [name.place for name in names]
    if len(set(said)) != 1:
        return None
    contradicted = any(name.place != said[0] and (name.place.abroad or said[0].abroad) for name in names)
    return None if contradicted else said[0]


def _whole(words: str) -> _Name | None:
    """The name that the words are, once what is said before it has been taken off."""
    rest = words.split()
    while rest:
        if name := _by_words().get(" ".join(rest)) or _by_letters().get("".join(rest)):
            return name
        if rest[0] not in _LEADS:
            return None
        rest = rest[1:]
    return None


def _ending(words: str) -> _Name | None:
    """The longest name that the words end with, unless the word before it makes it something else."""
    rest = words.split()
    while rest:
        for start in range(1, len(rest)):
            name = _by_words().get(" ".join(rest[start:]))
            if name and _clear(name):
                return None if _speaks_of_something_else(rest[:start], name) else name
        if not (rest[-1] in _TAILS or rest[-1].isdigit()):
            return None
        rest = rest[:-1]
        if name := _whole(" ".join(rest)):
            return name
    return None


def _clear(name: _Name) -> bool:
    return len(name.words.replace(" ", "")) >= _SHORTEST_ENDING or name.words in _CLEAR_ENDINGS


def _speaks_of_something_else(before: list[str], name: _Name) -> bool:
    """A hamlet called Hòa Bình is not the province; a firm from Korea may stand in Bắc Ninh."""
    return before[-1] in _OTHER_THINGS or (name.place.abroad and bool(_FIRMS.search(" ".join(before))))


def _words(text: str) -> str:
    """Folded, signs made spaces: "TP.HCM" -> "tp hcm"."""
    return " ".join(re.findall(r"\w+", fold(text)))


@cache
def _names() -> tuple[_Name, ...]:
    """Every name, the official ones before the spoken ones before the towns."""
    own = [_name(text, place, town=False) for place in BY_CODE.values() for text in (place.vi, place.en)]
    spoken = [
        *_listed([(code, cells[2:3]) for code, cells in rows(tables.PROVINCES, "VN-")], town=False),
        *_listed(rows(tables.FORMER, "VN-"), town=False),
        *_listed([(code, cells[2:3]) for code, cells in rows(tables.COUNTRIES)], town=False),
        *_listed(rows(tables.TOWNS, "VN-"), town=True),
        *_listed(rows(tables.CITIES), town=True),
    ]
    return tuple(own + spoken)


def _listed(table: list[tuple[str, list[str]]], *, town: bool) -> list[_Name]:
    texts = [(code, text) for code, cells in table for cell in cells for text in cell.split(", ")]
    return [_name(text, BY_CODE[code], town=town) for code, text in texts]


def _name(text: str, place: Place, *, town: bool) -> _Name:
    return _Name(_words(text), nfc(text).lower(), place, town)


@cache
def _by_words() -> dict[str, _Name]:
    return {name.words: name for name in reversed(_names())}


@cache
def _by_letters() -> dict[str, _Name]:
    """Written without spaces: "hanoi", "dailoan"."""
    return {name.words.replace(" ", ""): name for name in reversed(_names()) if " " in name.words}
