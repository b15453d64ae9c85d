"""The error nobody expected: logged without anything personal, counted, and told once an hour to the operator.

a mistake of ours      by the outbox, like all messages; where that does not take it, straight to the messenger
the machine's trouble  straight to the messenger, in words: a full disk takes no row (trouble.py)
"""

from __future__ import annotations

import asyncio
import traceback
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy.orm import Session

from bot.errand import Errand
from bot.trouble import Ailment, ailment_of
from models.delivery.message import Buttons, Lane, Message, Recipient
from models.delivery.outbox import enqueue
from models.ground.channel import Address
from models.ground.clock import Clock
from models.ground.db import Database, DatabaseClosed, NotLeading
from models.phrases.delivery import alarm as phrases
from models.phrases.text import Lang, Text

log = structlog.get_logger()
Straight = Callable[[Address, str], Awaitable[None]]  # puts words on the wire; raises what the wire raises
_AGAIN = timedelta(hours=1)
_LATER = 30.0  # seconds until a messenger that was not reached is tried again
_MOST = 20  # alarms that wait for it; the oldest goes


class Alarm:
    """`ring(where, error)`: safe to call from anywhere, also while the database is down."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        operator: Address | None,
        straight: Straight | None = None,
    ) -> None:
        self._database, self._clock, self._operator = database, clock, operator
        self._straight = straight
        self.rung: dict[str, int] = {}
        self._untold: set[Future[None]] = set()
        self._waiting: deque[Text] = deque(maxlen=_MOST)  # to go straight to the messenger
        self._said: dict[str, datetime] = {}  # what went that way: when
        self.errand = Errand("alarm", self._go_straight, self)

    def ring(self, where: str, error: BaseException) -> str:
        """Give back the error's name and place, which is all that is kept of it: messages may hold what people wrote."""
        what = fingerprint(error)
        if (ailment := ailment_of(error)) is not None:
            self._ails(where, what, ailment)
        elif isinstance(error, NotLeading):  # that we were replaced is no news: whoever leads now works
            log.info("alarm.replaced", where=where)
        else:
            self.say(where, what, trace=frames(error))
        return what

    def _ails(self, where: str, what: str, ailment: Ailment) -> None:
        self.rung[what] = self.rung.get(what, 0) + 1
        log.error("alarm", where=where, error=what, ails=ailment.value, count=self.rung[what])
        self._say_straight(ailment.value, phrases.ailment(ailment.value))

    def _say_straight(self, what: str, words: Text) -> None:
        """Have it told past the database, the same once an hour."""
        now = self._clock()
        if self._operator is None or self._straight is None:
            return
        if what in self._said and abs(now - self._said[what]) < _AGAIN:
            return
        self._said[what] = now
        self._waiting.append(words)
        self.errand.want()

    async def _go_straight(self) -> int:
        done = 0
        while self._waiting and self._operator is not None and self._straight is not None:
            try:
                await self._straight(self._operator, self._waiting[0].to_plain(Lang.VI))
            except Exception as error:  # the network is away as well: again with the next one, or in a while
                log.error("alarm.untold", error=type(error).__name__, waiting=len(self._waiting))
                asyncio.get_running_loop().call_later(_LATER, self.errand.want)
                return done
            self._waiting.popleft()
            done += 1
        return done

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
        except DatabaseClosed:
            log.error("alarm.untold", where=where)  # the database is closed already
        else:
            self._untold.add(telling)
            telling.add_done_callback(partial(self._told, key, message))

    def _told(self, key: str, message: Message, telling: Future[None]) -> None:
        self._untold.discard(telling)
        if not telling.cancelled() and telling.exception() is not None:
            self._say_straight(key, message.text)

    @property
    def operator(self) -> Address | None:
        """Where the operator is told."""
        return self._operator

    def offers(self, buttons: Buttons) -> Buttons:
        """Return the buttons where the operator can tap them: in a group nobody is heard."""
        return [] if self._operator is None or self._operator.key.startswith("-") else buttons

    def tell(self, db: Session, message: Message, *, key: str, now: datetime) -> None:
        """Tell the operator in a transaction that is under way."""
        self._tell(db, message, key, now)

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
        """Wait until what was rung is in the outbox, or has gone straight to the messenger."""
        await asyncio.gather(*map(asyncio.wrap_future, tuple(self._untold)), return_exceptions=True)
        await self.errand.once()

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
