"""Files that hold many people's data leave under a password of their own.

    Attachment(name, data, password=new_password())      plain in the outbox's sealed row
        └── bot/telegram/wire.py, beside everything else ──> protect ──> what Telegram gets

A workbook or a document is encrypted as Office itself does it (agile, AES-256): Excel, Word and LibreOffice ask for the
password and open it. In a .zip each file is encrypted by itself, all under one password: Windows opens no encrypted .zip.
A .pdf in it comes encrypted under that password already, from the process that opens files (models/delivery/foreign/wrapping.py).
The password is digits only: the keyboards that write Vietnamese turn letters into others. Why so: docs/decisions/0023.
"""

from __future__ import annotations

import secrets
import zipfile
from datetime import timedelta
from io import BytesIO

from models.delivery.message import Button, Message
from models.phrases.people import secret as phrases

_GROUPS = 4  # of four digits: 53 bits behind 100,000 rounds of SHA-512
_OFFICE = (".xlsx", ".docx")
_SHORTEST = 4_200  # bytes; see `_long_enough`


def new_password() -> str:
    """Return sixteen digits."""
    return "".join(str(secrets.randbelow(10)) for _ in range(4 * _GROUPS))


def in_groups(password: str) -> str:
    """Return it as it is read out: 4821 7305 9916 2047."""
    return " ".join(password[at : at + 4] for at in range(0, len(password), 4))


def password_message(password: str, *, lasts: timedelta) -> Message:
    """Return what follows the file: nobody forwards it, a lock screen does not show it, and it goes by itself."""
    noted = Button(phrases.NOTED, "secret:noted", personal=True)
    return Message(phrases.password(groups=in_groups(password), lasts=lasts), [[noted]], lasts=lasts)


def protect(name: str, data: bytes, password: str) -> bytes:
    """Return `data` encrypted: an .xlsx, a .docx, or each of them in a .zip. ValueError: it is none of these.

    It takes some 100 ms, and a few more for each further file of a .zip: not for the thread that writes.
    """
    lock = _Lock(password)
    if name.endswith(_OFFICE):
        return lock.shut(data)
    if not name.endswith(".zip"):
        raise ValueError("only Office files and what holds them can be protected")
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as plain, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as book:
        for entry in plain.infolist():
            inside = plain.read(entry)
            if entry.filename.endswith(".pdf") and b"/Encrypt" in inside:
                shut = inside
            elif entry.filename.endswith(_OFFICE):
                shut = lock.shut(inside)
            else:
                raise ValueError("a file in the bundle cannot be protected")
            kept = zipfile.ZipInfo(entry.filename, entry.date_time)
            kept.external_attr = entry.external_attr
            book.writestr(kept, shut)
    return out.getvalue()


def _long_enough(data: bytes) -> bytes:
    """With a comment at its end where it is short: what has less than 4,096 bytes is packed so that Office finds it broken."""
    if len(data) > _SHORTEST:
        return data
    out = BytesIO(data)
    with zipfile.ZipFile(out, "a") as book:
        book.comment = b" " * _SHORTEST
    return out.getvalue()


class _Lock:
    """Encrypts several Office files under one password: its key is costly and made once, the salt is new for each."""

    def __init__(self, password: str) -> None:
        from msoffcrypto.method.ecma376_agile import ECMA376Agile  # 50 ms of a start otherwise

        self._agile = ECMA376Agile
        self._info, self._key = ECMA376Agile.generate_encryption_parameters(password)

    def shut(self, data: bytes) -> bytes:
        from msoffcrypto.method.container.ecma376_encrypted import ECMA376Encrypted

        self._info.keyData.saltValue = secrets.token_bytes(self._info.keyData.saltSize)
        payload = self._agile.encrypt_payload(
            BytesIO(_long_enough(data)), self._info.encryptedKey, self._key, self._info.keyData.saltValue
        )
        about = self._agile.get_encryption_information(self._info, payload, self._key)
        out = BytesIO()
        ECMA376Encrypted(payload, about).write_to(out)
        return out.getvalue()
