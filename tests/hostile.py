"""Files that nobody should have to open: made by code, the same in every run, none of them kept in the repository.

Each says through which door it comes: `roster` (/nhap), `review` (a text in Word), `paper` (kept as it is). All must be
refused with a sentence, except those that `may_pass`: good files with some bytes changed, where luck may leave them good.
"""

from __future__ import annotations

import bz2
import lzma
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from models.desk.roster.template import roster_template
from models.phrases.text import Lang
from tests.files import a_docx, a_package, a_pdf, a_picture, a_voice, a_word_file

ROSTER, REVIEW, PAPER = "roster", "review", "paper"
_TYPES = "[Content_Types].xml"


def _chance(seed: int | str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same noise in every run


@dataclass(frozen=True, slots=True)
class Hostile:
    what: str
    door: str
    name: str
    data: bytes
    may_pass: bool = False


@cache
def corpus() -> list[Hostile]:
    """All of them; their names are unique."""
    makers = (
        _zips,
        _xml,
        _word,
        _excel,
        _others_lists,
        _office,
        _pdfs,
        _pictures,
        _programs,
        _others,
        mutated,
    )
    return [one for make in makers for one in make()]


# --- archives -------------------------------------------------------------------------------------------------------


def _good(door: str) -> dict[str, bytes]:
    """The parts of a good .docx or .xlsx."""
    data = (
        roster_template(Lang.VI) if door == ROSTER else a_docx("1. Về phẩm chất chính trị", "Tôi chấp hành.")
    )
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


_BODY = {ROSTER: "xl/worksheets/sheet1.xml", REVIEW: "word/document.xml"}
_NAME = {ROSTER: "danh-sach.xlsx", REVIEW: "kiem-diem.docx"}


def _directory(data: bytes) -> int:
    """Where the archive's directory begins."""
    return int(struct.unpack_from("<I", data, data.rfind(b"PK\x05\x06") + 16)[0])


def _patched(data: bytes, at: int, form: str, *values: int) -> bytes:
    return data[:at] + struct.pack(form, *values) + data[at + struct.calcsize(form) :]


def _with_method(data: bytes, method: int, packed: bytes | None = None) -> bytes:
    """The first entry claims another way of packing."""
    return _patched(_patched(data, 8, "<H", method), _directory(data) + 10, "<H", method)


def _zips() -> Iterator[Hostile]:
    for door in (ROSTER, REVIEW):
        parts, body, name = _good(door), _BODY[door], _NAME[door]
        good = a_package(dict(parts))
        yield Hostile(
            f"{door}: bzip2",
            door,
            name,
            a_package({**parts, body: b" " * 3_000_000}, packed=zipfile.ZIP_BZIP2),
        )
        yield Hostile(
            f"{door}: lzma", door, name, a_package({**parts, body: b" " * 3_000_000}, packed=zipfile.ZIP_LZMA)
        )
        yield Hostile(f"{door}: deflate bomb", door, name, a_package({**parts, body: b" " * 61_000_000}))
        yield Hostile(
            f"{door}: many bombs",
            door,
            name,
            a_package({**parts, **{f"x/{n}": b"0" * 9_000_000 for n in range(14)}}),
        )
        for method in (1, 6, 9, 97, 99):
            yield Hostile(f"{door}: method {method}", door, name, _with_method(good, method))
        at = _directory(good)
        yield Hostile(f"{door}: encrypted", door, name, _patched(_patched(good, 6, "<H", 1), at + 8, "<H", 1))
        yield Hostile(
            f"{door}: checksum", door, name, _patched(_patched(good, 14, "<I", 1), at + 16, "<I", 1)
        )
        yield Hostile(f"{door}: says it is small", door, name, _patched(good, at + 24, "<I", 3))
        yield Hostile(f"{door}: says it is huge", door, name, _patched(good, at + 24, "<I", 0xFFFFFFF0))
        yield Hostile(
            f"{door}: says it is packed huge", door, name, _patched(good, at + 20, "<I", 0x7FFFFFF0)
        )
        yield Hostile(f"{door}: entry elsewhere", door, name, _patched(good, at + 42, "<I", 0x7FFFFFF0))
        yield Hostile(
            f"{door}: zip64",
            door,
            name,
            _patched(good, good.rfind(b"PK\x05\x06") + 12, "<II", 2**32 - 1, 2**32 - 1),
        )
        yield Hostile(f"{door}: behind a program", door, name, b"MZ" + good)
        yield Hostile(f"{door}: something behind it", door, name, good + b"MZ" * 100)
        yield Hostile(f"{door}: comment too long", door, name, _patched(good, len(good) - 2, "<H", 9))
        yield Hostile(f"{door}: without an end", door, name, good[: good.rfind(b"PK\x05\x06")])
        yield Hostile(f"{door}: only an end", door, name, good[good.rfind(b"PK\x05\x06") :])
        yield Hostile(
            f"{door}: many entries",
            door,
            name,
            a_package({**parts, **{f"x/{n}": b"" for n in range(5_000)}}, packed=0),
        )
        yield Hostile(f"{door}: entries share bytes", door, name, _sharing(good))
        yield Hostile(f"{door}: entries twice", door, name, _twice(parts, body))
        for odd in ("../../../tmp/x", "/etc/passwd", "..\\x", "a\x01b", "x" * 300, "\u202egnp.x"):
            yield Hostile(f"{door}: entry {odd[:12]!r}", door, name, a_package({**parts, odd: b"x"}))
        for cut in (1, 30, 200, len(good) // 2, len(good) - 1):
            yield Hostile(f"{door}: cut at {cut}", door, name, good[:cut])
        yield Hostile(f"{door}: a zip in a zip", door, name, a_package({"a.zip": a_package({"b.zip": good})}))


def _sharing(good: bytes) -> bytes:
    """A thousand entries of the directory for one piece of data."""
    at, end = _directory(good), good.rfind(b"PK\x05\x06")
    length, extra, comment = struct.unpack_from("<HHH", good, at + 28)
    entry = good[at : at + 46 + length + extra + comment]
    copies = b"".join(
        entry[:46] + f"{n:0{length}}".encode()[:length] + entry[46 + length :] for n in range(1_000)
    )
    directory = good[at:end] + copies
    count = struct.unpack_from("<H", good, end + 10)[0] + 1_000
    return (
        good[:at]
        + directory
        + struct.pack("<4s4HIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), at, 0)
    )


def _twice(parts: dict[str, bytes], body: str) -> bytes:
    """Two parts that Windows takes for one."""
    return a_package({**parts, body.upper(): b"<x/>"})


# --- XML ------------------------------------------------------------------------------------------------------------

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10))


def _texts() -> Iterator[tuple[str, Callable[[bytes], bytes]]]:
    """What becomes of a good part."""

    def doctype(inside: str) -> Callable[[bytes], bytes]:
        return lambda xml: f"<!DOCTYPE x [{inside}]>".encode() + re.sub(rb"<\?xml[^>]*>", b"", xml)

    yield "billion laughs", doctype(_LAUGHS)
    yield "outer entity", doctype('<!ENTITY e SYSTEM "file:///etc/passwd">')
    yield "remote entity", doctype('<!ENTITY e SYSTEM "http://127.0.0.1:9/x">')
    yield "parameter entity", doctype('<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;')
    yield "utf-16", lambda xml: re.sub(rb"<\?xml[^>]*>", b"", xml).decode().encode("utf-16")
    yield "utf-7", lambda xml: b'<?xml version="1.0" encoding="utf-7"?>' + re.sub(rb"<\?xml[^>]*>", b"", xml)
    yield (
        "no encoding",
        lambda xml: b'<?xml version="1.0" encoding="nonsense"?>' + re.sub(rb"<\?xml[^>]*>", b"", xml),
    )
    yield "empty", lambda xml: b""
    yield "nothing but zeros", lambda xml: b"\0" * 5_000
    yield "cut", lambda xml: xml[: len(xml) // 2]
    yield "bad letters", lambda xml: xml.replace(b">", b">\xff\xfe", 3)
    yield "control signs", lambda xml: xml.replace(b"</", b"\x01</", 3)
    yield "deep", lambda xml: b"<a>" * 100_000 + b"</a>" * 100_000
    yield "deep and open", lambda xml: b"<a>" * 300_000
    yield "attributes", lambda xml: b"<a " + b" ".join(b'a%d="1"' % n for n in range(6_000)) + b"/>"
    yield "long attribute", lambda xml: b'<a b="' + b"x" * 3_000_000 + b'"/>'
    yield "long tag", lambda xml: b"<" + b"a" * 3_000_000 + b"/>"
    yield "elements", lambda xml: b"<a>" + b"<b/>" * 1_500_000 + b"</a>"


def _xml() -> Iterator[Hostile]:
    for door in (ROSTER, REVIEW):
        parts, body = _good(door), _BODY[door]
        for what, change in _texts():
            data = a_package({**parts, body: change(parts[body])})
            yield Hostile(f"{door}: {what}", door, _NAME[door], data)


# --- Word -----------------------------------------------------------------------------------------------------------


def _word() -> Iterator[Hostile]:
    notes = "<footnotes><footnote id='1'><p><r><t>" + "x" * 90_000 + "</t></r></p></footnote></footnotes>"
    mark = "<p><r><footnoteReference id='1'/></r></p>"
    combining = "a" + "\u0316\u0301" * 90_000
    like = "<p><r><t>Làm rõ trách nhiệm cá nhân của đối với khuyết tập điểm thể</t></r></p>"
    for what, body, others in (
        ("200,000 paragraphs", "<p><r><t>a</t></r></p>" * 130_000, {}),
        ("empty paragraphs", "<p/>" * 399_990 * 2, {}),
        ("one footnote, 5,000 times", mark * 5_000, {"footnotes__xml": notes}),
        ("tables in tables", "<tbl><tr><tc>" * 500 + "</tc></tr></tbl>" * 500, {}),
        ("letters that are sorted", f"<p><r><t>{combining}</t></r></p>", {}),
        ("too much text", "<p><r><t>" + "chữ " * 120_000 + "</t></r></p>", {}),
        ("lines like headings", like * 4_100, {}),
        ("a secret", "<p><r><t>TUYỆT</t></r><r><t> MẬT</t></r></p>", {}),
    ):
        yield Hostile(f"word: {what}", REVIEW, "kiem-diem.docx", a_word_file(body, **others))
    for what, body in (
        ("a cell outside a row", "<tbl><tc><p><r><t>a</t></r></p></tc></tbl>"),
        ("a row outside a table", "<tr><p><r><t>a</t></r></p></tr>"),
        ("cells in cells", "<tc>" * 60 + "<p><r><t>a</t></r></p>" + "</tc>" * 60),
        ("paragraphs in paragraphs", "<p>" * 90 + "<r><t>a</t></r>" + "</p>" * 90),
        ("rows in a cell", "<tbl><tr><tc><tr><tr><tc/></tr></tr></tc></tr></tbl>"),
        ("text outside all", "<t>a</t><tab/><br/><sym char='zz'/><footnoteReference id='-1'/>"),
        ("hidden and not ended", "<Fallback><p><r><t>a</t></r></p></Fallback><moveFrom><p/></moveFrom>"),
        ("lines almost like headings", like * 900),
    ):
        yield Hostile(f"word: {what}", REVIEW, "kiem-diem.docx", a_word_file(body), may_pass=True)


# --- Excel ----------------------------------------------------------------------------------------------------------

_HEAD = "<row r='1'><c r='A1' t='inlineStr'><is><t>Họ và tên</t></is></c><c r='B1' t='inlineStr'><is><t>Năm sinh</t></is></c><c r='C1' t='inlineStr'><is><t>Chính thức/Dự bị</t></is></c></row>"


def _sheet(rows: str, *, around: str = "", dimension: str = "A1:C2") -> dict[str, bytes]:
    """The parts of a workbook with this sheet."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts = _good(ROSTER)
    xml = f"<worksheet xmlns='{main}'><dimension ref='{dimension}'/><sheetData>{_HEAD}{rows}</sheetData>{around}</worksheet>"
    return {**parts, _BODY[ROSTER]: xml.encode()}


def _excel() -> Iterator[Hostile]:
    person = "<row r='2'><c r='A2' t='inlineStr'><is><t>Lê Văn Tám</t></is></c><c r='B2'><v>1985</v></c><c r='C2' t='inlineStr'><is><t>dự bị</t></is></c></row>"
    strings = "<sst>" + "<si><t>a</t></si>" * 600_000 + "</sst>"
    merges = (
        "<mergeCells>" + "".join(f"<mergeCell ref='A{n}:B{n}'/>" for n in range(3, 60_000)) + "</mergeCells>"
    )
    yield Hostile(
        "excel: shared strings",
        ROSTER,
        "a.xlsx",
        a_package({**_sheet(person), "xl/sharedStrings.xml": strings}),
    )
    yield Hostile("excel: merged cells", ROSTER, "a.xlsx", a_package(_sheet(person, around=merges)))
    wide = (
        "<mergeCells>" + "".join(f"<mergeCell ref='B{n}:B1048576'/>" for n in range(2, 900)) + "</mergeCells>"
    )
    merged = a_package(_sheet(person, around=wide))
    yield Hostile(
        "excel: merged downwards", ROSTER, "a.xlsx", merged, may_pass=True
    )  # only as far as people stand
    many = "".join(
        f"<row r='{n}'><c r='A{n}' t='inlineStr'><is><t>Lê Văn Tám</t></is></c></row>"
        for n in range(2, 60_000)
    )
    yield Hostile("excel: 60,000 people", ROSTER, "a.xlsx", a_package(_sheet(many)))
    far = "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    yield Hostile("excel: the last row", ROSTER, "a.xlsx", a_package(_sheet(far)))
    formats = (
        b"<styleSheet>"
        + b"<numFmts><numFmt numFmtId='1' formatCode='0'/></numFmts>" * 400_000
        + b"</styleSheet>"
    )
    yield Hostile("excel: formats", ROSTER, "a.xlsx", a_package({**_sheet(person), "xl/styles.xml": formats}))
    for what, cells in (
        ("a string that is not there", "<c r='A2' t='s'><v>999999999</v></c>"),
        ("a string below zero", "<c r='A2' t='s'><v>-5</v></c>"),
        ("no string", "<c r='A2' t='s'><v>x</v></c>"),
        ("a style that is not there", "<c r='A2' s='99999'><v>1</v></c>"),
        ("no number", "<c r='A2'><v>1e999999</v></c><c r='B2'><v>NaN</v></c><c r='C2'><v>--</v></c>"),
        ("no cell", "<c r='A0'><v>1</v></c><c r='ZZZZZ9'><v>1</v></c><c r='1A'/>"),
        ("a date beyond all", "<c r='A2' t='d'><v>99999-99-99T99:99</v></c>"),
        ("a formula", "<c r='A2'><f>HYPERLINK(\"http://x\",\"y\")</f></c><c r='B2'><f>A2</f></c>"),
        ("an error", "<c r='A2' t='e'><v>#REF!</v></c>"),
        ("a kind that is none", "<c r='A2' t='zzz'><v>1</v></c>"),
    ):
        yield Hostile(
            f"excel: {what}", ROSTER, "a.xlsx", a_package(_sheet(f"<row r='2'>{cells}</row>")), may_pass=True
        )
    yield Hostile(
        "excel: dimension",
        ROSTER,
        "a.xlsx",
        a_package(_sheet(person, dimension="A1:XFD1048576")),
        may_pass=True,
    )
    wide_row = "".join(
        f"<c r='{letter}{other}{third}2'><v>1</v></c>"
        for letter in "ABCDEFGHIJKLMNOPQRSTUVW"
        for other in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        for third in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    )
    yield Hostile(
        "excel: 15,000 columns",
        ROSTER,
        "a.xlsx",
        a_package(_sheet(f"<row r='2'>{wide_row}</row>")),
        may_pass=True,
    )
    for what, part, xml in (
        ("no sheets", "xl/workbook.xml", b"<workbook/>"),
        ("no relations", "xl/_rels/workbook.xml.rels", b"<Relationships/>"),
        (
            "a sheet outside",
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id='rId1' Type='t/worksheet' Target='../../../etc/passwd'/></Relationships>",
        ),
        ("no types", _TYPES, b"<Types/>"),
        (
            "a sheet that is its own book",
            "xl/_rels/workbook.xml.rels",
            b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rId1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' Target='workbook.xml'/></Relationships>",
        ),
    ):
        yield Hostile(f"excel: {what}", ROSTER, "a.xlsx", a_package({**_sheet(person), part: xml}))


# --- other programs' lists ------------------------------------------------------------------------------------------

_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_HEADS = "".join(
    f"<table:table-cell office:value-type='string'><text:p>{words}</text:p></table:table-cell>"
    for words in ("Họ và tên", "Năm sinh", "Chính thức/Dự bị")
)


def an_ods(rows: str, *, before: str = "", **parts: str | bytes) -> bytes:
    """A list in LibreOffice's form: these rows below the heading; `parts` by their names, `__` for a slash."""
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?>{before}<office:document-content xmlns:office='urn:o' "
        "xmlns:table='urn:t' xmlns:text='urn:x' xmlns:style='urn:s' xmlns:fo='urn:f'>"
        f"<office:body><office:spreadsheet><table:table table:name='A'><table:table-row>{_HEADS}</table:table-row>"
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    more = {name.replace("__", "/"): part for name, part in parts.items()}
    return a_package({"mimetype": _ODS, "content.xml": content.encode(), **more}, packed=zipfile.ZIP_DEFLATED)


_LOCKED: dict[str, Any] = {"META-INF__manifest.xml": b"<x><manifest:encryption-data/></x>"}


def an_ods_row(*cells: str, repeated: int = 1, columns: int = 1) -> str:
    said = "".join(
        f"<table:table-cell table:number-columns-repeated='{columns}' office:value-type='string'><text:p>{cell}</text:p>"
        "</table:table-cell>"
        for cell in cells
    )
    return f"<table:table-row table:number-rows-repeated='{repeated}'>{said}</table:table-row>"


def _others_lists() -> Iterator[Hostile]:
    person = ("Lê Văn Tám", "1985", "chính thức")
    deep = "<text:p>" * 300 + "</text:p>" * 300
    for what, data in (
        ("a million people", an_ods(an_ods_row(*person, repeated=1_048_576))),
        ("a thousand times a thousand", an_ods(an_ods_row(*person, repeated=900) * 900)),
        ("entities", an_ods(an_ods_row("&e;"), before="<!DOCTYPE x [<!ENTITY e 'e'>]>")),
        ("macros", an_ods(an_ods_row(*person), Basic__Standard__Module1=b"<x/>")),
        ("scripts", an_ods(an_ods_row(*person), Scripts__python__x=b"import os")),
        ("a password", an_ods("", **_LOCKED)),
        ("deep", an_ods(f"<table:table-row><table:table-cell>{deep}</table:table-cell></table:table-row>")),
        ("empty elements", an_ods("<table:table-cell/>" * 1_100_000)),
        ("too large", an_ods(" " * 13_000_000)),
        ("cut", an_ods(an_ods_row(*person))[:-40]),
        ("a text", a_package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})),
        ("no content", a_package({"mimetype": _ODS, "x": "x"})),
        ("odd numbers", an_ods("<table:table-row table:number-rows-repeated='-9'/><x table:y='1'>")),
    ):
        yield Hostile(f"ods: {what}", ROSTER, "a.ods", data)
    wide = an_ods(an_ods_row(*person, columns=999_999) + an_ods_row("", repeated=1_048_000, columns=16_384))
    yield Hostile("ods: cells without an end", ROSTER, "a.ods", wide, may_pass=True)
    heading = "Họ và tên;Năm sinh;Chính thức/Dự bị\n"
    for what, name, raw in (
        ("a line without an end", "a.csv", (heading + "x" * 3_000_000).encode()),
        ("a field without an end", "a.csv", (heading + '"' + "x\n" * 1_000_000).encode()),
        ("people without an end", "a.csv", (heading + "Lê Văn Tám;1985;chính thức\n" * 60_000).encode()),
        ("only separators", "a.csv", b";" * 4_000_000),
        ("zeros", "a.csv", (heading + "\0" * 5_000).encode()),
        ("noise", "a.csv", _chance(5).randbytes(40_000)),
        ("half of a pair", "a.csv", b"\xff\xfe\x00\xd8" * 1_000),
        ("a web page", "a.csv", b"<html><table><tr><td>Ho va ten</td></tr></table></html>"),
        ("a script", "a.csv", b"#!/bin/sh\n" + heading.encode()),
        ("a program by name", "a.csv.exe", heading.encode()),
    ):
        yield Hostile(f"csv: {what}", ROSTER, name, raw)


# --- Office documents that are kept ---------------------------------------------------------------------------------


def _relation(kind: str, target: str) -> bytes:
    return (
        f"<Relationships><Relationship Id='rId9' Type='http://x/{kind}' Target='{target}' TargetMode='External'/>"
        "</Relationships>"
    ).encode()


def _office() -> Iterator[Hostile]:
    parts = _good(REVIEW)
    for what, added in (
        ("macros", {"word/vbaProject.bin": b"x"}),
        ("macro data", {"word/vbaData.xml": b"<x/>"}),
        (
            "macros by type",
            {
                _TYPES: b"<Types><Override ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></Types>"
            },
        ),
        ("an object", {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}),
        ("a control", {"word/activeX/activeX1.xml": b"<x/>"}),
        ("a program", {"word/media/image1.png": b"MZ" + b"\0" * 100}),
        ("a program by name", {"word/media/run.exe": b"x"}),
        ("a workbook inside", {"word/media/book.png": a_package({"a": "b"})}),
        ("a page inside", {"word/afchunk.html": b"<html/>"}),
        (
            "a remote template",
            {"word/_rels/settings.xml.rels": _relation("attachedTemplate", "http://127.0.0.1:9/x.dotm")},
        ),
        (
            "a template on a share",
            {"word/_rels/settings.xml.rels": _relation("attachedTemplate", "file://\\\\host\\x.dotm")},
        ),
        (
            "a remote picture",
            {"word/_rels/document.xml.rels": _relation("image", "https://127.0.0.1:9/x.png")},
        ),
        ("a remote frame", {"word/_rels/document.xml.rels": _relation("frame", "http://127.0.0.1:9/x")}),
        ("a remote object", {"word/_rels/document.xml.rels": _relation("oleObject", "http://127.0.0.1:9/x")}),
        (
            "a remote template, spelt by numbers",
            {
                "word/_rels/settings.xml.rels": _relation(
                    "attachedTemplate", "&#104;ttp://127.0.0.1:9/x"
                ).replace(b"External", b"&#69;xternal")
            },
        ),
        (
            "a remote template behind a long word",
            {
                "word/_rels/settings.xml.rels": _relation("attachedTemplate", "http://127.0.0.1:9/x").replace(
                    b"<Relationship ", b"<Relationship Padding='" + b"x" * 9_000 + b"' "
                )
            },
        ),
        (
            "dde, spelt by numbers",
            {"word/document.xml": b"<document><instrText>&#68;&#68;E</instrText></document>"},
        ),
        (
            "macros by type, spelt by numbers",
            {_TYPES: b"<Types><Override ContentType='x.&#109;acroEnabled'/></Types>"},
        ),
        (
            "dde",
            {
                "word/document.xml": b"<document><instrText>DDE</instrText><instrText>AUTO c:\\\\cmd.exe</instrText></document>"
            },
        ),
        ("dde in one field", {"word/document.xml": b"<document><fldSimple instr='DDEAUTO x'/></document>"}),
        (
            "a text from elsewhere",
            {"word/document.xml": b'<document><instrText>INCLUDETEXT "http://x"</instrText></document>'},
        ),
        (
            "entities in utf-16",
            {"word/settings.xml": "<!DOCTYPE x [<!ENTITY e 'e'>]><x>&e;</x>".encode("utf-16")},
        ),
        ("entities", {"word/settings.xml": b"<!DOCTYPE x [<!ENTITY e 'e'>]><x>&e;</x>"}),
    ):
        yield Hostile(f"office: {what}", PAPER, "bao-cao.docx", a_package({**parts, **added}))
    book = _good(ROSTER)
    for what, name, data in (
        ("old macros", "xl/macrosheets/sheet1.xml", b"<x/>"),
        ("another book", "xl/externalLinks/externalLink1.xml", b"<x/>"),
        ("dde in a formula", "xl/worksheets/sheet9.xml", b"<x><c><f>cmd|'/c calc'!A1</f></c></x>"),
        ("a web service", "xl/worksheets/sheet9.xml", b'<x><c><f>WEBSERVICE("http://x")</f></c></x>'),
    ):
        yield Hostile(f"office: {what}", PAPER, "bang.xlsx", a_package({**book, name: data}))


# --- PDF ------------------------------------------------------------------------------------------------------------


def _pdf(*objects: str, trailer: str = "/Root 1 0 R", header: str = "%PDF-1.7") -> bytes:
    """Objects 1, 2, 3 … with a right table."""
    out, places = bytearray(header.encode() + b"\n"), []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode("latin-1")
    at = len(out)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return bytes(out) + f"trailer\n<</Size {len(objects) + 1} {trailer}>>\nstartxref\n{at}\n%%EOF\n".encode()


_PAGES, _PAGE = "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"


def _pdfs() -> Iterator[Hostile]:
    catalog = "<</Type/Catalog/Pages 2 0 R{}>>"
    plain = _pdf(catalog.format(""), _PAGES, _PAGE)
    for what, more, *others in (
        ("a script", "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"),
        ("a script, spelt otherwise", "/OpenAction<</S/J#61vaScript/J#53(x)>>"),
        ("a script elsewhere", "/OpenAction 4 0 R", "<</S 5 0 R/JS(x)>>", "/JavaScript"),
        ("scripts by name", "/Names<</JavaScript<</Names[(a)4 0 R]>>>>", "<</S/JavaScript/JS(x)>>"),
        ("a program", "/OpenAction<</S/Launch/F(cmd.exe)>>"),
        ("files", "/Names<</EmbeddedFiles<</Names[]>>>>"),
        (
            "a file nobody names",
            "",
            "<</Type/Filespec/F(a.exe)/EF<</F 5 0 R>>>>",
            "<</Type/EmbeddedFile/Length 0>>\nstream\n\nendstream",
        ),
        ("a film", "", "<</Type/Annot/Subtype/RichMedia>>"),
        ("a form that runs", "/AcroForm<</XFA[]>>"),
        ("a form that sends", "/OpenAction<</S/SubmitForm/F(http://x)>>"),
        ("another document", "/OpenAction<</S/GoToR/F(http://x)>>"),
    ):
        yield Hostile(f"pdf: {what}", PAPER, "a.pdf", _pdf(catalog.format(more), _PAGES, _PAGE, *others))
    deep = "[" * 50_000 + "]" * 50_000
    bomb = zlib.compress(b" " * 60_000_000, 9).decode("latin-1")
    objects = [f"<</Type/Pages/Kids[{n} 0 R]/Count 1>>" for n in range(3, 1_500)]
    for what, data in (
        ("cut", plain[:-20]),
        ("only a head", b"%PDF-1.7\n"),
        ("head and end", b"%PDF-1.7\n%%EOF\n"),
        ("no pages", _pdf(catalog.format(""), "<</Type/Pages/Kids[]/Count 0>>")),
        ("pages in a circle", _pdf(catalog.format(""), "<</Type/Pages/Kids[2 0 R]/Count 9>>")),
        ("pages without an end", _pdf(catalog.format(""), *objects)),
        ("a billion pages", _pdf(catalog.format(""), "<</Type/Pages/Kids[]/Count 1000000000>>")),
        ("no root", _pdf(_PAGES, trailer="")),
        ("a root that is itself", _pdf("1 0 R")),
        ("deep", _pdf(catalog.format(f"/X {deep}"), _PAGES, _PAGE)),
        (
            "a packed table of objects",
            _pdf(
                catalog.format(""),
                f"<</Type/ObjStm/N 5/First 9/Filter/FlateDecode/Length {len(bomb)}>>\nstream\n{bomb}\nendstream",
                _PAGE,
                trailer="/Root 9 0 R",
            ),
        ),
        ("too many objects", _pdf(catalog.format(""), _PAGES, _PAGE, *["null"] * 120_000)),
        ("locked", _locked()),
        ("a zip as well", plain + a_package({"a.class": b"\xca\xfe\xba\xbe"})),
        ("a picture's head", b"\xff\xd8\xff\xe0" + plain),
        ("noise", b"%PDF-1.4\n" + _chance(1).randbytes(20_000) + b"\n%%EOF"),
    ):
        yield Hostile(f"pdf: {what}", PAPER, "a.pdf", data)
    links = "[" + "4 0 R " * 100_000 + "]"
    yield Hostile(
        "pdf: links", PAPER, "a.pdf", _pdf(catalog.format("/X 4 0 R"), _PAGES, _PAGE, links), may_pass=True
    )
    circle = plain.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % plain.rfind(b"xref\n0"))
    yield Hostile("pdf: tables in a circle", PAPER, "a.pdf", circle, may_pass=True)
    yield Hostile("pdf: a hard text", PAPER, "a.pdf", a_pdf("(" * 3_000), may_pass=True)


def _locked() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer, out = PdfWriter(clone_from=PdfReader(BytesIO(a_pdf()))), BytesIO()
    writer.encrypt("mat khau", algorithm="AES-256")
    writer.write(out)
    return out.getvalue()


# --- pictures -------------------------------------------------------------------------------------------------------


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, *chunks: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + _chunk(b"IEND", b"")


def _box(kind: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I", 8 + len(body)) + kind + body


def _heic(width: int, height: int) -> bytes:
    size = _box(b"ispe", struct.pack(">III", 0, width, height))
    meta = _box(b"meta", b"\0" * 4, _box(b"iprp", _box(b"ipco", size)))
    return _box(b"ftyp", b"heic\0\0\0\0mif1") + meta + _box(b"mdat", b"x" * 50)


def _pictures() -> Iterator[Hostile]:
    jpeg, png, webp, heic = a_picture("jpeg"), a_picture("png"), a_picture("webp"), _heic(4_000, 3_000)
    large = re.sub(rb"(\xff\xc0..\x08)....", lambda found: found[1] + b"\xff" * 4, jpeg, flags=re.DOTALL)
    pixels = zlib.compress(b"\0" * 50_000_000, 9)
    for what, name, data in (
        ("png of four billion points", "a.png", _png(65_535, 65_535, _chunk(b"IDAT", zlib.compress(b"x")))),
        ("png below zero", "a.png", _png(2**31, 1, _chunk(b"IDAT", b""))),
        ("png without points", "a.png", _png(0, 0, _chunk(b"IDAT", b""))),
        ("png cut", "a.png", png[:-20]),
        ("png checksum", "a.png", png.replace(b"IDAT", b"IDAT\0", 1)),
        ("png of a long piece", "a.png", png[:33] + struct.pack(">I", 2**31 - 1) + b"IDAT" + b"x" * 50),
        ("png and a zip", "a.png", png + a_package({"a": "b"})),
        ("png and a rar", "a.png", png + b"Rar!\x1a\x07\x01\0"),
        ("jpeg of four billion points", "a.jpg", large),
        ("jpeg cut", "a.jpg", jpeg[: len(jpeg) // 2]),
        ("jpeg head", "a.jpg", b"\xff\xd8\xff\xe0"),
        ("jpeg of nothing", "a.jpg", b"\xff\xd8\xff\xd9"),
        (
            "jpeg and a jar",
            "a.jpg",
            jpeg + a_package({"META-INF/MANIFEST.MF": "x", "A.class": b"\xca\xfe\xba\xbe"}),
        ),
        ("jpeg and a pdf", "a.jpg", jpeg[:20] + b"%PDF-1.7" + jpeg[20:]),
        ("jpeg of noise", "a.jpg", b"\xff\xd8\xff" + _chance(2).randbytes(5_000)),
        ("webp cut", "a.webp", webp[:-10]),
        ("webp of noise", "a.webp", b"RIFF\x20\0\0\0WEBPVP8 " + _chance(3).randbytes(40)),
        ("heic cut", "a.heic", heic[:-20]),
        ("heic of billions", "a.heic", _heic(70_000, 70_000)),
        ("heic without a picture", "a.heic", _box(b"ftyp", b"heic\0\0\0\0mif1")),
        ("heic box of no size", "a.heic", _box(b"ftyp", b"heic\0\0\0\0mif1") + b"\0\0\0\x04meta"),
        (
            "heic of a huge box",
            "a.heic",
            _box(b"ftyp", b"heic\0\0\0\0mif1") + b"\0\0\0\x01meta" + b"\xff" * 8,
        ),
        ("heic of many boxes", "a.heic", _box(b"ftyp", b"heic\0\0\0\0mif1") + b"\0\0\0\x08free" * 5_000),
        ("gif", "a.gif", a_picture("gif")),
        ("bmp of billions", "a.bmp", b"BM" + b"\xff" * 60),
        ("tiff", "a.tif", a_picture("tiff")),
        ("svg", "a.svg", b"<svg onload='x()'/>"),
        ("svg as png", "a.png", b"<?xml version='1.0'?><svg onload='x()'/>"),
    ):
        yield Hostile(f"picture: {what}", PAPER, name, data)
    packed_text = _chunk(b"zTXt", b"a\0\0" + pixels)
    yield Hostile(
        "picture: png of a packed text", PAPER, "a.png", png[:33] + packed_text + png[33:], may_pass=True
    )
    yield Hostile(
        "picture: png of packed points",
        PAPER,
        "a.png",
        _png(9_000, 9_000, _chunk(b"IDAT", pixels)),
        may_pass=True,
    )


# --- what runs, and what is only of another kind --------------------------------------------------------------------


def _programs() -> Iterator[Hostile]:
    jpeg, pdf, docx = a_picture("jpeg"), a_pdf(), a_docx()
    for name, data in (
        ("hoa-don.pdf.exe", b"MZ\x90\0" + b"\0" * 200),
        ("hoa-don.pdf", b"MZ\x90\0" + b"\0" * 200),
        ("giay.jpg", b"\x7fELF" + b"\0" * 200),
        ("giay.png", b"\xcf\xfa\xed\xfe" + b"\0" * 200),
        ("giay.docx", b"#!/bin/sh\nid\n"),
        ("giay.pdf.exe", pdf),
        ("giay.jpg.scr", jpeg),
        ("giay\u202efdp.exe", pdf),
        ("giay\u202egpj.scr", jpeg),
        ("giay.docx.js", docx),
        ("giay.pdf.lnk", pdf),
        ("giay.pdf .exe", pdf),
        ("giay.PDF.ExE", pdf),
        ("giay.pdf.exe.", pdf),
        ("giay\u200b.exe", pdf),
        ("giay.lnk", b"L\0\0\0\x01\x14\x02\0" + b"\0" * 100),
        ("giay.docm", docx),
        ("giay.dotm", docx),
        ("bang.xlsm", docx),
        ("app.apk", a_package({"AndroidManifest.xml": "x", "classes.dex": b"dex\n"})),
        ("giay.docx", a_package({"AndroidManifest.xml": "x", "word/document.xml": "x", _TYPES: "x"})),
        ("giay.zip", a_package({"META-INF/MANIFEST.MF": "x", "A.class": b"\xca\xfe\xba\xbe"})),
        ("giay.hta", b"<script>x</script>"),
        ("giay.html", b"<!DOCTYPE html><html></html>"),
        ("giay.pdf", b"<html><script>x</script></html>"),
        ("giay.url", b"[InternetShortcut]\nURL=http://x"),
        ("giay.bat", b"@echo off\r\n"),
        ("giay.vbs", b'CreateObject("WScript.Shell")'),
        ("giay.ps1", b"iex x"),
        ("giay.reg", b"Windows Registry Editor Version 5.00"),
        ("giay.mht", b"MIME-Version: 1.0\n"),
        ("giay.chm", b"ITSF" + b"\0" * 50),
        ("giay.cab", b"MSCF" + b"\0" * 50),
        ("giay.msi", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("giay.php", b"<?php x"),
        ("giay.desktop", b"[Desktop Entry]\nExec=x"),
        ("giay.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ):
        yield Hostile(f"program: {name!r} of {data[:4]!r}", PAPER, name, data)
    yield Hostile("program: to the review", REVIEW, "kiem-diem.docx", b"MZ" + b"\0" * 99)
    yield Hostile("program: to the roster", ROSTER, "danh-sach.xlsx", b"MZ" + b"\0" * 99)
    yield Hostile("program: a roster by its name", ROSTER, "danh-sach.xlsx.exe", roster_template(Lang.VI))
    yield Hostile("program: macros to the roster", ROSTER, "danh-sach.xlsm", roster_template(Lang.VI))


def _ole(*streams: str) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 500
        + b"".join(one.encode("utf-16-le") for one in streams)
    )


def _others() -> Iterator[Hostile]:
    for name, data in (
        ("giay.doc", _ole("WordDocument")),
        ("bang.xls", _ole("Workbook")),
        ("trinh-bay.ppt", _ole("PowerPoint Document")),
        ("khoa.docx", _ole("EncryptedPackage")),
        (
            "giay.odt",
            a_package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
        ),
        ("giay.rtf", b"{\\rtf1 x}"),
        ("ghi.txt", "Kính gửi".encode()),
        ("bang.csv", b"a,b\n"),
        ("ghi.txt", "\ufeffKính gửi".encode("utf-16")),
        ("anh.zip", a_package({"a.jpg": "x"})),
        ("anh.rar", b"Rar!\x1a\x07\0"),
        ("anh.7z", b"7z\xbc\xaf\x27\x1c"),
        ("anh.gz", b"\x1f\x8b\x08"),
        ("phim.mp4", b"\0\0\0\x18ftypisom"),
        ("nhac.mp3", b"ID3\x03"),
        ("noi.ogg", a_voice()),
        ("trong.pdf", b""),
        ("la.pdf", b"\0\x01\x02\x03" * 50),
        ("anh.pdf", a_picture("jpeg")),
        ("giay.jpg", a_pdf()),
        ("giay.pdf", a_docx()),
        ("giay.docx", roster_template(Lang.VI)),
        ("bang.xlsx", a_docx()),
        ("giay.docx", a_package({"a": "b"})),
        ("BC-MAT.pdf", a_pdf()),
        ("giay.pdf", a_pdf("TUYET MAT").replace(b"TUYET MAT", b"(MAT) MAT")),
        ("nen.docx", bz2.compress(b"x" * 1_000)),
        ("nen.pdf", lzma.compress(b"x" * 1_000)),
    ):
        may = b"(MAT)" in data  # a marking without its signs above the letters is none
        yield Hostile(f"other: {name} of {data[:6]!r} {len(data)}", PAPER, name, data, may_pass=may)
    for name, data in (
        ("anh.jpg", a_picture("jpeg")),
        ("a.pdf", a_pdf()),
        ("a.docx", a_docx()),
        ("a.csv", b"a,b"),
    ):
        yield Hostile(f"other: {name} as a roster", ROSTER, name, data)


# --- good ones with some bytes changed ------------------------------------------------------------------------------


def mutated(each: int = 6) -> Iterator[Hostile]:
    heic = _heic(400, 300)
    good = (
        (ROSTER, "a.xlsx", roster_template(Lang.VI)),
        (REVIEW, "a.docx", a_docx("1. Về phẩm chất chính trị", "Tôi chấp hành.")),
        (PAPER, "b.docx", a_docx("Báo cáo")),
        (PAPER, "a.pdf", a_pdf("Bao cao", pages=3)),
        (PAPER, "a.jpg", a_picture("jpeg")),
        (PAPER, "a.png", a_picture("png")),
        (PAPER, "a.webp", a_picture("webp")),
        (PAPER, "a.heic", heic),
    )
    for door, name, data in good:
        for seed in range(each):
            chance = _chance(f"{name}{seed}")
            changed = bytearray(data)
            for _ in range(chance.choice((1, 3, 20, 200))):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            yield Hostile(f"mutated: {name} {seed}", door, name, bytes(changed), may_pass=True)
