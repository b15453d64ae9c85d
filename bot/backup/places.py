"""Where a copy is put: a new database beside the old one, which it replaces at once when all of it is in order.

    SQLite      xanha.db.restoring      ──> xanha.db            the old file becomes xanha.before-<moment>.db
    PostgreSQL  schema xanha_restoring  ──> the usual schema    the old tables stand in the schema before_<moment>

The old one is kept: nobody has looked into the new one yet. Who deletes it is said.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, event, inspect, make_url, text

from bot.settings import Settings, WrongSettings
from models.delivery.leadership import is_frozen, shut_leadership
from models.ground.db import Database

_RUNS = "The program runs. Hint: stop it first, all of its processes, for example `systemctl stop xanha`."
_SCHEMA = "xanha_restoring"


class RestorePlace(Protocol):
    """`held()` around all of it: nobody starts meanwhile. `url`: of the new database. `take(now)`: it replaces the old."""

    url: str

    def held(self) -> contextlib.AbstractContextManager[None]: ...
    def clear(self) -> None: ...
    def take(self, now: datetime) -> str: ...


def place_of(settings: Settings) -> RestorePlace:
    file = settings.sqlite_file
    return _FilePlace(file) if file is not None else _ServerPlace(settings.database_url)


def people_there(settings: Settings) -> int:
    """Return how many people the database holds that a copy is about to replace."""
    if settings.sqlite_file is not None and not settings.sqlite_file.exists():
        return 0
    database = Database(settings.database_url)
    try:
        with database.engine.connect() as connection:
            if not inspect(connection).has_table("member"):
                return 0
            return connection.scalar(text("SELECT count(*) FROM member")) or 0
    finally:
        database.close()


def unbound(engine: Engine) -> None:
    """Let rows of SQLite point to what is not there yet; whoever loads them asks at the end."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=OFF"))


class _FilePlace:
    def __init__(self, file: Path) -> None:
        self._file, self._new = file, file.with_name(f"{file.name}.restoring")
        self.url = f"sqlite:///{self._new}"

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold what a leading program holds, and what a starting one waits for. Raises WrongSettings where one leads."""
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (
            Path(f"{self._file}.lock").open("ab") as lead,
            Path(f"{self._file}.start").open("ab") as start,
        ):
            try:
                fcntl.flock(lead, fcntl.LOCK_EX | fcntl.LOCK_NB)
                fcntl.flock(start, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise WrongSettings(_RUNS) from None
            yield

    def clear(self) -> None:
        """Delete what an attempt left."""
        for left in self._new.parent.glob(f"{self._new.name}*"):
            left.unlink()

    def take(self, now: datetime) -> str:
        """Put the new file into the old one's place in one step; return what was done with the old one."""
        if not self._file.exists():
            self._new.replace(self._file)
            self.clear()
            return ""
        kept = self._file.with_name(f"{self._file.stem}.before-{_moment(now)}.db")
        _shut(self._file)
        os.link(self._file, kept)
        for suffix in ("-wal", "-shm"):  # of a database that was damaged, or that somebody still has open
            with contextlib.suppress(FileNotFoundError):
                Path(f"{self._file}{suffix}").replace(f"{kept}{suffix}")
        self._new.replace(self._file)
        self.clear()
        return f"The database of before stands in {kept}: look whether all is well, then delete it."


def _moment(now: datetime) -> str:
    """To the microsecond: two restores within a second keep two databases of before."""
    return f"{now:%Y%m%dT%H%M%S%f}"


def _shut(file: Path) -> None:
    """A program that still stands by has the old file open: it must not begin to work with it."""
    database = Database(f"sqlite:///{file}")
    try:
        with database.engine.execution_options(writes=True).begin() as connection:
            if inspect(connection).has_table("leadership") and not is_frozen(connection):
                shut_leadership(connection)
        with database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    except Exception:  # noqa: S110 - it is damaged, that is why it is replaced
        pass
    finally:
        database.close()


_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name LIKE 'xanha %' AND application_name <> current_setting('application_name')"
)
_FUNCTIONS = text(
    "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = CAST(:of AS regnamespace)"
    " AND oid IN (SELECT tgfoid FROM pg_trigger WHERE NOT tgisinternal)"
)


class _ServerPlace:
    def __init__(self, url: str) -> None:
        self._old = url
        parsed = make_url(url)
        options = " ".join([*_given(parsed.query.get("options")), f"-csearch_path={_SCHEMA}"])
        self.url = parsed.update_query_dict({"options": options}).render_as_string(hide_password=False)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold what a starting program waits for. Raises WrongSettings where one runs."""
        database = Database(self._old)
        try:
            with database.engine.connect() as connection:
                _refuse_running(connection)
            with database.alone("start"):
                yield
        finally:
            database.close()

    def clear(self) -> None:
        """Delete what an attempt left, and make room."""
        with _connected(self._old) as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE"))
            connection.execute(text(f"CREATE SCHEMA {_SCHEMA}"))

    def take(self, now: datetime) -> str:
        """Move the old tables away and the new ones in, in one transaction; return what was done with the old ones."""
        kept = f"before_{_moment(now).lower()}"
        with _connected(self._old) as connection:
            usual = connection.scalar(text("SELECT quote_ident(current_schema())"))
            there = inspect(connection).get_table_names()
            if there:
                connection.execute(text(f"CREATE SCHEMA {kept}"))
                _move(connection, usual, kept)
            _move(connection, _SCHEMA, usual)
            connection.execute(text(f"DROP SCHEMA {_SCHEMA} CASCADE"))
        if not there:
            return ""
        return f"The tables of before stand in the schema {kept}: look whether all is well, then DROP SCHEMA {kept} CASCADE."


def _given(options: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (options,) if isinstance(options, str) else options or ()


def _move(connection: Connection, source: str | None, target: str | None) -> None:
    name = (source or "").strip('"')
    for table in inspect(connection).get_table_names(schema=name):
        connection.execute(text(f'ALTER TABLE {source}."{table}" SET SCHEMA {target}'))
    for function in connection.scalars(_FUNCTIONS, {"of": source}).all():
        bare = function.rpartition(".")[2]
        connection.execute(text(f"ALTER FUNCTION {source}.{bare} SET SCHEMA {target}"))


def _refuse_running(connection: Connection) -> None:
    if connection.scalar(_OTHERS):
        raise WrongSettings(_RUNS)


@contextlib.contextmanager
def _connected(url: str) -> Iterator[Connection]:
    database = Database(url)
    try:
        with database.engine.begin() as connection:
            yield connection
    finally:
        database.close()
