"""The two messengers with a journal, and the way to them: it takes its time, and may end a process before or after a call.

The journal says what came about at a messenger, in the order in which it did: it knows nothing of what the program believes.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from telegram.request import RequestData

from bot.standin import CallAnswer, StandIn, UploadedFile
from bot.standin.request import StandInRequest
from bot.standin.zalo import ZaloMessage, ZaloStandIn
from bot.standin.zalo.network import ZaloPost
from models.delivery.claims import Claimed
from tests.pushservice import PushService
from tests.simulate.life import ROW, Life

SAYS = ("sendMessage", "sendPhoto", "sendDocument", "sendVoice", "editMessageText")


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that the bot said came about. `row`: of the outbox, as the process that said it named it."""

    at: datetime
    address: str
    method: str
    row: int | None
    text: str
    silent: bool
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as a browser has it: the messages that stand there, each with its row (0: it has nothing to tap) and words."""

    at: datetime
    address: str
    messages: tuple[tuple[int, str], ...]


class Journal:
    """`effects`: what was said; `asked`: rows of which a call left; `taken`: updates that were confirmed.

    `pages`: what browsers showed; `rings`: when which of them rang, `bells`: whose they are.
    """

    def __init__(self) -> None:
        self.effects: list[Effect] = []
        self.pages: list[Shown] = []
        self.rings: list[tuple[datetime, str]] = []
        self.bells: dict[str, str] = {}
        self.asked: set[int] = set()
        self.doubtful: set[int] = set()  # written down as on the wire when a process died
        self.taken: list[tuple[str, str]] = []
        self.faults: dict[str, int] = {}
        self.brought_again = 0

    def digest(self) -> list[tuple[Any, ...]]:
        """Return what is the same in two runs of one seed."""
        return [(one.at, one.address, one.method, one.row, one.text) for one in self.effects]


class JournalledTelegram(StandIn):
    def __init__(self, journal: Journal, *, now: Callable[[], datetime], token: str) -> None:
        super().__init__(now=now, token=token)
        self.journal = journal
        self.again = (
            0  # so many updates that were confirmed come once more with the next answer, and before it
        )
        self._old: deque[dict[str, Any]] = deque(maxlen=20)

    def _perform(
        self, method: str, params: Mapping[str, Any], files: Mapping[str, UploadedFile]
    ) -> CallAnswer:
        answer = super()._perform(method, params, files)
        if answer.status == 200 and method.lower() == "getupdates":
            return self._with_old(answer)
        if answer.status == 200 and method.lower() in _SAYS:
            result = answer.body["result"]
            said = str(params.get("text") or params.get("caption") or "")
            self.journal.effects.append(
                Effect(
                    self.now(),
                    f"telegram:{params['chat_id']}",
                    method,
                    ROW.get(),
                    said,
                    str(params.get("disable_notification", "")).lower() == "true",
                    result.get("message_id") if isinstance(result, dict) else None,
                )
            )
        return answer

    def _with_old(self, answer: CallAnswer) -> CallAnswer:
        found = answer.body["result"]
        old = list(self._old)[-self.again :] if self.again and found else []
        self.again -= len(old)
        self.journal.brought_again += len(old)
        return CallAnswer(200, {"ok": True, "result": [*old, *found]})

    def _forget_confirmed(self, offset: int) -> None:
        before = list(self._updates)
        super()._forget_confirmed(offset)
        for update in before[: len(before) - len(self._updates)]:
            self.journal.taken.append(("telegram", str(update["update_id"])))
            self._old.append(update)

    def webhook_took(self, update: dict[str, Any]) -> None:
        super().webhook_took(update)
        self.journal.taken.append(("telegram", str(update["update_id"])))

    @property
    def has_news(self) -> bool:
        return bool(self._updates)


_SAYS = {one.lower() for one in SAYS}


class JournalledZalo(ZaloStandIn):
    def __init__(self, journal: Journal, *, now: Callable[[], datetime], token: str) -> None:
        super().__init__(now=now, token=token, told=self._note)
        self.journal = journal

    def _note(self, chat_id: str, message: ZaloMessage) -> None:
        if message.by == "bot":
            self.journal.effects.append(
                Effect(message.at, f"text:{chat_id}", "sendMessage", ROW.get(), message.text, False, None)
            )


class JournalledPush(PushService):
    """The push service of all browsers."""

    def __init__(self, journal: Journal, *, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self.journal = journal

    def takes(self, method: str, url: str, headers: dict[str, str], body: bytes) -> int:
        status = super().takes(method, url, headers, body)
        if status == 201:
            self.journal.rings.append((self.now(), urlsplit(url).path))
        return status


class Road:
    """How long calls take; chance decides. `held`: nothing comes back before this is over."""

    def __init__(self) -> None:
        self.delay: Callable[[], float] = lambda: 0.0


class TelegramCalls(StandInRequest):
    """One process's way to Telegram."""

    def __init__(self, standin: JournalledTelegram, life: Life, road: Road) -> None:
        super().__init__(standin)
        self._life, self._road, self._journal, self._now = life, road, standin.journal, standin.now

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **how: Any
    ) -> tuple[int, bytes]:
        polls = url.partition("?")[0].endswith("/getUpdates")
        with _on_the_way(self._life, counts=not polls):
            self._life.point("call.asked")
            await asyncio.sleep(self._road.delay())
            self._life.point("call.left")
            if (row := ROW.get()) is not None:
                self._journal.asked.add(row)
            answer = await super().do_request(url, method, request_data, *args, **how)
            if (time := self._life.app.time) is not None:  # as its answers' Date says
                time.hear(self._now())
            self._life.point("call.done")
            await asyncio.sleep(self._road.delay())
            return answer


class ZaloCalls(ZaloPost):
    """One process's way to Zalo."""

    def __init__(self, standin: JournalledZalo, life: Life, road: Road) -> None:
        super().__init__(standin)
        self._life, self._road, self._journal = life, road, standin.journal

    async def send(self, url: str, body: bytes, *, seconds: float) -> tuple[int, bytes]:
        polls = url.endswith("/getUpdates")
        if polls:
            self._life.has_event = False  # more is asked for when the one before is stored
        with _on_the_way(self._life, counts=not polls):
            self._life.point("call.asked")
            await asyncio.sleep(self._road.delay())
            self._life.point("call.left")
            if (row := ROW.get()) is not None:
                self._journal.asked.add(row)
            answer = await super().send(url, body, seconds=seconds)
            self._life.has_event = self._life.has_event or (polls and answer[0] == 200)
            self._life.point("call.done")
            return answer


@contextmanager
def _on_the_way(life: Life, *, counts: bool) -> Iterator[None]:
    life.calls += counts
    try:
        yield
    finally:
        life.calls -= counts


def named(send: Any) -> Any:
    """A wire's `send`, which names the row that it sends to the journal."""

    async def sending(self: Any, item: Claimed) -> Any:
        token = ROW.set(item.id)
        try:
            return await send(self, item)
        finally:
            ROW.reset(token)

    return sending
