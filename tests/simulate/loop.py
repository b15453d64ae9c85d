"""An event loop without a wall clock and without threads: the same run in the same order, every time.

Time passes only when nobody has anything to do, and then it passes at once (`slept` is told by how much). What is
handed to a thread is done here, when its turn comes. What belongs to a process that was killed (`LIFE`) is no longer called.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable
from contextvars import Context, ContextVar
from typing import Any

LIFE: ContextVar[Any] = ContextVar("simulate.life", default=None)  # the process that a task belongs to
FOREVER = 3_600.0  # seconds that pass where nobody has said how long to wait


class SimulatedLoop(asyncio.SelectorEventLoop):
    """`until_quiet(quiet, patience)` goes on until nothing is left to do and `quiet()` says that nothing is on its way."""

    def __init__(self, slept: Callable[[float], None] = lambda seconds: None) -> None:
        super().__init__(_NoWaiting(self))
        self._now = 0.0
        self._slept = slept
        self._quiet: Callable[[], bool] | None = None
        self._ends = 0.0

    def time(self) -> float:
        return self._now

    def until_quiet(self, quiet: Callable[[], bool], patience: float) -> bool:
        """Run for at most `patience` simulated seconds; return whether it became quiet."""
        self._quiet, self._ends = quiet, self._now + patience
        try:
            self.run_forever()
        finally:
            self._quiet = None
        return quiet()

    def idle(self, seconds: float | None) -> None:
        """Nobody has anything to do for so long."""
        if self._quiet is not None and (self._quiet() or self._now >= self._ends):
            self.stop()
            return
        by = FOREVER if seconds is None else seconds
        if self._quiet is not None:
            by = min(by, self._ends - self._now)
        self._now += by
        self._slept(by)

    # --- one thread -------------------------------------------------------------------------------------------------

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        future: asyncio.Future[Any] = self.create_future()
        self.call_soon(_do, future, func, args)
        return future

    def call_soon_threadsafe(  # type: ignore[override]
        self, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        return self.call_soon(callback, *args, context=context)

    def _write_to_self(self) -> None:
        """Do nothing: nobody waits."""

    # --- the dead are not called ------------------------------------------------------------------------------------

    def call_soon(  # type: ignore[override]
        self, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        handle = super().call_soon(callback, *args, context=context)
        life = LIFE.get() if context is None else context.get(LIFE)
        if life is not None and life.is_gone:
            handle.cancel()
        return handle


def _do(future: asyncio.Future[Any], func: Callable[..., Any], args: tuple[Any, ...]) -> None:
    if future.cancelled():
        return
    try:
        result = func(*args)
    except Exception as error:
        future.set_exception(error)
    else:
        if not future.done():
            future.set_result(result)


class _NoWaiting(selectors.DefaultSelector):
    """Lets time pass instead of waiting."""

    def __init__(self, loop: SimulatedLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None or timeout > 0:
            self._loop.idle(timeout)
        return []
