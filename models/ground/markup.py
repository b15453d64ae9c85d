"""Telegram's HTML, measured and cut: a long text is split at paragraph borders, never lost.

Lengths are Telegram's: UTF-16 units after the markup is read. A letter of the first 65,536 is one, an emoji two or more.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

MESSAGE_LIMIT = 4096  # UTF-16 units after the markup is read: core.telegram.org/bots/api#sendmessage

_JOINERS = "\u200d\ufe0f\ufe0e\u20e3"
_TAG = re.compile(r"</?[a-z-]+[^>]*>")
_TOKEN = re.compile(r"<(/?)([a-z-]+)[^>]*>|&(?:#x?[0-9a-fA-F]+|[a-z]+);|[^<&]", re.DOTALL)


def units(text: str) -> int:
    """Count plain text as Telegram does."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clip(text: str, limit: int) -> str:
    """Cut plain text to at most `limit` units, between two letters as a reader sees them; "…" where something is left out."""
    if units(text) <= limit:
        return text
    used, end = 1, 0  # 1: the "…" at the end
    for place, letter in enumerate(text):
        used += units(letter)
        if used > limit:
            break
        if not _goes_on(text, place + 1):
            end = place + 1
    return text[:end].rstrip() + "…"


def _goes_on(text: str, place: int) -> bool:
    """Whether what stands at `place` belongs to the letter before it: a mark, a tint, the rest of a flag or of a family."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if after in _JOINERS or before == "\u200d" or unicodedata.category(after) in ("Mn", "Me", "Mc"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    flags = 0
    while flags < place and "\U0001f1e6" <= text[place - 1 - flags] <= "\U0001f1ff":
        flags += 1
    # two letters make one flag: after an odd number of them one is half done
    return flags % 2 == 1 and "\U0001f1e6" <= after <= "\U0001f1ff"


def visible_length(html: str) -> int:
    """Count UTF-16 units as Telegram does: tags weigh nothing, an entity weighs its character."""
    return units(unescape(_TAG.sub("", html)))


def split_html(html: str, limit: int = MESSAGE_LIMIT) -> list[str]:
    """Split it into parts of at most `limit` units; markup that spans a border is closed and opened again."""
    # with its tags it is longer than what is seen: for most messages this first look is enough
    if units(html) <= limit or visible_length(html) <= limit:
        return [html]
    parts: list[str] = []
    rest = html
    while rest:
        cut, still_open = _best_cut(rest, limit)
        parts.append(rest[:cut].rstrip() + "".join(f"</{_name(tag)}>" for tag in reversed(still_open)))
        left = rest[cut:].lstrip()
        rest = "".join(still_open) + left if left else ""
    # Telegram refuses a message that has tags and spaces only
    return [part for part in parts if _has_words(part)] or parts[:1]


def _has_words(html: str) -> bool:
    return any(not token.group(2) and not token.group().isspace() for token in _TOKEN.finditer(html))


def _best_cut(html: str, limit: int) -> tuple[int, list[str]]:
    """Where to cut, and the tags open there: the last paragraph, line or word border, whichever is far enough on."""
    borders: dict[str, tuple[int, list[str]]] = {}
    open_tags: list[str] = []
    used, place = 0, 0
    last = anywhere = (0, open_tags)
    for token in _TOKEN.finditer(html):
        used += _weight(token)
        if used > limit:
            break
        _follow(token, open_tags)
        place = token.end()
        anywhere = (place, list(open_tags))
        if not _goes_on(html, place):
            last = anywhere
        if html[place - 1] not in "\n ":
            continue
        for border in ("\n\n", "\n", " "):
            if html.endswith(border, 0, place):
                borders[border] = anywhere
    else:
        return len(html), []
    # at a border before that, the message would be less than half full
    far_enough = place // 2
    if last[0] <= far_enough:  # a letter of a thousand marks is cut all the same
        last = anywhere
    return next(
        (borders[b] for b in ("\n\n", "\n", " ") if b in borders and borders[b][0] > far_enough), last
    )


def _follow(token: re.Match[str], open_tags: list[str]) -> None:
    if token.group(2):
        if token.group(1):
            del open_tags[-1:]
        else:
            open_tags.append(token.group())


def _weight(token: re.Match[str]) -> int:
    if token.group(2):
        return 0
    piece = token.group()
    if len(piece) == 1:
        return 1 if piece <= "\uffff" else 2
    return units(unescape(piece))


def _name(tag: str) -> str:
    return re.split(r"[\s>]", tag[1:], maxsplit=1)[0]
