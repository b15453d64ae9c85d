"""The outward heartbeat: a URL outside is asked after each audit, only when all is well.

    audit.look ──all well──> GET BOT_HEARTBEAT_URL         whoever keeps that URL misses it within the hour when the
             └──not well──> alarm, and no GET              program, its machine, its database or a promise is broken,
                                                           or nobody is heard (bot/telegram/hearing.py)

What is said is that all is well, and nothing else: no names, no numbers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future

import aiohttp
import structlog

from bot.alarm import Alarm
from jobs.ground.runner import Run
from jobs.trust.audit import LOOK
from models.ground.db import Database
from models.trust.audit import AuditRun, last_audit

log = structlog.get_logger()
_PATIENCE = 10.0  # seconds for an answer
_TRIES, _PAUSE = 3, 5.0  # a lost packet is no reason to wake somebody


class HeartbeatSender:
    """`after(run)`: safe to call from the thread that ran the job. `url` empty: alarms only.

    `is_deaf`: whether the messenger is not heard, of which the database knows nothing.
    """

    def __init__(
        self, database: Database, alarm: Alarm, url: str, *, is_deaf: Callable[[], bool] = lambda: False
    ) -> None:
        self._database, self._alarm, self._url, self._is_deaf = database, alarm, url, is_deaf
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pings: set[Future[None]] = set()

    def start(self) -> None:
        """Start it, in the loop that is to do the asking."""
        self._loop = asyncio.get_running_loop()

    def after(self, run: Run) -> None:
        if run.job != LOOK or run.errors:  # the runner has rung for these
            return
        found = self._database.run(last_audit)
        if found is None:
            return
        for finding in found.findings.all:
            log.warning("audit.found", **finding.model_dump())
        if not found.well:
            self._ring(found)
        elif not self._is_deaf():
            self._beat()

    def _ring(self, found: AuditRun) -> None:
        for finding in found.findings.all:
            if not finding.repaired:
                self._alarm.say(f"audit.{finding.check}", finding.error or str(finding.count))

    def _beat(self) -> None:
        if self._url and self._loop is not None:
            ping = asyncio.run_coroutine_threadsafe(self._ping(), self._loop)
            self._pings.add(ping)
            ping.add_done_callback(self._pings.discard)

    async def told(self) -> None:
        """Wait until what was begun has ended."""
        await asyncio.gather(*map(asyncio.wrap_future, tuple(self._pings)), return_exceptions=True)

    async def _ping(self) -> None:
        timeout = aiohttp.ClientTimeout(total=_PATIENCE)
        async with aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as session:
            for attempt in range(_TRIES):
                if attempt:
                    await asyncio.sleep(_PAUSE)
                if await self._is_heard(session):
                    return
        log.warning("heartbeat.unheard")

    async def _is_heard(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(self._url) as answer:
                return 200 <= answer.status < 300
        except (aiohttp.ClientError, TimeoutError) as error:
            log.info("heartbeat.unheard", error=type(error).__name__)
            return False
