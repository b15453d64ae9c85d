"""The bot as Telegram knows it, and the files that Telegram keeps."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

import structlog
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.files import Gone, NotFetched, TooBig
from bot.settings import Settings
from bot.telegram.transport import AiohttpRequest

log = structlog.get_logger()
Request = BaseRequest  # the library's way to the network


class Telegram:
    """`request` and `poll_request` stand in for the network; `hears` is told what time it is there."""

    def __init__(
        self,
        settings: Settings,
        *,
        request: BaseRequest | None = None,
        poll_request: BaseRequest | None = None,
        hears: Callable[[datetime], None] | None = None,
    ) -> None:
        rate = settings.policies().outbox.rate
        # a server of Bot API on this machine has this machine's clock
        tells = settings.api_url == "https://api.telegram.org"
        answers = partial(AiohttpRequest, hears=hears, tells_time=tells)
        self.poll_request = poll_request or request or answers(connections=1, timeout=35)
        self.bot = Bot(
            settings.token.get_secret_value(),
            base_url=f"{settings.api_url}/bot",
            base_file_url=f"{settings.api_url}/file/bot",
            request=request or answers(connections=max(64, int(rate * 0.5))),
            get_updates_request=self.poll_request,
        )

    async def is_known(self, stop: asyncio.Event, sleep: Callable[[float], Awaitable[None]]) -> bool:
        """Wait for the network as long as it takes until the bot knows its name; False: we were told to stop."""
        pause = 1.0
        while not stop.is_set():
            try:
                await self.bot.initialize()
                return True
            except InvalidToken:
                raise
            except TelegramError as error:
                log.warning("app.network", error=type(error).__name__, seconds=pause)
                await sleep(pause)
                pause = min(pause * 2, 60)
        return False

    async def fetch(self, key: str, *, largest: int) -> bytes:
        """Return the bytes of a file that Telegram keeps; raise what bot/files.py says."""
        try:
            remote = await self.bot.get_file(key)
            if (remote.file_size or 0) > largest:
                raise TooBig
            return bytes(await remote.download_as_bytearray())
        except BadRequest as error:
            raise (TooBig if "too big" in error.message.lower() else Gone) from error
        except TelegramError as error:
            log.warning("files.fetch", error=type(error).__name__)
            raise NotFetched from error
