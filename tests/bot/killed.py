"""The bot as a process of its own that kills itself when it passes a mark for the n-th time, or reads `chết`."""

from __future__ import annotations

import os
import signal
from collections import Counter
from typing import Any

from pydantic import SecretStr

from bot.app import Outside, build
from bot.serve import live
from bot.settings import Settings
from handlers import ROUTES
from handlers.ground.context import Context
from models.delivery.policy import OutboxPolicy
from models.ground.clock import system_clock
from models.ground.sealing import Keyring, use_keys
from tests.bot.steps import echo, routes
from tests.fakes import UNHURRIED

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def step(ctx: Context) -> None:
    echo(ctx)
    if ctx.incoming.text == "chết":
        die()


def main(
    api_url: str,
    database_url: str,
    mark: str,
    count: int,
    kind: str = "",
    *,
    rate: int = 1000,
    there: Any = None,
) -> None:
    """`there`: an event, set as soon as the program stands by."""
    use_keys(Keyring([KEY]))
    passed: Counter[str] = Counter()

    def reached(name: str) -> None:
        passed[name] += 1
        if name == "app.stands_by" and there is not None:
            there.set()
        if name == mark and passed[name] == count:
            die()

    settings = Settings(
        _env_file=None,
        token=SecretStr("1:demo"),
        api_url=api_url,
        database_url=database_url,
        outbox=OutboxPolicy(rate=rate, chat_seconds=0),
        flood=UNHURRIED,
    )
    steps = ROUTES if kind == "real" else routes(step)
    live(lambda: build(settings, system_clock, routes=steps, outside=Outside(mark=reached)))
