"""A voice message: pages of Ogg, one after the other, that hold Opus. Nothing is decoded."""

from __future__ import annotations

import struct

from models.delivery.foreign.refusal import BadFile
from models.phrases.delivery import files as phrases

_HEAD = struct.Struct("<4sBBqIIIB")


def check_voice(data: bytes) -> None:
    """Raise `BadFile` unless `data` is Ogg pages to its end, the first of them the head of an Opus stream."""
    at = pages = 0
    while at < len(data):
        if at + _HEAD.size > len(data):
            raise BadFile(phrases.damaged())
        mark, version, _, _, _, _, _, segments = _HEAD.unpack_from(data, at)
        body = at + _HEAD.size + segments
        lengths = data[at + _HEAD.size : body]
        end = body + sum(lengths)
        if mark != b"OggS" or version or len(lengths) < segments or end > len(data):
            raise BadFile(phrases.damaged())
        if pages == 0 and not data.startswith(b"OpusHead", body):
            raise BadFile(phrases.damaged())
        at, pages = end, pages + 1
    if pages < 2:
        raise BadFile(phrases.damaged())
