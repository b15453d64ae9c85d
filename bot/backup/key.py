"""The key of backups, apart from the keys of sealed fields: whoever finds a backup with its key reads no sealed field.

From BOT_BACKUP__KEY, or from data/backup.key, which the first backup makes and says aloud. A file that carries the
program to another machine has a key of its own, which is shown once.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import Settings, WrongSettings
from models.ground.sealing import new_key

FILE = "backup.key"


@dataclass(frozen=True, slots=True)
class BackupKey:
    """32 bytes, and where the right one would be found."""

    secret: bytes = field(repr=False)
    hint: str

    @property
    def written(self) -> str:
        """The key as people write it down."""
        return base64.urlsafe_b64encode(self.secret).decode()

    @property
    def fingerprint(self) -> bytes:
        """Four bytes by which a file names its key."""
        return hashlib.sha256(b"backup key" + self.secret).digest()[:4]


def backup_key(settings: Settings, *, makes: bool) -> tuple[BackupKey, Path | None]:
    """Return the key, and its file when it was made just now. Raises WrongSettings where there is none to open with."""
    path = settings.data_directory / FILE
    hint = f"put the key that made it into {path}, or set BOT_BACKUP__KEY."
    if written := settings.backup.key.get_secret_value():
        return parse_key(written, hint), None
    made = makes and _make(path)
    if not path.exists():
        raise WrongSettings(f"There is no key for backups. Hint: {hint}")
    if path.stat().st_mode & 0o077:
        raise WrongSettings(f"{path} can be read by others. Hint: chmod 600 {path}")
    return parse_key(path.read_text(encoding="ascii", errors="replace"), hint), path if made else None


def parse_key(written: str, hint: str) -> BackupKey:
    """Return the key that somebody typed. Raises WrongSettings."""
    try:
        secret = base64.urlsafe_b64decode(written.strip())
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != 32:
        raise WrongSettings(f"That is no key for a backup: 44 letters and digits. Hint: {hint}")
    return BackupKey(secret, hint)


def _make(path: Path) -> bool:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(new_key() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return True
