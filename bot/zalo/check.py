"""What `python -m bot check` tries with Zalo: the token, how it calls us; and what nobody knows of it."""

from __future__ import annotations

from typing import Any

from bot.finding import Finding, Verdict
from bot.settings import PREFIX, Settings
from bot.zalo.api import NoAnswer, Post, Unsent, Zalo, ZaloRefused

_TOKEN, _WEBHOOK = f"{PREFIX}ZALO__TOKEN", f"{PREFIX}ZALO__WEBHOOK_URL"


async def check_zalo(settings: Settings, *, post: Post | None = None) -> list[Finding]:
    """Return what can be tried from here; nothing where Zalo is not used."""
    if not settings.zalo.is_on:
        return []
    bot = Zalo(settings.zalo.token.get_secret_value(), settings.zalo.api_url, post=post)
    try:
        return [await _check_token(bot), await _check_calls(bot, settings), unknown_quota()]
    finally:
        await bot.close()


def unknown_quota() -> Finding:
    """Say what decides whether reminders arrive, and is not known."""
    said = "how many messages a bot may send unasked, to whom and at what price is not known: a reminder may be refused"
    hint = "ask Zalo before you count on it; docs/operator.md says how a refusal shows"
    return Finding("zalo quota", Verdict.NOTE, said, hint)


async def _check_token(bot: Zalo) -> Finding:
    try:
        told = await bot.call("getMe", seconds=10)
    except ZaloRefused as error:
        said = "Zalo does not know this token" if error.code == 401 else f"Zalo refuses it ({error.code})"
        return Finding("zalo token", Verdict.WRONG, said, f"copy {_TOKEN} again from Zalo Bot Manager")
    except (Unsent, NoAnswer) as error:
        return _no_answer("zalo token", error)
    name = _word(told, "account_name")
    return Finding("zalo token", Verdict.GOOD, f"it is {name or 'a bot without a name'}")


async def _check_calls(bot: Zalo, settings: Settings) -> Finding:
    """Compare where Zalo calls with what is set here. `run` puts it right; a second program may have changed it."""
    try:
        there = _word(await bot.call("getWebhookInfo", seconds=10), "url")
    except ZaloRefused as error:
        return Finding("zalo calls", Verdict.NOTE, f"not known: Zalo refuses to say ({error.code})")
    except (Unsent, NoAnswer) as error:
        return _no_answer("zalo calls", error)
    ours = settings.zalo.webhook_url
    if there != ours:
        said = f"Zalo calls {there}" if there else "Zalo calls nobody"
        return Finding("zalo calls", Verdict.NOTE, said, "`run` changes it when it starts")
    if ours:
        return Finding("zalo calls", Verdict.GOOD, f"it calls {ours}")
    said = "we ask it: what it hands over while the program dies is lost"
    return Finding("zalo calls", Verdict.NOTE, said, f"set {_WEBHOOK} for good use")


def _no_answer(subject: str, error: Exception) -> Finding:
    said = f"Zalo gave no answer ({type(error).__name__})"
    return Finding(subject, Verdict.WRONG, said, f"check {PREFIX}ZALO__API_URL and the network")


def _word(told: Any, key: str) -> str:
    found = told.get(key) if isinstance(told, dict) else None
    return found[:200] if isinstance(found, str) else ""
