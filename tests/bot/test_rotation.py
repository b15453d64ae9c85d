"""Token and webhook secret are changed as the operator's guide says: what is written meanwhile is answered, once."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from pydantic import SecretStr
from telegram.error import InvalidToken

from bot.app import build
from bot.settings import Settings
from bot.standin import StandIn
from models.delivery.policy import OutboxPolicy
from models.ground.clock import system_clock
from tests.bot.processes import until
from tests.bot.steps import echo, routes
from tests.bot.test_webhook import ANN, free_port, replica, settings, telegram
from tests.fakes import UNHURRIED


def heard(standin: StandIn) -> list[str]:
    return [m["text"] for m in standin.history(ANN) if m["from"] == "bot"]


def test_a_revoked_token_loses_nothing_that_was_written_until_the_new_one_is_set(database_url: str) -> None:
    async def run(url: str, token: str, standin: StandIn, *words: str) -> None:
        chosen = Settings(
            _env_file=None,
            token=SecretStr(token),
            api_url=url,
            database_url=database_url,
            outbox=OutboxPolicy(rate=1000, chat_seconds=0),
            flood=UNHURRIED,
        )
        app = build(chosen, system_clock, routes=routes(echo))
        task = asyncio.create_task(app.run())
        try:
            for word in words:
                await until(lambda word=word: f"echo {word}" in heard(standin))  # type: ignore[misc]
            standin.token = "1:renewed"  # @BotFather, /revoke
            standin.says(ANN, "hai")
            standin.says(ANN, "ba")
        finally:
            app.stop()
            with suppress(InvalidToken):
                await task
            app.database.close()

    async def main() -> None:
        async with telegram() as (standin, url):
            standin.says(ANN, "một")
            await run(url, "1:demo", standin, "một")
            assert heard(standin) == ["echo một"]
            await run(url, "1:renewed", standin, "hai", "ba")
            assert heard(standin)[:3] == ["echo một", "echo hai", "echo ba"]
            assert heard(standin).count("echo hai") == 1

    asyncio.run(main())


def test_a_new_webhook_secret_loses_no_call(database_url: str) -> None:
    async def main() -> None:
        port = free_port()
        async with telegram() as (standin, url):
            async with replica(settings(database_url, url, port, secret="the-old-one")):
                standin.says(ANN, "một")
                await until(lambda: heard(standin) == ["echo một"])
            standin.says(ANN, "hai")  # nobody listens
            async with replica(settings(database_url, url, port, secret="the-new-one")):
                standin.says(ANN, "ba")
                await until(lambda: len(heard(standin)) == 3)
                assert heard(standin) == ["echo một", "echo hai", "echo ba"]

    asyncio.run(main())
