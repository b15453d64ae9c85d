"""A file that somebody sent, as a PDF under a password, for a bundle that leaves the program.

    a picture   ──> its page, not larger than a scan is read
    a PDF       ──> itself
    a Word or Excel file      it is protected as Office does it (models/delivery/protected.py): nothing is wrapped
    anything else ──> a page without words, with the file attached

This runs only in the process that opens files: it reads what strangers have made.
"""

from __future__ import annotations

from io import BytesIO

from models.delivery.foreign.content import PICTURES, ContentType
from models.delivery.foreign.package import BROKEN

_SIDE = 2_600  # pixels: an A4 page at 220 to an inch
_A4 = (595, 842)  # points
OFFICE_ENDINGS = {ContentType.DOCX: ".docx", ContentType.XLSX: ".xlsx"}
PLAIN_ENDINGS = {**OFFICE_ENDINGS, ContentType.OLD_WORD: ".doc", ContentType.HEIC: ".heic"}


def wrap(data: bytes, kind: ContentType, password: str, *, name: str) -> bytes | None:
    """Return the encrypted PDF; None for an Office file, which is protected by itself."""
    if kind in OFFICE_ENDINGS:
        return None
    page = None
    if kind in PICTURES and kind is not ContentType.HEIC:
        page = _picture(data)
    elif kind is ContentType.PDF:
        page = data
    shut = _encrypted(page, password) if page is not None else None
    return shut or _attached(data, name or f"tep{PLAIN_ENDINGS.get(kind, '')}", password)


def _picture(data: bytes) -> bytes:
    from PIL import Image, ImageOps

    out = BytesIO()
    with Image.open(BytesIO(data)) as found:
        found.draft("RGB", (_SIDE, _SIDE))
        found.thumbnail((_SIDE, _SIDE))
        page = ImageOps.exif_transpose(found).convert("RGB")
        page.save(out, "PDF", resolution=max(page.size) / 11.7)  # inches of the longer side of A4
    return out.getvalue()


def _encrypted(data: bytes, password: str) -> bytes | None:
    """None for a PDF that cannot be written anew."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
        return _shut(writer, password)
    except (PyPdfError, *BROKEN, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _attached(data: bytes, name: str, password: str) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(*_A4)
    writer.add_attachment(name, data)
    return _shut(writer, password)


def _shut(writer: object, password: str) -> bytes:
    from pypdf import PdfWriter

    if not isinstance(writer, PdfWriter):
        raise TypeError
    out = BytesIO()
    writer.encrypt(password, algorithm="AES-256")
    writer.write(out)
    return out.getvalue()
