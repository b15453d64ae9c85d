"""Whoever watches machines is told how the program is, without a word about anybody."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import App, build
from bot.settings import Settings
from bot.standin import StandIn
from bot.web.health import is_local_name, wrong_with
from models.delivery.backlog import Backlog, Queued
from models.delivery.message import Lane
from models.delivery.policy import OutboxPolicy, ReadinessPolicy
from models.ground.channel import Channel
from models.ground.clock import system_clock
from tests.bot.line import line_to
from tests.bot.processes import until
from tests.bot.steps import echo, routes
from tests.bot.test_webhook import free_port, telegram
from tests.fakes import UNHURRIED

ANN, NAME, WORDS = 7_654_321_987, "Nguyễn Thị Bí Mật", "số của tôi là 0912345678"
TOKEN = "1:demo"


def settings(database_url: str, api_url: str, health: str) -> Settings:
    return Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        api_url=api_url,
        database_url=database_url,
        health=health,
        outbox=OutboxPolicy(rate=1000, chat_seconds=0),
        flood=UNHURRIED,
        readiness=ReadinessPolicy(patience=0.5),
    )


@asynccontextmanager
async def running(chosen: Settings) -> AsyncIterator[App]:
    app = build(chosen, system_clock, routes=routes(echo))
    task = asyncio.create_task(app.run())
    try:
        yield app
    finally:
        app.stop()
        await asyncio.gather(task, return_exceptions=True)
        app.database.close()


class Watcher:
    """Asks from this machine, as a service manager and Prometheus do."""

    def __init__(self, session: aiohttp.ClientSession, port: int) -> None:
        self._session, self._url = session, f"http://127.0.0.1:{port}"

    async def asks(self, path: str, *, method: str = "GET", host: str = "") -> tuple[int, str]:
        headers = {"Host": host} if host else {}
        async with self._session.request(method, self._url + path, headers=headers) as answer:
            return answer.status, await answer.text()

    async def waits_for(self, path: str, status: int, words: str = "") -> str:
        async with asyncio.timeout(30):
            while True:
                try:
                    got, said = await self.asks(path)
                except aiohttp.ClientConnectionError:
                    got, said = 0, ""
                if got == status and words in said:
                    return said
                await asyncio.sleep(0.02)


@asynccontextmanager
async def watched(database_url: str) -> AsyncIterator[tuple[StandIn, App, Watcher]]:
    port = free_port()
    async with telegram() as (standin, url), aiohttp.ClientSession() as session:
        standin.add_user(ANN, NAME)
        async with running(settings(database_url, url, f"127.0.0.1:{port}")) as app:
            yield standin, app, Watcher(session, port)


def figure(page: str, name: str) -> float:
    """One figure of the page by its name and labels."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", page, re.MULTILINE)
    assert found is not None, page
    return float(found[1])


def test_a_watcher_reads_that_it_turns_is_ready_and_what_it_did(database_url: str) -> None:
    async def main() -> None:
        async with watched(database_url) as (standin, app, watcher):
            ready = await watcher.waits_for("/readyz", 200, "leader")
            assert ready == '{"ready":true,"role":"leader","wrong":[]}'
            assert await watcher.asks("/healthz") == (200, "ok\n")
            standin.says(ANN, WORDS)
            await until(lambda: any(m["text"] == f"echo {WORDS}" for m in standin.history(ANN)))
            sent = 'xanha_sends_total{channel="telegram",lane="reply",result="sent"}'
            page = await watcher.waits_for("/metrics", 200, sent)
            assert figure(page, sent) == 1
            assert figure(page, 'xanha_reply_seconds_count{channel="telegram"}') == 1
            assert 0 < figure(page, 'xanha_reply_seconds_sum{channel="telegram"}') < 30
            assert figure(page, 'xanha_inbox_depth{channel="telegram"}') == 0
            assert figure(page, "xanha_leads") == figure(page, "xanha_database_up") == 1
            assert figure(page, "xanha_beat_age_seconds") < 180
            page = await watcher.waits_for("/metrics", 200, "xanha_ticks_total{")
            assert re.search(r'^xanha_ticks_total\{result="well",room="\w+"\}', page, re.MULTILINE)
            for secret in (str(ANN), *NAME.split(), *WORDS.split(), "demo", app.telegram.bot.username):
                assert not re.search(rf"\b{secret}\b", page), secret

    asyncio.run(main())


def test_a_database_that_does_not_answer_is_not_ready_and_the_program_still_turns(postgres_url: str) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        with line_to(postgres_url) as line:
            async with watched(line.url) as (_, _app, watcher):
                await watcher.waits_for("/readyz", 200, "leader")
                line.freeze()
                began = loop.time()
                answers = await asyncio.gather(*(watcher.asks("/readyz") for _ in range(5)))
                took = loop.time() - began
                assert await watcher.asks("/healthz") == (200, "ok\n")
                figures = (await watcher.asks("/metrics"))[1]
                line.thaw()
                assert {status for status, _ in answers} == {503}
                assert answers[0][1] == '{"ready":false,"role":"leader","wrong":["database"]}'
                assert took < 2  # its patience is half a second
                assert figure(figures, "xanha_database_up") == 0
                assert "xanha_inbox_depth" not in figures
                await watcher.waits_for("/readyz", 200)

    asyncio.run(main())


def test_a_standby_is_ready_and_says_what_it_is(database_url: str) -> None:
    async def main() -> None:
        async with watched(database_url) as (_, first, watcher):
            await watcher.waits_for("/readyz", 200, "leader")
            port = free_port()
            chosen = settings(database_url, first.settings.api_url, f"127.0.0.1:{port}")
            async with running(chosen), aiohttp.ClientSession() as session:
                standby = Watcher(session, port)
                said = await standby.waits_for("/readyz", 200)
                assert said == '{"ready":true,"role":"standby","wrong":[]}'
                assert figure((await standby.asks("/metrics"))[1], "xanha_leads") == 0

    asyncio.run(main())


def test_a_stranger_gets_nothing(sqlite_url: str) -> None:
    async def main() -> None:
        async with watched(sqlite_url) as (_, _app, watcher):
            await watcher.waits_for("/readyz", 200)
            for path in ("/healthz", "/readyz", "/metrics"):
                for host in ("so.example", "so.example:8082", "evil.localhost", "127.0.0.1.example"):
                    assert await watcher.asks(path, host=host) == (404, "")
                for method in ("POST", "PUT", "DELETE", "OPTIONS"):
                    assert await watcher.asks(path, method=method) == (405, "")
                status, _ = await watcher.asks(path, host="bot1:8082")  # a container's name
                assert status == 200
            for path in ("/", "/o", "/hook", "/healthz/", "/metrics/x"):
                assert await watcher.asks(path) == (404, "")

    asyncio.run(main())


def test_a_taken_address_ends_nobody_and_is_taken_when_it_is_free(sqlite_url: str) -> None:
    async def main() -> None:
        port = free_port()
        taken = await asyncio.start_server(lambda r, w: None, "127.0.0.1", port)
        async with telegram() as (standin, url), aiohttp.ClientSession() as session:
            standin.add_user(ANN, NAME)
            async with running(settings(sqlite_url, url, f"127.0.0.1:{port}")):
                standin.says(ANN, "một")
                await until(lambda: any(m["text"] == "echo một" for m in standin.history(ANN)))
                taken.close()
                await taken.wait_closed()
                await Watcher(session, port).waits_for("/healthz", 200)

    asyncio.run(main())


NOW = system_clock()


@pytest.mark.parametrize(
    ("changed", "leads", "wrong"),
    [
        ({}, True, []),
        ({"inbox": {Channel.TELEGRAM: Queued(1, NOW - timedelta(seconds=90))}}, True, ["inbox"]),
        ({"inbox": {Channel.TELEGRAM: Queued(900, NOW - timedelta(seconds=30))}}, True, []),
        (
            {"outbox": {(Channel.TEXT, Lane.BULK): Queued(1, NOW - timedelta(minutes=11))}},
            True,
            ["outbox"],
        ),
        ({"beat_at": NOW - timedelta(minutes=4)}, True, ["timetable"]),
        ({"beat_at": None}, True, ["timetable"]),
        ({"beat_at": NOW + timedelta(days=400)}, True, []),
        ({"beat_at": NOW - timedelta(minutes=4)}, False, []),
    ],
)
def test_what_waits_too_long_is_named(changed: dict[str, Any], leads: bool, wrong: list[str]) -> None:
    backlog = Backlog(**{"inbox": {}, "outbox": {}, "beat_at": NOW, **changed})
    assert wrong_with(backlog, ReadinessPolicy(), leads=leads, now=NOW) == wrong


def test_names_of_the_outside_are_no_names_of_here() -> None:
    for ours in ("127.0.0.1:8082", "localhost", "localhost:8082", "[::1]:8082", "10.0.0.7:1", "bot-1:8082"):
        assert is_local_name(ours), ours
    for others in ("", "so.example", "so.example:80", "a.b", ":80", "localhost.", "x@y"):
        assert not is_local_name(others), others
