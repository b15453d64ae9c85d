"""Is it an .xlsx, and is it safe to open? Looked at before any parser sees it.

An .xlsx is a zip of XML files. A small zip may hold gigabytes, and XML may define entities that unfold without end:
so the sizes are bounded, declared and real, and XML that says more than tags and text is refused.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from models.phrases import roster as phrases
from models.phrases.text import Text
from models.plain_xml import is_plain_xml
from models.roster.rows import RosterPolicy, UnreadableRoster

_CHUNK = 256 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"%PDF", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
_HEIC = b"ftyp"
_SHEETS = "xl/worksheets/"


def check_package(data: bytes, policy: RosterPolicy) -> None:
    """Raise `UnreadableRoster` unless `data` is an .xlsx of bounded size without document types."""
    if len(data) > policy.max_bytes:
        raise UnreadableRoster(phrases.too_big(megabytes=policy.max_bytes // 1_000_000))
    if not data.startswith(b"PK\x03\x04"):
        raise UnreadableRoster(_what_it_is(data))
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _check_parts(package, policy)
    except _BROKEN as error:
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
    if len(parts) > policy.max_parts or len(names) < len(parts):
        raise UnreadableRoster(phrases.damaged())
    _check_sizes(parts, policy)
    for part in parts:
        if part.flag_bits & 1 or part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise UnreadableRoster(phrases.damaged())
        _check_content(package, part)


def _other_zip(names: set[str]) -> Text:
    if names & {"word/document.xml", "ppt/presentation.xml", "content.xml"}:
        return phrases.other_document()
    return phrases.not_a_workbook()


def _check_sizes(parts: list[zipfile.ZipInfo], policy: RosterPolicy) -> None:
    """What the zip declares; `zipfile` gives no byte more than declared and then fails on the checksum."""
    sheets = [part.file_size for part in parts if part.filename.startswith(_SHEETS)]
    loaded = [part.file_size for part in parts if not part.filename.startswith((_SHEETS, "xl/media/"))]
    total = sum(part.file_size for part in parts)
    if (
        total > policy.max_unzipped
        or sum(loaded) > policy.max_loaded
        or max(sheets, default=0) > policy.max_sheet
    ):
        raise UnreadableRoster(phrases.swells())


def _check_content(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Inflate the part once, to its end, so that the sizes are real; XML must be plain."""
    if part.filename.endswith((".xml", ".rels")):
        xml = package.read(part)
        if not is_plain_xml(xml):
            raise UnreadableRoster(phrases.damaged())
        return
    with package.open(part) as stream:
        while stream.read(_CHUNK):
            pass
