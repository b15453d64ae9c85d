"""Work is kept whole or not at all, shares its COMMIT with others, and takes nobody down with it."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from concurrent.futures import Future
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.delivery.conversation import Conversation
from models.delivery.job_run import JobRun, record_job_run
from models.ground.db import Database, DatabaseClosed, is_passing
from tests.fakes import START


def note(db: Session, name: str) -> str:
    record_job_run(db, name, started_at=START, ended_at=START + timedelta(1), items=1, error=None)
    db.flush()
    return name


def notes(db: Session) -> list[str]:
    return sorted(db.scalars(select(JobRun.job)))


def fails_after(name: str) -> object:
    def work(db: Session) -> None:
        note(db, name)
        raise ValueError(name)

    return work


def test_what_fails_takes_nothing_with_it(database: Database) -> None:
    start = threading.Event()
    blocker = database.submit(lambda db: start.wait(10))  # behind it a group gathers
    works: list[Future[Any]] = [
        database.submit(fails_after(f"bad {n}") if n % 3 == 0 else lambda db, n=n: note(db, f"good {n:02}"))  # type: ignore[arg-type, misc]
        for n in range(30)
    ]
    start.set()
    assert blocker.result(10)
    for number, work in enumerate(works):
        if number % 3 == 0:
            assert isinstance(work.exception(10), ValueError)
        else:
            assert work.result(10) == f"good {number:02}"
    assert database.run(notes) == [f"good {n:02}" for n in range(30) if n % 3]


def test_a_statement_that_fails_takes_nothing_with_it(database: Database) -> None:
    def twice(db: Session) -> None:
        for _ in range(2):
            db.add(Conversation(address=chat_address(1), room="a", step="s", updated_at=START))
            db.flush()

    first = database.submit(lambda db: note(db, "before"))
    bad = database.submit(twice)
    last = database.submit(lambda db: note(db, "after"))
    assert isinstance(bad.exception(10), IntegrityError)
    assert (first.result(10), last.result(10)) == ("before", "after")
    assert database.run(notes) == ["after", "before"]
    assert database.run(lambda db: list(db.scalars(select(Conversation)))) == []


def test_done_means_that_another_connection_sees_it(database: Database) -> None:
    database.run(lambda db: note(db, "one"))
    with database.reading() as db:
        assert notes(db) == ["one"]


def test_what_nobody_waits_for_any_more_is_not_done_and_harms_nobody(database: Database) -> None:
    async def main() -> None:
        start = threading.Event()
        blockers = [database.submit(lambda db: start.wait(10)) for _ in range(6)]
        waiting = asyncio.wrap_future(database.submit(lambda db: note(db, "cancelled")))
        running = asyncio.wrap_future(blockers[0])
        await asyncio.sleep(0.02)
        running.cancel()
        waiting.cancel()
        await asyncio.sleep(0.02)
        start.set()
        for blocker in blockers:
            await asyncio.to_thread(blocker.result, 10)

    asyncio.run(main())
    assert database.run(lambda db: note(db, "still alive")) == "still alive"
    assert "cancelled" not in database.run(notes)


def test_closing_finishes_what_was_submitted(database_url: str) -> None:
    opened = Database(database_url)
    works = [opened.submit(lambda db, n=n: note(db, f"{n}")) for n in range(5)]  # type: ignore[misc]
    opened.close()
    opened.close()
    assert [work.result(1) for work in works] == [f"{n}" for n in range(5)]
    with pytest.raises(DatabaseClosed) as closed:
        opened.submit(lambda db: None)
    assert is_passing(closed.value)  # no mistake: whoever works next does it


def test_a_full_disk_is_a_clear_failure_keeps_nothing_half_and_passes(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    def limit(pages: int) -> None:
        with database.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    def much(db: Session) -> None:
        note(db, "half")
        for number in range(2000):
            record_job_run(db, "x" * 2000, started_at=START, ended_at=START, items=number, error=None)
        db.flush()

    try:
        database.run(lambda db: note(db, "before"))
        pages = database.run(lambda db: int(db.scalar(text("PRAGMA page_count")) or 0))
        database.run(
            lambda db: db.connection().exec_driver_sql(f"PRAGMA max_page_count={pages + 20}") and None
        )
        start = threading.Event()
        database.submit(lambda db: start.wait(10))
        small = database.submit(lambda db: note(db, "neighbour"))
        full = database.submit(much)
        start.set()
        error = full.exception(30)
        assert error is not None
        assert is_passing(error)
        with contextlib.suppress(OperationalError):
            small.result(30)
        kept = database.run(notes)
        assert "half" not in kept
        assert ("neighbour" in kept) == (small.exception() is None)
        database.run(lambda db: db.connection().exec_driver_sql("PRAGMA max_page_count=1000000") and None)
        database.run(much)
        assert "half" in database.run(notes)
    finally:
        database.close()


def test_a_lost_connection_passes(postgres_url: str) -> None:
    database = Database(postgres_url)
    try:
        pid = database.run(lambda db: db.scalar(text("SELECT pg_backend_pid()")))

        def dies(db: Session) -> None:
            mine = db.scalar(text("SELECT pg_backend_pid()"))
            other = Database(postgres_url)
            other.run(lambda o: o.scalar(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine}))
            other.close()
            note(db, "never")

        assert pid
        with pytest.raises(DBAPIError) as caught:
            database.run(dies)
        assert is_passing(caught.value)
        assert database.run(notes) == []
    finally:
        database.close()


def test_errors_of_the_work_itself_do_not_pass(database: Database) -> None:
    for statement in ("SELECT nonsense", "SELEC 1", "SELECT * FROM nowhere"):
        with pytest.raises(DBAPIError) as caught:
            database.run(lambda db, s=statement: db.execute(text(s)))  # type: ignore[misc]
        assert not is_passing(caught.value)
    assert not is_passing(ValueError())


def test_a_second_process_waits_for_its_turn_instead_of_failing(sqlite_url: str) -> None:
    first, second = Database(sqlite_url), Database(sqlite_url)
    try:
        works = [db.submit(lambda s, n=n: note(s, f"{n:03}")) for n in range(100) for db in (first, second)]  # type: ignore[misc]
        assert len([work.result(20) for work in works]) == 200
        assert len(first.run(notes)) == 200
    finally:
        first.close()
        second.close()


def test_a_wait_for_company_that_is_over_before_it_begins_ends(sqlite_url: str) -> None:
    """On a busy machine it may be. With the standard library's quick queue the writer then waited for ever."""
    database = Database(sqlite_url)
    kind = type(database._runner._waiting)  # type: ignore[union-attr]
    database.close()
    waited: list[int] = []

    def wait() -> None:
        for _ in range(20_000):
            with contextlib.suppress(queue.Empty):
                kind().get(timeout=1e-9)
        waited.append(20_000)

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    waiting.join(60)
    assert waited == [20_000]
