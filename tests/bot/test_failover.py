"""Two programs on one database: whatever becomes of the one that leads, the other goes on, and nothing is done twice."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.delivery.inbox import Inbox
from models.delivery.leadership import Leadership
from models.delivery.message import Lane, Message, Recipient
from models.delivery.outbox import Outbox, enqueue
from models.ground.clock import system_clock
from models.ground.db import Database
from models.ground.sealing import Keyring, keyring, use_keys
from models.phrases.text import raw
from tests.bot import killed
from tests.bot.killed import KEY
from tests.bot.line import line_to
from tests.bot.processes import PATIENCE, ROOT, Log, Telegram, program, standin, wait_until
from tests.bot.steps import traces
from tests.postgres import create_database

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.bot.killed"])
_people = itertools.count(7_000, 100)


@pytest.fixture(scope="module")
def telegram() -> Iterator[Telegram]:
    with standin() as running:
        yield running


@pytest.fixture(autouse=True)
def known_keys() -> Iterator[None]:
    ring = keyring()
    use_keys(Keyring([KEY]))
    yield
    use_keys(ring)


_UNSAID = select(Outbox.id).where(Outbox.state.in_(("pending", "sending")))


class Pair:
    """Programs on one database, and a person who writes to them."""

    def __init__(self, telegram: Telegram, database: Database, url: str) -> None:
        self.telegram, self.database, self.url = telegram, database, url
        self.user = next(_people)
        self.said: list[str] = []
        self.programs: list[Any] = []
        telegram.act("add_user", user_id=self.user, first_name="An")

    def start(self, *, url: str = "", rate: int = 1000) -> Any:
        """A program that stands by, or leads."""
        there = _processes.Event()
        arguments = (self.telegram.url, url or self.url, "", 0)
        program = _processes.Process(
            target=killed.main, args=arguments, kwargs={"there": there, "rate": rate}, daemon=True
        )
        program.start()
        self.programs.append(program)
        assert there.wait(PATIENCE)
        return program

    def freezes(self, running: Any) -> None:
        """Stop a program between two transactions: frozen within one it would keep SQLite's only lock for ever."""

        def stop(_db: Session) -> None:
            os.kill(running.pid, signal.SIGSTOP)
            stat = Path(f"/proc/{running.pid}/stat")
            wait_until(lambda: stat.read_text().rpartition(")")[2].split()[0] == "T", what="stopped")

        self.database.run(stop)

    def says(self, words: str) -> None:
        self.said.append(words)
        self.telegram.act("says", user_id=self.user, text=words)

    def hears(self, words: str) -> None:
        wait_until(lambda: f"echo {words}" in self.telegram.answers(self.user), what=f"echo {words}")

    def is_quiet(self) -> None:
        """All is said, and it is written down that it was."""
        wait_until(lambda: not self.database.run(lambda db: db.scalars(_UNSAID).all()), what="quiet")

    def epoch(self) -> int:
        return self.database.run(lambda db: db.get_one(Leadership, 1).epoch)

    def nothing_is_lost_or_doubled(self) -> None:
        assert Counter(self.database.run(traces)) == Counter(self.said)
        assert Counter(self.telegram.answers(self.user)) == Counter(f"echo {words}" for words in self.said)
        assert set(self.database.run(lambda db: db.scalars(select(Inbox.state)).all())) == {"done"}


@pytest.fixture
def pair(telegram: Telegram, database_url: str) -> Iterator[Pair]:
    with _pair(telegram, database_url) as made:
        yield made


@contextmanager
def _pair(telegram: Telegram, url: str) -> Iterator[Pair]:
    database = Database(url)
    made = Pair(telegram, database, url)
    try:
        yield made
    finally:
        for program in made.programs:
            program.kill()
            program.join()
        database.close()


def ends(program: Any) -> None:
    program.terminate()
    program.join(20)
    assert program.exitcode == 0


def test_who_is_killed_is_followed_at_once(pair: Pair) -> None:
    first = pair.start()
    pair.says("một")
    pair.hears("một")
    second = pair.start()
    pair.is_quiet()
    first.kill()
    pair.says("hai")
    pair.hears("hai")
    assert pair.epoch() == 2
    pair.nothing_is_lost_or_doubled()
    ends(second)


def test_who_is_stopped_is_replaced_and_wakes_as_the_one_that_stands_by(pair: Pair) -> None:
    first = pair.start()
    pair.says("một")
    pair.hears("một")
    second = pair.start()
    pair.is_quiet()
    pair.freezes(first)
    pair.says("hai")
    pair.hears("hai")
    os.kill(first.pid, signal.SIGCONT)
    for words in ("ba", "bốn"):
        pair.says(words)
        pair.hears(words)
    assert pair.epoch() == 2
    pair.is_quiet()
    second.kill()  # and the one that woke takes its turn, in the same process
    pair.says("năm")
    pair.hears("năm")
    assert pair.epoch() == 3
    pair.nothing_is_lost_or_doubled()
    ends(first)


def queue_reminders(db: Session, users: list[int]) -> None:
    for user in users:
        to, message = Recipient(chat_address(user)), Message(raw("nhắc"))
        enqueue(db, to, message, key=f"r:{user}", lane=Lane.ALERT, now=system_clock())


def test_what_a_stopped_leader_had_in_hand_it_does_not_send_when_it_wakes(pair: Pair) -> None:
    users = [pair.user + n for n in range(1, 13)]
    for user in users:
        pair.telegram.act("add_user", user_id=user, first_name="Bình")
        pair.telegram.act("says", user_id=user, text="chào")

    def reminded() -> Counter[int]:
        return Counter({user: pair.telegram.answers(user).count("nhắc") for user in users})

    first = pair.start(rate=3)
    wait_until(lambda: all("echo chào" in pair.telegram.answers(user) for user in users), what="the greeting")
    pair.start(rate=3)
    pair.database.run(lambda db: queue_reminders(db, users))
    wait_until(lambda: reminded().total() >= 2, what="the first reminders")
    pair.freezes(first)
    wait_until(lambda: len(+reminded()) == len(users), what="the others, by who follows")
    os.kill(first.pid, signal.SIGCONT)
    pair.says("xong")
    pair.hears("xong")
    pair.is_quiet()
    assert reminded().total() - len(users) <= 1  # what was on the wire when it was stopped


def test_whose_line_to_the_database_freezes_is_replaced_and_thaws_as_the_one_that_stands_by(
    telegram: Telegram, postgres_url: str
) -> None:
    with line_to(postgres_url) as line, _pair(telegram, postgres_url) as pair:
        first = pair.start(url=line.url)
        pair.says("một")
        pair.hears("một")
        second = pair.start()
        pair.is_quiet()
        line.freeze()
        pair.says("hai")
        pair.hears("hai")
        line.thaw()
        for words in ("ba", "bốn"):
            pair.says(words)
            pair.hears(words)
        assert pair.epoch() == 2
        ends(second)
        pair.says("năm")
        pair.hears("năm")
        assert pair.epoch() == 3
        pair.nothing_is_lost_or_doubled()
        ends(first)


def test_a_server_that_is_killed_and_comes_back_ends_nobody(telegram: Telegram, postgres_url: str) -> None:
    """Twice for a moment, which loses no lead; then for longer than another would wait."""
    with line_to(postgres_url) as line, _pair(telegram, postgres_url) as pair:
        alone = pair.start(url=line.url)
        for words, away in (("một", 0.0), ("hai", 1.0), ("ba", 1.0), ("bốn", 9.0)):
            if away:
                pair.is_quiet()
                line.cut()
            pair.says(words)
            if away:
                alone.join(away)  # it lives on
                line.mend()
            pair.hears(words)
        assert pair.epoch() == 2
        pair.nothing_is_lost_or_doubled()
        ends(alone)


def a_new_database(request: pytest.FixtureRequest, kind: str, folder: Path) -> str:
    """Return the address of a database that no program has seen yet."""
    if kind == "sqlite":
        return f"sqlite:///{folder / 'xanha.db'}"
    url: str = request.getfixturevalue("postgres_server")
    return create_database(url, f"empty_{os.getpid()}_{next(_people)}")


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_three_that_start_for_the_first_time_at_once_all_come_up(
    telegram: Telegram, request: pytest.FixtureRequest, kind: str, tmp_path: Path
) -> None:
    url, user = a_new_database(request, kind, tmp_path), next(_people)
    told = {
        "BOT_TOKEN": "1:demo",
        "BOT_API_URL": telegram.url,
        "BOT_DATABASE_URL": url,
        "PYTHONPATH": str(ROOT),
    }
    telegram.act("add_user", user_id=user, first_name="An")
    with ExitStack() as running:
        programs = [
            running.enter_context(program("-m", "bot", "run", folder=tmp_path, **told)) for _ in range(3)
        ]
        logs = [Log(one) for one in programs]
        for log in logs:
            wait_until(lambda log=log: "app.stands_by" in log.events or log.ended, what="a start")  # type: ignore[misc]
        assert [one.poll() for one in programs] == [None] * 3, [log.lines for log in logs]
        telegram.act("says", user_id=user, text="/start")
        wait_until(lambda: bool(telegram.answers(user)), what="an answer")
        assert sum("app.leads" in log.events for log in logs) == 1
