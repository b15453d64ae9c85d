"""Small files that are what they say: rooms look into what people send, so that tests send real ones."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from functools import cache
from io import BytesIO

from docx import Document
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

_DAY = (2026, 1, 1, 0, 0, 0)  # the same bytes in every run


@cache
def a_picture(kind: str = "jpeg", *, width: int = 32, height: int = 24) -> bytes:
    """jpeg, png, webp, gif, bmp or tiff."""
    out = BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(
        out, kind, **({"method": 0} if kind == "webp" else {})
    )
    return out.getvalue()


@cache
def a_pdf(words: str = "", *, pages: int = 1) -> bytes:
    """A PDF whose first page says `words` (ASCII)."""
    writer, out = PdfWriter(), BytesIO()
    for number in range(pages):
        page = writer.add_blank_page(595, 842)
        if words and not number:
            stream = DecodedStreamObject()
            stream.set_data(f"BT /F1 12 Tf 50 800 Td ({words}) Tj ET".encode("latin-1"))
            page[NameObject("/Contents")] = writer._add_object(stream)
            font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
            fonts = DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})
            named = DictionaryObject({NameObject("/F1"): fonts})
            page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): named})
    writer.write(out)
    return out.getvalue()


@cache
def a_docx(*lines: str) -> bytes:
    out, document = BytesIO(), Document()
    for line in lines or ("Nội dung.",):
        document.add_paragraph(line)
    document.save(out)
    with zipfile.ZipFile(out) as package:
        return a_package({name: package.read(name) for name in package.namelist()})


def a_package(parts: Mapping[str, str | bytes], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts, in their order."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", packed) as package:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name, _DAY)
            info.compress_type = packed
            package.writestr(info, part, compresslevel=1)
    return out.getvalue()


def a_word_file(body: str | bytes, **parts: str | bytes) -> bytes:
    """The least that is a .docx, with this inside its body; `parts` by their names below word/, `__` for a dot."""
    text = body if isinstance(body, bytes) else body.encode()
    inside = {f"word/{name.replace('__', '.')}": part for name, part in parts.items()}
    document = b"<document><body>" + text + b"</body></document>"
    return a_package({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **inside})


@cache
def a_voice(*, pages: int = 3) -> bytes:
    """Ogg pages: the head of an Opus stream, its comments, and what might be sound."""
    bodies = [b"OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0", b"OpusTags\0\0\0\0\0\0\0\0", b"\xfc\xff\xfe"]
    return b"".join(
        struct.pack("<4sBBqIIIB", b"OggS", 0, 2 * (not at), at, 1, at, 0, 1) + bytes([len(body)]) + body
        for at, body in enumerate((bodies + bodies[2:] * pages)[:pages])
    )


def an_old_word_file(text: str, *more: str, narrow: bool = False) -> bytes:
    """What of a .doc tells it: the head of an OLE file, its directory (`more`: further entries), its text."""

    def entry(name: str, kind: int) -> bytes:
        spelt = (name + "\0").encode("utf-16-le")
        return spelt.ljust(64, b"\0") + struct.pack("<HBB", len(spelt), kind, 1) + b"\xff" * 12 + b"\0" * 48

    names = [("Root Entry", 5), ("WordDocument", 2), ("1Table", 2), *((name, 1) for name in more)]
    directory = b"".join(entry(*one) for one in names).ljust(1_024, b"\0")
    body = text.encode("latin-1", "replace") if narrow else text.encode("utf-16-le")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    return head + directory + (b"\0" * 64 + body + b"\0" * 64).ljust(4_096, b"\0")
