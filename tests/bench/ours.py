"""Our whole way, in a process of its own: stored, stepped by a member's step, committed, sent, settled.

python -m tests.bench.ours API DATABASE RATE [notice]      notice: that job does not wait for the minute
"""

from __future__ import annotations

import asyncio
import signal
import sys

from pydantic import SecretStr

from bot.app import App, build
from bot.serve import loop_factory, spare_the_collector
from bot.settings import Settings
from handlers.context import Context
from jobs import TIMETABLE
from models.clock import system_clock
from models.outbox import OutboxPolicy
from models.phrases.text import raw
from models.sealing import Keyring, use_keys
from tests.bot.steps import routes
from tests.fakes import UNHURRIED

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


def echo(ctx: Context) -> None:
    ctx.say(raw(ctx.incoming.text))  # in the member's language: it is looked up who speaks


async def say_notices(app: App) -> None:
    (job,) = (job for job in TIMETABLE if job.name == "notice.move")
    while True:
        await asyncio.to_thread(app.runner.run, job)
        app.sender.wake()
        await asyncio.sleep(2)


def main(api_url: str, database_url: str, rate: str, *also: str) -> None:
    use_keys(Keyring([KEY]))
    settings = Settings(
        _env_file=None,
        token=SecretStr("1:bench"),
        api_url=api_url,
        database_url=database_url,
        outbox=OutboxPolicy(rate=float(rate), chat_seconds=0),
        flood=UNHURRIED,
    )
    app = build(settings, system_clock, routes=routes(echo))
    spare_the_collector()

    async def live() -> None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, app.stop)
        saying = [asyncio.create_task(say_notices(app)) for one in also if one == "notice"]
        await app.run()
        for task in saying:
            task.cancel()

    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(live())
    app.database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
