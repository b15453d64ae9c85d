"""The text of a .docx, line by line; nothing in it is run, fetched or believed.

A .docx is a zip of XML files. Only the parts that hold text are unpacked, each to a bounded size; XML that says more
than tags and text is refused (models/delivery/foreign/plain_xml.py). Taken: paragraphs, tables, text boxes, lists, foot- and endnotes,
accepted insertions; letters of old fonts as the letters meant. Left out: what was deleted or moved away with changes tracked, headers and footers, pictures
(counted), comments, field codes. Numbers that Word itself puts before a paragraph are not in the file.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from xml.etree import ElementTree as XML
from xml.parsers import expat

from models.delivery.foreign.package import BadPackage, Bounds, Flaw, open_package, read_part
from models.delivery.foreign.plain_xml import OddXml, TooMuchXml, count_elements, is_plain_xml
from models.ground.errors import Refused
from models.ground.legacy_text import legacy_font, letters_meant, letters_meant_together
from models.ground.names import nfc
from models.phrases.text import Text
from models.phrases.year import review_docx as phrases
from models.year.policy import DocxPolicy


class UnreadableDocx(Refused):
    """The file is no .docx, or none that may be opened; the phrase says what to do instead."""


@dataclass(frozen=True, slots=True)
class WordText:
    """`lines` are NFC and stripped, empty ones left out; `pictures` is how many were in the text and not taken."""

    lines: list[str]
    pictures: int = 0


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_BODY = re.compile(r"word/document\d*\.xml")
_NOTES = {"footnoteReference": "word/footnotes.xml", "endnoteReference": "word/endnotes.xml"}
_BROKEN = (XML.ParseError, expat.ExpatError, OddXml, ValueError)


def read_word_text(data: bytes, policy: DocxPolicy) -> WordText:
    """Return the lines of a .docx. Raises `UnreadableDocx` for anything else."""
    if len(data) > policy.max_bytes:
        raise UnreadableDocx(phrases.too_big(megabytes=policy.max_bytes // 1_000_000))
    if not data.startswith(b"PK\x03\x04"):
        raise UnreadableDocx(_what_it_is(data))
    try:
        with open_package(data, Bounds(policy.max_parts, policy.max_unzipped)) as package:
            return _read_package(package, policy)
    except (BadPackage, TooMuchXml) as error:
        swells = isinstance(error, TooMuchXml) or error.flaw is Flaw.SWELLS
        raise UnreadableDocx(phrases.swells() if swells else phrases.damaged()) from error
    except _BROKEN as error:
        raise UnreadableDocx(phrases.damaged()) from error


def _what_it_is(data: bytes) -> Text:
    if data.startswith(_OLE):
        return phrases.protected() if _ENCRYPTED_STREAM in data else phrases.old_word()
    return phrases.not_a_document()


def _read_package(package: zipfile.ZipFile, policy: DocxPolicy) -> WordText:
    names = set(package.namelist())
    body = next((name for name in sorted(names) if _BODY.fullmatch(name)), None)
    if body is None:
        raise UnreadableDocx(phrases.not_a_document())
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableDocx(phrases.has_macros())
    notes = {
        reference: _notes(_part(package, part, policy)) for reference, part in _NOTES.items() if part in names
    }
    reader = _Reader(notes, policy)
    reader.read(_part(package, body, policy))
    written = [line for text in reader.lines for line in _lines(text)]
    lines = [line.replace("\u00ad", "") for line in letters_meant_together(written)[0]]
    lines = [line for line in lines if line]
    if len(lines) > policy.max_lines:
        raise UnreadableDocx(phrases.too_many_lines(limit=policy.max_lines))
    if sum(map(len, lines)) > policy.max_chars:
        raise UnreadableDocx(phrases.too_long(limit=policy.max_chars))
    return WordText(lines, reader.pictures)


def _part(package: zipfile.ZipFile, name: str, policy: DocxPolicy) -> bytes:
    """One part, unpacked no further than its bound, whatever size the zip declares."""
    xml = read_part(package, name, most=policy.max_xml)
    if not is_plain_xml(xml):
        raise UnreadableDocx(phrases.damaged())
    count_elements(xml, most=policy.max_elements)
    return xml


def _lines(text: str) -> Iterator[str]:
    for line in nfc(text).splitlines():
        if stripped := line.strip():
            yield stripped


def _notes(xml: bytes) -> dict[str, str]:
    """Foot- or endnotes by their number."""
    found: dict[str, str] = {}
    for element in XML.fromstring(xml):  # noqa: S314 - plain: checked above
        words = "".join(part.text or "" for part in element.iter() if _name(part) == "t")
        found[_attribute(element, "id")] = words.strip()
    return found


def _name(element: XML.Element) -> str:
    """Without its namespace: transitional and strict documents differ only there."""
    return element.tag.rpartition("}")[2]


def _attribute(element: XML.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


_SIGNS = {"softHyphen": "\u00ad", "tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_BOXES = {"f0fe": "☒", "f0fd": "☒", "f052": "☑", "f0a8": "☐", "f06f": "☐", "f0a3": "☐"}  # Wingdings
_HIDDEN = frozenset({"Fallback", "moveFrom"})  # a text box once more for old readers; what was moved away
_PICTURES = frozenset({"blip", "imagedata"})


@dataclass
class _Reader:
    """Walks the document once. Text boxes stand within paragraphs, and tables within cells, so both are stacks."""

    notes: dict[str, dict[str, str]]
    policy: DocxPolicy
    lines: list[str] = field(default_factory=list)
    pictures: int = 0
    _written: int = 0
    _hidden: int = 0
    _font: str = ""
    """Of the run that is being read, where it is one from before Unicode."""
    _paragraphs: list[list[tuple[str, str]]] = field(default_factory=list)
    _cells: list[list[str]] = field(default_factory=list)
    _rows: list[list[list[str]]] = field(default_factory=list)

    def read(self, xml: bytes) -> None:
        for event, element in XML.iterparse(BytesIO(xml), events=("start", "end")):  # noqa: S314 - plain: checked
            name = _name(element)
            if name in _HIDDEN:
                self._hidden += 1 if event == "start" else -1
            elif not self._hidden and event == "start":
                self._begins(name, element)
            elif not self._hidden:
                self._ends(name, element)

    def _begins(self, name: str, element: XML.Element) -> None:
        match name:
            case "p":
                self._paragraphs.append([])
            case "r":
                self._font = ""
            case "rFonts":
                named = _attribute(element, "ascii") or _attribute(element, "hAnsi")
                self._font = named if legacy_font(named) else ""
            case "tr":
                self._rows.append([])
            case "tc":
                self._cells.append([])
            case "footnoteReference" | "endnoteReference":
                if note := self.notes.get(name, {}).get(_attribute(element, "id")):
                    self._write(f" ({note})")
            case _ if name in _PICTURES:
                self.pictures += 1
            case _:
                pass

    def _ends(self, name: str, element: XML.Element) -> None:
        match name:
            case "t":
                self._write(element.text or "")
            case "sym":
                self._write(_BOXES.get(_attribute(element, "char").lower(), ""))
            case "p":
                self._put(_letters(self._paragraphs.pop()))
            case "tc":
                cell = self._cells.pop()
                if self._rows:
                    self._rows[-1].append(cell)
                else:  # a cell outside a row: no program writes it, a hand may
                    for line in cell:
                        self._put(line)
            case "tr":
                for line in _row(self._rows.pop()):
                    self._put(line)
            case _ if name in _SIGNS:
                self._write(_SIGNS[name])
            case _:
                pass
        if name != "tbl":
            element.clear()  # else a long document is held twice

    def _write(self, text: str) -> None:
        self._written += len(text)  # one long footnote may be referred to ten thousand times
        if self._written > 2 * self.policy.max_chars:
            raise UnreadableDocx(phrases.too_long(limit=self.policy.max_chars))
        if self._paragraphs:
            self._paragraphs[-1].append((text, self._font))

    def _put(self, line: str) -> None:
        (self._cells[-1] if self._cells else self.lines).append(line)


def _letters(pieces: list[tuple[str, str]]) -> str:
    """A paragraph whose runs may be in several fonts; runs break within words, fonts do not."""
    by_font = (
        ("".join(text for text, _ in run), font) for font, run in groupby(pieces, key=lambda piece: piece[1])
    )
    return "".join(letters_meant(text, font) if font else text for text, font in by_font)


def _row(cells: list[list[str]]) -> list[str]:
    """Cells of a line each stand side by side; a table that only lays out the page gives its paragraphs."""
    written = [[line for line in cell if line.strip()] for cell in cells]
    if all(len(cell) <= 1 for cell in written):
        return [" | ".join(cell[0].strip() for cell in written if cell)]
    return [line for cell in written for line in cell]
