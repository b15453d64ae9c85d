"""The keys of sealed fields: from BOT_SECRET_KEYS, or from a key file that is made on first start, said aloud."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect, select

from bot.settings import Settings, WrongSettings
from models.db import Database
from models.member import Member
from models.outbox import Outbox
from models.sealing import CannotUnseal, Keyring, new_key, use_keys

FILE = "secret.key"


def open_keys(settings: Settings) -> Path | None:
    """Give the process its keys once they are known to open what the (migrated) database holds.

    The key file, when one was made just now. A new key beside data sealed with a lost one would hide the loss.
    """
    path, sample = settings.data_directory / FILE, sealed_sample(settings.database_url)
    if sample is not None and not settings.secret_keys and not path.exists():
        raise WrongSettings(
            f"{path} is missing, but the database holds fields sealed with it. "
            "Hint: restore it from your backup, or set BOT_SECRET_KEYS."
        )
    ring, made = load_keys(settings)
    if sample is not None:
        try:
            ring.unseal(sample.sealed, place=sample.place, row=sample.row)
        except CannotUnseal:
            raise WrongSettings(
                "The keys do not open what the database holds. "
                "Hint: put the older key behind the newer one in BOT_SECRET_KEYS, or in the key file."
            ) from None
    use_keys(ring)
    return made


@dataclass(frozen=True, slots=True)
class Sample:
    """One sealed value, and what it is bound to."""

    sealed: bytes
    place: str
    row: int


def sealed_sample(url: str) -> Sample | None:
    """The oldest phone, else the newest message, that the database holds sealed; None: nothing yet."""
    database = Database(url)
    try:
        if not inspect(database.engine).has_table(Member.__tablename__):
            return None
        with database.reading() as db:
            for column, order in ((Member.phone_sealed, Member.id), (Outbox.body_sealed, Outbox.id.desc())):
                owner = column.class_
                row = db.execute(
                    select(owner.id, column).where(column.is_not(None)).order_by(order).limit(1)
                ).first()
                if row is not None:
                    return Sample(row[1], f"{owner.__tablename__}.{column.key}", row[0])
            return None
    finally:
        database.close()


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
