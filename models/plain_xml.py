"""Is this XML safe to give to a parser? For the parts of office files that people send.

XML may define entities that unfold without end, and hide them in an encoding that a search for their bytes misses.
What office programs write has none of that, so it is refused rather than repaired.
"""

from __future__ import annotations

import re

# Document types, comments, raw sections, instructions: neither Excel nor Word writes them where text is.
_NOT_PLAIN = re.compile(rb"<!|<\?(?!xml\s)")
# Older expat reads an unfinished tag again with every piece that arrives: megabytes in one tag take minutes.
_LONG_TOKEN = re.compile(rb"<[^>]{65536}|=\s*\"[^\"]{65536}|=\s*'[^']{65536}")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})", re.IGNORECASE)
_PLAIN_ENCODINGS = frozenset({b"utf-8", b"us-ascii", b"iso-8859-1"})


def is_plain_xml(xml: bytes) -> bool:
    """Tags and text in a usual encoding, and nothing else."""
    return not (_odd_encoding(xml) or _NOT_PLAIN.search(xml) or _LONG_TOKEN.search(xml))


def _odd_encoding(start: bytes) -> bool:
    """UTF-16 and the like would hide a document type from a search for its bytes."""
    named = _ENCODING.search(start[:400])
    return b"\x00" in start[:400] or (named is not None and named[1].lower() not in _PLAIN_ENCODINGS)
