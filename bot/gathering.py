"""Fetch the files that a bundle wants (models/year/review/bundle.py), and have each put under the bundle's password.

    a wanted part ──> fetched ──> wrapped in the process that opens files ──> sealed in its row
                          └─ too big, gone, cannot be mastered ──> missing: the index says so

One after the other, beside everything else; what was not fetched when the process ended is fetched at the next start.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import structlog
from sqlalchemy.orm import Session

from bot.alarm import Alarm
from bot.errand import Errand
from bot.files import Files
from jobs.ground.runner import Run
from models.delivery.file import stored_file
from models.ground.channel import Channel
from models.ground.clock import Clock
from models.ground.db import Database
from models.ground.errors import Refused
from models.year.review.bundle import WantedPart, next_wanted_part, part_is_here

log = structlog.get_logger()
T = TypeVar("T")
_JOB = "review.bundle"


class Gatherer:
    def __init__(self, database: Database, files: Files, clock: Clock, alarm: Alarm) -> None:
        self._database, self._files, self._clock = database, files, clock
        self.errand = Errand("gathering", self.drain, alarm)

    def after(self, run: Run) -> None:
        """Wake the gathering, since a step of a bundle may want files. Called on the scheduler's thread."""
        if run.job == _JOB and run.items:
            self.errand.want()

    async def drain(self) -> bool:
        """Fetch all that is wanted now: was there anything?"""
        fetched = False
        while (part := await self._ask(next_wanted_part)) is not None:
            data, ending = await self._fetch(part)
            await self._ask(partial(self._keep, part, data, ending))
            fetched = True
        return fetched

    async def _fetch(self, part: WantedPart) -> tuple[bytes | None, str]:
        try:
            find = partial(stored_file, file_id=part.file_id, channel=Channel.TELEGRAM, whole=True)
            return await self._files.wrapped(await self._ask(find), part.name, part.password)
        except Refused as refused:
            log.warning("gathering.missing", why=str(refused.phrase.en)[:200])
            return None, ""

    def _keep(self, part: WantedPart, data: bytes | None, ending: str, db: Session) -> None:
        part_is_here(db, part.id, data, ending, now=self._clock())

    async def _ask(self, work: Callable[[Session], T]) -> T:
        return await asyncio.wrap_future(self._database.submit(work))
