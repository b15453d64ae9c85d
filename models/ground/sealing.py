"""Fields that only the program can read: free texts, phones, contact details, message bodies.

    stored bytes = 0x01 | key id (4) | nonce (12) | AES-256-GCM-SIV(text)     bound to "table.column|row id"

A sealed value that is moved to another row, column or table does not open. The newest key writes, every known key
reads. GCM-SIV forgives a repeated nonce (a virtual machine restored from a snapshot repeats them).

    class Member(Base):
        phone_sealed: Mapped[bytes | None]
        phone = Sealed("phone_sealed")          # reads and writes str | None
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import threading
import time
from decimal import Decimal
from typing import Any, Protocol, overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

_FORMAT = b"\x01"


class CannotUnseal(Exception):
    """A sealed value does not open: its key is missing from BOT_SECRET_KEYS, or the row was tampered with."""


class Keyring:
    """The keys, newest first; each is 32 bytes, written in URL-safe base64."""

    def __init__(self, keys: list[str]) -> None:
        raw = [_decode(key) for key in keys]
        if not raw:
            raise ValueError("at least one key is needed")
        self.newest = _key_id(raw[0])
        self._ciphers = {_key_id(key): AESGCMSIV(key) for key in raw}
        # derived: a key that seals is not also used for proofs
        self._vouching = {_key_id(key): hmac.digest(key, b"trail", "sha256") for key in raw}

    @property
    def fingerprints(self) -> frozenset[bytes]:
        """Return four bytes of each key, by which a sealed value names it."""
        return frozenset(self._ciphers)

    def seal(self, data: bytes, *, place: str, row: int, fingerprint: bytes | None = None) -> bytes:
        """Return `data` sealed for one row of `place` ("table.column"), with the newest key unless another is named."""
        nonce, key = os.urandom(12), fingerprint or self.newest
        return _FORMAT + key + nonce + self._ciphers[key].encrypt(nonce, data, _bound(place, row))

    def unseal(self, sealed: bytes, *, place: str, row: int) -> bytes:
        """Return what was sealed for this place ("table.column") and row; raise CannotUnseal for all else."""
        key_id, nonce, body = key_of(sealed), sealed[5:17], sealed[17:]
        cipher = self._ciphers.get(key_id)
        if sealed[:1] != _FORMAT or cipher is None:
            raise CannotUnseal(place)
        try:
            return cipher.decrypt(nonce, body, _bound(place, row))
        except InvalidTag:
            raise CannotUnseal(place) from None

    def vouch(self, data: bytes) -> str:
        """Return a proof (hex: key id, HMAC-SHA256) that somebody with the newest key has seen `data`."""
        return (self.newest + hmac.digest(self._vouching[self.newest], data, "sha256")).hex()

    def vouched(self, data: bytes, proof: str) -> bool | None:
        """Return whether `proof` was made for `data`; None: under a key that is not on the ring."""
        try:
            key_id, mac = bytes.fromhex(proof)[:4], bytes.fromhex(proof)[4:]
        except ValueError:
            return False
        key = self._vouching.get(key_id)
        if key is None:
            # a proof under an unknown key still has the length of one
            return None if len(mac) == 32 else False
        return hmac.compare_digest(hmac.digest(key, data, "sha256"), mac)


def key_of(sealed: bytes) -> bytes:
    """Return the fingerprint of the key that sealed a value."""
    return sealed[1:5]


def new_key() -> str:
    """Return a new key as BOT_SECRET_KEYS has it: 32 random bytes in URL-safe base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _decode(key: str) -> bytes:
    raw = base64.urlsafe_b64decode(key.strip())
    if len(raw) != 32:
        raise ValueError("a key is 32 bytes in URL-safe base64 (44 characters)")
    return raw


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"key id" + key).digest()[:4]


def _bound(place: str, row: int) -> bytes:
    return f"{place}|{row}".encode()


_ring: Keyring | None = None


def use_keys(ring: Keyring) -> None:
    """Give the process its keys, once, before any row is read."""
    global _ring
    _ring = ring


def keyring() -> Keyring:
    """Return the keys of this process; RuntimeError before `use_keys`."""
    if _ring is None:
        raise RuntimeError("no keys yet: call use_keys first")
    return _ring


class SealableRow(Protocol):
    __tablename__: str

    @property
    def sealed_under(self) -> int: ...


class Sealed:
    """A text attribute kept encrypted in the bytes column `column` of the same row."""

    def __init__(self, column: str) -> None:
        self.column = column

    @overload
    def __get__(self, row: None, owner: type[Any]) -> Sealed: ...
    @overload
    def __get__(self, row: SealableRow, owner: type[Any]) -> str | None: ...
    def __get__(self, row: SealableRow | None, owner: type[Any]) -> Sealed | str | None:
        if row is None:
            return self
        sealed = getattr(row, self.column)
        if sealed is None:
            return None
        return keyring().unseal(sealed, place=self._place(row), row=row.sealed_under).decode()

    def __set__(self, row: SealableRow, text: str | None) -> None:
        sealed = None
        if text is not None:
            sealed = keyring().seal(text.encode(), place=self._place(row), row=row.sealed_under)
        setattr(row, self.column, sealed)

    def _place(self, row: SealableRow) -> str:
        return f"{row.__tablename__}.{self.column}"


class SealedWord(Sealed):
    """One of a few words of the program, kept encrypted; `otherwise` where nothing is kept (any more)."""

    def __init__(self, column: str, *, otherwise: str) -> None:
        super().__init__(column)
        self._otherwise = otherwise

    @overload
    def __get__(self, row: None, owner: type[Any]) -> SealedWord: ...
    @overload
    def __get__(self, row: SealableRow, owner: type[Any]) -> str: ...
    def __get__(self, row: SealableRow | None, owner: type[Any]) -> SealedWord | str:
        if row is None:
            return self
        return super().__get__(row, owner) or self._otherwise


class SealedNumber(Sealed):
    """A number, kept encrypted; a whole one comes back as an int."""

    @overload  # type: ignore[override]
    def __get__(self, row: None, owner: type[Any]) -> SealedNumber: ...
    @overload
    def __get__(self, row: SealableRow, owner: type[Any]) -> int | Decimal | None: ...
    def __get__(self, row: SealableRow | None, owner: type[Any]) -> SealedNumber | int | Decimal | None:
        if row is None:
            return self
        text = super().__get__(row, owner)
        if text is None:
            return None
        return int(text) if text.isdecimal() else Decimal(text)

    def __set__(self, row: SealableRow, number: int | Decimal | None) -> None:  # type: ignore[override]
        super().__set__(row, None if number is None else str(number))


_last_id = 0
_id_lock = threading.Lock()


def new_id() -> int:
    """Return a row id made before the row is written, so that its sealed fields can be bound to it.

    Milliseconds since 2020 in front of 20 bits that begin at random, and always above the one before: what this process
    makes is in order, also within a millisecond and when the clock is set back; that two processes make the same is as
    good as impossible. 62 bits: it fits BIGINT and a button.
    """
    global _last_id
    milliseconds = time.time_ns() // 1_000_000 - 1_577_836_800_000
    luck = int.from_bytes(os.urandom(4))
    with _id_lock:
        _last_id = max(milliseconds << 20 | luck >> 13, _last_id + 1 + luck % 256)
        return _last_id


def made_at(id: int) -> float:
    """Return when `new_id` made this id, by its process's clock: seconds since 1970."""
    return ((id >> 20) + 1_577_836_800_000) / 1_000
