"""Formatted text as Telegram reads it: HTML in, plain text and entities out.

Offsets and lengths count UTF-16 code units, because Telegram's do: an emoji is two, a decomposed
Vietnamese letter is as many as it has code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.standin.links import checked_link, linked_user

Entity = dict[str, Any]

_SPACE = " \t\r\n\v\0"
_SPECIAL = re.compile("[&<]")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]*));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_LONGEST_REFERENCE = 10

_PLAIN_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = {*_PLAIN_TAGS, "a", "code", "pre", "blockquote", "tg-emoji"}
_VERBATIM = {"code", "pre"}
_SPLITTABLE = {"bold", "italic", "underline", "strikethrough", "spoiler"}


class MarkupError(ValueError):
    """The markup cannot be read; the message says why and where, as Telegram would."""


def utf16_len(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    part: int  # how many parts of the text stood before it


class _Reader:
    """One pass over one text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []
        self.at = 0

    def read(self) -> tuple[str, list[Entity]]:
        while special := _SPECIAL.search(self.source, self.at):
            self._keep(self.source[self.at : special.start()])
            self.at = special.start()
            if special.group() == "&":
                self._keep(self._reference())
            elif self._char(self.at + 1) == "/":
                self._end_tag()
            else:
                self._start_tag()
        self._keep(self.source[self.at :])
        if self.open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.parts), joined(self.entities)

    def _keep(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.offset += utf16_len(text)

    def _char(self, at: int) -> str:
        """The character there; past the end a NUL, which counts as white space."""
        return self.source[at] if at < len(self.source) else "\0"

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def _reference(self) -> str:
        """The character that `&...;` stands for; the `&` itself where it stands for none."""
        found = _REFERENCE.match(self.source, self.at)
        char = _decoded(found) if found else None
        if found is None or char is None:
            self.at += 1
            return "&"
        self.at = found.end()
        return char

    def _word(self, stop: str) -> str:
        begin = self.at
        while self._char(self.at) not in stop:
            self.at += 1
        return self.source[begin : self.at]

    def _skip_space(self) -> None:
        while self.at < len(self.source) and self.source[self.at] in _SPACE:
            self.at += 1

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._word(_SPACE + ">").lower()
        if self.at >= len(self.source):
            raise MarkupError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if tag not in _TAGS:
            raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "spoiler":
            where = self._byte(begin)
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.open.append(_Open(tag, argument, self.offset, len(self.parts)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._skip_space()
            if self._char(self.at) == ">":
                self.at += 1
                return argument
            argument = self._attribute(tag, begin) or argument

    def _attribute(self, tag: str, begin: int) -> str:
        """What one attribute says about its tag; nothing where it means nothing."""
        name = self._word(_SPACE + "=>" if tag == "blockquote" else _SPACE + "=")
        if not name:
            where = f'tag "{tag}" at byte offset {self._byte(begin)}'
            raise MarkupError(f"Empty attribute name in the {where}")
        self._skip_space()
        if self._char(self.at) != "=":
            return self._bare_attribute(tag, name, begin)
        self.at += 1
        self._skip_space()
        if self.at >= len(self.source):
            raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        value = self._value()
        if self.at >= len(self.source):
            raise MarkupError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return _meaning(tag, name, value)

    def _bare_attribute(self, tag: str, name: str, begin: int) -> str:
        if tag == "blockquote" and self.at < len(self.source):
            return "expandable" if name == "expandable" else ""
        where = f'attribute of the tag "{tag}" at byte offset {self._byte(begin)}'
        raise MarkupError(f"Expected equal sign in declaration of an {where}")

    def _value(self) -> str:
        quote = self._char(self.at)
        if quote in "'\"":
            return self._quoted(quote)
        begin = self.at
        while self._char(self.at).isascii() and (
            self._char(self.at).isalnum() or self._char(self.at) in ".-"
        ):
            self.at += 1
        if self._char(self.at) not in _SPACE + ">":
            raise MarkupError(f"Unexpected end of name token at byte offset {self._byte(begin)}")
        return self.source[begin : self.at].lower()

    def _quoted(self, quote: str) -> str:
        self.at += 1
        value: list[str] = []
        while self.at < len(self.source) and self.source[self.at] != quote:
            if self.source[self.at] == "&":
                value.append(self._reference())
            else:
                value.append(self.source[self.at])
                self.at += 1
        self.at += 1
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise MarkupError(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.at += 2
        name = self._word(_SPACE + ">").lower()
        self._skip_space()
        if self._char(self.at) != ">":
            raise MarkupError(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            raise MarkupError(
                f"Unmatched end tag at byte offset {self._byte(begin)}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Entity = {"type": "", "offset": opened.offset, "length": self.offset - opened.offset}
        if opened.tag in _PLAIN_TAGS:
            entity["type"] = _PLAIN_TAGS[opened.tag]
        elif opened.tag == "blockquote":
            entity["type"] = "expandable_blockquote" if opened.argument else "blockquote"
        elif opened.tag == "tg-emoji":
            entity |= {"type": "custom_emoji", "custom_emoji_id": _emoji_id(opened.argument)}
        elif opened.tag == "a":
            self._close_link(opened, entity)
            return
        else:
            self._close_code(opened, entity)
            return
        self.entities.append(entity)

    def _close_link(self, opened: _Open, entity: Entity) -> None:
        """A link that leads nowhere is dropped in silence, its text stays."""
        url = opened.argument or "".join(self.parts[opened.part :])
        if user_id := linked_user(url):
            self.entities.append(entity | {"type": "text_mention", "user": {"id": user_id}})
        elif link := checked_link(url):
            self.entities.append(entity | {"type": "text_link", "url": link})

    def _close_code(self, opened: _Open, entity: Entity) -> None:
        """`<pre><code class="language-x">` is one entity; the two tags may stand either way round."""
        entity["type"] = opened.tag
        if opened.argument:
            entity["language"] = opened.argument
        last = self.entities[-1] if self.entities else {}
        same_place = last.get("offset") == entity["offset"] and last.get("length") == entity["length"]
        inner = "code" if opened.tag == "pre" else "pre"
        if same_place and last.get("type") == inner and (last.get("language") or opened.argument):
            last |= {"type": "pre", "language": last.get("language") or opened.argument}
        else:
            self.entities.append(entity)


def _meaning(tag: str, name: str, value: str) -> str:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            return "expandable"
        case _:
            return ""


def _emoji_id(argument: str) -> str:
    if not argument.isdecimal() or not int(argument):
        raise MarkupError("Invalid custom emoji identifier specified")
    return argument


def _decoded(found: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return _NAMED.get(name)
    digits = hexadecimal if hexadecimal is not None else decimal
    code = int(digits or "0", 16 if hexadecimal is not None else 10) if len(digits) < 10 else 0
    if not 0 < code < 0x10FFFF or len(found.group().rstrip(";")) >= _LONGEST_REFERENCE:
        return None
    if 0xD800 <= code <= 0xDFFF:
        raise MarkupError(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the text without its tags, and what they said about it."""
    return _Reader(source).read()


# -- putting entities in order ------------------------------------------------------------------


def joined(entities: list[Entity]) -> list[Entity]:
    """Return entities as Telegram keeps them: sorted, the like joined, nothing bold inside code."""
    verbatim = [e for e in entities if e["type"] in _VERBATIM]
    whole = [e for e in entities if e["type"] not in _SPLITTABLE]
    for kind in sorted(_SPLITTABLE):
        spans = sorted((e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] == kind)
        for begin, end in _around(_merged(spans), verbatim):
            whole.append({"type": kind, "offset": begin, "length": end - begin})
    for entity in whole:
        if entity["type"] == "code":
            entity.pop("language", None)
    return sorted(whole, key=lambda e: (e["offset"], -e["length"], e["type"]))


def _merged(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    held: tuple[int, int] | None = None
    for begin, end in spans:
        if held and begin <= held[1]:
            held = (held[0], max(held[1], end))
            continue
        if held:
            yield held
        held = (begin, end)
    if held:
        yield held


def _around(spans: Iterator[tuple[int, int]], holes: list[Entity]) -> Iterator[tuple[int, int]]:
    for begin, end in spans:
        for hole in sorted(holes, key=lambda e: int(e["offset"])):
            hole_end = hole["offset"] + hole["length"]
            if hole_end <= begin or hole["offset"] >= end:
                continue
            if begin < hole["offset"]:
                yield begin, hole["offset"]
            begin = max(begin, hole_end)
        if begin < end:
            yield begin, end


# -- what happens to every text on its way --------------------------------------------------------

_BLANKED = {chr(code): " " for code in range(32) if chr(code) not in "\n\r"}
_DROPPED = dict.fromkeys(["\r", "\u0333", "\u033f", "\u030a", *map(chr, range(0x2028, 0x202F))])
_CLEANED = str.maketrans({**_BLANKED, **_DROPPED})
_UNCLEAN = re.compile("[{}]".format(re.escape("".join([*_BLANKED, *_DROPPED]))))
_INVISIBLE = "\u00a0\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2800\u3000\u3164\ufeff"


def tidied(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Return the text as it arrives: control characters gone, tabs made spaces, the ends trimmed."""
    if _UNCLEAN.search(text):
        text, entities = _cleaned(text, entities)
    front = _leading(text, min((e["offset"] for e in entities), default=len(text)))
    text = text[front:].rstrip()
    return text, list(_within(entities, front, utf16_len(text)))


def is_blank(text: str) -> bool:
    return not text.strip().strip(_INVISIBLE).strip()


def _cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    cuts = [utf16_len(text[:at]) for at, char in enumerate(text) if char in _DROPPED]

    def moved(offset: int) -> int:
        return offset - bisect_left(cuts, offset)

    shifted = []
    for entity in entities:
        begin, end = moved(entity["offset"]), moved(entity["offset"] + entity["length"])
        shifted.append(entity | {"offset": begin, "length": end - begin})
    return text.translate(_CLEANED), shifted


def _leading(text: str, first_entity: int) -> int:
    """How much white space in front goes: all of it, but none that an entity covers."""
    front = 0
    while front < min(len(text), first_entity) and text[front] in " \n":
        front += 1
    return front


def _within(entities: list[Entity], front: int, length: int) -> Iterator[Entity]:
    for entity in entities:
        begin = entity["offset"] - front
        end = min(begin + entity["length"], length)
        if begin < end:
            yield entity | {"offset": begin, "length": end - begin}


_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]'])"
    r"|(?<![\w/@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/])"
)


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """Add what Telegram finds by itself: addresses and commands outside code and links."""
    if "/" not in text:
        return entities
    taken = [e for e in entities if e["type"] in {*_VERBATIM, "text_link", "text_mention"}]
    found = []
    for match in _FOUND.finditer(text):
        begin = utf16_len(text[: match.start()])
        length = utf16_len(match.group())
        if all(begin + length <= e["offset"] or begin >= e["offset"] + e["length"] for e in taken):
            found.append({"type": match.lastgroup, "offset": begin, "length": length})
    return sorted([*entities, *found], key=lambda e: (e["offset"], -e["length"])) if found else entities
