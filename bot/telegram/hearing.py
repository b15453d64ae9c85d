"""Whether Telegram is heard: how it is to reach us is said until it is taken, and what keeps us from hearing is told.

setWebhook, or deleteWebhook ──until done──> then each minute, where Telegram calls us: getWebhookInfo
setMyCommands                ──until done──> beside it: a bot without a menu is heard all the same

heard: getUpdates was answered, or Telegram names our address and has nothing that it could not deliver
not heard for five minutes: deaf. The operator is told once an hour, and no heartbeat says that all is well
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from telegram import Bot, BotCommand, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.alarm import Alarm
from bot.settings import Settings
from bot.telegram.webhook import webhook_secret
from handlers import COMMANDS
from handlers.ground.context import CommandAudience
from models.delivery.message import Message
from models.ground.clock import Clock
from models.phrases.delivery import alarm as phrases

log = structlog.get_logger()
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
_DEAF = timedelta(minutes=5)
_LOOK = 60.0  # seconds between two looks at the webhook
_LATE = timedelta(minutes=5)  # a failed call that is older is no news


class Hearing:
    """`heard` and `missed` are said by whoever asks Telegram; `is_deaf` is what comes of it."""

    def __init__(self, bot: Bot, settings: Settings, clock: Clock, alarm: Alarm) -> None:
        self._bot, self._settings, self._clock, self._alarm = bot, settings, clock, alarm
        self._missed_since: datetime | None = None

    @property
    def is_deaf(self) -> bool:
        return self._missed_since is not None and self._clock() - self._missed_since >= _DEAF

    def heard(self) -> None:
        self._missed_since = None

    def missed(self, why: str) -> None:
        """Note that Telegram was not heard; `why`: an error's name, or two words."""
        self._missed_since = self._missed_since or self._clock()
        if self.is_deaf:
            log.error("inbox.deaf", why=why, since=self._missed_since.isoformat())
            minutes = int((self._clock() - self._missed_since).total_seconds() // 60)
            words = Message(phrases.deaf(minutes=minutes, why=why))
            self._alarm.note("inbox.deaf", words, key=f"alarm:deaf:{self._clock():%Y%m%d%H}")

    async def run(self) -> None:
        """Say how we are reached, and our commands; then watch that Telegram can reach us. Until it is cancelled."""
        commands = asyncio.create_task(_until_done("app.commands", self.name_commands))
        try:
            await _until_done("app.way", self.say_how_we_are_reached, missed=self.missed)
            if not self._settings.webhook_url:
                await asyncio.get_running_loop().create_future()  # who polls says what is heard
            while True:
                await self.look()
                await asyncio.sleep(_LOOK)
        finally:
            commands.cancel()

    async def say_how_we_are_reached(self) -> None:
        if self._settings.webhook_url:
            secret = webhook_secret(self._settings)
            await self._bot.set_webhook(
                self._settings.webhook_url, secret_token=secret, allowed_updates=ALLOWED
            )
        else:
            await self._bot.delete_webhook()

    async def name_commands(self) -> None:
        for language in ("", "en"):
            commands = [
                BotCommand(c.name, c.about.to_plain(language or "vi"))
                for c in COMMANDS
                if c.audience is CommandAudience.EVERYONE
            ]
            await self._bot.set_my_commands(commands, language_code=language or None)

    async def look(self) -> None:
        """Ask Telegram whether it can call us; where it has another address, it is told ours again."""
        try:
            info = await self._bot.get_webhook_info()
            why = unheard(info, self._settings.webhook_url, now=self._clock())
            if info.url != self._settings.webhook_url:
                await self.say_how_we_are_reached()
        except TelegramError as error:
            why = type(error).__name__
        self.missed(why) if why else self.heard()


def unheard(info: WebhookInfo, url: str, *, now: datetime) -> str:
    """Return why Telegram does not reach us, as it tells it itself; empty where it does. `url`: empty where we poll."""
    if info.url != url:
        return "another webhook is set" if info.url else "no webhook is set"
    failed = info.last_error_date
    if info.pending_update_count and failed is not None and now - failed <= _LATE:
        return f"webhook: {(info.last_error_message or 'failed')[:80]}"
    return ""


async def _until_done(
    where: str, work: Callable[[], Awaitable[None]], *, missed: Callable[[str], None] = lambda why: None
) -> None:
    pause = 1.0
    while True:
        try:
            await work()
            return
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning(where, error=type(error).__name__, seconds=pause)
            missed(type(error).__name__)
        await asyncio.sleep(pause)
        pause = min(pause * 2, 60)
