"""The program listens whatever else fails; when it hears nothing, it says so, and does not say that all is well."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.finding import Finding, Verdict
from bot.settings import Settings
from bot.standin import StandIn
from bot.telegram.check import check_calls
from models.ground.clock import system_clock
from tests.bot.processes import until
from tests.bot.test_cli import served
from tests.fakes import TOKEN, World

OPERATOR = 900
OURS, ANOTHERS = "http://127.0.0.1:9/telegram", "http://127.0.0.1:9/another"


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    with World.open(sqlite_url, operator_chat=OPERATOR) as opened:
        opened.telegram.add_user(OPERATOR, "Người trực máy")
        opened.telegram.users[OPERATOR].started = True
        yield opened


def told(world: World) -> list[str]:
    world.settle()
    return [m["text"] for m in world.telegram.history(OPERATOR)]


def called(world: World) -> str:
    """Whom Telegram calls."""
    return str(world.telegram.call("getWebhookInfo", {}).body["result"]["url"])


def test_it_listens_though_its_commands_are_refused_for_ever(world: World) -> None:
    world.telegram.call("setWebhook", {"url": ANOTHERS})
    world.telegram.fail("setMyCommands", times=1_000_000, fault="server_error:500")

    async def listen() -> None:
        hearing = asyncio.create_task(world.app.hearing.run())
        await until(lambda: called(world) == "")
        hearing.cancel()

    world.run(listen())


def test_how_it_is_reached_is_said_until_it_is_taken(world: World) -> None:
    world.telegram.call("setWebhook", {"url": ANOTHERS})
    world.telegram.fail("deleteWebhook", times=1, fault="server_error:502")

    async def listen() -> None:
        hearing = asyncio.create_task(world.app.hearing.run())
        await until(lambda: called(world) == "")
        hearing.cancel()

    world.run(listen())


def test_who_runs_it_is_told_once_an_hour_that_nothing_is_heard(world: World) -> None:
    hearing = world.app.hearing
    hearing.missed("Conflict")
    world.wait(timedelta(minutes=4))
    hearing.missed("Conflict")
    assert told(world) == []  # a network that was away for a moment
    for _ in range(3):
        world.wait(timedelta(minutes=2))
        hearing.missed("Conflict")
    (said,) = told(world)
    assert "6 phút nay chương trình không nghe được Telegram (Conflict)" in said
    assert hearing.is_deaf
    hearing.heard()
    assert not hearing.is_deaf


def test_a_webhook_that_another_program_took_is_noticed_and_taken_back(sqlite_url: str) -> None:
    with World.open(sqlite_url, webhook_url=OURS) as world:
        world.run(world.app.hearing.say_how_we_are_reached())
        assert called(world) == OURS
        world.telegram.call("setWebhook", {"url": ANOTHERS})
        world.run(world.app.hearing.look())
        assert called(world) == OURS
        world.clock.set(world.clock() + timedelta(minutes=6))
        assert world.app.hearing.is_deaf  # nothing has shown yet that it is heard again
        world.run(world.app.hearing.look())
        assert not world.app.hearing.is_deaf


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict", "said"),
    [
        ("", "", Verdict.GOOD, "we ask it"),
        (OURS, OURS, Verdict.GOOD, f"it calls {OURS}"),
        (OURS, "", Verdict.NOTE, "calls nobody yet"),
        (OURS, ANOTHERS, Verdict.WRONG, "another webhook is set"),
        ("", ANOTHERS, Verdict.WRONG, "another webhook is set"),
    ],
)
def test_check_says_whom_telegram_calls(ours: str, theirs: str, verdict: Verdict, said: str) -> None:
    async def main() -> Finding:
        standin = StandIn(now=system_clock, token=TOKEN)
        if theirs:
            standin.call("setWebhook", {"url": theirs})
        async with served(standin) as url:
            return await check_calls(Settings(_env_file=None, token=TOKEN, api_url=url, webhook_url=ours))

    finding = asyncio.run(main())
    assert finding.verdict is verdict
    assert said in finding.said
