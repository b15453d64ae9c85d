"""What a file is, told by its first bytes and by what its archive holds; its name is only asked whether it lies."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from enum import StrEnum
from io import BytesIO

from models.delivery.foreign.package import BROKEN


class ContentType(StrEnum):
    """What rooms may ask for, then what is known only so that the right sentence is said."""

    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    OGG = "ogg"  # a voice message

    EMPTY = "empty"
    OLD_WORD = "doc"
    OLD_EXCEL = "xls"
    OLD_POWERPOINT = "ppt"
    BINARY_EXCEL = "xlsb"
    LOCKED_OFFICE = "locked"  # protected by a password
    OPEN_DOCUMENT = "odf"
    RICH_TEXT = "rtf"
    TEXT = "text"
    OTHER_PICTURE = "picture"  # gif, bmp, tiff, avif
    SOUND_OR_FILM = "media"
    ARCHIVE = "archive"
    PROGRAM = "program"  # runs by itself, or makes something run: executables, scripts, shortcuts
    WEB_PAGE = "html"  # may do so too; programs also write tables so and call them .xls
    UNKNOWN = "unknown"


PHOTOS = frozenset({ContentType.JPEG, ContentType.PNG, ContentType.WEBP})  # that can be made anew
PICTURES = frozenset({ContentType.JPEG, ContentType.PNG, ContentType.WEBP, ContentType.HEIC})
OFFICE = frozenset({ContentType.DOCX, ContentType.XLSX, ContentType.PPTX})
SCANS = PICTURES | {ContentType.PDF, ContentType.DOCX}
PAPERS = PICTURES | OFFICE | {ContentType.PDF}

_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"L\0\0\0\x01\x14\x02\0",  # a Windows shortcut
    b"dex\n",
    b"\0asm",
    b"MSCF",
    b"ITSF",
    b"!<arch>",
    b"\x1bLua",
)
_SIGNATURES: tuple[tuple[bytes, ContentType], ...] = (
    *((signature, ContentType.PROGRAM) for signature in _PROGRAMS),
    (b"\xff\xd8\xff", ContentType.JPEG),
    (b"\x89PNG\r\n\x1a\n", ContentType.PNG),
    (b"OggS", ContentType.OGG),
    (b"GIF8", ContentType.OTHER_PICTURE),
    (b"BM", ContentType.OTHER_PICTURE),
    (b"II*\0", ContentType.OTHER_PICTURE),
    (b"MM\0*", ContentType.OTHER_PICTURE),
    (b"{\\rtf", ContentType.RICH_TEXT),
    (b"Rar!\x1a\x07", ContentType.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ContentType.ARCHIVE),
    (b"\x1f\x8b", ContentType.ARCHIVE),
    (b"BZh", ContentType.ARCHIVE),
    (b"\xfd7zXZ\0", ContentType.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", ContentType.ARCHIVE),
    (b"ID3", ContentType.SOUND_OR_FILM),
    (b"\x1aE\xdf\xa3", ContentType.SOUND_OR_FILM),
    (b"fLaC", ContentType.SOUND_OR_FILM),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (  # what an OLE file holds, by the names of its streams
    ("EncryptedPackage", ContentType.LOCKED_OFFICE),
    ("WordDocument", ContentType.OLD_WORD),
    ("Workbook", ContentType.OLD_EXCEL),
    ("Book", ContentType.OLD_EXCEL),
    ("PowerPoint Document", ContentType.OLD_POWERPOINT),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_BEGINS = rb"\A\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<\?mso-application[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?"
_SPEAKS = re.compile(  # texts that a double click would run
    _BEGINS + rb"(?:<script|<svg|<iframe|<job|<package|<\?php|@echo|\[internetshortcut\]|"
    rb"\[desktop entry\]|windows registry editor)",
    re.IGNORECASE | re.DOTALL,
)
_WEB_PAGE = re.compile(  # Excel's "web page", "single file web page" and "XML spreadsheet 2003" among them
    _BEGINS
    + rb"(?:<!doctype html|<html|<head|<body|<table|<meta|<style|<div|mime-version:|<(?:ss:)?workbook)",
    re.IGNORECASE | re.DOTALL,
)


def recognise(data: bytes) -> ContentType:
    """Return what `data` is. A broken file is what it begins as."""
    if not data:
        return ContentType.EMPTY
    if data.startswith(b"PK"):
        return _of_zip(data)
    if data.startswith(OLE):
        return _of_ole(data)
    if data[:4] == b"RIFF":
        return ContentType.WEBP if data[8:12] == b"WEBP" else ContentType.SOUND_OR_FILM
    if data[4:8] == b"ftyp":
        return _of_boxes(data)
    if (
        data[:32].lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-")
    ):  # some scanners begin with an empty line
        return ContentType.PDF
    found = next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)
    return found or _of_text(data)


def _of_zip(data: bytes) -> ContentType:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = {name.lower() for name in package.namelist()}
    except BROKEN:
        return ContentType.ARCHIVE
    if names & {"androidmanifest.xml", "meta-inf/manifest.mf", "classes.dex"} or _payload(names):
        return ContentType.PROGRAM
    if "xl/workbook.bin" in names:
        return ContentType.BINARY_EXCEL
    if "encrypted-package" in names:  # LibreOffice
        return ContentType.LOCKED_OFFICE
    for folder, kind in (("word/", ContentType.DOCX), ("xl/", ContentType.XLSX), ("ppt/", ContentType.PPTX)):
        if "[content_types].xml" in names and any(name.startswith(folder) for name in names):
            return kind
    return ContentType.OPEN_DOCUMENT if "content.xml" in names else ContentType.ARCHIVE


def _payload(names: set[str]) -> bool:
    """Programs for telephones that carry others within."""
    return any(name.endswith((".apk", ".dex")) or name.startswith("payload/") for name in names)


def _of_ole(data: bytes) -> ContentType:
    held = (kind for name, kind in _STREAMS if name.encode("utf-16-le") in data)
    return next(held, ContentType.UNKNOWN)


def _of_boxes(data: bytes) -> ContentType:
    brand = data[8:12]
    if brand in _HEIC_BRANDS:
        return ContentType.HEIC
    return ContentType.OTHER_PICTURE if brand in (b"avif", b"avis") else ContentType.SOUND_OR_FILM


def _of_text(data: bytes) -> ContentType:
    start = data[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", "replace").encode()
    start = start.removeprefix(b"\xef\xbb\xbf")
    if _WEB_PAGE.match(start):
        return ContentType.WEB_PAGE
    if _SPEAKS.match(start) or start[:40].lstrip().lower().startswith(b"<!doctype"):
        return ContentType.PROGRAM
    return ContentType.UNKNOWN if b"\0" in start else ContentType.TEXT


# --- names ----------------------------------------------------------------------------------------------------------

_LONGEST_NAME = 120
_LONGEST_ENDING = 12
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # control, direction, private, unassigned
_PROGRAM_ENDINGS = frozenset(
    [
        "exe",
        "com",
        "scr",
        "pif",
        "bat",
        "cmd",
        "ps1",
        "psm1",
        "vbs",
        "vbe",
        "js",
        "jse",
        "mjs",
        "wsf",
        "wsh",
        "hta",
        "msi",
        "msp",
        "msix",
        "msc",
        "jar",
        "apk",
        "xapk",
        "apks",
        "ipa",
        "aab",
        "app",
        "dmg",
        "pkg",
        "deb",
        "rpm",
        "sh",
        "bash",
        "zsh",
        "run",
        "bin",
        "elf",
        "so",
        "dll",
        "sys",
        "drv",
        "cpl",
        "ocx",
        "lnk",
        "url",
        "scf",
        "reg",
        "inf",
        "chm",
        "hlp",
        "iso",
        "img",
        "vhd",
        "vhdx",
        "cab",
        "one",
        "py",
        "pyc",
        "pyw",
        "rb",
        "pl",
        "php",
        "asp",
        "jsp",
        "htm",
        "html",
        "xhtml",
        "mht",
        "mhtml",
        "svg",
        "svgz",
        "xml",
        "xsl",
        "desktop",
        "command",
        "workflow",
        "application",
        "gadget",
        "settingcontent-ms",
        "library-ms",
        "search-ms",
        "appref-ms",
        "xll",
        "wll",
        "jnlp",
        "class",
        "swf",
    ]
)
_MACRO_ENDINGS = frozenset(["docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppam", "ppsm", "sldm"])
_ENDINGS: dict[str, frozenset[ContentType]] = {
    **dict.fromkeys(("jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif"), PICTURES),
    "pdf": frozenset({ContentType.PDF}),
    "doc": frozenset({ContentType.OLD_WORD}),
    "xlsb": frozenset({ContentType.BINARY_EXCEL}),
    **dict.fromkeys(("docx", "dotx"), frozenset({ContentType.DOCX})),
    **dict.fromkeys(("xlsx", "xltx"), frozenset({ContentType.XLSX})),
    **dict.fromkeys(("pptx", "ppsx", "potx"), frozenset({ContentType.PPTX})),
    **dict.fromkeys(("ogg", "oga", "opus"), frozenset({ContentType.OGG})),
}


def clean_file_name(name: str) -> str:
    """Return the name as it may be shown: no unseen signs, none that turn the writing, no folders, 120 letters."""
    seen = "".join(sign for sign in name if unicodedata.category(sign) not in _UNSEEN)
    one_line = " ".join(re.sub(r"[/\\:]+", "-", seen).split())
    if len(one_line) <= _LONGEST_NAME:
        return one_line
    stem, dot, ending = one_line.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        return one_line[:_LONGEST_NAME]
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"


def ending_of(name: str) -> str:
    """Return the ending: "Biên bản.PDF " -> "pdf"; "" without one."""
    _, dot, ending = clean_file_name(name).rstrip(". ").rpartition(".")
    return ending.strip().lower() if dot else ""


def is_program_name(name: str) -> bool:
    return ending_of(name) in _PROGRAM_ENDINGS


def is_macro_name(name: str) -> bool:
    return ending_of(name) in _MACRO_ENDINGS


def is_misnamed(name: str, kind: ContentType) -> bool:
    """Return whether the name promises another kind of file. Pictures may be named after each other."""
    promised = _ENDINGS.get(ending_of(name))
    return promised is not None and kind not in promised
