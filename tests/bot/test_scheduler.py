"""The timetable starts its jobs when it says."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.scheduler import Ticker, next_tick, trigger
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


class Life:
    """A ticker, its clock, and what came of it."""

    def __init__(self, runner: Seconds, jobs: Sequence[Job]) -> None:
        self.clock, self.now = self, at(2026, 12, 1, 8, 0, 30)
        self.runner = runner
        self.woken, self.errors = 0, list[str]()
        self.ticker = Ticker(
            jobs, runner, self, after_run=self.wake, on_error=lambda where, _: self.errors.append(where)
        )

    def __call__(self) -> datetime:
        return self.now

    def wake(self) -> None:
        self.woken += 1

    async def goes_to(self, *when: int) -> None:
        """The clock shows this; what came by it is done."""
        self.now = at(*when)
        self.ticker.look()
        await until(lambda: not self.ticker._under_way)

    def ran(self) -> list[str]:
        """What has run since this was asked last."""
        ran, self.runner.ran = self.runner.ran, []
        return ran


def sweep(name: str, cron: str = EVERY_MINUTE) -> Sweep:
    return Sweep(name, cron, lambda db, policies, *, now: False)


def test_the_clock_runs_jobs_wakes_the_sender_and_survives_an_error() -> None:
    async def main() -> Life:
        life = Life(Seconds(), [sweep(name) for name in ("busy", "idle", "bad", "nothing")])
        await life.goes_to(2026, 12, 1, 8, 0, 30)
        return life

    life = asyncio.run(main())
    assert set(life.ran()) == {"busy", "idle", "bad"}
    assert (life.woken, life.errors) == (1, ["bad"])
    assert trigger("* * * * *").timezone == HOME


def test_a_tick_comes_at_the_start_and_with_each_minute_of_the_program_s_own_clock() -> None:
    async def main() -> list[list[str]]:
        life, found = Life(Seconds(), [sweep("one"), sweep("nightly", EVERY_NIGHT)]), []
        moments = [(8, 0, 30), (8, 0, 59), (8, 1, 0), (8, 1, 1), (8, 9, 0), (8, 9, 30)]
        for moment in moments:
            await life.goes_to(2026, 12, 1, *moment)
            found.append(life.ran())
        return found

    assert asyncio.run(main()) == [["one"], [], ["one"], [], ["one"], []]


def test_a_clock_that_goes_back_stops_no_job() -> None:
    async def main() -> list[list[str]]:
        life, found = Life(Seconds(), [sweep("one")]), []
        for moment in ((2027, 12, 1, 8, 0), (2026, 12, 1, 8, 0, 30), (2026, 12, 1, 8, 1)):
            await life.goes_to(*moment)
            found.append(life.ran())
        return found

    assert asyncio.run(main()) == [["one"], [], ["one"]]


def test_what_somebody_waits_for_in_an_emergency_is_looked_for_between_two_ticks() -> None:
    jobs = [
        Items(name, EVERY_MINUTE, lambda *_, **__: [], lambda *_, **__: None, prompt=name == "prompt")
        for name in ("prompt", "other")
    ]

    async def main() -> list[list[str]]:
        life, found = Life(Seconds(), jobs), []
        for second in (30, 30, 31, 31, 32):
            await life.goes_to(2026, 12, 1, 8, 0, second)
            found.append(life.ran())
        return found

    assert asyncio.run(main())[1:] == [[], ["prompt"], [], ["prompt"]]


def test_what_comes_once_a_night_is_done_at_the_start_where_the_machine_is_off_at_night() -> None:
    async def main() -> list[str]:
        life = Life(Seconds(), [sweep("often"), sweep("nightly", EVERY_NIGHT)])
        running = asyncio.create_task(life.ticker.run())
        await until(lambda: len(life.runner.ran) == 2)
        running.cancel()
        return life.ran()

    assert set(asyncio.run(main())) == {"often", "nightly"}


def test_a_job_that_takes_longer_than_a_minute_is_left_alone_and_holds_up_no_other() -> None:
    class Slow(Seconds):
        def run(self, job: Job) -> Run:
            if job.name == "slow":
                leave.wait(10)
            return super().run(job)

    async def main() -> list[str]:
        life = Life(Slow(), [sweep("slow"), sweep("quick")])
        for minute in (1, 2):
            life.now = at(2026, 12, 1, 8, minute)
            life.ticker.look()
            await until(lambda minute=minute: len(life.runner.ran) == minute)  # type: ignore[misc]
        leave.set()
        await until(lambda: len(life.runner.ran) == 3)
        return life.ran()

    leave = threading.Event()
    assert asyncio.run(main()) == ["quick", "quick", "slow"]
