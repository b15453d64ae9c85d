"""Files that the bot sends: where they are found in a call, and what of them is refused."""

from __future__ import annotations

import io

from bot.standin.arguments import Arguments
from bot.standin.limits import PHOTO_BYTES, UPLOAD_BYTES, Rejected, bad_request
from bot.standin.records import UploadedFile

_LONGEST_SIDES = 10_000
_LONGEST_RATIO = 20


def checked_upload(kind: str, args: Arguments) -> UploadedFile | str:
    """Return the file itself, or the id of one that Telegram has."""
    named = args.text(kind)
    upload = args.files.get(named.removeprefix("attach://") if named.startswith("attach://") else kind)
    if upload is None:
        return _checked_name(kind, named)
    if len(upload.data) > UPLOAD_BYTES:
        raise Rejected(413, "Request Entity Too Large")
    if not upload.data:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        _check_photo(upload)
    return upload


def _checked_name(kind: str, named: str) -> str:
    if not named:
        raise bad_request(f"there is no {kind} in the request")
    if named.startswith("attach://"):
        raise bad_request("wrong file identifier/HTTP URL specified")
    if named.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # the stand-in fetches nothing
    return named


def _check_photo(upload: UploadedFile) -> None:
    if len(upload.data) > PHOTO_BYTES:
        megabytes = PHOTO_BYTES // 1024 // 1024
        raise bad_request(
            f"file of size {len(upload.data)} bytes is too big for a photo; the maximum size is {megabytes} MB"
        )
    width, height = measured(upload)
    if not width or not height:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if width + height > _LONGEST_SIDES or max(width, height) > _LONGEST_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def measured(upload: UploadedFile) -> tuple[int, int]:
    """Return width and height of a picture; nothing for what is none."""
    from PIL import Image, UnidentifiedImageError  # here, because few runs send pictures

    try:
        with Image.open(io.BytesIO(upload.data)) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError):
        return 0, 0
