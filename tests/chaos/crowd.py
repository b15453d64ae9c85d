"""People who register by their invites, write their reviews, check in and type into the blue, each text another one, now and then twice."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.chaos.messenger import Messenger

_FORWARD = ("Đúng", "Đã hiểu", "Đồng ý")  # how the labels begin that lead to the end of a registration
_PATIENCE = 45.0  # seconds in which somebody waits for an answer, before they try something else
_HURRY = 6.0  # seconds after which some tap once more
_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who has got a link. `opens`: it is the secretary, who opens the campaign of reviews."""

    chat: int
    name: str
    number: str
    token: str
    opens: bool = False


@dataclass
class Spoken:
    """What all of them did. `texts`: marker of a text and the number of the update that brought it."""

    texts: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)  # words of an automatic message, and to whom it goes
    did: Counter[str] = field(default_factory=Counter)
    registered: set[int] = field(default_factory=set)
    markers: Any = field(default_factory=lambda: count(1))


class Somebody:
    """One person: `live()` until `is_over()`."""

    def __init__(
        self,
        who: Invited,
        messenger: Messenger,
        spoken: Spoken,
        is_over: Callable[[], bool],
        chance: random.Random,
    ) -> None:
        self.who, self._messenger, self._spoken = who, messenger, spoken
        self._is_over, self._chance = is_over, chance

    async def live(self) -> None:
        await self._registers()
        if self.who.opens:
            await self._says("/kiemdiem")
            await self._taps("Mở đợt mới", "Mở đợt này")
        while not self._is_over():
            if self.who.chat not in self._spoken.registered:
                await self._registers()
                continue
            does = self._chance.choices(
                (self._writes, self._reports, self._mutters, self._looks), weights=(6, 1, 3, 2)
            )
            await does[0]()

    # --- what they do -------------------------------------------------------------------------------------------------

    async def _registers(self) -> None:
        if not self._shown():
            await self._acts(lambda: self._messenger.opened_link(self.who.chat, self.who.token))
        for _ in range(_ROUNDS):
            if self._is_over():
                return
            keyboard = self._messenger.reply_keyboard(self.who.chat)
            if keyboard is not None and any(
                b["request_contact"] for row in keyboard["keyboard"] for b in row
            ):
                await self._acts(lambda: self._messenger.shares_contact(self.who.chat))
                continue
            label = next((one for one in self._labels() if one.startswith(_FORWARD)), "")
            if label:
                await self._taps(label)
                continue
            await self._says("/start")
            if self.who.name in self._newest():
                self._spoken.registered.add(self.who.chat)
                self._spoken.did["registrations"] += 1
                return

    async def _writes(self) -> None:
        """A review, a few sentences at a time."""
        await self._says("/kiemdiem")
        label = next((one for one in self._labels() if one.startswith("Viết ")), "")
        if not label:
            return
        await self._taps(label)
        for _ in range(self._chance.randint(2, 8)):
            if self._is_over():
                return
            await self._types(self._chance.choice((1, 1, 1, 2, 3)))
            if self._chance.random() < 0.2:
                await self._taps("Mục tiếp theo")

    async def _reports(self) -> None:
        await self._says("/baocao")
        if "Mọi việc vẫn ổn" in self._labels():
            await self._taps("Mọi việc vẫn ổn")
            self._spoken.did["check-ins"] += 1

    async def _mutters(self) -> None:
        """Words that nobody has asked for."""
        await self._says("/menu")
        await self._types(self._chance.randint(1, 2))
        if self._chance.random() < 0.5:
            await self._taps("Nhắn bí thư")

    async def _looks(self) -> None:
        await self._says(self._chance.choice(("/menu", "/dulieu", "/hop", "/trogiup", "/sotay")))

    # --- how they do it -----------------------------------------------------------------------------------------------

    async def _types(self, times: int) -> None:
        def type_them() -> None:
            for _ in range(times):
                marker = f"zq{next(self._spoken.markers):06}"
                self._messenger.says(self.who.chat, f"Việc {marker} của tôi.")
                self._spoken.texts[marker] = next(reversed(self._messenger.given))

        await self._acts(type_them)

    async def _says(self, words: str) -> None:
        await self._acts(lambda: self._messenger.says(self.who.chat, words))

    async def _taps(self, *labels: str) -> None:
        for label in labels:
            found = next((data for shown, data in self._buttons() if label == shown), None)
            if found is None:
                return
            twice = self._chance.random() < 0.08

            def tap(found: tuple[int, str] = found, times: int = 1 + twice) -> None:
                for _ in range(times):
                    self._messenger.taps(self.who.chat, *found, stale=True)

            await self._acts(tap)

    async def _acts(self, act: Callable[[], object]) -> None:
        """Do it, and wait for an answer as people wait."""
        since = self._messenger.place
        act()
        self._spoken.did["acts"] += 1
        loop = asyncio.get_running_loop()
        began, impatient = loop.time(), self._chance.random() < 0.1
        while self._messenger.last_said(self.who.chat) < since:
            waited = loop.time() - began
            if waited > _PATIENCE or self._is_over():
                self._spoken.did["waited in vain"] += not self._is_over()
                return
            if impatient and waited > _HURRY:
                self._messenger.says(self.who.chat, "/menu")
                impatient = False
            await asyncio.sleep(0.05)
        seen = -1
        # an answer may have several parts
        while seen != (seen := self._messenger.last_said(self.who.chat)):  # noqa: ASYNC110
            await asyncio.sleep(self._chance.uniform(0.2, 0.7))

    # --- what they see ------------------------------------------------------------------------------------------------

    def _shown(self) -> list[Any]:
        chat = self._messenger.chats[self.who.chat]
        return [one for one in chat.messages.values() if one.by_bot]

    def _newest(self) -> str:
        shown = self._shown()
        return shown[-1].text if shown else ""

    def _buttons(self) -> list[tuple[str, tuple[int, str]]]:
        """Below the newest message that has any."""
        for message in reversed(self._shown()[-6:]):
            found = [
                (button["text"], (message.message_id, button["callback_data"]))
                for row in message.inline
                for button in row
                if "callback_data" in button
            ]
            if found:
                return found
        return []

    def _labels(self) -> list[str]:
        return [label for label, _ in self._buttons()]
