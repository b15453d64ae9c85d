"""The keys of sealed fields: read, proved against the database, changed while the program runs.

    open_keys     before the schema is touched: every key in use is tried; what does not open is said, and nothing starts
    note_keys     after it: the program seals with the newest key from now on
    rotate        `python -m bot keys rotate`, beside the running program

From BOT_SECRET_KEYS, or from a key file that is made on first start, said aloud.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import Connection, inspect, select
from sqlalchemy.orm import Session

from bot.settings import Settings, WrongSettings
from models.delivery.job_run import last_beat
from models.ground.clock import system_clock
from models.ground.db import Database
from models.ground.sealing import Keyring, new_key, use_keys
from models.ground.sealing_key import (
    SealedColumn,
    SealingKey,
    count_sealed,
    empty_unreadable,
    fingerprints_needed,
    note_keys,
    retire_keys,
    seal_anew,
    sealed_columns,
    unopened,
)
from models.people.trail import attest_trail

log = structlog.get_logger()
FILE = "secret.key"
_RUNS = timedelta(minutes=5)  # a heart that has not beaten for so long beats no more
_BREATH = 0.02  # seconds between two transactions: the running program's come first


def open_keys(settings: Settings) -> Path | None:
    """Give the process its keys once they are known to open what the database holds, migrated or not yet.

    Return the key file, when one was made just now. A new key beside data sealed with a lost one would hide the loss.
    """
    path = settings.data_directory / FILE
    with _looking(settings) as connection:
        needed = fingerprints_needed(connection) if connection is not None else set()
        if needed and not settings.secret_keys and not path.exists():
            raise WrongSettings(
                f"{path} is missing, but the database holds fields sealed with it. "
                "Hint: restore it from your backup, or set BOT_SECRET_KEYS."
            )
        ring, made = load_keys(settings)
        if connection is not None and (missing := needed - ring.fingerprints):
            raise WrongSettings(
                f"The keys do not open what the database holds: {what_is_lost(connection, missing)}. "
                "Hint: put the older key behind the newer one in BOT_SECRET_KEYS, or in the key file. "
                "If it is lost for good: `python -m bot keys forget`, see docs/operator.md."
            )
    use_keys(ring)
    return made


def is_sealed(settings: Settings) -> bool:
    """Return whether the database holds anything that needs a key."""
    with _looking(settings) as connection:
        return connection is not None and bool(fingerprints_needed(connection))


def what_is_lost(connection: Connection, missing: Iterable[bytes]) -> str:
    """Say what nobody can read without these keys: `key 0a1b2c3d is missing (4 member.phone, 1 task.text)`."""
    counted = count_sealed(connection)
    return ", ".join(
        f"key {key.hex()} is missing ({in_words(counted.get(key, Counter()))})" for key in sorted(missing)
    )


def damaged(settings: Settings) -> list[str]:
    """Name the values, of those at the ends of each table, that do not open although their key is at hand."""
    ring, _ = load_keys(settings)
    with _looking(settings) as connection:
        shut = unopened(connection, ring) if connection is not None else []
    found = [one for one in shut if one.fingerprint in ring.fingerprints]
    for one in found:
        log.error("keys.damaged", place=one.place, row=one.row)
    return [f"{one.place} of row {one.row}" for one in found]


@contextmanager
def _looking(settings: Settings) -> Iterator[Connection | None]:
    """A connection for looking; None where no database file has been made yet."""
    file = settings.database_url.removeprefix("sqlite:///")
    if file != settings.database_url and not Path(file).exists():
        yield None
        return
    with _opened(settings) as database, database.engine.connect() as connection:
        yield connection


def in_words(counted: Counter[str]) -> str:
    """Write counts as people read them: `4 member.phone, 1 task.text`."""
    return (
        ", ".join(f"{number} {what}" for what, number in counted.most_common()) or "nothing is sealed with it"
    )


def note_newest_key(settings: Settings, *, now: datetime) -> None:
    """Note, after the migrations, the key with which this process seals."""
    ring, _ = load_keys(settings)
    database = Database(settings.database_url)
    try:
        database.run(lambda db: note_keys(db, ring, now=now))
    finally:
        database.close()


def load_keys(settings: Settings) -> tuple[Keyring, Path | None]:
    """Return the keyring, and the key file when one was made just now."""
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


# --- changing them --------------------------------------------------------------------------------------------------


def put_key_in_front(settings: Settings) -> str:
    """Make a new key and put it in front of the key file, kept whole by a rename; say what is next."""
    key = new_key()
    if settings.secret_keys:
        return f"Put this in front of BOT_SECRET_KEYS, then start the program again:\n{key}"
    path = settings.data_directory / FILE
    load_keys(settings)
    fresh = path.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{key}\n{path.read_text(encoding='ascii')}")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return (
        f"A new key stands in front of {path}. Back the file up, start the program again, "
        "then: python -m bot keys rotate"
    )


def list_keys(settings: Settings) -> Iterator[str]:
    """Say of each key whether it is at hand, and what is sealed with it."""
    ring, _ = load_keys(settings)
    with _opened(settings) as database, database.engine.connect() as connection:
        counted = count_sealed(connection)
        retired = _retired(connection)
    for key in sorted(ring.fingerprints | counted.keys(), key=lambda key: (key != ring.newest, key)):
        place = "newest" if key == ring.newest else "at hand" if key in ring.fingerprints else "MISSING"
        state = ", retired" if key in retired and key not in counted else ""
        yield f"{key.hex()}  {place}{state}: {in_words(counted.get(key, Counter()))}"


def rotate(
    settings: Settings, say: Callable[[str], None], *, mark: Callable[[str], None] = lambda name: None
) -> None:
    """Seal everything with the newest key, a few hundred rows at a time, beside the running program.

    It may be cut short at any point and begun again. Says how much is left of what the ring cannot open.
    """
    ring, _ = load_keys(settings)
    use_keys(ring)
    with _opened(settings) as database:
        _require_known(database, ring)
        total = 0
        for column in sealed_columns():
            changed = _rotate_column(database, column, ring, mark)
            total += changed
            if changed:
                say(f"{column.words}: {changed} sealed anew")
        with database.engine.connect() as connection:
            left = {key: number for key, number in count_sealed(connection).items() if key != ring.newest}
            done = fingerprints_needed(connection) - {ring.newest} - left.keys()
        now = system_clock()
        if done:  # the trail's older rows are vouched for by the newest key, before an older one may go
            database.run(lambda db: attest_trail(db, settings.trail, now=now))
        database.run(lambda db: retire_keys(db, done, now=now))
    say(f"{total} values were sealed anew.")
    for key, counted in left.items():
        say(f"Left under key {key.hex()}: {in_words(counted)}")
    if not left:
        say("Nothing is left under an older key. Older keys may be removed once no backup needs them.")


def _rotate_column(
    database: Database, column: SealedColumn, ring: Keyring, mark: Callable[[str], None]
) -> int:
    after, changed = -1, 0
    while (step := database.run(lambda db: seal_anew(db, column, ring, after=after))) is not None:  # noqa: B023
        after, changed = step[0], changed + step[1]
        if step[1]:
            mark("keys.sealed_anew")
            time.sleep(_BREATH)
    return changed


def _require_known(database: Database, ring: Keyring) -> None:
    """Refuse while a program runs that does not have the newest key: it could not read what is sealed with it."""

    def work(db: Session) -> bool:
        newest = select(SealingKey.id).where(SealingKey.fingerprint == ring.newest)
        if db.scalar(newest) is not None:
            return True
        beat, now = last_beat(db), system_clock()
        if beat is not None and now - beat < _RUNS:
            return False
        note_keys(db, ring, now=now)
        return True

    if not database.run(work):
        raise WrongSettings(
            "The running program does not have the newest key yet. Hint: start it again (all of its processes), then rotate."
        )


def forget_key(settings: Settings, fingerprint: str) -> str:
    """Give up what a lost key sealed: those values are emptied, so that the program can start. Say how many of what."""
    ring, _ = load_keys(settings)
    try:
        key = bytes.fromhex(fingerprint)
    except ValueError:
        key = b""
    if key in ring.fingerprints:
        raise WrongSettings(f"Key {fingerprint} is at hand. Hint: `keys rotate` first, then remove its line.")
    with _opened(settings) as database:

        def work(db: Session) -> Counter[str]:
            if key not in fingerprints_needed(db.connection()):
                raise WrongSettings(
                    f"No value needs a key {fingerprint}. Hint: see `python -m bot keys list`."
                )
            emptied = empty_unreadable(db, key)
            retire_keys(db, [key], now=system_clock())
            return emptied

        return f"Emptied: {in_words(database.run(work))}"


def _retired(connection: Connection) -> set[bytes]:
    if not inspect(connection).has_table(SealingKey.__tablename__):
        return set()
    return set(connection.scalars(select(SealingKey.fingerprint).where(SealingKey.retired_at.is_not(None))))


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        database.close()
