"""Is this XML safe to give to a parser? For the parts of office files that people send.

XML may define entities that unfold without end, and hide them in an encoding that a search for their bytes misses; a
few kilobytes may unpack into millions of tags, or into tags within tags that a parser follows until it falls. What
office programs write has none of that, so it is refused rather than repaired.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

# Document types, comments, raw sections, instructions: neither Excel nor Word writes them where text is.
_NOT_PLAIN = re.compile(rb"<!|<\?(?!xml\s)")
# Older expat reads an unfinished tag again with every piece that arrives: megabytes in one tag take minutes.
_LONG_TOKEN = re.compile(rb"<[^>]{65536}|=\s*\"[^\"]{65536}|=\s*'[^']{65536}")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})", re.IGNORECASE)
_PLAIN_ENCODINGS = frozenset({b"utf-8", b"us-ascii", b"iso-8859-1"})
_DEEPEST = 200  # tables within tables within text boxes: forty is much
_MOST_ATTRIBUTES = 200  # of one tag; a worksheet's root with all its namespaces has about thirty


class OddXml(Exception):
    """It defines a document type, and so perhaps entities; in whatever encoding that is hidden."""


class TooMuchXml(Exception):
    """More elements than the part may have, or deeper ones."""


def is_plain_xml(xml: bytes) -> bool:
    """Return whether it is tags and text in a usual encoding, and nothing else."""
    return not (_odd_encoding(xml) or _NOT_PLAIN.search(xml) or _LONG_TOKEN.search(xml))


def count_elements(
    xml: bytes,
    *,
    most: int,
    begun: Callable[[str, list[str]], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> int:
    """Count the elements.

    Raises `TooMuchXml` beyond `most` or too deep, `OddXml` or `expat.ExpatError` for what is none. `begun` is told
    each element with its attributes (name, value, name, value …), `text` what stands between tags.
    """
    depth = count = 0

    def begins(name: str, attributes: list[str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if count > most or depth > _DEEPEST or len(attributes) > 2 * _MOST_ATTRIBUTES:
            raise TooMuchXml
        if begun is not None:
            begun(name, attributes)

    def ends(name: str) -> None:
        nonlocal depth
        depth -= 1

    def odd(*_: object) -> None:
        raise OddXml

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = odd
    parser.ordered_attributes = True
    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    if text is not None:
        parser.CharacterDataHandler = text
    parser.Parse(xml, True)
    return count


def _odd_encoding(start: bytes) -> bool:
    """UTF-16 and the like would hide a document type from a search for its bytes."""
    named = _ENCODING.search(start[:400])
    return b"\x00" in start[:400] or (named is not None and named[1].lower() not in _PLAIN_ENCODINGS)
