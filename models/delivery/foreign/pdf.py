"""A PDF that is handed on as it is: whole, readable without a password, and nothing in it runs or hides.

Every object that its tables name is looked at, also those that no page uses; what a forgiving reader would find
beyond the tables is searched for by name in the bytes.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from models.delivery.foreign.package import is_archive_behind
from models.delivery.foreign.refusal import BadFile
from models.delivery.policy import FilePolicy
from models.phrases.delivery import files as phrases

if TYPE_CHECKING:
    from pypdf import PdfReader

logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # it would quote from the file

_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RichMedia", "/XFA", "/Launch"})
_ACTIVE_NAMES = frozenset(
    [
        "/JavaScript",
        "/Launch",
        "/EmbeddedFile",
        "/RichMedia",
        "/RichMediaExecute",
        "/SubmitForm",
        "/ImportData",
        "/GoToR",
        "/GoToE",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/3D",
        "/Screen",
        "/FileAttachment",
    ]
)
_NAMED_BY = ("/S", "/Type", "/Subtype")
_IN_THE_BYTES = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia)\b")
_HEX = re.compile(rb"#([0-9a-fA-F]{2})")
_MOST_VALUES = 2_000_000
_HEAD_PAGES, _HEAD_LETTERS = 1, 20_000


def check_pdf(data: bytes, policy: FilePolicy) -> None:
    """Raise `BadFile` for what is no whole PDF, is locked, or holds scripts, files or films."""
    from pypdf.errors import PyPdfError

    if is_archive_behind(data) or _IN_THE_BYTES.search(_plainly_named(data)):
        raise BadFile(phrases.active_pdf())
    try:
        reader = _open(data)
        _check_objects(reader, policy)
        pages = len(reader.pages)
    except BadFile:
        raise
    except RecursionError as error:
        raise BadFile(phrases.too_complex()) from error
    except (
        PyPdfError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        OSError,
    ) as error:
        raise BadFile(phrases.damaged()) from error
    if not pages:
        raise BadFile(phrases.damaged())
    if pages > policy.max_pages:
        raise BadFile(phrases.too_many_pages(limit=policy.max_pages))


def head_of_pdf(data: bytes) -> str:
    """Return the first page's text, where a marking of secrecy stands; "" when it is a picture or cannot be told."""
    try:
        return "\n".join(page.extract_text() for page in _open(data).pages[:_HEAD_PAGES])[:_HEAD_LETTERS]
    except MemoryError:
        raise
    except Exception:  # it was found whole; how its letters are drawn is another matter
        return ""


def _plainly_named(data: bytes) -> bytes:
    """Names may be spelt in hexadecimal: /J#61vaScript."""
    return _HEX.sub(lambda found: bytes([int(found[1], 16)]), data) if b"#" in data else data


def _open(data: bytes) -> PdfReader:
    from pypdf import PdfReader

    # not at the very end: readers accept some bytes behind it
    if b"%%EOF" not in data[-4096:]:
        raise BadFile(phrases.damaged())
    reader = PdfReader(BytesIO(data), strict=False)
    # with an owner's password only, everybody may read: it opens with an empty one
    if reader.is_encrypted and not reader.decrypt(""):
        raise BadFile(phrases.locked())
    return reader


def _check_objects(reader: PdfReader, policy: FilePolicy) -> None:
    numbers = {(number, generation) for generation, table in reader.xref.items() for number in table}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > policy.max_objects:
        raise BadFile(phrases.swells())
    seen = 0
    for holder in (reader.trailer, *(_object(reader, *one) for one in sorted(numbers))):
        for _ in _active_values(holder):
            seen += 1
            if seen > _MOST_VALUES:
                raise BadFile(phrases.too_complex())


def _object(reader: PdfReader, number: int, generation: int) -> Any:
    from pypdf.generic import IndirectObject

    return reader.get_object(IndirectObject(number, generation, reader)) if number else None


def _active_values(holder: Any) -> Iterator[None]:
    """Walk what an object holds itself, not what it refers to; raises `BadFile` at what runs."""
    waiting = [holder]
    while waiting:
        one = waiting.pop()
        yield
        if isinstance(one, dict):
            if not _ACTIVE_KEYS.isdisjoint(one) or any(_name(one, key) in _ACTIVE_NAMES for key in _NAMED_BY):
                raise BadFile(phrases.active_pdf())
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _name(holder: dict[Any, Any], key: str) -> str:
    value = holder[key] if key in holder else ""  # noqa: SIM401 - not `get`: also where it stands in another object
    return value if isinstance(value, str) else ""
