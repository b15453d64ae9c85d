"""The channels' senders as one: each claims its own channel's rows, and an answer goes to the one of its address."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from bot.errand import Errand
from bot.sending import AnswerTurn, Sender
from models.delivery.claims import Claimed
from models.ground.channel import Address, Channel


class Senders:
    """What a `Sender` does, for several channels. An address of a channel without one is written to by nobody here.

    `beside`: an errand for which a step may have written something down, too.
    """

    def __init__(self, by_channel: dict[Channel, Sender], *, beside: Errand | None = None) -> None:
        self._by_channel, self._beside = by_channel, beside

    @property
    def channels(self) -> Sequence[Channel]:
        return tuple(self._by_channel)

    def wake(self, address: Address | None = None) -> None:
        """Wake them all; `address`: an answer that its step has not claimed."""
        for channel, sender in self._by_channel.items():
            sender.wake(address if address is not None and address.channel is channel else None)
        if self._beside is not None:
            self._beside.want()

    def turn_for(self, address: Address) -> AbstractContextManager[AnswerTurn]:
        """Keep a turn for an answer to this chat while its step is done; a page takes what it shows by itself."""
        sender = self._by_channel.get(address.channel)
        return sender.turn_for(address) if sender is not None else nullcontext(AnswerTurn.NONE)

    def take(self, claimed: Sequence[Claimed]) -> None:
        """Send these, of one address, claimed in a transaction that is committed."""
        if claimed:
            self._by_channel[claimed[0].address.channel].take(claimed)

    def resumes_at(self) -> datetime | None:
        """Return when the next chat on hold goes on."""
        ends = [at for sender in self._by_channel.values() if (at := sender.resumes_at()) is not None]
        return min(ends, default=None)

    async def run(self) -> None:
        await asyncio.gather(*(sender.run() for sender in self._by_channel.values()))

    async def stop(self) -> None:
        await asyncio.gather(*(sender.stop() for sender in self._by_channel.values()))

    async def drain(self) -> int:
        """Send until nothing is due anywhere; how many left our hands. What one could not say another may."""
        done = 0
        while sent := sum([await sender.drain() for sender in self._by_channel.values()]):
            done += sent
            if len(self._by_channel) == 1:
                break
        return done
