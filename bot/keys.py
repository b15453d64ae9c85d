"""The keys of sealed fields: from BOT_SECRET_KEYS, or from a key file that is made on first start, said aloud."""

from __future__ import annotations

import os
from pathlib import Path

from bot.settings import Settings, WrongSettings
from models.sealing import Keyring, new_key

FILE = "secret.key"


def load_keys(settings: Settings) -> tuple[Keyring, Path | None]:
    """The keyring, and the key file when one was made just now."""
    if settings.secret_keys:
        return Keyring([key.get_secret_value() for key in settings.secret_keys]), None
    path = settings.data_directory / FILE
    made = _make(path)
    if path.stat().st_mode & 0o077:
        raise WrongSettings(f"{path} can be read by others. Hint: chmod 600 {path}")
    try:
        keys = [line for line in path.read_text(encoding="ascii").splitlines() if line.strip()]
        return Keyring(keys), path if made else None
    except ValueError as error:
        raise WrongSettings(
            f"{path} does not hold keys: {error}. Hint: restore it from your backup."
        ) from None


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
