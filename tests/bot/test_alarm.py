"""The error nobody expected is told without anything that a person wrote."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import select, text

from bot.alarm import fingerprint, frames
from handlers.ground.context import Context
from models.delivery.inbox import Inbox
from models.delivery.outbox import Outbox
from tests.bot.steps import routes
from tests.fakes import World

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
