"""The stand-in and its simulated users in a process of their own: python -m tests.bench.telegram [USERS]

One line of JSON in, one line of JSON out. A user says something and is done when the bot's next message is there.

    {"do": "closed", "users": 100, "seconds": 5}    each user speaks again as soon as they are answered
    {"do": "open", "users": 100, "rate": 50, "seconds": 5}
    {"do": "beside", "folder": "…", "senders": 4, "seconds": 5}     the same of one member's /menu, while others send its files
    {"do": "closed", "talk": "menu", "users": 100, "seconds": 5}     the same in the program's own screens (talks.py); "open" too
    {"do": "first"}                                  one user, once: how long until the answer
    {"do": "count", "seconds": 5}                    how many messages the bot sends, second by second
    {"do": "copies"}                                 to how many chats of a notice it went, and how often to one
    {"do": "asked_by"}                               to how many chats a roll call's question went, and when the last
    {"do": "safe", "share": 0.5, "seconds": 50}      so many of those asked tap, evenly over the seconds; it goes on meanwhile
    {"do": "safe_told"}                              how long each waited for the confirmation
    {"do": "figures_in", "chat": 1000099}            the figures that came to a watcher: when, and what they say
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import count as numbers
from pathlib import Path
from typing import Any

from bot.standin import BotCall, StandIn
from bot.standin.server import listen, server
from tests.bench.talks import FIRST, TALKERS, TALKS, turns

Speak = Callable[[], Coroutine[Any, Any, float]]


class Crowd:
    def __init__(self, standin: StandIn, users: int) -> None:
        self._standin = standin
        self._waiting: dict[int, list[tuple[float, asyncio.Future[float]]]] = {}
        self.sent: dict[int, int] = {}
        self.noticed: dict[int, int] = {}
        self._talking: dict[str, list[Speak]] = {}
        self.asked: dict[int, float] = {}  # when
        self.figures: dict[int, list[tuple[float, str]]] = {}
        self._tapped: dict[int, tuple[float, asyncio.Future[float]]] = {}
        self._tapping: asyncio.Task[list[float]] | None = None
        standin.observers.append(self._heard)
        for user in range(FIRST, FIRST + users):
            standin.add_user(user, "Người thử")
            standin.users[user].started = True

    def _heard(self, call: BotCall) -> None:
        if call.method not in ("sendMessage", "editMessageText") or call.status != 200:
            return
        now, chat = time.perf_counter(), int(call.params["chat_id"])
        self._roll_call(chat, str(call.params.get("text")))
        if call.method == "sendMessage":
            self.sent[int(now)] = self.sent.get(int(now), 0) + 1
            if chat >= FIRST + TALKERS:
                self.noticed[chat] = self.noticed.get(chat, 0) + 1
        if waiting := self._waiting.get(chat):
            since, answer = waiting.pop(0)
            if not answer.done():
                answer.set_result(now - since)

    async def say(self, user: int, text: str = "xin chào", file: tuple[str, bytes] | None = None) -> float:
        """Seconds until the answer was on the wire."""
        if file is None:
            return await self._answered(user, partial(self._standin.says, user, text))
        return await self._answered(user, partial(self._standin.sends_file, user, "document", *file))

    async def _takes(self, user: int, step: str) -> float:
        tap = partial(self._tap, user, step[1:])
        return await self._answered(user, tap) if step[0] == "=" else await self.say(user, step)

    def _tap(self, user: int, address: str) -> None:
        for message in reversed(self._standin.chats[user].messages.values()):
            for button in (button for row in message.inline for button in row):
                if button.get("callback_data", "").startswith(address):
                    self._standin.taps(user, message.message_id, button["callback_data"])
                    return
        raise LookupError(f"no button {address!r}")

    async def _answered(self, user: int, does: Callable[[], Any]) -> float:
        answer: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(user, []).append((time.perf_counter(), answer))
        does()
        return await asyncio.wait_for(answer, 60)

    def _speakers(self, users: int, talk: str = "", text: str = "xin chào") -> list[Speak]:
        """So many who speak: each call is the next step of their talk; without one it is always the same word."""
        if not talk:
            return [partial(self.say, FIRST + n, text) for n in range(users)]
        if talk not in self._talking:  # they go on where they were
            people = iter(TALKS[talk].who)
            several = min(TALKERS, len(TALKS[talk].who))
            self._talking[talk] = [self._speaker(talk, people) for _ in range(several)]
        return self._talking[talk][:users]

    def _speaker(self, talk: str, people: Iterator[int]) -> Speak:
        steps, one_at_a_time = turns(TALKS[talk], people), asyncio.Lock()

        async def speak() -> float:
            async with one_at_a_time:
                return await self._takes(*next(steps))

        return speak

    async def closed(self, users: int, seconds: float, **who: str) -> dict[str, Any]:
        end, took = time.perf_counter() + seconds, []

        async def one(speak: Speak) -> None:
            while time.perf_counter() < end:
                took.append(await speak())

        began = time.perf_counter()
        await asyncio.gather(*(one(speak) for speak in self._speakers(users, **who)))
        return {"per_second": len(took) / (time.perf_counter() - began), **percentiles(took)}

    async def open(self, users: int, rate: float, seconds: float, **who: str) -> dict[str, Any]:
        speaking, speakers = [], self._speakers(users, **who)
        began = time.perf_counter()
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            speaking.append(asyncio.create_task(speakers[number % len(speakers)]()))
        return percentiles(await asyncio.gather(*speaking))

    async def beside(self, folder: str, senders: int, seconds: float, **_: Any) -> dict[str, Any]:
        """/menu again and again, while each sender sends the next file when the last one was answered."""
        files = [(one.name, one.read_bytes()) for one in sorted(Path(folder).iterdir())]  # noqa: ASYNC240 - before it begins
        opened, over = 0, False

        async def send(user: int) -> None:
            nonlocal opened
            for number in numbers(user):
                await self.say(user, file=files[number * 7 % len(files)])
                if over:
                    return
                opened += 1

        sending = [asyncio.create_task(send(FIRST + 1 + n)) for n in range(senders)]
        await asyncio.sleep(2 if senders else 0)  # the process is loaded
        end, took = time.perf_counter() + seconds, []
        while time.perf_counter() < end:
            took.append(await self.say(FIRST, "/menu"))
            await asyncio.sleep(0.05)
        told = percentiles(took)
        over = True
        await asyncio.gather(*sending)  # what is under way must not reach into the next measurement
        return told | {"files": opened}

    async def first(self, text: str = "xin chào", **_: Any) -> dict[str, Any]:
        return {"p50": await self.say(FIRST, text)}

    async def count(self, seconds: float, **_: Any) -> dict[str, Any]:
        first = int(time.perf_counter()) + 1
        await asyncio.sleep(seconds)
        whole = range(first, int(time.perf_counter()))
        return {"each": [self.sent.get(second, 0) for second in whole]}

    # --- a roll call ------------------------------------------------------------------------------------------------

    def _roll_call(self, chat: int, text: str) -> None:
        if "Đồng chí có an toàn không" in text:
            self.asked.setdefault(chat, time.time())
        elif "Số liệu lúc" in text:
            self.figures.setdefault(chat, []).append((time.time(), text))
        elif chat in self._tapped and "Đã ghi lúc" in text:
            since, answer = self._tapped.pop(chat)
            answer.set_result(time.perf_counter() - since)

    async def safe(self, share: float, seconds: float, **_: Any) -> dict[str, Any]:
        self._tapping = asyncio.create_task(self._tap_safe(share, seconds))
        return {}

    async def _tap_safe(self, share: float, seconds: float) -> list[float]:
        chats = list(self.asked)[: int(len(self.asked) * share)]
        began, waiting = time.perf_counter(), []
        for number, chat in enumerate(chats):
            await asyncio.sleep(max(0.0, began + number / len(chats) * seconds - time.perf_counter()))
            answer: asyncio.Future[float] = asyncio.get_running_loop().create_future()
            self._tapped[chat] = (time.perf_counter(), answer)
            waiting.append(answer)
            self._standin.taps(chat, *self._safe_button(chat))
        return list(await asyncio.wait_for(asyncio.gather(*waiting), 60))

    def _safe_button(self, chat: int) -> tuple[int, str]:
        for message in self._standin.history(chat):
            for row in message["inline_keyboard"]:
                if str(row[0].get("callback_data")).startswith("rollcall:safe:"):
                    return message["message_id"], row[0]["callback_data"]
        raise LookupError("nobody asked")

    async def safe_told(self, **_: Any) -> dict[str, Any]:
        assert self._tapping is not None
        return percentiles(await self._tapping)

    async def asked_by(self, **_: Any) -> dict[str, Any]:
        return {"chats": len(self.asked), "last": max(self.asked.values(), default=0.0)}

    async def figures_in(self, chat: int, **_: Any) -> dict[str, Any]:
        return {"figures": self.figures.get(chat, [])}

    async def copies(self, **_: Any) -> dict[str, Any]:
        return {"chats": len(self.noticed), "most": max(self.noticed.values(), default=0)}


def percentiles(took: list[float]) -> dict[str, Any]:
    took = sorted(took)
    return {"n": len(took), "p50": took[len(took) // 2], "p95": took[int(len(took) * 0.95)]}


async def main() -> None:
    standin = StandIn(now=lambda: datetime.now(UTC), token="1:bench")
    crowd = Crowd(standin, int(sys.argv[1]) if sys.argv[1:] else 2000)
    door = listen()
    running = server(standin)
    serving = asyncio.create_task(running.serve(sockets=[door]))
    print(f"http://127.0.0.1:{door.getsockname()[1]}", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        order = json.loads(line)
        work: Callable[..., Awaitable[dict[str, Any]]] = getattr(crowd, order.pop("do"))
        try:
            told = await work(**order)
        except TimeoutError:
            told = {"error": "no answer within 30 s"}
        print(json.dumps(told), flush=True)
    running.should_exit = running.force_exit = True
    await serving


if __name__ == "__main__":
    import uvloop

    uvloop.run(main())
