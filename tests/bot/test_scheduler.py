"""The timetable starts its jobs when it says."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.scheduler import BETWEEN, next_tick, start_scheduler, trigger
from jobs import TIMETABLE
from jobs.ground.runner import EVERY_MINUTE, EVERY_NIGHT, Items, Job, Run, Runner, Sweep
from tests.bot.processes import until

HOME = ZoneInfo("Asia/Ho_Chi_Minh")


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=HOME)  # type: ignore[arg-type, misc]


def job(cron: str) -> Sweep:
    return Sweep("test", cron, lambda db, policies, *, now: False)


@pytest.mark.parametrize("listed", TIMETABLE, ids=lambda j: j.name)
def test_every_job_has_a_valid_hour(listed: Sweep) -> None:
    now = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    assert now <= next_tick(listed, now) <= now + timedelta(days=31)
    weekday = listed.cron.split()[4]
    assert not re.search(r"\d", weekday), "weekdays by name: APScheduler counts from Monday, cron from Sunday"


def test_names_of_jobs_are_unique() -> None:
    names = [listed.name for listed in TIMETABLE]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("cron", "after", "expected"),
    [
        ("* * * * *", at(2026, 12, 1, 8, 0, 1), at(2026, 12, 1, 8, 1)),
        ("* * * * *", at(2026, 12, 1, 8, 0), at(2026, 12, 1, 8, 0)),
        ("17 3 * * *", at(2026, 12, 1, 4, 0), at(2026, 12, 2, 3, 17)),
        ("0 7 * * mon", at(2026, 12, 1, 8, 0), at(2026, 12, 7, 7, 0)),
    ],
)
def test_the_next_tick_is_in_vietnams_clock(cron: str, after: datetime, expected: datetime) -> None:
    assert next_tick(job(cron), after) == expected


def test_a_job_that_never_comes_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="never comes"):
        next_tick(job("0 0 31 2 *"), datetime(2026, 12, 1, tzinfo=UTC))


class Seconds(Runner):
    """Counts instead of running."""

    def __init__(self) -> None:
        self.ran: list[str] = []

    def missed(self, jobs: Sequence[Job]) -> list[Job]:
        return [job for job in jobs if job.cron == EVERY_NIGHT]

    def look(self, jobs: Sequence[Job]) -> list[Job]:
        return [job for job in jobs if job.name != "nothing"]

    def look_between(self, jobs: Sequence[Job]) -> list[Job]:
        return list(jobs)

    def run(self, job: Job) -> Run:
        self.ran.append(job.name)
        if job.name == "bad":
            raise ValueError("the database is away")
        return Run(job.name, datetime(2026, 12, 1, tzinfo=UTC), items=int(job.name == "busy"))

    def beat(self) -> timedelta:
        return timedelta()


def test_the_clock_runs_jobs_wakes_the_sender_and_survives_an_error() -> None:
    woken, errors = [], []

    async def main() -> Seconds:
        runner = Seconds()
        jobs = [
            Sweep(name, EVERY_MINUTE, lambda db, policies, *, now: False)
            for name in ("busy", "idle", "bad", "nothing")
        ]
        scheduler = start_scheduler(
            jobs,
            runner,
            after_run=lambda: woken.append(1),
            on_error=lambda where, error: errors.append(where),
        )
        scheduler.modify_job(EVERY_MINUTE, next_run_time=datetime.now(UTC))
        await until(lambda: len(runner.ran) >= 3 and bool(errors))
        scheduler.shutdown(wait=False)
        return runner

    assert set(asyncio.run(main()).ran) == {"busy", "idle", "bad"}
    assert (len(woken), errors) == (1, ["bad"])
    assert trigger("* * * * *").timezone == HOME


def test_what_somebody_waits_for_in_an_emergency_is_looked_for_between_two_ticks() -> None:
    async def main() -> Seconds:
        runner = Seconds()
        jobs = [
            Items(name, EVERY_MINUTE, lambda *_, **__: [], lambda *_, **__: None, prompt=name == "prompt")
            for name in ("prompt", "other")
        ]
        scheduler = start_scheduler(jobs, runner, after_run=lambda: None, on_error=lambda where, error: None)
        scheduler.modify_job(BETWEEN, next_run_time=datetime.now(UTC))
        await until(lambda: bool(runner.ran))
        scheduler.shutdown(wait=False)
        return runner

    assert asyncio.run(main()).ran == ["prompt"]


def test_what_comes_once_a_night_is_done_at_the_start_where_the_machine_is_off_at_night() -> None:
    async def main() -> Seconds:
        runner = Seconds()
        jobs = [
            Sweep(name, cron, lambda db, policies, *, now: False)
            for name, cron in (("often", EVERY_MINUTE), ("nightly", EVERY_NIGHT))
        ]
        scheduler = start_scheduler(jobs, runner, after_run=lambda: None, on_error=lambda where, error: None)
        await until(lambda: runner.ran == ["nightly"])
        scheduler.shutdown(wait=False)
        return runner

    assert asyncio.run(main()).ran == ["nightly"]


def test_a_job_that_takes_longer_than_a_minute_is_left_alone_and_holds_up_no_other() -> None:
    class Slow(Seconds):
        def run(self, job: Job) -> Run:
            if job.name == "slow":
                leave.wait(10)
            return super().run(job)

        def have_run(self, jobs: int) -> bool:
            return len(self.ran) == jobs

    async def main() -> Slow:
        runner = Slow()
        jobs = [Sweep(name, EVERY_MINUTE, lambda db, policies, *, now: False) for name in ("slow", "quick")]
        scheduler = start_scheduler(jobs, runner, after_run=lambda: None, on_error=lambda where, error: None)
        for ticks in (1, 2):
            scheduler.modify_job(EVERY_MINUTE, next_run_time=datetime.now(UTC))
            await until(partial(runner.have_run, ticks))
        leave.set()
        await until(partial(runner.have_run, 3))
        scheduler.shutdown(wait=False)
        return runner

    leave = threading.Event()
    assert asyncio.run(main()).ran == ["quick", "quick", "slow"]
