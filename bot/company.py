"""Whoever has waited for an answer for three seconds sees that it is being made, past the database: it may be what they wait for.

began ──> 3 s ──> shown ──> every 5 s, as long as they wait ──> ended
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from models.ground.channel import Address

_AFTER = 3.0  # seconds
_EVERY = 5.0  # seconds for which Telegram shows it: core.telegram.org/bots/api#sendchataction
_LOOK = 1.0  # seconds between two looks at who waits
_AT_ONCE = 10  # chats that are shown it with one look: a third of the pace at which messages may go


@dataclass(slots=True)
class _Wait:
    """One chat: how many of its updates wait, since when nothing was answered, when it was last shown."""

    updates: int
    since: float
    shown: float = 0.0


class Company:
    """`began` and `ended` for each update of a chat; `show` is called for who waits long."""

    def __init__(self, show: Callable[[Address], Awaitable[None]]) -> None:
        self._show = show
        self._waits: dict[Address, _Wait] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._showing: set[asyncio.Task[None]] = set()

    def began(self, address: Address) -> None:
        wait = self._waits.get(address)
        if wait is not None:
            wait.updates += 1
            return
        loop = asyncio.get_running_loop()
        self._waits[address] = _Wait(1, loop.time())
        if self._timer is None:
            self._timer = loop.call_later(_AFTER, self._look)

    def ended(self, address: Address) -> None:
        wait = self._waits[address]
        wait.updates -= 1
        wait.since = asyncio.get_running_loop().time()
        if not wait.updates:
            del self._waits[address]

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        for task in self._showing:
            task.cancel()

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        now, self._timer = loop.time(), None
        long = [
            (wait.shown, wait.since, address)
            for address, wait in self._waits.items()
            if now - wait.since >= _AFTER and (not wait.shown or now - wait.shown >= _EVERY)
        ]
        for _, _, address in sorted(long, key=lambda one: one[:2])[:_AT_ONCE]:
            self._waits[address].shown = now
            task = loop.create_task(self._shown(address))
            self._showing.add(task)
            task.add_done_callback(self._showing.discard)
        if self._waits:
            self._timer = loop.call_later(_LOOK, self._look)

    async def _shown(self, address: Address) -> None:
        await self._show(address)
