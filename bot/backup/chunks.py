"""The file's outer form: a head in clear, then chunks that are encrypted and authenticated one by one.

    XANHA COPY 1\\n | key's fingerprint (4) | salt (16) | length (4) chunk | length (4) chunk | … | the last chunk

Each file has a key of its own, made of the backup key and the salt, so the number of a chunk may be its nonce. The nonce
says too whether the chunk is the last: what is cut, swapped, added or changed does not open (the STREAM construction of
Hoang, Reyhanitabar, Rogaway, Vizár, 2015). The head is bound to every chunk.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot import UPGRADE
from bot.backup.key import BackupKey

MAGIC = b"XANHA COPY 1\n"
_ANY = b"XANHA COPY "
_SALT, _TAG = 16, 16
_CHUNK = 1 << 20  # bytes before they are encrypted


class CopyUnusable(Exception):
    """A file is no copy, or does not open: one sentence, with a hint."""


class ChunkWriter:
    """`write(data)` as often as needed, then `close()`: compressed, encrypted, in chunks. Memory: a few MB."""

    def __init__(self, file: IO[bytes], key: BackupKey) -> None:
        salt = os.urandom(_SALT)
        self._file, self._head = file, MAGIC + key.fingerprint + salt
        self._cipher, self._packer = _cipher(key, salt), zlib.compressobj(1)
        self._packed, self._number = bytearray(), 0
        file.write(self._head)

    def write(self, data: bytes) -> None:
        self._packed += self._packer.compress(data)
        while len(self._packed) > _CHUNK:
            self._put(bytes(self._packed[:_CHUNK]), last=False)
            del self._packed[:_CHUNK]

    def close(self) -> None:
        self._packed += self._packer.flush()
        while len(self._packed) > _CHUNK:
            self._put(bytes(self._packed[:_CHUNK]), last=False)
            del self._packed[:_CHUNK]
        self._put(bytes(self._packed), last=True)

    def _put(self, data: bytes, *, last: bool) -> None:
        chunk = self._cipher.encrypt(_nonce(self._number, last=last), data, self._head)
        self._file.write(len(chunk).to_bytes(4) + chunk)
        self._number += 1


def read_chunks(file: IO[bytes], key: BackupKey) -> Iterator[bytes]:
    """Yield what was written, piece by piece. Raises CopyUnusable at the first byte that is not as it was written."""
    head = file.read(len(MAGIC) + 4 + _SALT)
    _refuse_strange(head, key)
    cipher, unpacker = _cipher(key, head[-_SALT:]), zlib.decompressobj()
    number, chunk = 0, _next(file)
    while chunk is not None:
        following = _next(file)
        try:
            data = cipher.decrypt(_nonce(number, last=following is None), chunk, head)
        except InvalidTag:
            raise CopyUnusable(
                "The file is damaged, or was cut: it does not open as it was written. Hint: take another backup."
            ) from None
        yield unpacker.decompress(data)
        number, chunk = number + 1, following
    if not number or not unpacker.eof:
        raise CopyUnusable("The file was cut: its end is missing. Hint: take another backup.")


def _refuse_strange(head: bytes, key: BackupKey) -> None:
    if not head.startswith(MAGIC):
        what = (
            f"was made by a newer version of the program. {UPGRADE}, then try again."
            if head.startswith(_ANY)
            else "is no backup of this program. Hint: check its name."
        )
        raise CopyUnusable(f"The file {what}")
    theirs = head[len(MAGIC) : len(MAGIC) + 4]
    if theirs != key.fingerprint:
        raise CopyUnusable(
            f"The file was made with another key, {theirs.hex()}; this one is {key.fingerprint.hex()}. "
            f"Hint: {key.hint}"
        )


def _next(file: IO[bytes]) -> bytes | None:
    size = file.read(4)
    if not size:
        return None
    length = int.from_bytes(size)
    if len(size) < 4 or length > _CHUNK + _TAG:
        return b""  # it opens as nothing
    chunk = file.read(length)
    return chunk if len(chunk) == length else b""


def _cipher(key: BackupKey, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=salt, info=b"xanha copy 1").derive(key.secret))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])
