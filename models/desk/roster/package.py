"""Is it a workbook, and is it safe to open? Looked at before any parser sees it, and made small and usual for it.

An .xlsx is a zip of XML files. A small zip may hold gigabytes, and XML may define entities that unfold without end:
so the sizes are bounded, declared and real, and XML that says more than tags and text is refused. What is left goes
to the parser as a package of its own: without pictures, without the cells of a border drawn down to row 65,000, with
the names and namespaces that Excel writes, where another program (or "Strict Open XML") wrote others.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from xml.parsers import expat

from models.delivery.foreign.content import PICTURES, ContentType
from models.delivery.foreign.package import BadPackage, Bounds, Flaw, open_package, read_part, read_pieces
from models.delivery.foreign.plain_xml import OddXml, TooMuchXml, count_elements, is_plain_xml
from models.desk.policy import RosterPolicy
from models.desk.roster.rows import UnreadableRoster
from models.phrases.delivery import files as words
from models.phrases.desk import roster as phrases
from models.phrases.text import Text

_SHEETS = "xl/worksheets/"
_READ = (
    "[content_types].xml",
    "_rels/",
    "xl/workbook.xml",
    "xl/_rels/",
    "xl/sharedstrings.xml",
    "xl/styles.xml",
    _SHEETS,
)
_MACROS = re.compile(r"vbaproject|macrosheets/|^basic/|^scripts/")

_EMPTY_CELL = re.compile(rb"<(?:\w+:)?c(?:\s[^<>]*)?/>|<(?:\w+:)?c(?:\s[^<>]*[^/<>])?>\s*</(?:\w+:)?c>")
_EMPTY_ROW = re.compile(rb"<(?:\w+:)?row(?:\s[^<>]*)?/>|<(?:\w+:)?row(?:\s[^<>]*[^/<>])?>\s*</(?:\w+:)?row>")
_PIECE = 1_000_000  # bytes
_LONGEST_ROW = 3_000_000  # bytes

# in this order: the last is the beginning of the others
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/"),
)


def usual_package(data: bytes, policy: RosterPolicy) -> bytes:
    """Return the workbook as `openpyxl` may open it. Raises `UnreadableRoster` for anything else."""
    with opened(data, policy) as package:
        names = _names(package)
        _check_kind(names)
        return _repacked(package, names, policy)


@contextmanager
def opened(data: bytes, policy: RosterPolicy) -> Iterator[zipfile.ZipFile]:
    """Open the archive within its bounds. What is wrong with it or in it becomes a sentence."""
    try:
        with open_package(data, Bounds(policy.max_parts, policy.max_unzipped, backslashes=True)) as package:
            yield package
    except (BadPackage, TooMuchXml, OddXml, expat.ExpatError, ValueError) as error:
        raise UnreadableRoster(_why(error)) from error


def _why(error: Exception) -> Text:
    flaw = error.flaw if isinstance(error, BadPackage) else None
    if flaw is Flaw.ENCRYPTED:
        return phrases.protected()
    swells = flaw is Flaw.SWELLS or isinstance(error, TooMuchXml)
    return phrases.swells() if swells else phrases.damaged()


def what_it_is(kind: ContentType) -> Text | None:
    """Return the sentence for a file that is known to be something else; None: it is a workbook or may be text."""
    match kind:
        case ContentType.LOCKED_OFFICE:
            return phrases.protected()
        case ContentType.OLD_EXCEL:
            return phrases.old_excel()
        case ContentType.BINARY_EXCEL:
            return words.binary_excel()
        case ContentType.WEB_PAGE:
            return words.web_table()
        case (
            ContentType.OLD_WORD
            | ContentType.OLD_POWERPOINT
            | ContentType.DOCX
            | ContentType.PPTX
            | ContentType.RICH_TEXT
        ):
            return phrases.other_document()
        case ContentType.PDF | ContentType.OTHER_PICTURE:
            return phrases.picture()
        case _:
            return phrases.picture() if kind in PICTURES else None


def plain_xml(package: zipfile.ZipFile, name: str, *, most: int) -> bytes:
    xml = read_part(package, name, most=most)
    if not is_plain_xml(xml):
        raise UnreadableRoster(phrases.damaged())
    return xml


def _names(package: zipfile.ZipFile) -> dict[str, str]:
    """The usual name of each part -> its own; some programs write xl\\workbook.xml."""
    return {name.replace("\\", "/"): name for name in package.namelist()}


def _check_kind(names: dict[str, str]) -> None:
    small = {name.lower() for name in names}
    if any(_MACROS.search(name) for name in small):
        raise UnreadableRoster(phrases.macros())
    if "xl/workbook.xml" in names:
        return
    other = small & {"word/document.xml", "ppt/presentation.xml", "content.xml"}
    raise UnreadableRoster(phrases.other_document() if other else phrases.not_a_workbook())


def _repacked(package: zipfile.ZipFile, names: dict[str, str], policy: RosterPolicy) -> bytes:
    out, elements, loaded = BytesIO(), 0, 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as usual:
        for name, own in names.items():
            if not name.lower().startswith(_READ) or not name.lower().endswith((".xml", ".rels")):
                for _ in read_pieces(package, own, most=policy.max_unzipped, size=_PIECE):
                    pass  # not needed, but whole and as large as it says
                continue
            sheet = name.startswith(_SHEETS) and name.endswith(".xml")
            xml = _thinned(package, own, policy) if sheet else plain_xml(package, own, most=policy.max_loaded)
            for strict, transitional in _STRICT:
                xml = xml.replace(strict, transitional)
            elements += count_elements(xml, most=policy.max_elements - elements)
            loaded += 0 if sheet else len(xml)
            if loaded > policy.max_loaded:
                raise UnreadableRoster(phrases.swells())
            usual.writestr(name, xml)
    return out.getvalue()


def _thinned(package: zipfile.ZipFile, name: str, policy: RosterPolicy) -> bytes:
    """A sheet without its empty cells and rows, read row by row: what was drawn as a border may be immense."""
    kept: list[bytes] = []
    size = 0
    for piece in _rows_of(read_pieces(package, name, most=policy.max_unzipped, size=_PIECE)):
        if not is_plain_xml(piece):
            raise UnreadableRoster(phrases.damaged())
        thin = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", piece))
        size += len(thin)
        if size > policy.max_sheet:
            raise UnreadableRoster(phrases.swells())
        kept.append(thin)
    return b"".join(kept)


def _rows_of(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut behind rows only."""
    rest = b""
    for piece in pieces:
        rest += piece
        at = rest.rfind(b"row>")
        at = at + 4 if at >= 0 else 0
        if len(rest) - at > _LONGEST_ROW:
            raise UnreadableRoster(phrases.damaged())
        if at:
            yield rest[:at]
        rest = rest[at:]
    if rest:
        yield rest
