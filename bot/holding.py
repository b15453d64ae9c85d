"""Which chats must wait before anything more is sent to them, and when all of them must."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.ground.channel import Address

_FAILURES = 5  # so many in a row, and it is not the message: everything waits


class Holds:
    """Who must wait, and until when: a chat after a 429, everybody when the channel cannot be reached."""

    def __init__(self) -> None:
        self._chats: dict[Address, datetime] = {}
        self._all: datetime | None = None
        self._floods: dict[Address, datetime] = {}
        self._failures = 0  # in a row
        self._failing: dict[Address, datetime] = {}  # chats that nothing is taken for: since when
        self._well_at: datetime | None = None  # when something arrived last, anywhere

    def everything(self, now: datetime) -> bool:
        return self._all is not None and now < self._all

    def chat(self, address: Address, now: datetime) -> bool:
        until = self._chats.get(address)
        return until is not None and now < until

    def chats(self, now: datetime) -> list[Address]:
        self._chats = {chat: until for chat, until in self._chats.items() if now < until}
        return list(self._chats)

    def next_end(self, now: datetime) -> datetime | None:
        if self._all is not None and now < self._all:
            return self._all
        return min((until for until in self._chats.values() if now < until), default=None)

    def flooded(self, address: Address, now: datetime, until: datetime) -> None:
        """Hold the chat of a 429. Two chats within two seconds, and it is the bot that is too fast."""
        self._chats[address] = until
        self._floods = {chat: at for chat, at in self._floods.items() if at > now - timedelta(seconds=2)}
        self._floods[address] = now
        if len(self._floods) > 1:
            self._all = max(until, self._all or until)

    def failed(self, address: Address, now: datetime, tries: int) -> None:
        """Note that Telegram did not take it. After several in a row nobody else need try for a while."""
        self._failures += 1
        self._failing.setdefault(address, now)
        self._chats[address] = now + _backoff(tries, longest=300)
        if self._failures >= _FAILURES:
            self._all = now + _backoff(self._failures - _FAILURES, longest=60)

    def all_is_well(self, address: Address, now: datetime) -> None:
        self._failures, self._well_at = 0, now
        self.answered(address)

    def answered(self, address: Address) -> None:
        """Note that Telegram has spoken about this chat: its servers are well."""
        self._failing.pop(address, None)

    def fails_alone(self, address: Address, now: datetime, patience: timedelta) -> bool:
        """Return whether nothing has gone through to this chat for so long while others were heard."""
        since = self._failing.get(address)
        if since is None or self._well_at is None:
            return False
        return now - since >= patience and self._well_at > since


def _backoff(tries: int, *, longest: int) -> timedelta:
    return timedelta(seconds=min(1 << min(tries, 10), longest))
