"""Texts whose marks are gone for good: Excel writes "?" or the bare letter where its plain .csv has no room for them.

    Nguyễn Thị Hằng  ──"CSV (Comma delimited)"──>  Nguy?n Th? H?ng      Văn ──> Van

Nobody can tell which letters were meant, so such a list is not imported; the original file still has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from models.ground.legacy_text import is_syllable

_LOST = re.compile(r"[?\ufffd]")
_INSIDE = re.compile(r"[?\ufffd]+\w|\w[?\ufffd]+\w")
_FAMILIES = frozenset(  # never written so by who writes with marks
    [
        "nguyen",
        "tran",
        "pham",
        "hoang",
        "huynh",
        "bui",
        "dang",
        "ngo",
        "duong",
        "dinh",
        "truong",
        "dao",
        "doan",
        "trinh",
        "luong",
        "quach",
        "le",
        "vu",
        "vo",
        "do",
        "ho",
        "ly",
        "tang",
    ]
)
_MIDDLES = frozenset(["van", "thi"])


def have_lost_letters(texts: Sequence[str]) -> bool:
    """Return whether letters have become "?" in a tenth of the texts that say anything."""
    said = [text for text in texts if any(map(str.isalpha, text))]
    lost = sum(any(map(_is_lost, text.split())) for text in said)
    return lost * 10 >= len(said) > 0 if lost else False


def _is_lost(word: str) -> bool:
    """ "Nguy?n", "Th?", but not "không?" nor an address of the web."""
    if not _LOST.search(word) or any(sign in word for sign in "/=") or not any(map(str.isalpha, word)):
        return False
    return bool(_INSIDE.search(word)) or not is_syllable(_LOST.sub("", word).strip(",.;:!()"))


def are_bare(names: Iterable[str]) -> bool:
    """Return whether half of the names lack the marks that their words always have: "Nguyen Van Dung"."""
    said = [name.lower().split() for name in names if name.strip()]
    bare = sum(len(words) > 1 and _is_bare(words) for words in said)
    return bare > 0 and bare * 2 >= len(said)


def _is_bare(words: Sequence[str]) -> bool:
    return words[0] in _FAMILIES or not _MIDDLES.isdisjoint(words[1:-1])
