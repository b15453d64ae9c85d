"""Fetch what people sent and Telegram still has, once each, so that it is ours (models/delivery/file.py).

    a wanted file ──> fetched ──> sealed in its row
                        ├─ it did not come ──> again later, a few times
                        └─ gone, or too big for a bot ──> lost: on Telegram it may still be shown, nowhere else

One after the other, a handful a minute, beside everything else: the first time there may be years of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import structlog
from sqlalchemy.orm import Session

from bot.alarm import Alarm
from bot.files import Files
from models.delivery.file import WantedFile, file_is_away, file_is_here, wanted_files
from models.delivery.policy import FilePolicy
from models.ground.channel import Channel
from models.ground.clock import Clock
from models.ground.db import Database
from models.ground.errors import Refused

log = structlog.get_logger()
T = TypeVar("T")
_PAUSE = 60.0  # seconds between two handfuls


class Keeper:
    def __init__(
        self, database: Database, files: Files, policy: FilePolicy, clock: Clock, alarm: Alarm
    ) -> None:
        self._database, self._files, self._policy = database, files, policy
        self._clock, self._alarm = clock, alarm

    async def run(self) -> None:
        while True:
            await asyncio.sleep(_PAUSE)
            try:
                await self.fetch()
            except Exception as error:
                self._alarm.ring("keeping", error)

    async def fetch(self) -> int:
        """Fetch the next handful; how many were wanted."""
        limit = self._policy.fetch_handful
        find = partial(wanted_files, channel=Channel.TELEGRAM, now=self._clock(), limit=limit)
        wanted = await self._ask(find)
        for file in wanted:
            await self._fetch(file)
        return len(wanted)

    async def _fetch(self, file: WantedFile) -> None:
        try:
            data = await self._files.bring(file.key)
        except Refused:
            await self._ask(partial(self._is_away, file, False))
            return
        if data is None:
            log.warning("keeping.lost")
            await self._ask(partial(self._is_away, file, True))
            return
        await self._ask(partial(file_is_here, file_id=file.id, data=data))

    def _is_away(self, file: WantedFile, for_good: bool, db: Session) -> None:
        file_is_away(db, file.id, self._policy, now=self._clock(), for_good=for_good)

    async def _ask(self, work: Callable[[Session], T]) -> T:
        return await asyncio.wrap_future(self._database.submit(work))
