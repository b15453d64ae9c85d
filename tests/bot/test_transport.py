"""What is known after a failure: never sent, or nobody knows. And the token is in no error's text."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Bot, InputFile
from telegram.error import NetworkError, TimedOut

from bot.standin import DELIVERED_THEN_RESET, StandIn, flood
from bot.standin.server import listen, server
from bot.telegram.transport import AiohttpRequest, NotSent

TOKEN = "1234567:verysecret"
ALICE = 101


@asynccontextmanager
async def bot_at(url: str, **options: Any) -> AsyncIterator[Bot]:
    request = AiohttpRequest(**options)
    bot = Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot", request=request)
    await request.initialize()
    try:
        yield bot
    finally:
        await request.shutdown()


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def somebody(talk: Talk) -> AsyncIterator[str]:
    """A server that does with a connection what `talk` says."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        finally:
            writer.close()

    running = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with running:
        yield f"http://127.0.0.1:{running.sockets[0].getsockname()[1]}"


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    while await reader.read(65536):
        pass


async def resets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(65536)
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def hangs_up(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read(65536)


async def half_an_answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(65536)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
    await writer.drain()


def error_of(url_or_talk: str | Talk, *, timeout: float = 0.1) -> NetworkError:
    async def main() -> NetworkError:
        async def call(url: str) -> NetworkError:
            async with bot_at(url, timeout=timeout) as bot:
                with pytest.raises(NetworkError) as caught:
                    await bot.send_message(ALICE, "x", read_timeout=timeout)
                return caught.value

        if isinstance(url_or_talk, str):
            return await call(url_or_talk)
        async with somebody(url_or_talk) as url:
            return await call(url)

    return asyncio.run(main())


def nobody_there() -> str:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return f"http://127.0.0.1:{door.getsockname()[1]}"


def test_a_refused_connection_means_not_sent() -> None:
    assert type(error_of(nobody_there())) is NotSent


def test_a_name_that_does_not_exist_means_not_sent() -> None:
    assert type(error_of("http://xa-nha.invalid")) is NotSent


@pytest.mark.parametrize("talk", [silent, resets, hangs_up, half_an_answer])
def test_no_whole_answer_means_that_nobody_knows(talk: Talk) -> None:
    assert type(error_of(talk)) is TimedOut


def test_no_place_in_the_pool_means_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.transport.CONNECT_SECONDS", 0.05)

    async def main() -> None:
        async with somebody(silent) as url, bot_at(url, connections=1, timeout=0.5) as bot:
            first = asyncio.create_task(bot.send_message(ALICE, "x", read_timeout=0.3))
            await asyncio.sleep(0.01)
            with pytest.raises(NotSent):
                await bot.send_message(ALICE, "y")
            with pytest.raises(TimedOut):
                await first

    asyncio.run(main())


def test_before_it_is_opened_nothing_is_sent() -> None:
    async def main() -> None:
        with pytest.raises(NotSent):
            await AiohttpRequest().do_request("http://127.0.0.1:1/", "POST")

    asyncio.run(main())


@pytest.mark.parametrize("where", ["nobody", "silent", "resets", "wrong"])
def test_the_token_is_in_no_error_and_in_no_log(
    where: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    target: Any = {"nobody": nobody_there(), "silent": silent, "resets": resets, "wrong": "http://["}[where]
    error = error_of(target)
    said = capsys.readouterr()
    shown = "".join([repr(error), str(error), repr(error.__cause__), said.out, said.err])
    for record in caplog.records:
        if not record.name.startswith("telegram"):
            shown += record.getMessage()
    assert "verysecret" not in shown


@asynccontextmanager
async def telegram() -> AsyncIterator[tuple[StandIn, str]]:
    standin = StandIn(now=lambda: datetime.now(UTC), token=TOKEN)
    standin.add_user(ALICE, "An")
    standin.says(ALICE, "chào")
    door = listen()
    running = server(standin)
    task = asyncio.create_task(running.serve(sockets=[door]))
    try:
        yield standin, f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        running.should_exit = running.force_exit = True
        await task
        door.close()


def test_files_go_up_and_come_down_whole() -> None:
    async def main() -> None:
        data = bytes(range(256)) * 5000
        async with telegram() as (standin, url), bot_at(url) as bot:
            sent = await bot.send_document(
                ALICE, InputFile(data, filename="Đơn xin.docx"), caption="<b>đơn</b>", parse_mode="HTML"
            )
            assert sent.document is not None
            assert standin.file(sent.document.file_id)[::2] == ("Đơn xin.docx", data)
            remote = await bot.get_file(sent.document.file_id)
            assert bytes(await remote.download_as_bytearray()) == data

    asyncio.run(main())


def test_what_telegram_answers_is_the_librarys_own_error() -> None:
    async def main() -> list[str]:
        async with telegram() as (standin, url), bot_at(url) as bot:
            standin.fail("sendMessage", fault=flood(3))
            standin.fail("sendMessage", fault=DELIVERED_THEN_RESET)
            names = []
            for _ in range(2):
                with pytest.raises(Exception) as caught:  # noqa: PT011 - its type is what is looked at
                    await bot.send_message(ALICE, "x")
                names.append(type(caught.value).__name__)
            assert (await bot.send_message(ALICE, "y")).text == "y"
            return names

    assert asyncio.run(main()) == ["RetryAfter", "TimedOut"]


def test_one_session_serves_many_calls_at_once() -> None:
    async def main() -> int:
        async with telegram() as (_, url), bot_at(url, connections=8) as bot:
            sent = await asyncio.gather(*(bot.send_message(ALICE, f"{n}") for n in range(50)))
            return len({message.message_id for message in sent})

    assert asyncio.run(main()) == 50
