"""What the program does beside everything else, whenever there may be something to do: files fetched, knocks sent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

_PAUSE = 60.0  # seconds, after an error of ours


class Rings(Protocol):
    def ring(self, where: str, error: BaseException) -> str: ...


class Errand:
    """`drain` does all that there is; it is called at the start, for what the last process left, and whenever wanted."""

    def __init__(self, where: str, drain: Callable[[], Awaitable[int]], alarm: Rings) -> None:
        self._where, self._drain, self._alarm = where, drain, alarm
        self._due = asyncio.Event()
        self._due.set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def want(self) -> None:
        """Say that there may be something to do. Any thread may."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._due.set)
        else:
            self._due.set()

    async def once(self) -> int:
        """Do what there is, if there may be something; return how much was done."""
        if not self._due.is_set():
            return 0
        self._due.clear()
        return await self._drain()

    async def run(self) -> None:
        self._loop = asyncio.get_running_loop()
        while True:
            await self._due.wait()
            try:
                await self.once()
            except Exception as error:
                self._alarm.ring(self._where, error)
                await asyncio.sleep(_PAUSE)
                self._due.set()
