"""`python -m bot move`: the house goes on on another machine, exactly where it stopped on this one.

    freeze   the running program is asked to end as when told to stop, nobody takes the lead here any more, `run` refuses
             ──> one FILE: the database, what lies beside it, the keys, the settings; under a key that is shown once
    thaw     there: keys and settings are put in their places, the database is made, `run` goes on
    undo     here, when it does not go on there

What Telegram holds meanwhile it hands to whoever asks next with the token; what was stored before is known by its number
in the inbox and passed over. What waits to be sent waits in the file.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection, text

from bot.alarm import Alarm
from bot.backup.key import BackupKey, parse_key
from bot.backup.making import make_copy, require_database, require_place
from bot.backup.opening import CopyHead, prove
from bot.backup.restoring import restore
from bot.backup.rows import snapshot
from bot.keys import FILE as KEY_FILE, load_keys
from bot.ledger import Ledger
from bot.settings import ENV_FILE, Settings, WrongSettings, given_variables, read_settings
from models.delivery.leadership import freeze_leadership, is_frozen, shut_leadership, thaw_leadership
from models.ground.clock import Clock, system_clock
from models.ground.db import Database
from models.ground.sealing import new_key, use_keys

_HINT = "type the key that `move freeze` showed."
_ENDS_WITHIN = 30.0  # seconds in which a program that is asked to end has ended; then it is shut out
_STAY = {
    "BOT_DATABASE_URL",
    "BOT_SECRET_KEYS",
    "BOT_BACKUP__FOLDER",
}  # of this machine, or handed over otherwise


def freeze(
    settings: Settings, file: Path, *, patience: float = _ENDS_WITHIN, clock: Clock = system_clock
) -> Iterator[str]:
    """End the program here and put all that it needs into a file; say what was done, and the file's key.

    `patience`: seconds in which the program has to end by itself.
    """
    require_database(settings)
    require_place(file)
    use_keys(load_keys(settings)[0])
    database = Database(settings.database_url)
    try:
        yield from _stand_down(database, patience)
        key = parse_key(new_key(), _HINT)
        try:
            head = _put_into(settings, database, file, key, clock)
        except BaseException:
            database.run(
                lambda db: thaw_leadership(db.connection())
            )  # nothing has moved: it may start again here
            raise
    finally:
        database.close()
    yield f"{file}: {head.rows} rows, {head.people} people, its keys and {len(head.settings)} settings, encrypted; opened again, every count is right."
    yield f"The key of this file, shown once: {key.written}"
    yield (
        "Take file and key to the other machine by two ways. There: `python -m bot move thaw FILE`, then start the program. "
        "Delete the file afterwards. If it does not go on there: `python -m bot move undo` here."
    )


def thaw(settings: Settings, file: Path, written: str, *, clock: Clock = system_clock) -> Iterator[str]:
    """Put a frozen house in its place on this machine; say what was done."""
    key = parse_key(written, _HINT)
    head = prove(file, key)
    if not head.frozen:
        raise WrongSettings("The file is a backup, no frozen house. Hint: `python -m bot restore`.")
    yield from _put_settings(head)
    yield from _put_keys(settings, head)
    yield from restore(read_settings(), file, key=key, clock=clock)


def undo(settings: Settings) -> str:
    """Let the program start here again."""
    require_database(settings)
    database = Database(settings.database_url)
    try:
        if not database.run(lambda db: thaw_leadership(db.connection())):
            raise WrongSettings("Nothing is frozen here. Hint: `python -m bot run` starts the program.")
    finally:
        database.close()
    return "It may start here again. Delete the file, and never thaw it: two programs would answer the same people."


# --- here -----------------------------------------------------------------------------------------------------------


def _stand_down(database: Database, patience: float) -> Iterator[str]:
    """Ask whoever leads to end, wait for it, then shut the door behind it, on a server before those who stand by too."""
    with database.engine.connect() as connection:
        again = is_frozen(connection)
    if again:
        yield "It is frozen already; the file is made anew."
    holder = "" if again else database.run(lambda db: freeze_leadership(db.connection()))
    deadline = time.monotonic() + patience
    has_gone = _has_gone(database, holder)
    while not has_gone() and time.monotonic() < deadline:
        time.sleep(0.1)
    gone = has_gone()
    database.run(lambda db: shut_leadership(db.connection()))
    if not database.is_sqlite:
        _end_others(database)
    if holder:
        yield (
            "The program has ended."
            if gone
            else "The program did not end; it is shut out: nothing of it is kept any more."
        )


def _has_gone(database: Database, holder: str) -> Callable[[], bool]:
    if database.is_sqlite:
        return lambda: _is_free(Path(f"{database.url.database}.lock"))
    return lambda: not holder or not database.run(lambda db: _connections(db.connection(), holder))


def _is_free(path: Path) -> bool:
    """Whether nobody leads: the system has released the file's lock."""
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


_OF_HOLDER = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = :holder"
)
_END_OTHERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name LIKE 'xanha %' AND application_name <> :mine"
)


def _connections(connection: Connection, holder: str) -> int:
    return connection.scalar(_OF_HOLDER, {"holder": holder}) or 0


def _end_others(database: Database) -> None:
    """A transaction that began before the door was shut is ended; one that begins now finds it shut."""
    deadline = time.monotonic() + 5
    while database.run(lambda db: db.execute(_END_OTHERS, {"mine": database.name}).all()):
        if time.monotonic() > deadline:
            raise WrongSettings("Other programs keep using the database. Hint: end them, then freeze again.")
        time.sleep(0.05)


def _put_into(settings: Settings, database: Database, file: Path, key: BackupKey, clock: Clock) -> CopyHead:
    Ledger(database, settings.data_directory, clock, Alarm(database, clock, operator=None)).write()
    with snapshot(database) as connection:
        made = make_copy(
            connection,
            settings,
            file,
            key,
            now=clock(),
            frozen=True,
            keys=_written_keys(settings),
            handed_over={name: value for name, value in given_variables().items() if name not in _STAY},
        )
    return made.head


def _written_keys(settings: Settings) -> list[str]:
    if settings.secret_keys:
        return [key.get_secret_value() for key in settings.secret_keys]
    return (settings.data_directory / KEY_FILE).read_text(encoding="ascii").split()


# --- there ----------------------------------------------------------------------------------------------------------


def _put_settings(head: CopyHead) -> Iterator[str]:
    """Write what is not set here yet to the end of .env."""
    here = given_variables()
    new = {name: value for name, value in head.settings.items() if name not in here}
    if new:
        handle = os.open(ENV_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as out:
            out.writelines(f"{name}={_quoted(value)}\n" for name, value in new.items())
        yield f"Put into {ENV_FILE}: {', '.join(new)}."
    for name in sorted(head.settings.keys() & here.keys()):
        if head.settings[name] != here[name]:
            yield f"{name} is set otherwise here, and stays so."
    for name, value in new.items():
        if value.startswith("/") and not Path(value).exists():
            yield f"{name} names {value}, which is not here: copy it from the old machine before you start."


def _quoted(value: str) -> str:
    """As .env is read: in single quotes nothing in it means anything."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _put_keys(settings: Settings, head: CopyHead) -> Iterator[str]:
    """Put the keys of sealed fields into the key file, where no key is here yet."""
    path = settings.data_directory / KEY_FILE
    if settings.secret_keys or path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.writelines(f"{key}\n" for key in head.keys)
        out.flush()
        os.fsync(out.fileno())
    yield f"The keys of sealed fields stand in {path}: back it up."
