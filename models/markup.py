"""Telegram's HTML, measured and cut: a long text is split at paragraph borders, never lost."""

from __future__ import annotations

import re

MESSAGE_LIMIT = 4096  # UTF-16 units after the markup is read: core.telegram.org/bots/api#sendmessage
CAPTION_LIMIT = 1024

_TOKEN = re.compile(r"<(/?)([a-z-]+)[^>]*>|&(?:#x?[0-9a-fA-F]+|[a-z]+);|[^<&]", re.DOTALL)


def visible_length(html: str) -> int:
    """UTF-16 units that Telegram counts: tags weigh nothing, an entity weighs its character."""
    return sum(_weight(token) for token in _TOKEN.finditer(html))


def split_html(html: str, limit: int = MESSAGE_LIMIT) -> list[str]:
    """Parts of at most `limit` units each; markup that spans a border is closed and opened again."""
    if len(html) <= limit or visible_length(html) <= limit:
        return [html]
    parts: list[str] = []
    rest = html
    while rest:
        cut, still_open = _best_cut(rest, limit)
        parts.append(rest[:cut].rstrip() + "".join(f"</{_name(tag)}>" for tag in reversed(still_open)))
        left = rest[cut:].lstrip()
        rest = "".join(still_open) + left if left else ""
    return [part for part in parts if _has_words(part)] or parts[:1]


def _has_words(html: str) -> bool:
    return any(not token.group(2) and not token.group().isspace() for token in _TOKEN.finditer(html))


def _best_cut(html: str, limit: int) -> tuple[int, list[str]]:
    """Where to cut, and the tags open there: the last paragraph, line or word border, whichever is far enough on."""
    borders: dict[str, tuple[int, list[str]]] = {}
    open_tags: list[str] = []
    used, place = 0, 0
    last: tuple[int, list[str]] = (0, [])
    for token in _TOKEN.finditer(html):
        used += _weight(token)
        if used > limit:
            break
        _follow(token, open_tags)
        place = token.end()
        last = (place, list(open_tags))
        for border in ("\n\n", "\n", " "):
            if html.endswith(border, 0, place):
                borders[border] = last
    else:
        return len(html), []
    far_enough = place // 2
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
    text = token.group()
    return 1 if len(text) > 1 else len(text.encode("utf-16-le")) // 2


def _name(tag: str) -> str:
    return re.split(r"[\s>]", tag[1:], maxsplit=1)[0]
