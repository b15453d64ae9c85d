"""What a person typed, before anything is made of it."""

from __future__ import annotations

import re
import unicodedata

# What no database or no Word file keeps, and what turns the words around it; nobody types any of it.
_UNSTORABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def tidy(text: str) -> str:
    """Return it in NFC, without what cannot be stored: every channel reads a text by this."""
    return _UNSTORABLE.sub("", unicodedata.normalize("NFC", text))
