"""What `python -m bot check` tries with Telegram: the token, whom it calls, the clock beside its own, the operator's chat, the door's login."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import TelegramError

from bot.cli import explain
from bot.finding import Finding, Verdict
from bot.settings import PREFIX, Settings, WrongSettings
from bot.telegram.hearing import unheard
from bot.telegram.transport import AiohttpRequest
from bot.telegram.wire import try_chat, try_login
from models.ground.clock import system_clock

_CLOCK_TOLERANCE = 30  # seconds
_PATIENCE = 10.0  # seconds for an answer from the network


@asynccontextmanager
async def bot_for(settings: Settings) -> AsyncIterator[Bot]:
    """Open a bot that knows its name. Raises what getMe raises."""
    token = settings.token.get_secret_value()
    if not token:
        raise WrongSettings("BOT_TOKEN is not set. Hint: get one from @BotFather, or give --username.")
    request = AiohttpRequest(connections=1, timeout=_PATIENCE)
    bot = Bot(token, base_url=f"{settings.api_url}/bot", request=request, get_updates_request=request)
    try:
        await bot.initialize()
        yield bot
    finally:
        await request.shutdown()


async def check_telegram(settings: Settings) -> list[Finding]:
    """Return what can be tried from here only with the network."""
    return [
        await check_token(settings),
        await check_calls(settings),
        await check_clock(settings),
        await check_operator(settings),
        await check_door(settings),
    ]


async def check_operator(settings: Settings) -> Finding:
    """Check that alarms arrive: a line is sent there and taken back."""
    chat = settings.operator_chat
    if chat is None:
        return Finding(
            "operator", Verdict.NOTE, "none: alarms stand in the log alone", "set BOT_OPERATOR_CHAT"
        )
    try:
        async with bot_for(settings) as bot:
            now = await try_chat(bot, chat)
    except (WrongSettings, TelegramError) as error:
        said = f"nothing can be sent to chat {chat} ({str(error)[:80]})"
        return Finding(
            "operator", Verdict.WRONG, said, "open the bot in that chat, then see BOT_OPERATOR_CHAT"
        )
    if now != chat:
        said = f"the group is a supergroup now, with the id {now}"
        return Finding("operator", Verdict.WRONG, said, f"set BOT_OPERATOR_CHAT={now}")
    return Finding("operator", Verdict.GOOD, "a line was sent there and taken back")


async def check_token(settings: Settings) -> Finding:
    try:
        async with bot_for(settings) as bot:
            return Finding("token", Verdict.GOOD, f"it is @{bot.username}")
    except (WrongSettings, TelegramError) as error:
        said, _, hint = (explain(error) or "It cannot be used.").partition(" Hint: ")
        return Finding("token", Verdict.WRONG, said, hint)


async def check_calls(settings: Settings) -> Finding:
    """Compare how Telegram reaches us with what is set here, and ask whether it can."""
    ours = settings.webhook_url
    try:
        async with bot_for(settings) as bot:
            info = await bot.get_webhook_info()
    except (WrongSettings, TelegramError):
        return Finding("calls", Verdict.NOTE, "not known: see the token")
    waiting = f"{info.pending_update_count} updates wait there" if info.pending_update_count else ""
    if ours and not info.url:
        return Finding("calls", Verdict.NOTE, "Telegram calls nobody yet", "`run` tells it, at its start")
    why = unheard(info, ours, now=system_clock())
    if why:
        hint = "stop the other program with this token" if info.url != ours else f"try {ours} from outside"
        return Finding(
            "calls", Verdict.WRONG, f"nobody is heard: {why}. {waiting}".strip(), f"{hint}; then restart"
        )
    return Finding("calls", Verdict.GOOD, f"it calls {ours}" if ours else "we ask it")


async def check_door(settings: Settings) -> Finding:
    """Check what personal links are worth here.

    Telegram says whether the domain is linked only to a bot that sends such a button.
    """
    attendance = settings.policies().attendance
    variable, host = f"{PREFIX}ATTENDANCE__DOOR_LOGIN", urlsplit(attendance.door).hostname
    if not host:
        verdict = Verdict.WRONG if attendance.door_login else Verdict.NOTE
        said = "none: buttons open the meeting's own link, and nothing notes who came by it"
        return Finding("door", verdict, said, "BOT_WEBHOOK_URL with https, or BOT_ATTENDANCE__DOOR")
    link_it = f"link {host} to the bot (@BotFather, /setdomain)"
    if not attendance.door_login:
        said = "a personal link that is passed on before it was opened lets another person in, as its owner"
        return Finding("door", Verdict.NOTE, said, f"{link_it}, then set {variable}=true")
    if settings.operator_chat is None:
        return Finding("door", Verdict.NOTE, "not tried: BOT_OPERATOR_CHAT is not set", link_it)
    try:
        async with bot_for(settings) as bot:
            await try_login(bot, settings.operator_chat, attendance.door)
    except (WrongSettings, TelegramError) as error:
        wrong = "domain_invalid" in str(error).lower()
        said = f"Telegram does not know {host} as the bot's" if wrong else "a button could not be tried"
        hint = (
            f"{link_it}, or no personal link can be sent" if wrong else "see the token and BOT_OPERATOR_CHAT"
        )
        return Finding("door", Verdict.WRONG, said, hint)
    return Finding("door", Verdict.GOOD, f"Telegram proves who opens a personal link to {host}")


async def check_clock(settings: Settings) -> Finding:
    """Compare our clock with that of the Bot API server."""
    theirs = await _their_time(settings.api_url)
    if theirs is None:
        return Finding("clock", Verdict.NOTE, "not known: the Bot API server tells no time")
    offset = round((system_clock() - theirs).total_seconds())
    if abs(offset) > _CLOCK_TOLERANCE:
        return Finding(
            "clock", Verdict.WRONG, f"{offset:+d} s off", "set the clock by NTP (timedatectl set-ntp true)"
        )
    return Finding("clock", Verdict.GOOD, f"{offset:+d} s beside the Bot API server")


async def _their_time(url: str) -> datetime | None:
    import aiohttp

    try:
        timeout = aiohttp.ClientTimeout(total=_PATIENCE)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.head(url) as answer:
            return parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return None
