"""When a tick of the timetable comes. The only file that knows APScheduler, whose crontabs these are.

    each second, by a watch that nobody sets      which ticks have come by the program's own clock?
    a tick                                        its jobs are looked at; those that have something to do run

APScheduler's own loop waits by the computer's clock: set back by a year, it would sleep for a year and say nothing.

Nothing is kept here: what is due is a row. A tick that was missed needs nothing, its rows are still due, so the first one comes
at the start; late ticks count as one. What comes once a night and was missed, on a machine that is off at night, is done at
the start. What is `prompt` is looked for each second: whoever waits for it waits in an emergency.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial

from apscheduler.triggers.cron import CronTrigger

from jobs.ground.runner import EVERY_MINUTE, Items, Job, Runner
from models.ground.clock import HOME_ZONE, Clock

_LOOK = 1.0  # seconds, of the event loop's own watch
_BETWEEN_SECONDS = 1


@cache
def trigger(cron: str) -> CronTrigger:
    return CronTrigger.from_crontab(cron, timezone=HOME_ZONE)


def next_tick(job: Job, after: datetime) -> datetime:
    """Return when the job's tick comes that is not before `after`."""
    return _next_between(after) if is_prompt(job) else _next_of(job.cron, after)


def _next_of(cron: str, after: datetime) -> datetime:
    found = trigger(cron).get_next_fire_time(None, after)
    if found is None:
        raise ValueError(f"it never comes: {cron}")
    return datetime.fromisoformat(found.isoformat())


def _next_between(after: datetime) -> datetime:
    return after + timedelta(seconds=-after.timestamp() % _BETWEEN_SECONDS)


def is_prompt(job: Job) -> bool:
    return isinstance(job, Items) and job.prompt


@dataclass(slots=True)
class _Tick:
    due_at: datetime
    next_at: Callable[[datetime], datetime]
    work: Callable[[], Awaitable[None]]


class Ticker:
    """`run()` until it is cancelled. `after_run` is called when a run may have left something to send."""

    def __init__(
        self,
        timetable: Sequence[Job],
        runner: Runner,
        clock: Clock,
        *,
        after_run: Callable[[], None],
        on_error: Callable[[str, BaseException], None],
    ) -> None:
        self._timetable, self._runner, self._clock = timetable, runner, clock
        self._after_run, self._on_error = after_run, on_error
        self._running: set[str] = set()  # jobs
        self._under_way: set[asyncio.Task[None]] = set()
        self._looked_at = clock()
        self._ticks = list(self._plan(self._looked_at))

    def _plan(self, now: datetime) -> Sequence[_Tick]:
        minutely = partial(_next_of, EVERY_MINUTE)
        prompt = [job for job in self._timetable if is_prompt(job)]
        ticks = [
            _Tick(minutely(now), minutely, self._beat),
            _Tick(now, _next_between, partial(self._tick, prompt, self._runner.look_between)),
        ]
        for cron in sorted({job.cron for job in self._timetable}):
            jobs = [job for job in self._timetable if job.cron == cron]
            comes = partial(_next_of, cron)
            first = now if cron == EVERY_MINUTE else comes(now)
            ticks.append(_Tick(first, comes, partial(self._tick, jobs, self._runner.look)))
        return ticks

    async def run(self) -> None:
        try:
            self._begin(self._catch_up())
            while True:
                self.look()
                await asyncio.sleep(_LOOK)
        finally:
            for task in self._under_way:
                task.cancel()

    def look(self) -> None:
        """Begin the ticks that have come."""
        now = self._clock()
        went_back, self._looked_at = now < self._looked_at, now
        for tick in self._ticks:
            if now >= tick.due_at:
                self._begin(tick.work())
            elif not went_back:
                continue
            tick.due_at = tick.next_at(now + timedelta(microseconds=1))

    def _begin(self, work: Coroutine[None, None, None] | Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _beat(self) -> None:
        try:
            await asyncio.to_thread(self._runner.beat)
        except Exception as error:
            self._on_error("heartbeat", error)

    async def _run(self, job: Job) -> None:
        try:
            done = await asyncio.to_thread(self._runner.run, job)
            if done.items:
                self._after_run()
        except Exception as error:  # the database is away: the rows stay due
            self._on_error(job.name, error)
        finally:
            self._running.discard(job.name)

    async def _tick(self, jobs: Sequence[Job], look: Callable[[list[Job]], list[Job]]) -> None:
        """A job that still runs from an earlier tick is left to it."""
        idle = [job for job in jobs if job.name not in self._running]
        if not idle:
            return
        try:
            due = await asyncio.to_thread(look, idle)
        except Exception as error:
            self._on_error("tick", error)
            return
        mine = [job for job in due if job.name not in self._running]
        self._running.update(job.name for job in mine)
        await asyncio.gather(*(self._run(job) for job in mine))

    async def _catch_up(self) -> None:
        try:
            missed = await asyncio.to_thread(self._runner.missed, self._timetable)
        except Exception as error:
            self._on_error("tick", error)
        else:
            await self._tick(missed, self._runner.look)
