"""A stand-in for Telegram's Bot API: in memory, without network, with a clock that is given.

One side answers the bot's calls as strictly as Telegram does (`call`, `poll`, `download`), the other does
what people do with their phones (`says`, `taps`, `shares_contact`, …), a third reads what a phone shows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.standin.bot_side import BotSide
from bot.standin.faults import (
    CONNECT as CONNECT,
    DELIVERED_THEN_RESET as DELIVERED_THEN_RESET,
    TIMEOUT_AFTER as TIMEOUT_AFTER,
    TIMEOUT_BEFORE as TIMEOUT_BEFORE,
    ConnectionLost as ConnectionLost,
    Fault as Fault,
    NeverConnected as NeverConnected,
    ReadTimedOut as ReadTimedOut,
    flood as flood,
    server_error as server_error,
)
from bot.standin.phone_side import PhoneSide
from bot.standin.reading import ReadingSide
from bot.standin.records import BotCall as BotCall, CallAnswer as CallAnswer, UploadedFile as UploadedFile


class StandIn(BotSide, PhoneSide, ReadingSide):
    """Telegram, as far as one bot and the people it talks to can tell."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        token: str = "1:demo",  # noqa: S107 - invented
        username: str = "xa_nha_demo_bot",
        pace: bool = False,
        domain: str = "",
    ) -> None:
        super().__init__(now=now, token=token, username=username, pace=pace, domain=domain)
