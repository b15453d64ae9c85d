"""Telegram's way in: getUpdates, and what its updates mean."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.telegram import reading
from bot.telegram.chats import is_private, number_of
from handlers.ground.context import Incoming
from models.ground.channel import Address, Channel

log = structlog.get_logger()
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

    async def answer(self, waiting: str, said: str) -> None:
        """Stop the button's spinner, with what its step says in it; tried once, since it expires within minutes."""
        try:
            await self._bot.answer_callback_query(waiting, text=said[:_NOTE] or None)
        except TelegramError as error:
            log.info("inbox.answer", error=type(error).__name__)

    async def show_working(self, address: Address) -> None:
        """Show that the bot is typing, for five seconds."""
        try:
            await self._bot.send_chat_action(number_of(address), ChatAction.TYPING)
        except TelegramError as error:
            log.info("inbox.typing", error=type(error).__name__)
