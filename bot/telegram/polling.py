"""getUpdates: Telegram asked for what has come."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.alarm import Alarm
from bot.receiving import DATABASE_AGAIN, Receiver
from bot.telegram import reading
from bot.telegram.hearing import ALLOWED, Hearing

log = structlog.get_logger()


class Polling:
    """getUpdates, for `receiver`. What is stored is confirmed by the next call."""

    def __init__(
        self, bot: Bot, request: BaseRequest, receiver: Receiver, hearing: Hearing, alarm: Alarm
    ) -> None:
        self._bot, self._request, self._receiver, self._alarm = bot, request, receiver, alarm
        self._hearing = hearing
        self._offset = 0

    async def run(self, *, wait: int = 25) -> None:
        """Ask until the receiver stops."""
        pause = 1.0
        while not self._receiver.is_stopping:
            try:
                await self.once(wait=wait)
                self._hearing.heard()
                pause = 1.0
                continue
            except InvalidToken:
                raise
            except TelegramError as error:
                log.warning("inbox.poll", error=type(error).__name__, seconds=pause)
                self._hearing.missed(type(error).__name__)
                rest = _seconds(error) if isinstance(error, RetryAfter) else pause
            except Exception as error:  # the database is away, or nobody thought of it: nothing is confirmed
                self._alarm.ring("inbox.accept", error)
                rest = min(pause, DATABASE_AGAIN)
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
        await self._receiver.accept([reading.received(one, self._alarm) for one in updates], step=step)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
