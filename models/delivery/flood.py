"""Who sends faster than anybody types: what is still read, what is answered once, what is passed over.

    a person, over all their chats ──> a bucket of `burst`, one more each `every`
                                          └─ empty ──> SAY, once ──> nothing is read for `pause` (SILENT) ──> full again
    a stranger ──> a smaller one of their own;  all strangers who have nothing open ──> one bucket together,
                   but for who brings an invite or a code that there is, or comes through the page, which has bounds of its own

The time is when a message was sent, not when its turn came: what waited through an outage of ours arrives all at once, and
nobody was fast. Everything lies in the memory of the one process that steps (docs/decisions/0029-floods.md).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from models.delivery.policy import FloodPolicy
from models.ground.channel import Address

_MANY = 10_000  # buckets that are kept before the full ones are thrown away


@dataclass(slots=True)
class Bucket:
    """What may still come at once. It fills by one each `every`, up to `burst`."""

    burst: int
    every: timedelta
    left: float
    at: datetime

    @classmethod
    def full(cls, burst: int, every: timedelta, at: datetime) -> Bucket:
        return cls(burst, every, burst, at)

    def take(self, at: datetime) -> bool:
        """Take one; False where none is left. A moment before the last one fills nothing."""
        self._fill(at)
        if self.left < 1:
            return False
        self.left -= 1
        return True

    def has_one(self, at: datetime) -> bool:
        self._fill(at)
        return self.left >= 1

    def is_full(self, at: datetime) -> bool:
        self._fill(at)
        return self.left >= self.burst

    def _fill(self, at: datetime) -> None:
        if at > self.at:
            self.left = min(self.burst, self.left + (at - self.at) / self.every)
            self.at = at


class FloodVerdict(StrEnum):
    READ = "read"
    SAY = "say"  # not read, and this is said
    SILENT = "silent"


@dataclass(slots=True)
class _Speaker:
    bucket: Bucket
    shut_until: datetime | None = None
    unread: int = 0


class Floods:
    """Who has sent how much; all of it in memory."""

    def __init__(self, policy: FloodPolicy) -> None:
        self._policy = policy
        self._speakers: dict[Hashable, _Speaker] = {}
        self._shut: dict[Address, datetime] = {}  # by chat: asked before it is known whose chat it is
        self._strangers: Bucket | None = None
        self._passed_over = 0  # of strangers, since the operator was told

    def hear(
        self, address: Address, at: datetime, *, member_id: int | None, has_begun: bool = False
    ) -> FloodVerdict:
        """Judge one message, sent `at`. `has_begun`: a stranger who answers a question of ours, or brings what we gave out."""
        if member_id is None and not has_begun and not self._of_strangers(at).take(at):
            self._passed_over += 1
            return FloodVerdict.SILENT
        speaker = self._speaker(("chat", address) if member_id is None else ("member", member_id), at)
        if speaker.shut_until is not None and at < speaker.shut_until:
            speaker.unread += 1
            self._shut[address] = speaker.shut_until
            return FloodVerdict.SILENT
        if speaker.shut_until is not None:
            speaker.bucket.left, speaker.shut_until, speaker.unread = speaker.bucket.burst, None, 0
        if speaker.bucket.take(at):
            return FloodVerdict.READ
        speaker.shut_until, speaker.unread = at + self._policy.pause, 1
        self._shut[address] = speaker.shut_until
        return FloodVerdict.SAY

    def is_shut(self, address: Address, at: datetime) -> bool:
        """Return whether nothing of this chat is read now: no file need be fetched for it, no spinner stopped."""
        until = self._shut.get(address)
        return until is not None and at < until

    def is_alarming(self, address: Address, *, member_id: int | None) -> bool:
        """Return whether the last message was the one of which the operator is told."""
        speaker = self._speakers.get(("chat", address) if member_id is None else ("member", member_id))
        return speaker is not None and speaker.unread == self._policy.alarm_after  # "==": once

    def strangers_overflow(self) -> bool:
        """Return whether the operator is to be told how many strangers write; said once, then forgotten."""
        if self._passed_over < self._policy.alarm_after:
            return False
        self._passed_over = 0
        return True

    def _of_strangers(self, at: datetime) -> Bucket:
        if self._strangers is None:
            self._strangers = Bucket.full(self._policy.strangers_burst, self._policy.strangers_every, at)
        return self._strangers

    def _speaker(self, key: tuple[str, Hashable], at: datetime) -> _Speaker:
        found = self._speakers.get(key)
        if found is None:
            self._drop_rested(at)
            policy, stranger = self._policy, key[0] == "chat"
            burst = policy.stranger_burst if stranger else policy.burst
            every = policy.stranger_every if stranger else policy.every
            found = self._speakers[key] = _Speaker(Bucket.full(burst, every, at))
        return found

    def _drop_rested(self, at: datetime) -> None:
        if len(self._speakers) >= _MANY:
            self._speakers = {
                key: one
                for key, one in self._speakers.items()
                if not one.bucket.is_full(at) or (one.shut_until is not None and at < one.shut_until)
            }
        if len(self._shut) >= _MANY:
            self._shut = {chat: until for chat, until in self._shut.items() if at < until}


class Guesses:
    """Who tries links that do not exist: each address for itself, and how many they are together."""

    def __init__(self, policy: FloodPolicy) -> None:
        self._policy = policy
        self._addresses: dict[str, Bucket] = {}
        self._together: Bucket | None = None

    def may_try(self, address: str, at: datetime) -> bool:
        bucket = self._addresses.get(address)
        return bucket is None or bucket.has_one(at)

    def missed(self, address: str, at: datetime) -> bool:
        """Note a wrong one; True when the operator is to be told of so many."""
        policy = self._policy
        if len(self._addresses) >= _MANY:
            self._addresses = {who: one for who, one in self._addresses.items() if not one.is_full(at)}
        own = self._addresses.setdefault(address, Bucket.full(policy.guesses, policy.guess_every, at))
        own.take(at)
        if self._together is None:
            every = timedelta(hours=1) / policy.guesses_alarm
            self._together = Bucket.full(policy.guesses_alarm, every, at)
        return not self._together.take(at)
