"""`python -m bot backup`: a copy is made while the program runs, and counts when it was opened again.

    snapshot ──> FILE.part ──opened, every chunk and every count──> FILE

Both databases are read table by table in one transaction that sees one moment (SQLite: WAL; PostgreSQL: REPEATABLE READ):
it needs no program beside ours, it holds up nobody who writes, it lets a copy of the one be put back into the other.
SQLite's own backup would begin anew with each COMMIT of another process; pg_dump would have to be there, in the right version.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, text

from bot import anchor, ledger
from bot.backup.chunks import ChunkWriter
from bot.backup.key import BackupKey, backup_key
from bot.backup.opening import CopyHead, prove
from bot.backup.rows import count_rows, lines_of, reflect, snapshot
from bot.settings import Settings, WrongSettings
from models.ground.clock import Clock, system_clock
from models.ground.db import Database
from models.migrations import step_of

PART = ".part"
NAME = "xanha-{:%Y%m%dT%H%M%SZ}.backup"
_NAMES = "xanha-*Z.backup"
BESIDE = (ledger.FILE, anchor.FILE)  # what belongs to the database and lies beside it; the keys do not


@dataclass(frozen=True, slots=True)
class Made:
    """A copy that was made and opened again."""

    path: Path
    head: CopyHead
    size: int


def back_up(settings: Settings, file: Path | None, *, clock: Clock = system_clock) -> Iterator[str]:
    """Make a copy at `file`, or in the folder for backups, where those that are too old go; say what was done."""
    require_database(settings)
    if file is None:
        settings.backup_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = clock()
    path = file or settings.backup_folder / NAME.format(now)
    require_place(path)
    key, made = backup_key(settings, makes=True)
    if made is not None:
        yield f"A key for backups was made: {made.absolute()}. Keep a copy of it away from this machine: without it no backup opens."
    database = Database(settings.database_url)
    try:
        with snapshot(database) as connection:
            copy = make_copy(connection, settings, path, key, now=now)
    finally:
        database.close()
    yield (
        f"{copy.path}: {copy.head.rows} rows of {len(copy.head.counts)} tables, {copy.head.people} people, "
        f"{copy.size / 1e6:.1f} MB, encrypted; opened again, every count is right."
    )
    yield "It holds no key of sealed fields: keep those apart from it."
    if file is None:
        for old in drop_old(settings, now=now):
            yield f"{old} was deleted: it was older than BOT_BACKUP__KEEP."


def make_copy(
    connection: Connection,
    settings: Settings,
    path: Path,
    key: BackupKey,
    *,
    now: datetime,
    frozen: bool = False,
    keys: list[str] | None = None,
    handed_over: dict[str, str] | None = None,
) -> Made:
    """Write what `connection` sees into a copy at `path`, and open it again. Nothing stands there when that fails."""
    _refuse_damaged(connection)
    tables = reflect(connection)
    head = CopyHead(
        made=now,
        step=step_of(connection),
        counts=count_rows(connection, tables),
        beside=_beside(settings),
        frozen=frozen,
        keys=keys or [],
        settings=handed_over or {},
    )
    with _whole(path) as part:
        with part.open("wb") as file:
            writer = ChunkWriter(file, key)
            writer.write(head.model_dump_json().encode() + b"\n")
            for table in tables:
                for lines in lines_of(connection, table):
                    writer.write(lines)
            writer.close()
            file.flush()
            os.fsync(file.fileno())
        prove(part, key)
    return Made(path, head, path.stat().st_size)


def require_database(settings: Settings) -> None:
    """Raise WrongSettings where there is nothing to copy: to open SQLite would make it."""
    if settings.sqlite_file is not None and not settings.sqlite_file.exists():
        raise WrongSettings(f"There is no database at {settings.sqlite_file}. Hint: check BOT_DATABASE_URL.")


def require_place(path: Path) -> None:
    """Raise WrongSettings where no file can be made, or one stands already."""
    if not path.parent.is_dir():
        raise WrongSettings(f"There is no folder {path.parent}. Hint: make it, or name another.")
    if path.exists():
        raise WrongSettings(f"{path} stands there already. Hint: name another file.")


def drop_old(settings: Settings, *, now: datetime) -> list[Path]:
    """Delete what is past its time in the folder for backups; return what went."""
    term = now - settings.backup.keep
    old = [one for one in sorted(settings.backup_folder.glob(_NAMES)) if _made_at(one) < term]
    for one in [*old, *settings.backup_folder.glob(_NAMES + PART)]:  # halves that a kill left
        one.unlink()
    return old


def _made_at(path: Path) -> datetime:
    try:
        return datetime.strptime(path.name, "xanha-%Y%m%dT%H%M%SZ.backup").replace(tzinfo=UTC)
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)  # not one of ours


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Give a place for a file that gets its name when all is well, and is gone when not."""
    part = path.with_name(path.name + PART)
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        yield part
        part.replace(path)
    except OSError as error:
        raise WrongSettings(
            f"{path} could not be written: {error.strerror}. Nothing was kept. "
            "Hint: make room, or name another folder."
        ) from None
    finally:
        part.unlink(missing_ok=True)


def _refuse_damaged(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    said = connection.scalar(text("PRAGMA integrity_check(1)"))
    if said != "ok":
        raise WrongSettings(
            "The database file is damaged, so no copy was made. Hint: restore the last backup (docs/operator.md)."
        )


def _beside(settings: Settings) -> dict[str, str]:
    places = [settings.data_directory / name for name in BESIDE]
    return {
        place.name: place.read_text(encoding="utf-8", errors="replace") for place in places if place.exists()
    }
