"""The error nobody expected is told without anything that a person wrote."""

from __future__ import annotations

import errno
import logging
import sqlite3
from concurrent.futures import Future
from datetime import timedelta
from typing import TypeVar

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from telegram.error import InvalidToken

from bot.alarm import fingerprint, frames
from bot.trouble import Ailment, ailment_of
from handlers.ground.context import Context
from models.delivery.inbox import Inbox
from models.delivery.outbox import Outbox
from models.ground.db import Database, Work
from models.phrases.delivery.alarm import AILMENTS
from tests.bot.steps import routes
from tests.fakes import World

T = TypeVar("T")
ANN, OPERATOR = 101, 900
SECRETS = ["0912 345 678", "Nguyễn Thị Bí Mật", "<b>'; DROP TABLE member; --", "tôi đang ở nhà số 7"]


def raises_in_python(ctx: Context) -> None:
    raise ValueError(f"cannot use {ctx.incoming.text}")


def raises_in_the_database(ctx: Context) -> None:
    ctx.db.execute(text("SELECT :words FROM nowhere"), {"words": ctx.incoming.text})


def raises_because_of_another(ctx: Context) -> None:
    try:
        raises_in_python(ctx)
    except ValueError as error:
        raise KeyError(ctx.incoming.text) from error


@pytest.mark.parametrize("step", [raises_in_python, raises_in_the_database, raises_because_of_another])
def test_what_a_person_wrote_is_in_no_log_row_or_alarm(
    database_url: str,
    step: object,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("asyncio", "telegram", "sqlalchemy.engine"):
        caplog.set_level(logging.INFO, logger=name)
    caplog.set_level(logging.WARNING, logger="sqlalchemy.engine")
    with World.open(database_url, routes=routes(step), operator_chat=OPERATOR) as world:  # type: ignore[arg-type]
        world.telegram.add_user(OPERATOR, "Người trực máy")
        world.telegram.users[OPERATOR].started = True
        world.telegram.add_user(ANN, "An")
        for secret in SECRETS:
            world.telegram.says(ANN, secret)
        world.settle()
        errors = world.db(lambda db: list(db.scalars(select(Inbox.error))))
        said = [m["text"] for m in world.telegram.history(OPERATOR)]
        kept = world.db(lambda db: [str(row) for row in db.execute(select(Outbox.__table__))])
    printed = capsys.readouterr()
    assert len(errors) == len(SECRETS)
    assert all(errors)
    assert said
    everything = "\n".join([*map(str, errors), *said, *kept, printed.out, printed.err, caplog.text])
    assert "alarm" in everything
    for secret in SECRETS:
        assert secret not in everything


def test_an_error_is_named_by_its_type_and_our_line() -> None:
    with pytest.raises(ValueError, match="bí mật") as caught:
        raise_one("bí mật")
    assert fingerprint(caught.value).startswith("ValueError at test_alarm.py:")
    assert frames(caught.value)[-1].endswith("raise_one")
    assert fingerprint(ValueError("bí mật")) == "ValueError"


def raise_one(words: str) -> None:
    raise ValueError(words)


def test_an_alarm_is_safe_when_the_database_is_closed(sqlite_url: str) -> None:
    with World.open(sqlite_url, operator_chat=OPERATOR) as world:
        world.app.database.close()
        assert world.app.alarm.ring("somewhere", ValueError("bí mật")) == "ValueError"


# --- what ails the machine --------------------------------------------------------------------------------------------


def broken(code: int) -> OperationalError:
    original = sqlite3.OperationalError("x")
    original.sqlite_errorcode = code
    return OperationalError("UPDATE x", {}, original)


class NoRoom(Database):
    """Its disk is full."""

    full = False

    def submit(self, work: Work[T], *, linger: float = 0.0) -> Future[T]:
        if not self.full:
            return super().submit(work, linger=linger)
        refused: Future[T] = Future()
        refused.set_exception(broken(sqlite3.SQLITE_FULL))
        return refused


def test_a_full_disk_is_told_in_words_past_the_database_and_once_an_hour(sqlite_url: str) -> None:
    with World.open(sqlite_url, operator_chat=OPERATOR, connect=NoRoom) as world:
        operator = world.phone(OPERATOR).says("/start")
        database = world.database
        assert isinstance(database, NoRoom)
        database.full = True
        for _ in range(5):
            world.app.alarm.ring("inbox.accept", broken(sqlite3.SQLITE_FULL))
        world.app.alarm.say("somewhere", "something else")  # its row is not taken: it goes straight, too
        world.run(world.app.alarm.told())
        world.run(world.app.alarm.told())
        said = [m["text"] for m in operator.messages() if "Báo động" in m["text"]]
        assert [text.partition(",")[0] for text in said[:1]] == ["Báo động: đĩa của máy chủ đã đầy"]
        assert len(said) == 2
        assert "OperationalError" not in " ".join(said)
        world.clock.advance(timedelta(hours=1))
        world.app.alarm.ring("inbox.accept", broken(sqlite3.SQLITE_FULL))
        world.run(world.app.alarm.told())
        assert "đĩa của máy chủ đã đầy" in operator.messages()[-1]["text"]
        database.full = False


def test_while_the_messenger_is_away_too_an_alarm_waits_for_it(sqlite_url: str) -> None:
    with World.open(sqlite_url, operator_chat=OPERATOR) as world:
        operator = world.phone(OPERATOR).says("/start")
        world.telegram.fail("sendMessage", fault="connect")
        world.app.alarm.ring("outbox", broken(sqlite3.SQLITE_BUSY))
        world.run(world.app.alarm.told())
        assert "Báo động" not in operator.chat()
        world.app.alarm.errand.want()
        world.run(world.app.alarm.told())
        assert "bị một chương trình khác giữ" in operator.chat()


@pytest.mark.parametrize(
    ("error", "ailment"),
    [
        (broken(sqlite3.SQLITE_FULL), Ailment.DISK_FULL),
        (broken(sqlite3.SQLITE_BUSY), Ailment.FILE_LOCKED),
        (broken(sqlite3.SQLITE_CORRUPT), Ailment.FILE_DAMAGED),
        (broken(sqlite3.SQLITE_READONLY), Ailment.FILE_CLOSED),
        (OSError(errno.ENOSPC, "full"), Ailment.DISK_FULL),
        (OperationalError("x", {}, psycopg.errors.DiskFull()), Ailment.DISK_FULL),
        (OperationalError("x", {}, psycopg.errors.AdminShutdown()), Ailment.SERVER_AWAY),
        (OperationalError("x", {}, psycopg.OperationalError("connection refused")), Ailment.SERVER_AWAY),
        (OperationalError("x", {}, psycopg.errors.InvalidPassword()), Ailment.SERVER_REFUSES),
        (InvalidToken(), Ailment.TOKEN_REFUSED),
        (OperationalError("x", {}, psycopg.errors.DeadlockDetected()), None),
        (ValueError(), None),
    ],
)
def test_what_ails_the_machine_is_known_by_its_error(error: Exception, ailment: Ailment | None) -> None:
    assert ailment_of(error) is ailment


def test_every_ailment_has_its_sentence() -> None:
    assert set(AILMENTS) == {one.value for one in Ailment}
