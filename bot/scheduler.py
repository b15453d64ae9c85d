"""TIMETABLE -> APScheduler, which is only the clock that starts a tick. The only file that knows it.

What is `prompt` is looked for in between as well, every few seconds: whoever waits for it waits in an emergency.

Nothing is kept in APScheduler: what is due is a row. A tick that was missed needs nothing, its rows are still due; what comes
once a night and was missed, on a machine that is off at night, is done at the start.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache, wraps

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from jobs.ground.runner import EVERY_MINUTE, Items, Job, Runner
from models.ground.clock import HOME_ZONE

BETWEEN = "between"
_BETWEEN_SECONDS = 5
_SETTINGS = {"coalesce": True, "misfire_grace_time": None}  # late ticks count as one, however late it is


@cache
def trigger(cron: str) -> CronTrigger:
    return CronTrigger.from_crontab(cron, timezone=HOME_ZONE)


def next_tick(job: Job, after: datetime) -> datetime:
    """Return when the job's tick comes that is not before `after`."""
    if is_prompt(job):
        return after + timedelta(seconds=-after.timestamp() % _BETWEEN_SECONDS)
    found = trigger(job.cron).get_next_fire_time(None, after)
    if found is None:
        raise ValueError(f"{job.name} never comes: {job.cron}")
    return datetime.fromisoformat(found.isoformat())


def is_prompt(job: Job) -> bool:
    return isinstance(job, Items) and job.prompt


def _until_stopped(work: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """Return `work` for APScheduler, which would log as an error that we cancel it to stop."""

    @wraps(work)
    async def quietly(*args: object) -> None:
        with suppress(asyncio.CancelledError):
            await work(*args)

    return quietly


def start_scheduler(
    timetable: Sequence[Job],
    runner: Runner,
    *,
    after_run: Callable[[], None],
    on_error: Callable[[str, BaseException], None],
) -> AsyncIOScheduler:
    """Start the clock. `after_run` is called when a run may have left something to send."""
    scheduler = AsyncIOScheduler(executors={"default": AsyncIOExecutor()}, timezone=HOME_ZONE)
    running: set[str] = set()

    async def beat() -> None:
        try:
            await asyncio.to_thread(runner.beat)
        except Exception as error:
            on_error("heartbeat", error)

    async def run(job: Job) -> None:
        try:
            done = await asyncio.to_thread(runner.run, job)
            if done.items:
                after_run()
        except Exception as error:  # the database is away: the rows stay due
            on_error(job.name, error)
        finally:
            running.discard(job.name)

    async def tick(jobs: Sequence[Job], look: Callable[[list[Job]], list[Job]] = runner.look) -> None:
        """A job that still runs from an earlier tick is left to it."""
        idle = [job for job in jobs if job.name not in running]
        if not idle:
            return
        try:
            due = await asyncio.to_thread(look, idle)
        except Exception as error:
            on_error("tick", error)
            return
        mine = [job for job in due if job.name not in running]
        running.update(job.name for job in mine)
        await asyncio.gather(*(run(job) for job in mine))

    async def catch_up() -> None:
        try:
            missed = await asyncio.to_thread(runner.missed, timetable)
        except Exception as error:
            on_error("tick", error)
        else:
            await tick(missed)

    scheduler.add_job(
        _until_stopped(beat), trigger(EVERY_MINUTE), id="heartbeat", max_instances=1, **_SETTINGS
    )
    for cron in sorted({job.cron for job in timetable}):
        jobs = [job for job in timetable if job.cron == cron]
        # a tick lasts as long as its longest job; the next ones come meanwhile, for the other jobs
        scheduler.add_job(
            _until_stopped(tick),
            trigger(cron),
            [jobs],
            id=cron,
            max_instances=len(jobs) + 1,
            **_SETTINGS,
        )
    prompt = [job for job in timetable if is_prompt(job)]
    scheduler.add_job(
        _until_stopped(tick),
        IntervalTrigger(seconds=_BETWEEN_SECONDS),
        [prompt, runner.look_between],
        id=BETWEEN,
        max_instances=len(prompt) + 1,
        **_SETTINGS,
    )
    scheduler.add_job(_until_stopped(catch_up), id="missed", **_SETTINGS)
    scheduler.start()
    return scheduler
