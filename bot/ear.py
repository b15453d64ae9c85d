"""One channel's way in: what its updates mean."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from handlers.ground.context import Incoming
from models.ground.channel import Address, Channel


class Unreadable(ValueError):
    """An update that is not what its channel describes."""


class Ear(Protocol):
    """One channel's way in: what its updates mean. What is not as the channel describes it raises `Unreadable`."""

    channel: Channel

    @property
    def name(self) -> str:
        """Return what the program is called there, for links that lead to it."""
        ...

    def load(self, body: bytes) -> Any:
        """Return the update that was stored."""
        ...

    def read(self, update: Any) -> Incoming:
        """Return who says what where."""
        ...

    def sent_at(self, update: Any, *, now: datetime) -> datetime:
        """Return when a person sent it, `now` where that is not said."""
        ...

    def has_file(self, body: bytes) -> bool:
        """Return whether a file has to be opened for it."""
        ...

    def is_private(self, address: Address) -> bool:
        """Return whether one person stands behind the address, and not a group."""
        ...

    def waits(self, update: Any) -> str:
        """Return under which name a tapped button waits to be answered; empty where none does."""
        ...

    async def answer(self, waiting: str, said: str) -> None:
        """Stop the button's waiting, with what its step says in it."""
        ...

    async def show_working(self, address: Address) -> None:
        """Show in a chat that an answer is being made, where the channel can; never fails."""
        ...
