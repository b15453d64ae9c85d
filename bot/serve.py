"""`python -m bot run`: settings, schema, keys, then the program until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.handbook import take_handbook
from bot.keys import damaged, note_newest_key, open_keys
from bot.logs import set_up_logs
from bot.privacy import open_to_others
from bot.service import STOPPING, keep_telling, tell
from bot.settings import Settings, WrongSettings, read_settings, unknown_variables
from models.delivery.leadership import Frozen, is_frozen
from models.ground.clock import steady_seconds, system_clock
from models.ground.db import Database
from models.migrations import migrate
from models.phrases.catalogue import use_words

if TYPE_CHECKING:
    from bot.app import App  # loaded when settings and database are in order

log = structlog.get_logger()
_ENDS_WITHIN = 9.0  # seconds: a service manager waits for ten
_CLOSES_WITHIN = 1.5


def serve() -> None:
    settings = read_settings()
    if not settings.token.get_secret_value():
        raise WrongSettings(
            "BOT_TOKEN is not set. Hint: get one from @BotFather, or try `python -m bot demo`."
        )
    set_up_logs(settings.log_level)
    use_words(settings.words)
    for name, nearest in unknown_variables():
        log.warning("settings.unknown", variable=name, nearest=nearest)
    if settings.serves:
        require_free(*settings.address)
    os.umask(0o077)  # the database, its journal and what lies beside it are their owner's alone
    for path in open_to_others(settings):
        log.warning("files.open_to_others", file=str(path), hint=f"chmod go-rwx {path}")
    made = prepare(settings)
    if made is not None:
        log.warning(
            "keys.made", file=str(made.absolute()), hint="back it up: without it sealed fields are lost"
        )
    live(partial(_build, settings))


def prepare(settings: Settings) -> Path | None:
    """Open the keys, bring the database up and put in what each start puts in: alone, for several may start at once.

    Return the key file, when one was made just now.
    """
    database = Database(settings.database_url)
    try:
        with database.alone("start"):
            with database.engine.connect() as connection:
                if is_frozen(connection):
                    raise Frozen
            made = open_keys(settings)
            damaged(settings)  # it is logged
            for step in migrate(settings.database_url):
                log.info("migrate.step", step=step)
            note_newest_key(settings, now=system_clock())
            take_handbook(settings.database_url, settings.handbook)
            return made
    finally:
        database.close()


def _build(settings: Settings) -> App:
    from bot.app import Outside, build

    app = build(settings, outside=Outside(anchor=settings.data_directory, seconds=steady_seconds))
    spare_the_collector()
    return app


def live(make: Callable[[], App]) -> None:
    """Run the program until it is told to stop. When another process has taken its turn, begin anew, and stand by."""
    ended = False
    while not ended:
        with asyncio.Runner(loop_factory=loop_factory()) as runner:  # what still runs at its end is cancelled
            ended = runner.run(_live(make))


async def _live(make: Callable[[], App]) -> bool:
    app = make()

    def stop() -> None:
        tell(STOPPING)
        app.stop()
        last = threading.Timer(_ENDS_WITHIN, _leave)
        last.daemon = True
        last.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    telling = asyncio.create_task(keep_telling())
    try:
        return await app.run()
    finally:
        telling.cancel()
        with ThreadPoolExecutor(1) as thread:  # of its own: jobs may hold all those of the event loop
            close = partial(app.database.close, within=_CLOSES_WITHIN)
            await asyncio.get_running_loop().run_in_executor(thread, close)
        log.info("app.stopped")


def _leave() -> None:
    """End now: something hangs that cannot be ended, a name server or a disk. It is as after a crash, which loses nothing."""
    log.warning("app.left")
    os._exit(0)


def spare_the_collector() -> None:
    """Spare what was made at start from the collector: a tick makes ten thousand objects, and it need not look there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def require_free(host: str, port: int) -> None:
    """Raise OSError when somebody listens there already: uvicorn would end the process with a log line only."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(kind, socket.SOCK_STREAM) as place:
        # else a port counts as taken for a minute after a program has left it
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        place.bind((host, port))


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # not made for every system
        return None
    return uvloop.new_event_loop
