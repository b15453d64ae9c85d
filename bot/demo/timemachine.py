"""Goes from one due thing to the next: every job of the timetable fires as it would, at the minute it would.

now ──> 01/12 19:00 checkin.open ──> 03/12 19:00 checkin.nudge ──> ... ──> until
        clock set to the tick, the jobs run, messages are sent; nothing is due in between, so nothing is missed
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

from bot.app import App
from bot.scheduler import next_tick
from jobs import EVERY_NIGHT, TIMETABLE
from jobs.ground.runner import Job
from models.delivery.job_run import skip_heartbeat
from models.delivery.outbox import next_outbox_at
from models.ground.base import Soonest, all_soonest

_DATED = [(job, job.next_at) for job in TIMETABLE if isinstance(job.next_at, Soonest)]
_COUNTED = [(job, job.next_at) for job in TIMETABLE if job.next_at and not isinstance(job.next_at, Soonest)]
_SOONEST = all_soonest(*(question for _, question in _DATED))  # one statement instead of two dozen

T = TypeVar("T")


class MovableClock(Protocol):
    def __call__(self) -> datetime: ...
    def set(self, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Fired:
    """A job that found work, and how much."""

    at: datetime
    job: str
    items: int


class TimeMachine:
    """Moves `clock` for `app`; `on_stop` is called at each stop on the way.

    `forgets_nothing`: without the nightly dropping of old rows, where all of them are young.
    """

    def __init__(self, app: App, clock: MovableClock) -> None:
        self._app, self._clock = app, clock
        self.forgets_nothing = False
        self._tidied_at = clock()

    async def next_at(self) -> datetime | None:
        """Return when the next thing happens that somebody may notice, nightly housekeeping left out."""
        candidates = await self._ask(partial(self._candidates, None))
        return min((at for job, at in candidates if job is None or job.next_at is not None), default=None)

    async def go(
        self, until: datetime, *, on_stop: Callable[[], None] = lambda: None, stops: int = 100_000
    ) -> list[Fired]:
        """Live through the time up to `until`, at most `stops` stops; what happened on the way."""
        fired: list[Fired] = []
        await self._app.pump()
        for _ in range(stops):
            due = await self._to_next(until)
            if not due:
                return fired
            at = self._clock()
            if any(job and _only_drops(job) for job in due):
                self._tidied_at = at
            runs = [await asyncio.to_thread(self._app.runner.run, job) for job in due if job is not None]
            fired += [Fired(at, run.job, run.items) for run in runs if run.items]
            if any(job is None or job.next_at for job in due) or any(run.errors for run in runs):
                await self._app.pump()  # nightly housekeeping has nothing to say
            on_stop()
        await self._ask(partial(self._jump, until))
        return fired

    async def _to_next(self, until: datetime) -> list[Job | None]:
        """Go to the next stop and return what is due there; where there is none, go to `until`."""

        def jump(db: Session) -> list[Job | None]:
            candidates = self._candidates(until, db)
            at = min((at for _, at in candidates), default=until)
            self._jump(min(at, until), db)
            return [job for job, when in candidates if when <= at] if at <= until else []

        return await self._ask(jump)

    def _jump(self, moment: datetime, db: Session) -> None:
        """The clock moves, and the heart went on beating all the while: a jump is no outage."""
        self._clock.set(moment)
        skip_heartbeat(db, now=self._clock())

    async def _ask(self, work: Callable[[Session], T]) -> T:
        return await asyncio.wrap_future(self._app.database.submit(work))

    def _candidates(self, until: datetime | None, db: Session) -> list[tuple[Job | None, datetime]]:
        """Each job's next tick at which it has, or may have, work; None: the outbox.

        Of several nights in which nothing else happens, the housekeeping of the last one leaves what all would have;
        nobody notices when old rows are dropped, whatever happens: those of a week go in one night.
        """
        now = self._clock()
        soon = now + timedelta(seconds=1)
        moments: list[tuple[Job, datetime | None]] = [
            *zip((job for job, _ in _DATED), db.execute(_SOONEST).one(), strict=True),
            *((job, question(db)) for job, question in _COUNTED),
        ]
        found: list[tuple[Job | None, datetime]] = [
            (job, next_tick(job, max(due, soon))) for job, due in moments if due is not None
        ]
        said = [next_outbox_at(db, channel, after=now) for channel in self._app.sender.channels]
        for waiting in (*said, self._app.sender.resumes_at()):
            if waiting is not None:
                found.append((None, waiting))
        before = min([at for _, at in found] + [until or soon])
        nights = [(job, _last_night(job, soon, before)) for job in self._housekeeping()]
        return found + [
            (job, night) for job, night in nights if not _only_drops(job) or self._tidies(night, until)
        ]

    def _tidies(self, night: datetime, until: datetime | None) -> bool:
        """Whether old rows are dropped in this night: once a week, and in the last one."""
        return (
            night - self._tidied_at > timedelta(days=6) or until is None or until - night < timedelta(days=1)
        )

    def _housekeeping(self) -> list[Job]:
        """What runs each night whether or not there is work; more often would be too many stops."""
        nightly = (job for job in TIMETABLE if job.next_at is None and job.cron == EVERY_NIGHT)
        return [job for job in nightly if not (self.forgets_nothing and _drops(job))]


def _drops(job: Job) -> bool:
    return job.name.endswith(".drop_old") or job.name in ("data.retain", "file.drop_loose")


def _only_drops(job: Job) -> bool:
    return _drops(job) and job.name != "review.drop_old"  # that one announces it first


def _last_night(job: Job, after: datetime, before: datetime) -> datetime:
    """The job's last tick up to `before`, within a week: it looks after what may come due in two."""
    night = next_tick(job, after)
    return night + timedelta(days=min(max((before - night).days, 0), 6))
