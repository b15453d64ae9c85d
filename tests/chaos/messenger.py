"""The stand-in for Telegram, which notes what came about in the order in which it did, and now and then brings an update twice or early."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from bot.standin import CallAnswer, StandIn, UploadedFile

SAYS = {one.lower() for one in ("sendMessage", "sendPhoto", "sendDocument", "sendVoice", "editMessageText")}
_KEPT = 200  # confirmed updates that may come once more


@dataclass(frozen=True, slots=True)
class Given:
    """Something that a person did. `at`: its place among all that came about."""

    at: int
    number: int
    chat: int
    callback: str  # of a tap, which wants to be answered


@dataclass(frozen=True, slots=True)
class Said:
    """Something that the bot said and that arrived, whatever the bot was told of it."""

    at: int
    chat: int
    method: str
    words: str
    message_id: int


class Messenger(StandIn):
    """`mischief`: how often an answer to getUpdates is shuffled or holds old updates, from 0 to 1."""

    def __init__(self, *, token: str, chance: random.Random, mischief: float) -> None:
        super().__init__(now=lambda: datetime.now(UTC), token=token)
        self.given: dict[int, Given] = {}
        self.said: list[Said] = []
        self.taken: dict[int, int] = {}  # confirmed updates, and when
        self.answered: set[str] = set()
        self.odd: Counter[str] = Counter()
        self.faulty: Counter[str] = Counter()
        self.mischief = mischief
        self._chance = chance
        self._places = count(1)
        self._old: list[dict[str, Any]] = []

    def last_said(self, chat: int) -> int:
        """The place of the newest thing that was said there."""
        return next((one.at for one in reversed(self.said) if one.chat == chat), 0)

    @property
    def place(self) -> int:
        return next(self._places)

    @property
    def has_news(self) -> bool:
        return bool(self._updates)

    def calms_down(self) -> None:
        """Nothing goes wrong any more."""
        self._faults.clear()
        self.mischief = 0

    async def fails_for(self, seconds: float, method: str, *, times: int, fault: str) -> None:
        """The next calls of the method meet the fault, unless they come later than that."""
        self.fail(method, times=times, fault=fault)
        planned = self._faults[-1]
        await asyncio.sleep(seconds)
        if planned in self._faults:
            self._faults.remove(planned)

    # --- what the bot does --------------------------------------------------------------------------------------------

    def _perform(
        self, method: str, params: Mapping[str, Any], files: Mapping[str, UploadedFile]
    ) -> CallAnswer:
        answer = super()._perform(method, params, files)
        if answer.status == 200 and method.lower() == "getupdates":
            return CallAnswer(200, answer.body | {"result": self._brought(answer.body["result"])})
        if answer.status == 200:
            self._note(method.lower(), params, answer.body["result"])
        return answer

    def _note(self, method: str, params: Mapping[str, Any], result: Any) -> None:
        if method == "answercallbackquery":
            self.answered.add(str(params["callback_query_id"]))
        if method not in SAYS:
            return
        words = str(params.get("text") or params.get("caption") or "")
        message_id = result["message_id"] if isinstance(result, dict) else 0
        self.said.append(Said(self.place, int(params["chat_id"]), method, words, message_id))

    def _next_fault(self, method: str, params: Mapping[str, Any]) -> Any:
        fault = super()._next_fault(method, params)
        if fault is not None:
            self.faulty[fault.kind] += 1
        return fault

    # --- what people do -----------------------------------------------------------------------------------------------

    def _enqueue(self, kind: str, content: dict[str, Any]) -> None:
        before = len(self._updates)
        super()._enqueue(kind, content)
        if len(self._updates) == before:
            return
        number, chat = self._updates[-1]["update_id"], int(content["from"]["id"])
        callback = str(content["id"]) if kind == "callback_query" else ""
        self.given[number] = Given(self.place, number, chat, callback)

    def _brought(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if found and self._old and self._chance.random() < self.mischief:
            again = self._chance.sample(self._old, min(len(self._old), self._chance.randint(1, 3)))
            found = [*found, *again]
            self.odd["brought again"] += len(again)
        if len({_whose(one) for one in found}) > 1 and self._chance.random() < self.mischief:
            found = self._reordered(found)
            self.odd["answers reordered"] += 1
        return found

    def _reordered(self, updates: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """People come in another order; what one of them did stays in the order in which they did it."""
        places = [_whose(one) for one in updates]
        self._chance.shuffle(places)
        lines = {whose: iter([one for one in updates if _whose(one) == whose]) for whose in places}
        return [next(lines[whose]) for whose in places]

    def _forget_confirmed(self, offset: int) -> None:
        before = list(self._updates)
        super()._forget_confirmed(offset)
        for update in before[: len(before) - len(self._updates)]:
            self.taken[update["update_id"]] = self.place
            self._old = [*self._old[-_KEPT:], update]


def _whose(update: Mapping[str, Any]) -> int:
    content = next(value for key, value in update.items() if key != "update_id")
    return int(content["from"]["id"])
