"""A tick looks at all its jobs at once, runs those that found something, and lets none stop another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from jobs import EVERY_MINUTE, EVERY_NIGHT, TIMETABLE
from jobs.ground.runner import EVERY_HOUR, Items, Run, Runner, Sweep
from models.delivery.job_run import JobRun
from models.policies import Policies
from tests.fakes import World


@pytest.fixture
def errors() -> list[BaseException]:
    return []


@pytest.fixture
def runner(world: World, errors: list[BaseException]) -> Runner:
    return Runner(
        world.database, world.settings.policies(), world.clock, on_error=lambda _, error: errors.append(error)
    )


def finding(name: str, *items: int) -> Items:
    def due(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
        return list(items)

    def act(db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None:
        if 3 in items:
            raise ValueError("three")

    return Items(name, EVERY_MINUTE, due, act)


def failing(name: str, error: Exception) -> Items:
    def due(db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]:
        raise error

    return Items(name, EVERY_MINUTE, due, finding(name).act)


def recorded(world: World, *names: str) -> list[tuple[str, int, str | None]]:
    runs = select(JobRun).where(JobRun.job.in_(names)).order_by(JobRun.job)
    return world.db(lambda db: [(run.job, run.items, run.error) for run in db.scalars(runs)])


def test_who_finds_nothing_has_run_and_only_the_others_are_left(world: World, runner: Runner) -> None:
    heard: list[Run] = []
    runner._on_run = heard.append
    nothing, something = finding("test.nothing"), finding("test.something", 1)
    assert runner.look([nothing, something]) == [something]
    assert recorded(world, "test.nothing", "test.something") == [("test.nothing", 0, None)]
    assert [run.job for run in heard] == ["test.nothing"]


def test_what_works_without_asking_is_always_left(runner: Runner) -> None:
    sweep = Sweep("test.sweep", EVERY_MINUTE, lambda db, policies, *, now: False)
    assert runner.look([sweep]) == [sweep]


def test_a_night_on_which_nothing_ran_is_made_up_for_once(world: World, runner: Runner) -> None:
    nightly = Sweep("test.nightly", EVERY_NIGHT, lambda db, policies, *, now: False)
    often = Sweep("test.often", EVERY_MINUTE, lambda db, policies, *, now: False)
    assert runner.missed([nightly, often]) == [nightly]
    runner.run(nightly)
    world.wait(timedelta(hours=20))
    assert runner.missed([nightly, often]) == []
    world.wait(timedelta(hours=5))
    assert runner.missed([nightly, often]) == [nightly]


def test_an_hour_in_which_nothing_ran_is_made_up_for_at_the_start(world: World, runner: Runner) -> None:
    """So that whoever starts the program on a new machine need not wait for an hour to hear that all is well."""
    hourly = Sweep("test.hourly", EVERY_HOUR, lambda db, policies, *, now: False)
    assert runner.missed([hourly]) == [hourly]
    runner.run(hourly)
    world.wait(timedelta(minutes=50))
    assert runner.missed([hourly]) == []
    world.wait(timedelta(minutes=15))
    assert runner.missed([hourly]) == [hourly]


def test_a_question_that_fails_stops_no_other(
    world: World, runner: Runner, errors: list[BaseException]
) -> None:
    bad, good = failing("test.bad", ValueError("bad")), finding("test.good", 1)
    assert runner.look([bad, good]) == [bad, good]
    with pytest.raises(ValueError, match="bad"):
        runner.run(bad)
    runner.run(good)
    assert recorded(world, "test.bad", "test.good") == [("test.good", 1, None)]


def test_a_database_that_is_away_is_said_once(runner: Runner) -> None:
    away = OperationalError("SELECT 1", {}, Exception(), connection_invalidated=True)
    with pytest.raises(OperationalError):
        runner.look([failing("test.bad", away), finding("test.good", 1)])


def test_an_item_that_fails_stops_no_other(world: World, runner: Runner, errors: list[BaseException]) -> None:
    run = runner.run(finding("test.job", 1, 2, 3, 4))
    assert (run.items, [str(error) for error in errors]) == (3, ["three"])
    assert recorded(world, "test.job") == [("test.job", 3, "ValueError")]


def test_a_minute_in_which_nothing_is_due_leaves_a_run_of_each_job(world: World, runner: Runner) -> None:
    minutely = [job for job in TIMETABLE if job.cron == EVERY_MINUTE]
    left = runner.look(minutely)
    assert [job.name for job in left] == [
        "trail.link"
    ]  # a question would be asked for ever by a row that nobody wrote
    names = [job.name for job in minutely if job not in left]
    assert recorded(world, *names) == [(name, 0, None) for name in sorted(names)]
