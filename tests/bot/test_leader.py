"""One leads at a time, and the next as soon as it ends, however it ends."""

from __future__ import annotations

import multiprocessing
from typing import Any

from sqlalchemy import text

from bot.leader import Leader
from models.ground.db import Database
from tests.bot.processes import wait_until

_processes = multiprocessing.get_context("forkserver")


def hold(url: str, ready: Any) -> None:
    leader = Leader(Database(url))
    assert leader.try_to_lead()
    ready.set()
    while True:
        ready.wait(60)


def test_one_leads_and_the_next_when_it_resigns(database_url: str) -> None:
    first, second = Database(database_url), Database(database_url)
    try:
        leader, standby = Leader(first), Leader(second)
        assert leader.try_to_lead()
        assert leader.still_leads()
        assert not standby.try_to_lead()
        assert not standby.still_leads()
        leader.resign()
        assert not leader.still_leads()
        assert standby.try_to_lead()
        standby.resign()
        standby.resign()
    finally:
        first.close()
        second.close()


def test_a_leader_that_is_killed_leaves_the_lock(database_url: str) -> None:
    ready = _processes.Event()
    holder = _processes.Process(target=hold, args=(database_url, ready), daemon=True)
    holder.start()
    assert ready.wait(30)
    database = Database(database_url)
    try:
        leader = Leader(database)
        assert not leader.try_to_lead()
        holder.kill()
        holder.join(10)
        wait_until(leader.try_to_lead, what="taking over")
        leader.resign()
    finally:
        database.close()


def test_a_lost_connection_is_a_lost_lock(postgres_url: str) -> None:
    database = Database(postgres_url)
    try:
        leader = Leader(database)
        assert leader.try_to_lead()
        locks = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
        database.run(lambda db: db.execute(text(locks)).all())
        assert not leader.still_leads()
        assert leader.try_to_lead()
        leader.resign()
    finally:
        database.close()


def test_another_database_has_its_own_leader(sqlite_url: str, postgres_url: str) -> None:
    opened = [Database(sqlite_url), Database(postgres_url)]
    leaders = [Leader(database) for database in opened]
    assert all(leader.try_to_lead() for leader in leaders)
    for leader, database in zip(leaders, opened, strict=True):
        leader.resign()
        database.close()
