"""Our whole way, in a process of its own: stored, stepped by a member's step, committed, sent, settled.

python -m tests.bench.ours API DATABASE RATE [notice.move | checkin.move] [files | rooms]

a job's name: it does not wait for the minute; files: everybody's files are opened; rooms: all of the program's own steps.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from pydantic import SecretStr

from bot.app import App, build
from bot.serve import loop_factory, spare_the_collector
from bot.settings import Settings
from handlers import ROUTES
from handlers.ground.context import Context
from handlers.ground.routing import Routes
from jobs import TIMETABLE
from jobs.ground.runner import Items, Sweep
from models.delivery.foreign.content import PAPERS
from models.delivery.policy import OutboxPolicy
from models.ground.clock import system_clock
from models.ground.sealing import Keyring, use_keys
from models.phrases.text import raw
from models.trust.opening import Reads, Wanted
from models.year.review.forms import every_form
from tests.bot.steps import routes
from tests.fakes import UNHURRIED

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


def echo(ctx: Context) -> None:
    ctx.say(raw(ctx.incoming.text or "…"))  # in the member's language: it is looked up who speaks


class WithFiles(Routes):
    """The program's own routes, where everybody has a question open that takes files."""

    @classmethod
    def of(cls, routes: Routes) -> WithFiles:
        return cls(**{field.name: getattr(routes, field.name) for field in fields(routes)})

    def step(self, ctx: Context) -> None:
        """One answer to each file, whatever was found in it."""
        echo(ctx) if ctx.incoming.file is not None else super().step(ctx)

    def wanted_file(self, ctx: Context) -> Wanted:
        name = ctx.incoming.file.name if ctx.incoming.file else ""
        reads = {"xlsx": Reads.ROSTER, "docx": Reads.REVIEW}.get(name.rpartition(".")[2], Reads.NOTHING)
        return Wanted(types=PAPERS, reads=reads, form=every_form()[0].code, today=date(2026, 12, 1))


async def run_often(app: App, job: Items | Sweep) -> None:
    while True:
        await asyncio.to_thread(app.runner.run, job)
        app.sender.wake()
        await asyncio.sleep(2)


def _routes(also: Sequence[str]) -> Routes:
    if "files" in also:
        return WithFiles.of(ROUTES)
    return ROUTES if "rooms" in also else routes(echo)


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
    app = build(settings, system_clock, routes=_routes(also))
    spare_the_collector()

    async def live() -> None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, app.stop)
        often = [asyncio.create_task(run_often(app, job)) for job in TIMETABLE if job.name in also]
        await app.run()
        for task in often:
            task.cancel()

    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(live())
    app.database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
