"""A scan or photo of a signed paper, as it is sent and as it is shown again, for any flow.

Telegram keeps the bytes and wants to be told whether they were a photo: a photo's `Scan` has no name, a file's has one.
"""

from __future__ import annotations

from handlers.context import Answer, Context, FileKind
from models.away import Scan
from models.errors import Refused
from models.marking import marked_secret
from models.outbox import Attachment, Method
from models.phrases import common
from models.phrases.text import Text

_NAMELESS = "giay.pdf"
_LONGEST_NAME = 200


def take_scan(answer: Answer) -> Scan:
    """The photo or document that was sent; Refused for anything else, and for what is marked secret."""
    file = answer.incoming.file
    if file is None or file.kind not in (FileKind.PHOTO, FileKind.DOCUMENT):
        raise Refused(common.scan_expected())
    if marked_secret(file.name) or marked_secret(answer.incoming.text):
        raise Refused(common.secret_refused())
    is_photo = file.kind is FileKind.PHOTO
    return Scan(file_id=file.file_id, name="" if is_photo else file.name[-_LONGEST_NAME:] or _NAMELESS)


def send_scan(ctx: Context, file_id: str, name: str | None, about: Text) -> None:
    """Show it again as what it was."""
    method = Method.DOCUMENT if name else Method.PHOTO
    ctx.send_file(Attachment(name or "photo.jpg", file_id=file_id), about, method=method)
