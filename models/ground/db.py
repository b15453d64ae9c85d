"""The database: one writer thread with group commit on SQLite, a small pool of threads on PostgreSQL.

    submit(work) -> Future      work(session) runs in a transaction of its own: all of it is kept, or none

Work is plain synchronous code and never commits. On SQLite the waiting pieces of work share one COMMIT (and so one
fsync), each behind the first inside a savepoint of its own: one that fails takes nothing with it. A Future is resolved only after
the COMMIT, so "done" means "on disk" (WAL, synchronous=FULL). Work that is in no hurry, or knows that more is coming,
says how long its COMMIT may wait for company (`linger`, seconds): a disk's fsync is the dearest part of a short way.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import queue
import secrets
import socket
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakSet

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.orm.session import JoinTransactionMode

from models.ground.session import AskingOnce

T = TypeVar("T")
Work = Callable[[Session], T]
Guard = Callable[[Connection], None]

_GROUP_SIZE = 64  # pieces of work that share one COMMIT at most
_GROUP_SECONDS = 0.05  # after that a group is committed, whatever waits: people wait for what is in it
_POOL_SIZE = 6
_BUSY = 15.0  # seconds that a writer waits for another program that holds the file
_LOOK = 1.0  # seconds of them after which it looks whether anybody still waits for it


class NotLeading(Exception):
    """Another process leads since: what this one still had in hand is refused."""


class DatabaseClosed(NotLeading):
    """We have stood down, or end: what was still in hand is left to whoever works next."""


class Database:
    """Opens `url` (sqlite:///… or postgresql://…); `close()` finishes what was submitted."""

    def __init__(self, url: str) -> None:
        self.url = _with_driver(url)
        self.name = f"xanha {secrets.token_hex(8)}"  # of all its connections, as the server lists them
        self.is_sqlite: bool = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url, self.name)
        self._runner: _Writer | _Pool = self._make_runner()
        self._lines: WeakSet[Any] = WeakSet()
        if not self.is_sqlite:
            event.listen(self.engine, "connect", lambda raw, _: self._lines.add(raw))

    def _make_runner(self) -> _Writer | _Pool:
        return _Writer(self.engine) if self.is_sqlite else _Pool(self.engine)

    @property
    def is_serial(self) -> bool:
        """Whether work is done in the order it was submitted, each piece seeing the ones before it."""
        return self.is_sqlite

    def submit(self, work: Work[T], *, linger: float = 0.0) -> Future[T]:
        """Run `work(session)` in a transaction of its own; the Future has its result once that is committed.

        What the work raises comes out of the Future. `linger`: seconds its COMMIT may wait for others (SQLite).
        """
        return self._runner.submit(work, linger)

    def guard(self, guard: Guard) -> None:
        """Ask `guard` first in each transaction from now on; where it raises, nothing of that transaction is done."""
        self._runner.guard = guard

    def run(self, work: Work[T]) -> T:
        """Submit the work and wait for its result, or raise what it raised: for the command line and tests."""
        return self.submit(work).result()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session of its own for looking. Nothing done in it is kept."""
        with Session(self.engine, autoflush=False) as session:
            yield session

    @contextlib.contextmanager
    def alone(self, what: str) -> Iterator[None]:
        """Hold whoever else wants to do `what` on this database until the block is left, or this process ends."""
        with self._held_file(what) if self.is_sqlite else self._held_lock(what):
            yield

    @contextlib.contextmanager
    def _held_file(self, what: str) -> Iterator[None]:
        with Path(f"{self.url.database}.{what}").open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    @contextlib.contextmanager
    def _held_lock(self, what: str) -> Iterator[None]:
        name = {"name": zlib.crc32(what.encode())}
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SELECT pg_advisory_lock(:name)"), name)
            yield
            connection.execute(text("SELECT pg_advisory_unlock(:name)"), name)

    def hang_up(self) -> None:
        """Cut every connection to the server: who waits for an answer that never comes is told at once.

        A line that froze is noticed by no system for minutes. SQLite has no lines.
        """
        for line in tuple(self._lines):
            with (
                contextlib.suppress(OSError, self.engine.dialect.loaded_dbapi.Error),
                socket.socket(fileno=os.dup(line.fileno())) as one,
            ):
                one.shutdown(socket.SHUT_RDWR)

    def close(self, *, within: float | None = None) -> None:
        """End, when what was submitted is done; what is not done `within` so many seconds is given up, and who waits is told."""
        patience = threading.Timer(within, self._give_up) if within is not None else None
        if patience is not None:
            patience.daemon = True
            patience.start()
        self._runner.close()
        if patience is not None:
            patience.cancel()
        self.engine.dispose()
        for line in tuple(self._lines):  # of a thread that was given up: the engine has lost sight of it
            line.close()

    def _give_up(self) -> None:
        self._runner.give_up()
        self.hang_up()


_PASSING_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}
# connection, transaction rolled back, out of resources, not in a fit state, operator, system
_PASSING_POSTGRES = {"08", "40", "53", "55", "57", "58"}


MOVED_ON = "XN001"  # our own: what the work had read is another by now, so it is done once more


def is_passing(error: BaseException) -> bool:
    """Return whether a database error says nothing about the work itself: trying the same again may succeed.

    Disk full, database locked, connection lost, deadlock, serialization failure; also that another process leads.
    """
    if not isinstance(error, DBAPIError):
        return isinstance(error, PoolTimeout | NotLeading)
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.Error):
        # an extended code (SQLITE_IOERR_FSYNC) has the primary one in its lowest byte
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _PASSING_SQLITE
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return isinstance(error, OperationalError)  # the server was never asked
    return state[:2] in _PASSING_POSTGRES


def _with_driver(url: str) -> Any:
    parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    if parsed.drivername == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _sqlite_engine(url: Any) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # readers come from several threads and take their connections out of one pool
    engine = create_engine(url, connect_args={"timeout": _LOOK, "check_same_thread": False})
    for does, words in (
        ("do_savepoint", "SAVEPOINT {}"),
        ("do_release_savepoint", "RELEASE {}"),
        ("do_rollback_to_savepoint", "ROLLBACK TO {}"),
    ):  # as SQLAlchemy does it, but not compiled anew for each name
        setattr(engine.dialect, does, partial(_say_plainly, words))
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would break savepoints; we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _say_plainly(words: str, connection: Connection, name: str) -> None:
    connection.exec_driver_sql(words.format(name))


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("writes", False):
        connection.exec_driver_sql("BEGIN")
        return
    gives_up, patience = options.get("gives_up", lambda: False), time.monotonic() + _BUSY
    while True:
        try:
            # IMMEDIATE: a second process (the command line) waits here instead of failing in the middle
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except OperationalError as error:
            if not is_passing(error) or gives_up() or time.monotonic() > patience:
                raise


# a server that vanished is noticed within a minute
_KEEPALIVE = {"keepalives": 1, "keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3}


def _postgres_engine(url: Any, name: str) -> Engine:
    return create_engine(
        url,
        pool_size=_POOL_SIZE,
        max_overflow=3,  # readers, and who leads (bot/leader.py)
        pool_pre_ping=True,
        connect_args={"connect_timeout": 4, "application_name": name, **_KEEPALIVE},
    )


class _Pool:
    """PostgreSQL: a few threads, a transaction each."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.guard: Guard | None = None
        self._threads = ThreadPoolExecutor(_POOL_SIZE, thread_name_prefix="db")

    def submit(self, work: Work[T], linger: float) -> Future[T]:
        try:
            return self._threads.submit(self._transact, work)
        except RuntimeError as error:  # as the threads say that they have ended
            raise DatabaseClosed("the database is closed") from error

    def _transact(self, work: Work[T]) -> T:
        try:
            return self._once(work)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != MOVED_ON:
                raise
        return self._once(work)

    def _once(self, work: Work[T]) -> T:
        with AskingOnce(self._engine, expire_on_commit=False) as session, session.begin():
            if self.guard is not None:
                self.guard(session.connection())
            return work(session)

    def close(self) -> None:
        self._threads.shutdown(wait=True)

    def give_up(self) -> None:
        """Begin nothing more of what was submitted."""
        self._threads.shutdown(wait=False, cancel_futures=True)


_Item = tuple[Work[Any], Future[Any], float]


class _Writer:
    """SQLite: one thread owns the writing connection and commits in groups."""

    def __init__(self, engine: Engine) -> None:
        self._given_up = False
        self._engine = engine.execution_options(writes=True, gives_up=lambda: self._given_up)
        self.guard: Guard | None = None
        # no SimpleQueue: where its time is over before it begins to wait, it waits for ever (CPython 3.11)
        self._waiting: queue.Queue[_Item | None] = queue.Queue()
        self._closing = threading.Lock()
        self._closed = False
        self._ended = False
        self._thread = threading.Thread(target=self._serve, name="db-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work[T], linger: float) -> Future[T]:
        future: Future[T] = Future()
        with self._closing:  # nothing may be put behind the end: nobody would ever answer it
            if self._closed:
                raise DatabaseClosed("the database is closed")
            self._waiting.put((work, future, linger))
        return future

    def close(self) -> None:
        with self._closing:
            if not self._closed:
                self._closed = True
                self._waiting.put(None)
        self._thread.join()

    def give_up(self) -> None:
        """Begin nothing more of what was submitted."""
        self._given_up = True

    def _serve(self) -> None:
        while (first := self._take(None)) is not None:
            self._serve_group(first)

    def _serve_group(self, first: _Item) -> None:
        done: list[tuple[Future[Any], Any]] = []
        failed: list[tuple[Future[Any], BaseException]] = []
        try:
            if self._given_up:
                raise DatabaseClosed("the database is closed")
            with self._engine.connect() as connection, connection.begin():
                if self.guard is not None:
                    self.guard(connection)  # once for the whole group: nobody else writes meanwhile
                self._fill(connection, first, done, failed)
        except BaseException as broken:  # the transaction itself broke: it kept nothing of any piece
            failed += [(future, broken) for future, _ in done]
            failed = failed or [(first[1], broken)]
            done = []
        self._tell(done, failed)

    def _tell(
        self, done: list[tuple[Future[Any], Any]], failed: list[tuple[Future[Any], BaseException]]
    ) -> None:
        for future, result in done:
            future.set_result(result)
        for future, error in failed:
            future.set_exception(error)

    def _take(self, wait: float | None) -> _Item | None:
        """The next piece of work that somebody still wants; None: there is none, or the end has come."""
        while not self._ended:
            try:
                item = self._waiting.get(block=wait != 0, timeout=wait)
            except queue.Empty:
                return None
            if item is None:
                self._ended = True
            elif item[1].set_running_or_notify_cancel():  # from here on it cannot be cancelled
                return item
        return None

    def _fill(
        self,
        connection: Connection,
        first: _Item,
        done: list[tuple[Future[Any], Any]],
        failed: list[tuple[Future[Any], BaseException]],
    ) -> None:
        """Run `first` and what waits behind it; the COMMIT waits for company no longer than its hastiest work may."""
        patience = deadline = time.monotonic() + _GROUP_SECONDS
        item: _Item | None = first
        while item is not None:
            work, future, linger = item
            patience = min(patience, time.monotonic() + linger)
            try:
                # the first has the whole transaction to lose; those behind it lose only their own
                mode: JoinTransactionMode = "create_savepoint" if done else "rollback_only"
                done.append((future, _work_in(connection, work, mode)))
            except BaseException as error:
                cause = _database_error(error)
                failed.append((future, cause))
                if not connection.connection.in_transaction:
                    raise cause from None  # a full disk may roll back everything, not only the savepoint
            now = time.monotonic()
            if len(done) >= _GROUP_SIZE or now > deadline:
                return
            item = self._take(max(0.0, patience - now))


def _database_error(error: BaseException) -> BaseException:
    """Why the work failed, where the savepoint was lost on the way and only its loss is told."""
    seen: BaseException | None = error
    while seen is not None:
        if is_passing(seen):
            return seen
        seen = seen.__context__
    return error


def _work_in(connection: Connection, work: Work[T], mode: JoinTransactionMode) -> T:
    with (
        AskingOnce(connection, join_transaction_mode=mode, expire_on_commit=False) as session,
        session.begin(),
    ):
        return work(session)


def is_alive(db: Session) -> bool:
    return bool(db.scalar(text("SELECT 1")))
