"""Zalo's way in: getUpdates, and what its events mean."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog

from bot.alarm import Alarm
from bot.receiving import Receiver
from bot.zalo import reading
from bot.zalo.api import NO_UPDATE, NoAnswer, Unsent, Zalo, ZaloRefused
from handlers.ground.context import Incoming
from models.delivery.inbox import Received
from models.ground.channel import Address, Channel

log = structlog.get_logger()


class ZaloEar:
    """`invites_to`: the name of the bot that invites' links lead to, which is Telegram's, whoever makes them."""

    channel = Channel.TEXT

    def __init__(self, invites_to: Callable[[], str]) -> None:
        self._invites_to = invites_to

    @property
    def name(self) -> str:
        return self._invites_to()

    def load(self, body: bytes) -> Any:
        return reading.load_event(body)

    def read(self, update: Any) -> Incoming:
        return reading.read_event(update)

    def sent_at(self, update: Any, *, now: datetime) -> datetime:
        return reading.sent_at(update, now=now)

    def has_file(self, body: bytes) -> bool:
        return False

    def is_private(self, address: Address) -> bool:
        return True  # a group's messages are never answered, so that none has an address here

    def waits(self, update: Any) -> str:
        return ""

    async def answer(self, waiting: str, said: str) -> None:
        """Do nothing: there are no buttons that wait."""

    async def show_working(self, address: Address) -> None:
        """Do nothing: what it counts against the bot's quota is not known."""


def received(event: reading.Json) -> Received:
    """Return the event to be stored, known by its message's id."""
    return Received(reading.id_of(event), reading.lane_of(event), json.dumps(event).encode())


class ZaloPolling:
    """getUpdates, for `receiver`: one event each time, and no way to say that it was kept.

    Zalo does not bring again what it has handed over. So an event that could not be stored stays in our hands, and nothing
    more is asked for until it is; what the process takes along when it dies is lost, and its writer has to write again.
    """

    def __init__(self, zalo: Zalo, receiver: Receiver, alarm: Alarm) -> None:
        self._zalo, self._receiver, self._alarm = zalo, receiver, alarm
        self._unstored: list[Received] = []

    async def run(self, *, wait: int = 30) -> None:
        """Ask until the receiver stops."""
        pause = 1.0
        while not self._receiver.is_stopping:
            try:
                await self.once(wait=wait)
                pause = 1.0
                continue
            except ZaloRefused as error:
                if error.code < 500:  # the token, or a webhook that is set: the operator has to put it right
                    self._alarm.ring("inbox.zalo", error)
                log.warning("inbox.zalo", code=error.code, seconds=pause)
            except (Unsent, NoAnswer) as error:
                log.warning("inbox.zalo", error=type(error).__name__, seconds=pause)
            except Exception as error:  # the database is away, or nobody thought of it
                self._alarm.ring("inbox.accept", error)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 30)

    async def once(self, *, wait: int = 0) -> int:
        """Ask once; return how many events came."""
        await self._store()
        try:
            told = await self._zalo.call("getUpdates", seconds=wait + 10, timeout=wait)
        except ZaloRefused as error:
            if error.code == NO_UPDATE:
                return 0
            raise
        events = told if isinstance(told, list) else [told] if told else []
        fit = [event for event in events if reading.is_event(event)]
        if len(fit) < len(events):
            self._alarm.say("inbox.zalo", "an event without a message's id")
        self._unstored = [received(event) for event in fit]
        await self._store()
        return len(events)

    async def _store(self) -> None:
        if self._unstored:
            await self._receiver.accept(self._unstored)
            self._unstored = []
