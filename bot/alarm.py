"""The error nobody expected: logged without anything personal, counted, and told once an hour to the operator."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Sequence
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy.orm import Session

from models.delivery.outbox import Lane, Message, Recipient, enqueue
from models.ground.channel import Address
from models.ground.clock import Clock
from models.ground.db import Database, NotLeading
from models.phrases.delivery import alarm as phrases

log = structlog.get_logger()


class Alarm:
    """`ring(where, error)`: safe to call from anywhere, also while the database is down."""

    def __init__(self, database: Database, clock: Clock, *, operator: Address | None) -> None:
        self._database, self._clock, self._operator = database, clock, operator
        self.rung: dict[str, int] = {}
        self._untold: set[Future[None]] = set()

    def ring(self, where: str, error: BaseException) -> str:
        """Give back the error's name and place, which is all that is kept of it: messages may hold what people wrote."""
        what = fingerprint(error)
        if isinstance(error, NotLeading):  # that we were replaced is no news: whoever leads now works
            log.info("alarm.replaced", where=where)
        else:
            self.say(where, what, trace=frames(error))
        return what

    def say(self, where: str, what: str, *, trace: Sequence[str] = ()) -> None:
        """Say the same of something that raised no error, in words that hold nothing personal."""
        self.rung[what] = self.rung.get(what, 0) + 1
        log.error("alarm", where=where, error=what, count=self.rung[what], trace=trace)
        words = Message(phrases.alarm(where=where, what=what))
        self.note(where, words, key=f"alarm:{where}:{what}:{self._clock():%Y%m%d%H}")

    def note(self, where: str, message: Message, *, key: str) -> None:
        """Tell the operator what is no alarm. The same key is told once."""
        if self._operator is None:
            return
        try:
            telling = self._database.submit(lambda db: self._tell(db, message, key, self._clock()))
        except RuntimeError:
            log.error("alarm.untold", where=where)  # the database is closed already
        else:
            self._untold.add(telling)
            telling.add_done_callback(self._untold.discard)

    def follow(self, old: Address, new: Address) -> None:
        """Follow the operator's group to its new id: alarms go there, and the operator reads what to set."""
        if self._operator != old:
            return
        self._operator = new
        log.warning("alarm.chat_moved", chat=new.key)
        self.note(
            "alarm.follow", Message(phrases.chat_moved(chat=int(new.key))), key=f"alarm.moved:{old}:{new}"
        )

    async def told(self) -> None:
        """Wait until what was rung is in the outbox, or could not be put there."""
        await asyncio.gather(*map(asyncio.wrap_future, tuple(self._untold)), return_exceptions=True)

    def _tell(self, db: Session, message: Message, key: str, now: datetime) -> None:
        if self._operator is not None:
            enqueue(db, Recipient(self._operator), message, key=key, lane=Lane.ALERT, now=now)


def fingerprint(error: BaseException) -> str:
    """Return the error's type and the line of ours that it came from."""
    places = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename
    ]
    last = places[-1] if places else None
    return (
        f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
        if last
        else type(error).__name__
    )


def frames(error: BaseException) -> list[str]:
    """Return the way the error took, as file:line function; no values."""
    return [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)[-12:]
    ]
