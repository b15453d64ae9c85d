"""The program's database without its thread: what is submitted is done at once, where it is submitted.

    submit ──> [nobody works] ──> do it and what comes meanwhile ──> COMMIT ──> the Future is done
           └─> [somebody works] ──> they do it next

In a test one person speaks at a time, and two threads that hand over to one another for each piece of work take a fifth of
its computing. Groups, savepoints and COMMITs are the program's own. Tests about the writer itself open `Database`.
"""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future
from typing import TypeVar

from sqlalchemy import Engine

from models.ground.db import Database, DatabaseClosed, Work, _Item, _Pool, _Writer

T = TypeVar("T")


class HereWriter(_Writer):
    """Serves in the thread of whoever submits."""

    def __init__(self, engine: Engine) -> None:
        self._given_up = self._closed = False
        self._engine = engine.execution_options(writes=True, gives_up=lambda: self._given_up)
        self.guard = None
        self._items: deque[_Item] = deque()
        self._working = threading.Lock()

    def submit(self, work: Work[T], linger: float) -> Future[T]:
        if self._closed:
            raise DatabaseClosed("the database is closed")
        future: Future[T] = Future()
        self._items.append((work, future, linger))
        self._catch_up()
        return future

    def close(self) -> None:
        self._closed = True
        self._catch_up()

    def _catch_up(self) -> None:
        # looked at again once the lock is free: what came just before that was left to us
        while self._items and self._working.acquire(blocking=False):
            try:
                while (first := self._take(None)) is not None:
                    self._serve_group(first)
            finally:
                self._working.release()

    def _take(self, wait: float | None) -> _Item | None:
        while self._items:
            item = self._items.popleft()
            if item[1].set_running_or_notify_cancel():
                return item
        return None


class HereDatabase(Database):
    """A server works on several things at once, also here."""

    def _make_runner(self) -> _Writer | _Pool:
        return HereWriter(self.engine) if self.is_sqlite else super()._make_runner()
