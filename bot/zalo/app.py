"""Zalo's part of the program: its ear, its wire, and how it is called."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from bot.alarm import Alarm
from bot.receiving import Receiver
from bot.settings import Settings
from bot.text.links import Links
from bot.zalo.api import NoAnswer, Post, Unsent, Zalo, ZaloRefused
from bot.zalo.ear import ZaloEar, ZaloPolling
from bot.zalo.webhook import webhook_secret
from bot.zalo.wire import ZaloWire
from models.ground.clock import Clock
from models.ground.db import Database

log = structlog.get_logger()


class ZaloApp:
    """Made only where there is a token. `post` stands in for the network."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        links: Links,
        clock: Clock,
        alarm: Alarm,
        *,
        invites_to: Callable[[], str],
        post: Post | None = None,
    ) -> None:
        self._settings, self._alarm = settings, alarm
        self.bot = Zalo(settings.zalo.token.get_secret_value(), settings.zalo.api_url, post=post)
        self.ear = ZaloEar(invites_to)
        self.wire = ZaloWire(self.bot, database, links, clock)

    def listen(self, receiver: Receiver) -> None:
        """Join it to who takes its events."""
        self._receiver = receiver
        self.polling = ZaloPolling(self.bot, receiver, self._alarm)

    async def run(self) -> None:
        """Tell Zalo how we are called, then ask it for events, unless it calls us. Until it is cancelled."""
        pause = 1.0
        while not self._receiver.is_stopping and not await self._introduce():
            await asyncio.sleep(pause)
            pause = min(pause * 2, 60)
        if self._settings.zalo.webhook_url:
            await asyncio.get_running_loop().create_future()
        await self.polling.run()

    async def _introduce(self) -> bool:
        """Polling works only while no webhook is set; False: once more."""
        url = self._settings.zalo.webhook_url
        try:
            if url:
                await self.bot.call("setWebhook", url=url, secret_token=webhook_secret(self._settings))
            else:
                await self.bot.call("deleteWebhook")
        except ZaloRefused as error:
            self._alarm.ring("zalo.introduce", error)
            log.warning("zalo.introduce", code=error.code)
            return False
        except (Unsent, NoAnswer) as error:
            log.warning("zalo.introduce", error=type(error).__name__)
            return False
        return True
