"""Which chats must wait before anything more is sent to them, and when all of them must.

    WELL ──no answer, 5xx──> DOUBTED ──a probe is answered──> TRIED ──one message is answered──> WELL
                                ^  │ not answered: later         │
                                └──┘<────── no answer, 5xx ──────┘

While a channel is doubted nothing is sent: each message might arrive without our hearing of it, and few of them may be sent
again. A probe is harmless; after it one message at a time is tried, until the first one is answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from models.ground.channel import Address

_FAILURES = 5  # so many in a row, and it is not the message: everything waits


class _Gateway(Enum):
    WELL = auto()
    DOUBTED = auto()
    TRIED = auto()


@dataclass(slots=True)
class _Failing:
    """A chat that nothing is taken for: since when, how often in a row."""

    since: datetime
    times: int = 0


class Holds:
    """Who must wait, and until when: a chat after a 429, everybody when the channel cannot be reached or relied on."""

    def __init__(self) -> None:
        self._chats: dict[Address, datetime] = {}
        self._all: datetime | None = None
        self._floods: dict[Address, datetime] = {}
        self._failures = 0  # in a row
        self._failing: dict[Address, _Failing] = {}
        self._well_at: datetime | None = None  # when something arrived last, anywhere
        self._gateway = _Gateway.WELL
        self._doubts = 0  # probes and messages in a row that were not answered
        self._trial: Address | None = None  # whose message is tried

    # --- may it go --------------------------------------------------------------------------------------------------

    def everything(self, now: datetime) -> bool:
        return self._gateway is _Gateway.DOUBTED or (self._all is not None and now < self._all)

    def wants_probe(self, now: datetime) -> bool:
        return self._gateway is _Gateway.DOUBTED and (self._all is None or now >= self._all)

    def at_most(self) -> int | None:
        """Return how many rows may be claimed together; None: as many as there are."""
        if self._gateway is not _Gateway.TRIED:
            return None
        return 0 if self._trial is not None else 1

    def tried_last(self) -> list[Address]:
        """Return the chats whose message is tried only where no other waits: it may be they that fail, and not the channel."""
        return list(self._failing) if self._gateway is _Gateway.TRIED else []

    def chat(self, address: Address, now: datetime) -> bool:
        """Return whether nothing may be sent to this chat now."""
        until = self._chats.get(address)
        return self.everything(now) or (until is not None and now < until)

    def lets(self, address: Address, now: datetime) -> bool:
        """Return whether this chat's next message may go; where one is tried, it is this one from now on."""
        if self.chat(address, now):
            return False
        if self._gateway is _Gateway.TRIED:
            self._trial = self._trial or address
            return self._trial == address
        return True

    def ends_trial(self, address: Address) -> bool:
        """Note that this chat's line has ended; return whether its message was the one that was tried."""
        mine = self._trial == address
        self._trial = None if mine else self._trial
        return mine

    def chats(self, now: datetime) -> list[Address]:
        self._chats = {chat: until for chat, until in self._chats.items() if now < until}
        return list(self._chats)

    def next_end(self, now: datetime) -> datetime | None:
        if self._all is not None and now < self._all:
            return self._all
        return min((until for until in self._chats.values() if now < until), default=None)

    # --- what is heard ----------------------------------------------------------------------------------------------

    def flooded(self, address: Address, now: datetime, until: datetime) -> None:
        """Hold the chat of a 429. Two chats within two seconds, and it is the bot that is too fast."""
        self._gateway, self._doubts = _Gateway.WELL, 0
        self._chats[address] = until
        self._floods = {chat: at for chat, at in self._floods.items() if at > now - timedelta(seconds=2)}
        self._floods[address] = now
        if len(self._floods) > 1:
            self._all = max(until, self._all or until)

    def failed(self, address: Address, now: datetime) -> None:
        """Note that the channel was not reached. After several in a row nobody else need try for a while."""
        self._failures += 1
        self._chats[address] = now + _backoff(self._fails(address, now), longest=300)
        if self._failures >= _FAILURES:
            self._all = now + _backoff(self._failures - _FAILURES, longest=60)

    def unanswered(self, address: Address, now: datetime) -> None:
        """Note that nobody knows whether a message arrived: all wait for a probe, at once the first time."""
        times = self._fails(address, now)
        if times > 1:
            self._chats[address] = now + _backoff(times - 1, longest=300)
        if self._gateway is not _Gateway.DOUBTED:
            self._doubt(now)

    def probed(self, now: datetime, *, well: bool, pause: timedelta = timedelta()) -> None:
        """Note whether the probe was answered. `pause`: how long the channel wants to be left alone."""
        if self._gateway is not _Gateway.DOUBTED:
            return  # a message that was on its way meanwhile has shown it
        if well:
            self._gateway, self._trial, self._all = _Gateway.TRIED, None, now + pause
        else:
            self._doubt(now)

    def _doubt(self, now: datetime) -> None:
        self._gateway, self._trial = _Gateway.DOUBTED, None
        if self._doubts:
            self._all = now + _backoff(self._doubts - 1, longest=60)
        self._doubts += 1

    def _fails(self, address: Address, now: datetime) -> int:
        failing = self._failing.setdefault(address, _Failing(now))
        failing.times += 1
        return failing.times

    def all_is_well(self, address: Address, now: datetime) -> None:
        self._failures, self._well_at = 0, now
        self.answered(address)

    def answered(self, address: Address) -> None:
        """Note that the channel has spoken about this chat: its servers are well."""
        self._failing.pop(address, None)
        self._gateway, self._doubts = _Gateway.WELL, 0

    def fails_alone(self, address: Address, now: datetime, patience: timedelta) -> bool:
        """Return whether nothing has gone through to this chat for so long while others were heard."""
        failing = self._failing.get(address)
        if failing is None or self._well_at is None:
            return False
        return now - failing.since >= patience and self._well_at > failing.since


def _backoff(tries: int, *, longest: int) -> timedelta:
    return timedelta(seconds=min(1 << min(tries, 10), longest))
