"""A scan or photo of a signed paper, as it is sent and as it is shown again, for any flow.

The bytes are kept (models/delivery/file.py), and a channel wants to be told whether they were a photo: a photo's `Scan` has
no name, a file's has one.
`scans`, `papers` and `voices` say what a question takes: its documents and voice messages are then fetched and looked
into before the step is called (bot/files.py). Photos are made anew by Telegram and come as they are.
"""

from __future__ import annotations

from pydantic import BaseModel

from handlers.ground.context import Answer, Context, FileKind
from models.away.away import Scan
from models.delivery.foreign.content import PAPERS, SCANS, ContentType
from models.delivery.message import Attachment, Method, Writer
from models.ground.errors import Refused
from models.ground.marking import clean
from models.phrases import common
from models.phrases.text import Text
from models.trust.opening import Wanted

_NAMELESS = "giay.pdf"
_LONGEST_NAME = 200


def scans(ctx: Context, draft: BaseModel) -> Wanted:
    """Return what a signed paper may be: a picture, a PDF, or a Word document."""
    return _kept(ctx, SCANS)


def papers(ctx: Context, draft: BaseModel) -> Wanted:
    """Return what a paper for many readers may be: Excel and PowerPoint as well."""
    return _kept(ctx, PAPERS)


def voices(ctx: Context, draft: BaseModel) -> Wanted:
    """Accept a voice message, and no document."""
    return _kept(ctx, frozenset({ContentType.OGG}))


def anything(ctx: Context) -> Wanted:
    """Accept what is held until its sender says what it is for: a voice message, a picture, a PDF, a Word document."""
    return _kept(ctx, SCANS | {ContentType.OGG})


def _kept(ctx: Context, types: frozenset[ContentType]) -> Wanted:
    return Wanted(types=types, files=ctx.policies.file, docx=ctx.policies.review.docx)


def take_scan(answer: Answer) -> Scan:
    """Take the photo or document that was sent. Raise Refused for anything else, and for what is marked secret."""
    file = answer.incoming.file
    if file is None or file.kind not in (FileKind.PHOTO, FileKind.DOCUMENT):
        raise Refused(common.scan_expected())
    clean(file.name, answer.incoming.text)
    is_photo = file.kind is FileKind.PHOTO
    return Scan(file_id=file.keep(), name="" if is_photo else file.name[-_LONGEST_NAME:] or _NAMELESS)


class Page(BaseModel):
    """A scan in the shape in which the acts of reviews take files."""

    kind: str
    file_id: str
    name: str


def scan_of(scan: Scan) -> Page:
    return Page(kind="document" if scan.name else "photo", file_id=scan.file_id, name=scan.name)


def send_scan(
    ctx: Context, file_id: str, name: str | None, about: Text, *, writer: Writer | None = None
) -> None:
    """Show it again as what it was."""
    method = Method.DOCUMENT if name else Method.PHOTO
    ctx.send_file(Attachment(name or "photo.jpg", file_id=file_id), about, method=method, writer=writer)
