"""The library's errors in an operator's words."""

from __future__ import annotations

from telegram.error import InvalidToken, TelegramError


def explain_telegram(error: BaseException) -> str | None:
    """Return the sentence and the hint for an error of the Bot API; None: it is none."""
    match error:
        case InvalidToken():
            return "Telegram does not know this token. Hint: copy BOT_TOKEN again from @BotFather."
        case TelegramError():
            return f"The Bot API server gave no answer ({type(error).__name__}). Hint: check BOT_API_URL and the network."
        case _:
            return None
