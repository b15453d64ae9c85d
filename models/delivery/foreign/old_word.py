"""A .doc of Word 97 to 2003, kept as it is and never read into anything: is it one, does nothing in it run?

Such a file is a small file system. Its directory stands in entries of 128 bytes at multiples of 128, wherever its
sectors are, so that looking at all of these places finds every name that a program could find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.delivery.foreign.refusal import BadFile
from models.ground.legacy_text import letters_meant
from models.phrases.delivery import files as phrases

_ENTRY = 128
_KINDS = frozenset({1, 2, 5})  # a folder, a stream, the root
_WORD = "worddocument"
_RUNS = frozenset({"macros", "vba", "_vba_project", "_vba_project_cur", "_vba_project_pat", "projectwm"})
_HOLDS = frozenset({"objectpool", "ole10native", "package", "encryptedpackage"})
_FIELD = re.compile(rb"\x13[\s\0]*(?:D\0?D\0?E|I\0?N\0?C\0?L\0?U\0?D\0?E)", re.IGNORECASE)
_LOOKED_AT = 4_000_000  # bytes in which a marking of secrecy is looked for
_WIDE = re.compile(r"[^\x00-\x1f\ufffd]{3,400}")
_NARROW = re.compile(r"[\x20-\x7e\xa1-\xff\xad]{3,400}")


def check_old_word(data: bytes) -> None:
    """Raise `BadFile` for macros, objects within, fields that fetch or start something, and for what is none."""
    names = set(_names(data))
    if names & _RUNS:
        raise BadFile(phrases.macros())
    if names & _HOLDS or _FIELD.search(data):
        raise BadFile(phrases.embedded())
    if _WORD not in names:
        raise BadFile(phrases.damaged())


def words_of_old_word(data: bytes) -> str:
    """Return what looks like text in it, a piece a line: enough to see a marking of secrecy, in old letters too."""
    start = data[:_LOOKED_AT]
    wide = _WIDE.findall(start.decode("utf-16-le", "replace"))
    narrow = (letters_meant(piece) for piece in _NARROW.findall(start.decode("latin-1")))
    return "\n".join([*wide, *narrow])


def _names(data: bytes) -> Iterator[str]:
    for at in range(512, len(data) - _ENTRY + 1, _ENTRY):  # 512: the header
        # an entry: 64 bytes of name, the name's length with its closing zero, the kind
        length = int.from_bytes(data[at + 64 : at + 66], "little")
        if data[at + 66] in _KINDS and 2 < length <= 64 and length % 2 == 0:
            name = data[at : at + length - 2].decode("utf-16-le", "replace")
            yield name.lstrip("\x00\x01\x02\x03\x04\x05").lower()
