"""Telegram's way in: getUpdates, and what its updates mean."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.telegram import reading
from bot.telegram.chats import is_private
from handlers.ground.context import Incoming
from models.ground.channel import Address, Channel

log = structlog.get_logger()
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
