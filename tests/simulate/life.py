"""One process of the program, from its start to its end: the real `App.run`, with network, database and clock given.

A life ends by `kill()` (at a marked point, as by kill -9: from there on nothing that it does reaches anything), or by
`stop()` (as by SIGTERM). A point is a mark of the program's own (`outbox.sending`), or lies around a COMMIT (`store.…`) or a
call (`call.…`).
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from bot.app import App
from bot.scheduler import Ticker
from tests.simulate.loop import LIFE, SimulatedLoop

POINTS = (
    *("inbox.received", "inbox.stored", "step.done", "step.committed"),
    *("outbox.claimed", "outbox.wired", "outbox.sending", "outbox.sent", "outbox.settled"),
    *("store.filled", "store.committed", "call.asked", "call.left", "call.done"),
)
ROW: ContextVar[int | None] = ContextVar("simulate.row", default=None)  # the message that is on the wire
_BURIAL = 100  # rounds in which what is left of a process comes to its end


class Killed(SystemExit):
    """The process ended here. It stops the loop at once, as nothing else does."""


class Sentence:
    """At the `count`-th passing of `point` the process that passes it ends."""

    def __init__(self) -> None:
        self.point, self.count = "", 0

    def falls(self, point: str) -> bool:
        if point != self.point:
            return False
        self.count -= 1
        if self.count > 0:
            return False
        self.point = ""
        return True


class Life:
    """`number` tells it from those before; `main` is what it runs."""

    def __init__(self, loop: SimulatedLoop, number: int, sentence: Sentence) -> None:
        self.loop, self.number, self._sentence = loop, number, sentence
        self.is_dead = self.is_gone = False  # nothing reaches anything any more; nothing is called any more
        self.died_at = ""
        self.passed: Counter[str] = Counter()
        self.app: App
        self.calls = 0  # on the wire just now
        self.has_event = False  # Zalo has handed it something that may not be stored yet
        self.tick: Hands | None = None
        self._tasks: dict[asyncio.Task[Any], None] = {}  # in the order in which they began
        self._main: asyncio.Task[None] | None = None

    # --- points -----------------------------------------------------------------------------------------------------

    def point(self, name: str) -> None:
        """Pass a place where the process may be killed; raise where it is."""
        if not self.is_dead:
            self.passed[name] += 1
            if not self._sentence.falls(name):
                return
            self.is_dead, self.died_at = True, name
        raise Killed(name)

    # --- begin and end ----------------------------------------------------------------------------------------------

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Begin a task that belongs to this process."""
        token = LIFE.set(self)
        try:
            return self.loop.create_task(work)
        finally:
            LIFE.reset(token)

    def note(self, task: asyncio.Task[Any]) -> None:
        self._tasks[task] = None
        task.add_done_callback(lambda task: self._tasks.pop(task, None))

    def begin(self) -> None:
        self._main = self.spawn(self.app.run())

    @property
    def has_ended(self) -> bool:
        """By itself: an error that nobody handled."""
        return self._main is not None and self._main.done()

    def why(self) -> BaseException | None:
        return self._main.exception() if self._main is not None and self._main.done() else None

    def stop(self) -> BaseException | None:
        """As by SIGTERM; return what ended it otherwise."""
        self.app.stop()
        assert self._main is not None
        try:
            self.loop.until_quiet(self._main.done, 120)
        except Killed:  # on its way out
            self.bury()
            return None
        if not self._main.done():
            return TimeoutError(f"it does not stop: {self._left()}")
        error = None if self._main.cancelled() else self._main.exception()
        self.bury()
        return error

    def _left(self) -> list[str]:
        """Where its tasks are."""
        return [
            f"{task.get_name()} {Path(frames[-1].f_code.co_filename).name}:{frames[-1].f_lineno}"
            for task in self._tasks
            if (frames := task.get_stack())
        ]

    def kill(self) -> None:
        self.is_dead = True
        self.bury()

    def bury(self) -> None:
        """Let what is left come to its end, where it can do nothing; give back its files and locks."""
        self.is_dead = True
        for _ in range(_BURIAL):
            left = [task for task in self._tasks if not task.done()]
            if not left:
                break
            for task in left:
                task.cancel()
            with suppress(Killed):
                self.loop.until_quiet(lambda left=left: all(task.done() for task in left), 0)  # type: ignore[misc]
        self.is_gone = True
        if self._main is not None and self._main.done() and not self._main.cancelled():
            self._main.exception()  # somebody has looked
        self.app._leader._seat.close()  # the system gives its locks back
        self.app._leader._thread.shutdown(wait=False)
        self.app.database.close()


class Hands(Ticker):
    """The program's own ticks, looked at when whoever drives the simulation says so, and not by a watch."""

    async def run(self) -> None:
        """Be at hand until it is cancelled."""
        life = LIFE.get()
        assert life is not None
        life.tick = self
        self._begin(self._catch_up())
        await asyncio.Event().wait()

    def _begin(self, work: Any) -> None:
        if (life := LIFE.get()) is not None:
            life.spawn(work)
