"""Asked to stop, the program ends within ten seconds, whatever it is doing, and says nothing of it that is a traceback."""

from __future__ import annotations

import itertools
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.delivery.message import Lane, Message, Method, Recipient
from models.delivery.outbox import Outbox, enqueue
from models.ground.base import table_of
from models.ground.channel import Channel
from models.ground.clock import system_clock
from models.ground.db import Database
from models.ground.sealing import Keyring, keyring, new_id, use_keys
from models.phrases.text import raw
from tests.bot.killed import KEY
from tests.bot.line import line_to
from tests.bot.processes import ROOT, Log, Telegram, program, standin, wait_until

WITHIN = 10.0  # seconds: what a service manager may be told to wait
_people = itertools.count(8_000, 1_000)


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    with standin() as running:
        yield running


@pytest.fixture(autouse=True)
def known_keys() -> Iterator[None]:
    ring = keyring()
    use_keys(Keyring([KEY]))
    yield
    use_keys(ring)


@contextmanager
def running(
    telegram: Telegram, url: str, *, until: str = "app.leads"
) -> Iterator[tuple[subprocess.Popen[bytes], Log]]:
    """The real program, as far as this event of its log."""
    told = {
        "BOT_TOKEN": "1:demo",
        "BOT_API_URL": telegram.url,
        "BOT_DATABASE_URL": url,
        "BOT_SECRET_KEYS": KEY,
    }
    with program("-m", "bot", "run", folder=ROOT, **told) as process:
        log = Log(process)
        wait_until(lambda: until in log.events or log.ended, what=until)
        yield process, log


def stops(process: subprocess.Popen[bytes], log: Log) -> None:
    """It ends in time, and its log holds events alone."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(WITHIN + 5) == 0
    assert time.monotonic() - began < WITHIN
    log.ends()
    assert [line for line in log.lines if not line.startswith("{")] == []


def talk(telegram: Telegram, users: int, *, texts: int) -> int:
    """Everybody writes, faster than anybody is answered."""
    first = next(_people)
    for user in range(first, first + users):
        telegram.act("add_user", user_id=user, first_name="An")
        for _ in range(texts):
            telegram.act("says", user_id=user, text="/start")
    return first


def test_while_everybody_writes(telegram: Telegram, database_url: str) -> None:
    with running(telegram, database_url) as (process, log):
        first = talk(telegram, 60, texts=5)
        wait_until(lambda: bool(telegram.answers(first)), what="the first answer")
        stops(process, log)


def fading(db: Session, rows: int) -> None:
    """Messages that are to be taken back out of their chats: a job's long work."""
    now = system_clock()
    one = {
        "channel": Channel.TELEGRAM.value, "lane": int(Lane.BULK), "method": Method.TEXT.value, "again": False,
        "state": "sent", "attempts": 1, "tries": 1, "not_before": now, "created_at": now - timedelta(days=1),
        "sent_at": now - timedelta(days=1), "lasts": 60, "message_id": 1,
    }  # fmt: skip
    made = [{**one, "id": new_id(), "key": f"f:{n}", "address": chat_address(n + 1)} for n in range(rows)]
    db.connection().execute(insert(table_of(Outbox)), made)


@pytest.mark.long
def test_in_the_middle_of_a_long_job(telegram: Telegram, database_url: str) -> None:
    database = Database(database_url)
    try:
        database.run(lambda db: fading(db, 40_000))
        gone = select(func.count()).select_from(Outbox).where(Outbox.method == Method.DELETE.value)
        with running(telegram, database_url) as (process, log):
            wait_until(lambda: database.run(lambda db: db.scalar(gone) or 0) > 100, what="the job")
            stops(process, log)
        assert database.run(lambda db: db.scalar(gone) or 0) < 40_000
    finally:
        database.close()


def test_while_the_messenger_does_not_answer(telegram: Telegram, database_url: str) -> None:
    user = next(_people)
    telegram.act("add_user", user_id=user, first_name="An")
    database = Database(database_url)
    with running(telegram, database_url) as (process, log):
        telegram.act("says", user_id=user, text="/start")
        wait_until(lambda: bool(telegram.answers(user)), what="the first answer")
        telegram.act("fail", method="sendMessage", times=5, fault="timeout_before")
        telegram.act("says", user_id=user, text="/trogiup")
        wired = select(func.count()).select_from(Outbox).where(Outbox.state == "sending")
        wait_until(lambda: bool(database.run(lambda db: db.scalar(wired))), what="a message on the wire")
        stops(process, log)
    database.close()


def test_before_the_messenger_has_ever_answered(telegram: Telegram, database_url: str) -> None:
    telegram.act("fail", method="getMe", times=50, fault="timeout_before")
    with running(telegram, database_url, until="app.stands_by") as (process, log):
        stops(process, log)


def test_while_another_program_holds_the_file(telegram: Telegram, sqlite_url: str) -> None:
    user = next(_people)
    telegram.act("add_user", user_id=user, first_name="An")
    with running(telegram, sqlite_url) as (process, log):
        holder = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        telegram.act("says", user_id=user, text="/start")
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(2)  # it waits for the file, and others wait behind it
        stops(process, log)
        holder.close()


def test_while_the_line_to_the_server_is_frozen(telegram: Telegram, postgres_url: str) -> None:
    with line_to(postgres_url) as line, running(telegram, line.url) as (process, log):
        talk(telegram, 10, texts=2)
        line.freeze()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(2)
        stops(process, log)


def test_with_thousands_waiting_to_be_sent(telegram: Telegram, database_url: str) -> None:
    first = talk(telegram, 40, texts=1)
    database = Database(database_url)
    with running(telegram, database_url) as (process, log):

        def queue(db: Session) -> None:
            for n in range(4_000):
                to = Recipient(chat_address(first + n % 40))
                enqueue(db, to, Message(raw("nhắc")), key=f"r:{n}", lane=Lane.REMINDER, now=system_clock())

        database.run(queue)
        wait_until(lambda: "nhắc" in telegram.answers(first), what="the first reminder")
        stops(process, log)
    database.close()
