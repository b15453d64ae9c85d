"""How fast messages may go: one bucket for each chat, one gate for all of them."""

from __future__ import annotations

import asyncio
import heapq
import itertools

from models.delivery.message import Lane
from models.delivery.policy import OutboxPolicy


class ChatPace:
    """A chat's bucket: `chat_burst` at once, then one every `chat_seconds`."""

    def __init__(self, policy: OutboxPolicy) -> None:
        self._every = policy.chat_seconds
        self._credit = policy.chat_seconds * (policy.chat_burst - 1)
        self._next = 0.0

    async def wait(self) -> None:
        now = asyncio.get_running_loop().time()
        self._next = max(self._next, now - self._credit)
        if self._next > now:
            await asyncio.sleep(self._next - now)
        self._next += self._every

    def take_now(self) -> bool:
        """Take the turn where it has come; False: it has not."""
        now = asyncio.get_running_loop().time()
        self._next = max(self._next, now - self._credit)
        if self._next > now:
            return False
        self._next += self._every
        return True

    def give_back(self) -> None:
        """Give a turn back that was not used."""
        self._next -= self._every

    def is_rested(self) -> bool:
        """Return whether it is as good as new, and need not be remembered."""
        return self._next <= asyncio.get_running_loop().time() - self._credit


class Gate:
    """Lets `rate` a second through, the best lane first; within a lane, first come, first served."""

    _MADE_GOOD = 0.05  # seconds of lost time that may be caught up
    _SLICE = 0.005  # seconds after which it is worth looking again: those who may go by then go together

    def __init__(self, rate: float) -> None:
        self._every = 1 / rate
        self._next = 0.0
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._opener: asyncio.Task[None] | None = None

    async def wait(self, lane: Lane) -> None:
        loop = asyncio.get_running_loop()
        if not self._waiting and self._take(loop.time()):
            return
        place: asyncio.Future[None] = loop.create_future()
        heapq.heappush(self._waiting, (lane, next(self._order), place))
        if self._opener is None or self._opener.done():
            self._opener = loop.create_task(self._open())
        await place

    def take_now(self) -> bool:
        """Go through where it is open and nobody waits; False: it is shut."""
        return not self._waiting and self._take(asyncio.get_running_loop().time())

    def give_back(self) -> None:
        """Give a turn back that was not used."""
        self._next -= self._every

    def close(self) -> None:
        if self._opener is not None:
            self._opener.cancel()

    def _take(self, now: float) -> bool:
        if self._next > now:
            return False
        self._next = max(self._next, now - self._MADE_GOOD) + self._every
        return True

    async def _open(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            now = loop.time()
            while self._waiting and self._take(now):
                place = heapq.heappop(self._waiting)[2]
                if not place.done():
                    place.set_result(None)
            await asyncio.sleep(max(self._SLICE, self._next - now))
