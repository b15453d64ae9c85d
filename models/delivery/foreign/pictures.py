"""Is a picture the picture that it says it is, of a size that a telephone can show?"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from io import BytesIO

from models.delivery.foreign.content import ContentType
from models.delivery.foreign.package import is_archive_behind
from models.delivery.foreign.refusal import BadFile
from models.delivery.policy import FilePolicy
from models.phrases.delivery import files as phrases

_PILLOW = {ContentType.JPEG: "JPEG", ContentType.PNG: "PNG", ContentType.WEBP: "WEBP"}
_SCREEN = 2560  # points: what a messenger leaves of a photo, too
_SMALL = 512  # points: a JPEG is decoded at an eighth of its size, which takes a hundredth of the memory
_LARGEST_DECODED = 40_000_000  # points of a picture that can only be decoded whole
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_DEEPEST, _MOST_BOXES = 6, 2_000
_CONTAINERS = {b"iprp", b"ipco"}


def check_picture(data: bytes, kind: ContentType, policy: FilePolicy) -> None:
    """Raise `BadFile` for a broken picture, one beyond `policy.max_pixels`, or one that is another file as well."""
    if b"%PDF-" in data[:1024] or is_archive_behind(data) or any(mark in data for mark in _ARCHIVES):
        raise BadFile(phrases.embedded())
    if kind is ContentType.HEIC:
        _check_heic(data, policy)
    else:
        _check_with_pillow(data, kind, policy)


def remake_picture(data: bytes, kind: ContentType) -> bytes:
    """Return a sound picture anew as a JPEG: upright, of a screen's size, and without what a camera wrote into it.

    A telephone notes the place where a photo was taken; nobody here is to know it. Raises `BadFile`.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data), formats=[_PILLOW[kind]]) as picture:
            picture.draft("RGB", (_SCREEN, _SCREEN))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((_SCREEN, _SCREEN))
            made = BytesIO()
            upright.save(made, "JPEG", quality=85)
    except MemoryError:
        raise
    except Exception as error:  # as in _check_with_pillow
        raise BadFile(phrases.damaged()) from error
    return made.getvalue()


def _check_with_pillow(data: bytes, kind: ContentType, policy: FilePolicy) -> None:
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of large ones; we refuse them
        try:
            with Image.open(BytesIO(data), formats=[_PILLOW[kind]]) as picture:
                _check_size(*picture.size, policy)
                points = picture.width * picture.height
                picture.draft("RGB", (_SMALL, _SMALL))
                if kind is ContentType.PNG or (kind is ContentType.WEBP and points > _LARGEST_DECODED):
                    picture.verify()  # the checksum of every piece, without decoding
                else:
                    picture.load()
        except (BadFile, MemoryError):
            raise
        except Exception as error:  # Pillow's readers name no common base of their errors
            raise BadFile(phrases.damaged()) from error


def _check_size(width: int, height: int, policy: FilePolicy) -> None:
    if width < 1 or height < 1:
        raise BadFile(phrases.damaged())
    if width * height > policy.max_pixels:
        raise BadFile(phrases.picture_too_large(megapixels=policy.max_pixels // 1_000_000))


def _check_heic(data: bytes, policy: FilePolicy) -> None:
    """Boxes within boxes: whole ones only, a picture's own among them, none of an odd size."""
    try:
        found = list(_boxes(data, 0, len(data), _DEEPEST))
        kinds = {kind for kind, _ in found}
        if not {b"ftyp", b"meta"} <= kinds or not kinds & {b"mdat", b"idat"}:
            raise BadFile(phrases.damaged())
        for kind, body in found:
            if kind == b"ispe":
                width, height = struct.unpack_from(">II", data, body + 4)  # version and flags before it
                _check_size(width, height, policy)
    except struct.error as error:
        raise BadFile(phrases.damaged()) from error


def _boxes(data: bytes, start: int, end: int, deep: int) -> Iterator[tuple[bytes, int]]:
    """Each box and where its content begins."""
    count = 0
    while start < end:
        size, kind = struct.unpack_from(">I4s", data, start)
        body = start + 8
        if size == 1:  # the size follows in eight bytes
            size, body = struct.unpack_from(">Q", data, body)[0], body + 8
        size = size or end - start  # 0: up to the end of what it lies in
        count += 1
        if size < body - start or start + size > end or count > _MOST_BOXES or not deep:
            raise BadFile(phrases.damaged())
        yield kind, body
        if kind == b"meta" or kind in _CONTAINERS:
            # a meta box has four bytes of version and flags before its content
            yield from _boxes(data, body + 4 * (kind == b"meta"), start + size, deep - 1)
        start += size
