"""Is it an .xlsx, and is it safe to open? Looked at before any parser sees it.

An .xlsx is a zip of XML files. A small zip may hold gigabytes, and XML may define entities that unfold without end:
so the sizes are bounded, declared and real, and XML that says more than tags and text is refused.
"""

from __future__ import annotations

import zipfile
from xml.parsers import expat

from models.foreign.package import BadPackage, Bounds, Flaw, open_package, read_part
from models.foreign.plain_xml import OddXml, TooMuchXml, count_elements, is_plain_xml
from models.phrases import roster as phrases
from models.phrases.text import Text
from models.roster.rows import RosterPolicy, UnreadableRoster

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"%PDF", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_HEIC = b"ftyp"
_SHEETS = "xl/worksheets/"


def check_package(data: bytes, policy: RosterPolicy) -> None:
    """Raise `UnreadableRoster` unless `data` is an .xlsx of bounded size without document types."""
    if len(data) > policy.max_bytes:
        raise UnreadableRoster(phrases.too_big(megabytes=policy.max_bytes // 1_000_000))
    if not data.startswith(b"PK\x03\x04"):
        raise UnreadableRoster(_what_it_is(data))
    try:
        with open_package(data, Bounds(policy.max_parts, policy.max_unzipped)) as package:
            _check_parts(package, policy)
    except (BadPackage, TooMuchXml) as error:
        swells = isinstance(error, TooMuchXml) or error.flaw is Flaw.SWELLS
        raise UnreadableRoster(phrases.swells() if swells else phrases.damaged()) from error
    except (OddXml, expat.ExpatError, ValueError) as error:
        raise UnreadableRoster(phrases.damaged()) from error


def _what_it_is(data: bytes) -> Text:
    if data.startswith(_OLE):
        return phrases.protected() if _ENCRYPTED_STREAM in data else phrases.old_excel()
    if data.startswith(_PICTURES) or data[4:8] == _HEIC:
        return phrases.picture()
    readable = b"\x00" not in data[:4096] or data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return phrases.text_file() if data and readable else phrases.not_a_workbook()


def _check_parts(package: zipfile.ZipFile, policy: RosterPolicy) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise UnreadableRoster(_other_zip(names))
    _check_sizes(parts, policy)
    elements = 0
    for part in parts:
        content = read_part(package, part.filename, most=policy.max_unzipped)
        if part.filename.lower().endswith((".xml", ".rels")):
            elements += _check_xml(content, most=policy.max_elements - elements)


def _other_zip(names: set[str]) -> Text:
    if names & {"word/document.xml", "ppt/presentation.xml", "content.xml"}:
        return phrases.other_document()
    return phrases.not_a_workbook()


def _check_sizes(parts: list[zipfile.ZipInfo], policy: RosterPolicy) -> None:
    """What the zip declares; `zipfile` gives no byte more than declared and then fails on the checksum."""
    sheets = [part.file_size for part in parts if part.filename.startswith(_SHEETS)]
    loaded = [part.file_size for part in parts if not part.filename.startswith((_SHEETS, "xl/media/"))]
    if sum(loaded) > policy.max_loaded or max(sheets, default=0) > policy.max_sheet:
        raise UnreadableRoster(phrases.swells())


def _check_xml(xml: bytes, *, most: int) -> int:
    if not is_plain_xml(xml):
        raise UnreadableRoster(phrases.damaged())
    return count_elements(xml, most=most)
