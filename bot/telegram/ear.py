"""Telegram's way in: getUpdates, and what its updates mean."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.alarm import Alarm
from bot.receiving import Receiver
from bot.telegram import reading
from bot.telegram.chats import is_private
from handlers.ground.context import Incoming
from models.delivery.inbox import Received
from models.ground.channel import Address, Channel

log = structlog.get_logger()
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
_PATIENCE = 5.0  # seconds that a tapped button waits for its step to say something in it
_NOTE = 200  # letters in a tapped button


class TelegramEar:
    channel = Channel.TELEGRAM

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    @property
    def name(self) -> str:
        return self._bot.username

    def load(self, body: bytes) -> Any:
        return reading.load_update(body)

    def read(self, update: Any) -> Incoming:
        return reading.read_update(update)

    def sent_at(self, update: Any, *, now: datetime) -> datetime:
        return reading.sent_at(update, now=now)

    def has_file(self, body: bytes) -> bool:
        return reading.has_file(body)

    def is_private(self, address: Address) -> bool:
        return is_private(address)

    def waits(self, update: Any) -> str:
        return reading.query_of(update)

    async def answer(self, waiting: str, told: asyncio.Future[str]) -> None:
        """Stop the button's spinner, with what its step says in it. It expires within minutes: not worth storing."""
        await asyncio.wait([told], timeout=_PATIENCE)
        said = told.result() if told.done() and not told.cancelled() else ""
        try:
            await self._bot.answer_callback_query(waiting, text=said[:_NOTE] or None)
        except TelegramError as error:
            log.info("inbox.answer", error=type(error).__name__)


def received(update: Mapping[str, Any], alarm: Alarm) -> Received:
    """Return the update to be stored. What cannot be written down as JSON is nothing: its step says that it cannot be read."""
    try:
        body = json.dumps(update, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        alarm.ring("inbox.accept", error)
        body = b""
    return Received(str(update["update_id"]), reading.lane_of(update), body)


class Polling:
    """getUpdates, for `receiver`. What is stored is confirmed by the next call."""

    def __init__(self, bot: Bot, request: BaseRequest, receiver: Receiver, alarm: Alarm) -> None:
        self._bot, self._request, self._receiver, self._alarm = bot, request, receiver, alarm
        self._offset = 0

    async def run(self, *, wait: int = 25) -> None:
        """Ask until the receiver stops."""
        pause = 1.0
        while not self._receiver.is_stopping:
            try:
                await self.once(wait=wait)
                pause = 1.0
                continue
            except InvalidToken:
                raise
            except TelegramError as error:
                log.warning("inbox.poll", error=type(error).__name__, seconds=pause)
                rest = _seconds(error) if isinstance(error, RetryAfter) else pause
            except Exception as error:  # the database is away, or nobody thought of it: nothing is confirmed
                self._alarm.ring("inbox.accept", error)
                rest = pause
            await asyncio.sleep(rest)
            pause = min(pause * 2, 30)

    async def once(self, *, wait: int = 0) -> int:
        """Ask once; return how many updates came."""
        query = urlencode(
            {"offset": self._offset, "timeout": wait, "limit": 100, "allowed_updates": json.dumps(ALLOWED)}
        )
        updates = await self._request.post(f"{self._bot.base_url}/getUpdates?{query}", read_timeout=wait + 10)
        if not isinstance(updates, list) or not updates:
            return 0
        first = not self._offset
        fit = [update for update in updates if reading.is_update(update)]
        if len(fit) < len(updates):
            self._alarm.say("inbox.poll", "an update without an id")
        await self.bring(fit, step=not first)
        self._offset = max((update["update_id"] + 1 for update in fit), default=self._offset)
        if first:  # what ended the last process before it was stored may be among them
            await self._receiver.take_up()
        return len(updates)

    async def bring(self, updates: Sequence[Mapping[str, Any]], *, step: bool = True) -> None:
        """Store updates as they came; then they may be confirmed."""
        await self._receiver.accept([received(one, self._alarm) for one in updates], step=step)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
