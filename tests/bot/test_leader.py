"""One leads at a time, and the next as soon as it ends, however it ends. What the former one still has in hand is refused."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bot.leader import Leader, LeasedWire
from bot.wire import NotReached, Sent
from models.delivery.claims import Claimed
from models.delivery.job_run import JobRun, record_job_run
from models.delivery.leadership import Leadership
from models.delivery.policy import LeadershipPolicy
from models.ground.channel import Channel
from models.ground.db import Database, NotLeading
from tests.bot.processes import wait_until
from tests.fakes import START

POLICY = LeadershipPolicy(beat=1, lasts=5, patience=6.5)
_processes = multiprocessing.get_context("forkserver")


class Watch:
    """Seconds that a test lets go by."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@contextmanager
def program(url: str, watch: Watch) -> Iterator[Leader]:
    """What one process knows of its turn. It is told to nobody when it ends."""
    database = Database(url)
    leader = Leader(database, POLICY, seconds=watch)
    try:
        yield leader
    finally:
        leader.resign()
        database.close()


@pytest.fixture
def leader(database_url: str, watch: Watch) -> Iterator[Leader]:
    with program(database_url, watch) as made:
        assert made.try_to_lead()
        yield made


@pytest.fixture
def standby(database_url: str, leader: Leader, watch: Watch) -> Iterator[Leader]:
    with program(database_url, watch) as made:
        assert not made.try_to_lead()
        yield made


def writes(leader: Leader, job: str = "x") -> None:
    leader._database.run(
        lambda db: record_job_run(db, job, started_at=START, ended_at=START, items=1, error=None)
    )


def written(leader: Leader) -> list[str]:
    with leader._database.reading() as db:
        return list(db.scalars(select(JobRun.job).order_by(JobRun.id)))


def hold(url: str, ready: Any) -> None:
    leader = Leader(Database(url), LeadershipPolicy())
    assert leader.try_to_lead()
    ready.set()
    while True:
        ready.wait(60)


def test_one_leads_and_the_next_when_it_resigns(leader: Leader, standby: Leader) -> None:
    assert [one.still_leads for one in (leader, standby)] == [True, False]
    leader.resign()
    assert [one.still_leads for one in (leader, standby)] == [False, False]
    assert standby.try_to_lead()
    assert (leader.epoch, standby.epoch) == (1, 2)


def test_a_leader_that_is_killed_is_followed_at_once(database_url: str, watch: Watch) -> None:
    ready = _processes.Event()
    holder = _processes.Process(target=hold, args=(database_url, ready), daemon=True)
    holder.start()
    assert ready.wait(30)
    with program(database_url, watch) as leader:
        assert not leader.try_to_lead()
        holder.kill()
        holder.join(10)
        wait_until(leader.try_to_lead, what="taking over")  # its watch stands still


def test_a_leader_that_shows_that_it_lives_is_left_alone(
    leader: Leader, standby: Leader, watch: Watch
) -> None:
    for _ in range(20):
        watch.wait(3)
        assert leader.beat()
        assert not standby.try_to_lead()
    assert leader.still_leads


def test_a_silent_leader_is_replaced_and_what_it_has_in_hand_is_refused(
    leader: Leader, standby: Leader, watch: Watch
) -> None:
    writes(leader, "before")
    watch.wait(POLICY.patience - 0.1)
    assert not standby.try_to_lead()
    watch.wait(0.2)
    assert standby.try_to_lead()
    with pytest.raises(NotLeading):
        writes(leader, "by the former")
    assert not leader.beat()
    assert leader.is_lost
    writes(standby, "by the new one")
    assert written(standby) == ["before", "by the new one"]


def test_nothing_goes_out_before_another_can_lead(leader: Leader, standby: Leader, watch: Watch) -> None:
    """What was claimed in time may be said too late: whether it is, the wire asks, for no transaction does."""
    sent: list[Any] = []

    class Out:
        channel = Channel.TELEGRAM

        async def send(self, item: Claimed) -> Sent:
            sent.append(item)
            return Sent(1)

        async def probe(self) -> None: ...

    wire: Any = LeasedWire(Out(), leader)
    watch.wait(POLICY.lasts - 0.1)
    asyncio.run(wire.send("in time"))
    watch.wait(0.2)
    assert not standby.try_to_lead()
    with pytest.raises(NotReached):
        asyncio.run(wire.send("too late"))
    assert leader.beat()  # nobody has taken over: it goes on
    asyncio.run(wire.send("in time again"))
    assert sent == ["in time", "in time again"]


def test_of_two_that_wait_one_takes_over(
    database_url: str, leader: Leader, standby: Leader, watch: Watch
) -> None:
    with program(database_url, watch) as third:
        assert not third.try_to_lead()
        watch.wait(POLICY.patience + 1)
        assert [standby.try_to_lead(), third.try_to_lead()] == [True, False]
        watch.wait(POLICY.patience + 1)
        assert third.try_to_lead()
        assert third.epoch == 3


def test_a_leader_that_hangs_and_ends_at_last_takes_nothing_from_who_has_followed_it(
    database_url: str, leader: Leader, standby: Leader, watch: Watch
) -> None:
    watch.wait(POLICY.patience + 1)
    assert standby.try_to_lead()
    leader.resign()
    with program(database_url, watch) as third:
        assert not third.try_to_lead()
    assert standby.beat()


def test_what_a_silent_leader_has_under_way_is_ended(postgres_url: str, watch: Watch) -> None:
    """It was stopped in the middle of a transaction: its rows would be locked for ever."""
    with program(postgres_url, watch) as leader, program(postgres_url, watch) as standby:
        assert leader.try_to_lead()
        assert not standby.try_to_lead()
        with Session(leader._database.engine) as stopped:
            record_job_run(stopped, "under way", started_at=START, ended_at=START, items=1, error=None)
            stopped.execute(select(Leadership).with_for_update())
            stopped.flush()
            watch.wait(POLICY.patience + 1)
            assert standby.try_to_lead()
            with pytest.raises(Exception, match=r"terminating|closed"):
                stopped.commit()
            stopped.invalidate()
        assert written(standby) == []
        assert standby.beat()


def test_a_lost_connection_is_no_lost_lead(postgres_url: str, watch: Watch) -> None:
    with program(postgres_url, watch) as leader, program(postgres_url, watch) as other:
        assert leader.try_to_lead()
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = :name"
        other._database.run(lambda db: db.execute(text(ended), {"name": leader._database.name}).all())
        with pytest.raises(Exception, match=r"terminating|closed"):
            leader.beat()
        assert leader.beat()
        writes(leader)
        assert leader.still_leads


def test_a_server_that_does_not_answer_for_long_may_have_let_another_lead(
    postgres_url: str, watch: Watch
) -> None:
    with program(postgres_url, watch) as leader:
        assert leader.try_to_lead()
        watch.wait(POLICY.patience - 0.1)
        assert not leader.is_lost
        watch.wait(0.2)
        assert leader.is_lost


def test_a_file_that_is_locked_for_long_is_nobody_elses(sqlite_url: str, watch: Watch) -> None:
    with program(sqlite_url, watch) as leader:
        assert leader.try_to_lead()
        watch.wait(POLICY.patience + 100)
        assert (leader.is_lost, leader.may_act) == (False, False)
        assert leader.beat()
        assert leader.may_act


def test_another_database_has_its_own_leader(sqlite_url: str, postgres_url: str, watch: Watch) -> None:
    with program(sqlite_url, watch) as one, program(postgres_url, watch) as other:
        assert one.try_to_lead()
        assert other.try_to_lead()


def test_who_waits_longer_than_it_sends_is_set_right() -> None:
    with pytest.raises(ValueError, match="shorter"):
        LeadershipPolicy(beat=1, lasts=5, patience=5)
