"""Telegram calls: who may, what is stored before it is answered, and who does the steps."""

from __future__ import annotations

import asyncio
import io
import json
import socket
from collections.abc import AsyncIterator
from concurrent.futures import Future
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.app import App, build
from bot.settings import Settings
from bot.standin import StandIn
from bot.standin.server import listen, server
from bot.telegram.webhook import webhook_secret
from bot.web.guard import UPDATE_BYTES
from models.delivery.inbox import Inbox
from models.delivery.leadership import Leadership
from models.delivery.policy import OutboxPolicy
from models.ground.clock import system_clock
from models.ground.db import Database
from tests.bot.hostile import HOSTILE_BODIES
from tests.bot.processes import until
from tests.bot.steps import echo, routes, traces
from tests.fakes import UNHURRIED

ANN = 101
SECRET = "the-secret"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
        return port


def settings(database_url: str, api_url: str, port: int, *, secret: str = SECRET) -> Settings:
    return Settings(
        _env_file=None,
        token=SecretStr("1:demo"),
        api_url=api_url,
        database_url=database_url,
        webhook_url=f"http://127.0.0.1:{port}/hook",
        webhook_secret=SecretStr(secret),
        listen=f"127.0.0.1:{port}",
        outbox=OutboxPolicy(rate=1000, chat_seconds=0),
        flood=UNHURRIED,
    )


@asynccontextmanager
async def telegram() -> AsyncIterator[tuple[StandIn, str]]:
    standin = StandIn(now=system_clock)
    standin.add_user(ANN, "An")
    door = listen()
    running = server(standin)
    task = asyncio.create_task(running.serve(sockets=[door]))
    try:
        yield standin, f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        running.should_exit = running.force_exit = True
        await task
        door.close()


@asynccontextmanager
async def replica(chosen: Settings, database: Database | None = None) -> AsyncIterator[App]:
    app = build(chosen, system_clock, database=database, routes=routes(echo))
    task = asyncio.create_task(app.run())
    try:
        async with asyncio.timeout(20):
            while not await is_listening(chosen.address):  # noqa: ASYNC110 - it says nothing when it is ready
                await asyncio.sleep(0.01)
        yield app
    finally:
        app.stop()
        [ended] = await asyncio.gather(task, return_exceptions=True)
        app.database.close()
        assert ended is True


async def is_listening(address: tuple[str, int]) -> bool:
    try:
        _, writer = await asyncio.open_connection(*address)
    except OSError:
        return False
    writer.close()
    return True


def update(number: int, words: str) -> bytes:
    chat = {"id": ANN, "type": "private", "first_name": "An"}
    message = {
        "message_id": number,
        "date": 1,
        "chat": chat,
        "from": {**chat, "is_bot": False},
        "text": words,
    }
    return json.dumps({"update_id": number, "message": message}).encode()


async def post(app: App, body: Any, *, secret: str | None = SECRET, path: str = "/hook") -> int:
    host, port = app.settings.address
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"http://{host}:{port}{path}", data=body, headers=headers) as answer,
    ):
        return answer.status


def stored(database: Database) -> list[int]:
    with database.reading() as db:
        return [int(one) for one in db.scalars(select(Inbox.external_id).order_by(Inbox.id))]


class Mortal(Database):
    """A database that can be away."""

    away = False

    def submit(self, work: Any, *, linger: float = 0) -> Future[Any]:
        if not self.away:
            return super().submit(work, linger=linger)
        gone: Future[Any] = Future()
        gone.set_exception(OperationalError("", {}, Exception("away")))
        return gone


def test_only_telegram_may_call_and_200_means_stored(database_url: str) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * (UPDATE_BYTES // 10)

    async def main() -> None:
        database = Mortal(database_url)
        async with (
            telegram() as (standin, url),
            replica(settings(database_url, url, free_port()), database) as app,
        ):
            standin.says(ANN, "chào")
            for secret in ("wrong", "", None, "ü"):
                assert await post(app, update(1, "x"), secret=secret) == 403
            for nonsense in (b"", b"{", b"[]", b"{}", b'{"update_id": "1"}', b'{"update_id": -1}', b"\xff"):
                assert await post(app, nonsense) == 400
            for nonsense in HOSTILE_BODIES:
                assert await post(app, io.BytesIO(nonsense)) == 400
            assert await post(app, io.BytesIO(b" " * (UPDATE_BYTES + 1))) == 413
            assert await post(app, endless()) == 413
            assert await post(app, update(1, "x"), path="/elsewhere") == 404
            assert 1 not in stored(database)
            database.away = True
            assert await post(app, update(2, "away")) == 503
            database.away = False
            assert 2 not in stored(database)
            assert await post(app, update(3, "một")) == 200
            assert 3 in stored(database)
            assert await post(app, update(3, "một")) == 200
            await until(lambda: "echo một" in [m["text"] for m in standin.history(ANN)])
            assert [t for t in database.run(traces) if t == "một"] == ["một"]

    asyncio.run(main())


def test_without_a_secret_of_its_own_it_is_not_open_to_everybody(sqlite_url: str) -> None:
    chosen = settings(sqlite_url, "http://127.0.0.1:1", 1, secret="")
    assert len(webhook_secret(chosen)) == 64
    assert "1:demo" not in webhook_secret(chosen)


def test_telegram_calls_the_webhook_and_the_person_is_answered(database_url: str) -> None:
    async def main() -> None:
        async with telegram() as (standin, url):
            chosen = settings(database_url, url, free_port(), secret="")
            async with replica(chosen):
                await until(lambda: standin.webhook is not None)
                for number in range(20):
                    standin.says(ANN, f"{number}")
                await until(lambda: len(standin.history(ANN)) == 40)
                said = [m["text"] for m in standin.history(ANN) if m["from"] == "bot"]
                assert said == [f"echo {number}" for number in range(20)]

    asyncio.run(main())


def test_one_leads_the_other_receives_and_takes_over(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.leader._STANDBY", 0.05)

    async def main() -> None:
        async with telegram() as (standin, url):
            standin.says(ANN, "chào")

            def answered(words: str) -> bool:
                return f"echo {words}" in [m["text"] for m in standin.history(ANN)]

            chosen = [settings(database_url, url, free_port()) for _ in range(2)]
            async with replica(chosen[0]) as leader:
                await until(lambda: answered("chào") or standin.webhook is not None)
                async with replica(chosen[1]) as standby:
                    assert await post(standby, update(1, "qua máy chờ")) == 200
                    assert await post(leader, update(2, "qua máy chính")) == 200
                    await until(lambda: answered("qua máy chờ") and answered("qua máy chính"))
                    assert not standby._leader.still_leads
                    leader.stop()
                    await until(lambda: standby._leader.still_leads)
                    assert await post(standby, update(3, "còn một máy")) == 200
                    await until(lambda: answered("còn một máy"))
                    done = sorted(t for t in standby.database.run(traces) if "máy" in t)
                    assert done == ["còn một máy", "qua máy chính", "qua máy chờ"]

    asyncio.run(main())


def test_the_leader_that_is_replaced_ends_and_says_so(database_url: str) -> None:
    """Whoever called `run` begins anew with a program that stands by (bot/serve.py)."""

    async def main() -> None:
        async with telegram() as (_, url):
            app = build(settings(database_url, url, free_port()), system_clock, routes=routes(echo))
            task = asyncio.create_task(app.run())
            await until(lambda: app._leader.still_leads)
            other = Database(database_url)
            other.run(lambda db: db.execute(sa.update(Leadership).values(epoch=Leadership.epoch + 1)))
            other.close()
            assert await asyncio.wait_for(task, 20) is False
            app.database.close()

    asyncio.run(main())


async def dropped(app: App, *chunks: bytes) -> bytes:
    """Send these and then nothing; what is answered until the other side hangs up."""
    reader, writer = await asyncio.open_connection(*app.settings.address)
    for chunk in chunks:
        writer.write(chunk)
    try:
        async with asyncio.timeout(20):
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


HEAD = b"POST /hook HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: " + SECRET.encode() + b"\r\n"


def test_who_sends_slowly_or_not_at_all_is_hung_up_on_and_telegram_is_not(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.server._READ_SECONDS", 0.2)

    async def main() -> None:
        async with telegram() as (_, url), replica(settings(database_url, url, free_port())) as app:
            whole = HEAD + b"Content-Length: 2\r\n\r\n{}"
            half_open = [
                (),
                (b"P",),
                (b"POST /hook HTTP/1.1\r\nHost: x\r\nX-A: ",),
                (HEAD + b"Content-Length: 100\r\n\r\n{",),
                (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{",),
                (b"GET /j/" + b"A" * 32 + b" HTTP/1.1\r\nHost: x\r\n",),
                (b"POST /j/" + b"A" * 32 + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n",),
                (whole, b"POST /ho"),
            ]
            answers = await asyncio.gather(*(dropped(app, *chunks) for chunks in half_open))
            assert [answer.split(b"\r\n")[0] for answer in answers] == [b""] * 7 + [
                b"HTTP/1.1 400 Bad Request"
            ]
            assert await post(app, update(1, "x")) == 200
            assert not app.alarm.rung

    asyncio.run(main())


def test_garbage_is_a_400_and_leaves_no_trace(
    database_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "bot.web.server._IDLE", 0.2
    )  # what is well-formed after all is answered, and may go on

    async def main() -> None:
        async with telegram() as (_, url), replica(settings(database_url, url, free_port())) as app:
            capsys.readouterr()
            garbage = [
                b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 50,
                b"GET /nowhere HTTP/9.9\r\n\r\n",
                b"\r\n" * 5000,
                HEAD + b"X-Big: " + b"a" * 100_000 + b"\r\n\r\n",
                HEAD + b"Content-Length: -1\r\n\r\n",
                HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
                HEAD + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n",
                HEAD + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFFFFFF\r\n",
                HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            ]
            for one in garbage:
                assert (await dropped(app, one)).split(b" ")[1][:1] in (b"4", b"5"), one[:40]
            assert await post(app, update(1, "x")) == 200
            assert "Traceback" not in "".join(capsys.readouterr())
            assert not app.alarm.rung

    asyncio.run(main())
