"""One channel's way out, and what may come of a message there: it is Sent, or one of four things is raised.

Flooded, NotReached    it did not arrive: later
Unanswered             nobody knows: it was counted before the wire, and a probe comes before the next message
Declined               never
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from models.delivery.claims import Claimed
from models.ground.channel import Channel


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one message. `in_words`: words went for a file."""

    message_id: int | None
    in_words: bool = False


class Flooded(Exception):
    """The channel wants nothing more from us for `pause`."""

    def __init__(self, pause: timedelta) -> None:
        super().__init__(f"{pause.total_seconds():.0f} s")
        self.pause = pause


class NotReached(Exception):
    """Nothing left us. `ours`: what the operator has to put right, a token that is not known."""

    def __init__(self, ours: Exception | None = None) -> None:
        super().__init__(type(ours).__name__ if ours else "")
        self.ours = ours


class Unanswered(Exception):
    """It was written, and no answer came, or a gateway's own (5xx): nobody knows whether it was done."""


class Declined(Exception):
    """The channel will never take it: `why`, as it says itself. `ours`: a mistake of ours, to be rung."""

    def __init__(self, why: str, *, ours: Exception | None = None) -> None:
        super().__init__(why)
        self.why, self.ours = why, ours


class Wire(Protocol):
    """One channel's way out."""

    channel: Channel

    async def send(self, item: Claimed) -> Sent:
        """Send one row of the outbox; raise what is above."""
        ...

    async def probe(self) -> None:
        """Ask something that changes nothing; raise what is above."""
        ...
