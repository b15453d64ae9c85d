"""The program's database without its thread: what was submitted is done in its order, in groups whose size chance decides.

The group, its savepoints and its COMMIT are the program's own (`models.ground.db`). Marked points lie before and after each
COMMIT; a disk that is full and a file that somebody else holds are SQLite's own refusals.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar
from weakref import WeakSet

from sqlalchemy import Connection, Engine, event

from models.ground.db import Database, DatabaseClosed, Work, _Item, _sqlite_engine, _with_driver, _Writer
from tests.simulate.loop import SimulatedLoop

T = TypeVar("T")
_Done = list[tuple[Future[Any], Any]]
_Failed = list[tuple[Future[Any], BaseException]]


class Weather:
    """What the disk is like just now. `full`: not one page more; `spans`: how many pieces of work share a COMMIT."""

    def __init__(self) -> None:
        self.full = self._was_full = False
        self.groups: Callable[[], int] = lambda: 1
        self.delay: Callable[[], float] = lambda: 0.0

    def tell(self, connection: sqlite3.Connection) -> None:
        if not (self.full or self._was_full):
            return
        self._was_full = True  # from now on a connection that was told must be told otherwise
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages if self.full else 1_000_000_000}")


class Told(Future[T]):
    """Whoever waits for it on the one thread that there is has the work done now."""

    def __init__(self, writer: InlineWriter) -> None:
        super().__init__()
        self._writer = writer

    def result(self, timeout: float | None = None) -> T:
        self._writer.catch_up(self)
        return super().result(0)

    def exception(self, timeout: float | None = None) -> BaseException | None:
        self._writer.catch_up(self)
        return super().exception(0)


class InlineWriter(_Writer):
    """`point` is told of each marked place, and raises where the process is to end there."""

    def __init__(
        self, engine: Engine, loop: SimulatedLoop, weather: Weather, point: Callable[[str], None]
    ) -> None:
        # the file is never waited for: on one thread nobody could let go of it meanwhile, and no watch would move
        self._engine = engine.execution_options(writes=True, gives_up=lambda: True)
        self.guard = None
        self._loop, self._weather, self._point = loop, weather, point
        self._items: deque[_Item] = deque()
        self._left = 0  # of the present group
        self._comes = False
        self._closed = self._given_up = False
        self.dead = False

    def submit(self, work: Work[T], linger: float) -> Future[T]:
        told: Told[T] = Told(self)
        if self._closed:
            raise DatabaseClosed("the database is closed")
        if self.dead:
            return told  # nobody will ever hear of it
        self._items.append((work, told, linger))
        if not self._comes:
            self._comes = True
            delay = self._weather.delay()
            if delay:
                self._loop.call_later(delay, self._come)
            else:
                self._loop.call_soon(self._come)
        return told

    def catch_up(self, told: Future[Any]) -> None:
        while not told.done():
            if self.dead:
                self._point("store.dead")
            self._next_group()

    def close(self) -> None:
        while self._items and not self.dead:
            self._next_group()
        self._closed = True

    def _come(self) -> None:
        self._comes = False
        while self._items and not self.dead:
            self._next_group()

    def _next_group(self) -> None:
        self._left = max(1, self._weather.groups())
        if (first := self._take(None)) is not None:
            self._serve_group(first)

    def _fill(self, connection: Connection, first: _Item, done: _Done, failed: _Failed) -> None:
        super()._fill(connection, first, done, failed)
        self._point("store.filled")  # also where the process was killed within one of the pieces

    def _tell(self, done: _Done, failed: _Failed) -> None:
        self._point("store.committed")
        super()._tell(done, failed)

    def _take(self, wait: float | None) -> _Item | None:
        while self._items and self._left:
            item = self._items.popleft()
            if item[1].set_running_or_notify_cancel():
                self._left -= 1
                return item
        return None


class InlineDatabase(Database):
    """`url`: sqlite:///…; to be closed from the loop's own thread."""

    def __init__(
        self, url: str, name: str, loop: SimulatedLoop, weather: Weather, point: Callable[[str], None]
    ) -> None:
        self.url, self.is_sqlite, self.name = _with_driver(url), True, name
        self.engine = _sqlite_engine(self.url)
        self._runner = InlineWriter(self.engine, loop, weather, point)
        self._lines = WeakSet()
        event.listen(self.engine, "checkout", lambda dbapi, record, proxy: _patient(dbapi, weather))


def _patient(connection: Any, weather: Weather) -> None:
    """Nobody waits for a lock: who holds it cannot let go meanwhile."""
    connection.execute("PRAGMA busy_timeout=0")
    connection.execute("PRAGMA synchronous=OFF")  # no machine loses its power here
    weather.tell(connection)
