"""TIMETABLE -> APScheduler, which is only the clock that starts a tick. The only file that knows it.

Nothing is kept in APScheduler: what is due is a row. A tick that was missed needs nothing, its rows are still due.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from jobs.runner import Job, Runner
from models.clock import HOME_ZONE


@cache
def trigger(cron: str) -> CronTrigger:
    return CronTrigger.from_crontab(cron, timezone=HOME_ZONE)


def next_tick(job: Job, after: datetime) -> datetime:
    """When the job's tick comes that is not before `after`."""
    found = trigger(job.cron).get_next_fire_time(None, after)
    if found is None:
        raise ValueError(f"{job.name} never comes: {job.cron}")
    return datetime.fromisoformat(found.isoformat())


def start_scheduler(
    timetable: Sequence[Job],
    runner: Runner,
    *,
    after_run: Callable[[], None],
    on_error: Callable[[str, BaseException], None],
) -> AsyncIOScheduler:
    """Start the clock. `after_run` is called when a run may have left something to send."""
    scheduler = AsyncIOScheduler(executors={"default": AsyncIOExecutor()}, timezone=HOME_ZONE)

    async def beat() -> None:
        try:
            await asyncio.to_thread(runner.beat)
        except Exception as error:
            on_error("heartbeat", error)

    async def run(job: Job) -> None:
        try:
            done = await asyncio.to_thread(runner.run, job)
        except Exception as error:  # the database is away: the rows stay due
            on_error(job.name, error)
            return
        if done.items:
            after_run()

    settings = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    scheduler.add_job(beat, CronTrigger.from_crontab("* * * * *"), id="heartbeat", **settings)
    for job in timetable:
        scheduler.add_job(run, trigger(job.cron), [job], id=job.name, **settings)
    scheduler.start()
    return scheduler
