"""One row of the outbox as a message of Zalo's, and its refusals as what they mean for it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.text.links import Links
from bot.text.showing import in_words
from bot.wire import Declined, Flooded, NotReached, Sent, Unanswered
from bot.zalo.api import NoAnswer, Unsent, Zalo, ZaloRefused
from models.delivery.claims import Claimed
from models.delivery.message import Lane
from models.entry.reachability import Signal
from models.ground.channel import Channel
from models.ground.clock import Clock
from models.ground.db import Database
from models.people.member import is_withheld

_PAUSE = timedelta(seconds=30)  # after a 429 that does not say how long


class ZaloWire:
    """Zalo's way out: words alone."""

    channel = Channel.TEXT

    def __init__(self, zalo: Zalo, database: Database, links: Links, clock: Clock) -> None:
        self._zalo, self._database, self._links, self._clock = zalo, database, links, clock

    async def send(self, item: Claimed) -> Sent:
        """Send one row; raise what the refusal means (bot/wire.py)."""
        words = await asyncio.wrap_future(self._database.submit(lambda db: self._words(db, item)))
        await self._call("sendMessage", chat_id=item.address.key, text=words)
        return Sent(None)  # its id is of no use: nothing that was sent can be changed

    async def probe(self) -> None:
        await self._call("getMe")

    async def _call(self, method: str, **given: Any) -> None:
        try:
            await self._zalo.call(method, **given)
        except Unsent as error:
            raise NotReached from error
        except NoAnswer as error:
            raise Unanswered from error
        except ZaloRefused as error:
            raise _meaning(error) from error

    def _words(self, db: Session, item: Claimed) -> str:
        """What is sent. Its choices are noted before: the answer may be quicker than whatever would be written after it."""
        if item.lane > Lane.REPLY and not item.body.owed and is_withheld(db, item.address):
            raise Declined(Signal.UNASKED)
        return in_words(db, item, self._links, self._clock)


def _meaning(error: ZaloRefused) -> Exception:
    """What a refusal says. Only 401 and 429 are sure; which code a blocked bot or a spent quota gets is not known.

    5xx and 408 may be a gateway's own, after the message was taken.
    """
    if error.code == 429:
        return Flooded(timedelta(seconds=error.pause) if error.pause else _PAUSE)
    if error.code == 401:
        return NotReached(error)
    if error.code >= 500 or error.code == 408:
        return Unanswered()
    if error.code == 403:
        return Declined(Signal.BLOCKED)
    if "chat" in error.said.lower() and "not found" in error.said.lower():
        return Declined(Signal.NO_CHAT)
    return Declined(str(error), ours=error)
