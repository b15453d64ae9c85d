"""The stand-in over HTTP: as another process meets it."""

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.standin import StandIn
from bot.standin.server import listen, read_arguments, server

ALICE = 101
Ask = Callable[..., Awaitable[tuple[int, Any]]]


@pytest.fixture
def standin() -> StandIn:
    world = StandIn(now=lambda: datetime(2026, 3, 2, tzinfo=UTC))
    world.add_user(ALICE, "Ánh")
    world.says(ALICE, "/start")
    return world


@asynccontextmanager
async def served(standin: StandIn) -> AsyncIterator[str]:
    """The address at which it answers."""
    door = listen()
    running = server(standin)
    task = asyncio.create_task(running.serve(sockets=[door]))
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        running.should_exit = running.force_exit = True
        await task
        door.close()


@asynccontextmanager
async def asked(standin: StandIn) -> AsyncIterator[Ask]:
    """Asks it something: status and JSON."""
    async with served(standin) as base, aiohttp.ClientSession() as session:

        async def ask(path: str, **request: Any) -> tuple[int, Any]:
            async with session.post(base + path, **request) as answer:
                return answer.status, await answer.json()

        yield ask


def test_the_library_works_against_it(standin: StandIn) -> None:
    async def main() -> None:
        async with served(standin) as base:
            there = {"base_url": f"{base}/bot", "base_file_url": f"{base}/file/bot"}
            quick = [HTTPXRequest(httpx_kwargs={"trust_env": False}) for _ in range(2)]
            async with Bot(standin.token, request=quick[0], get_updates_request=quick[1], **there) as bot:  # type: ignore[arg-type]
                await bot.send_message(ALICE, "<b>Đã nhận</b> & ghi".replace("&", "&amp;"), parse_mode="HTML")
                await bot.send_document(ALICE, b"\r\n--x\r\n\x00\xff", filename="dữ liệu.bin", caption="xem")
                [update] = await bot.get_updates(timeout=5)
                standin.sends_file(ALICE, "document", "a.bin", b"\r\n\r\n\x00")
                [update] = await bot.get_updates(offset=update.update_id + 1)
                assert update.message
                assert update.message.document
                file = await update.message.document.get_file()
                assert bytes(await file.download_as_bytearray()) == b"\r\n\r\n\x00"

    asyncio.run(main())
    text, paper = standin.history(ALICE)[1:3]
    assert (text["text"], text["entities"][0]["length"]) == ("Đã nhận & ghi", 7)
    assert paper["document"]["file_name"] == "dữ liệu.bin"
    assert standin.file(paper["document"]["file_id"])[2] == b"\r\n--x\r\n\x00\xff"


def test_arguments_come_in_every_way_that_the_bot_api_knows(standin: StandIn) -> None:
    async def main() -> list[int]:
        async with asked(standin) as ask:
            path, given = "/bot1:demo/sendMessage", {"chat_id": str(ALICE), "text": "Chào"}
            multipart = aiohttp.FormData(given)
            multipart.add_field("x", b"1", filename="x.txt")
            answers = [
                await ask(path, json=given),
                await ask(path, data=given),
                await ask(path, data=multipart),
                await ask(path, params=given),
                await ask(path, data=b"{", headers={"Content-Type": "application/json"}),
                await ask("/bot2:other/getMe"),
                await ask("/bot1:demo/nonsense"),
            ]
            return [status for status, _ in answers]

    assert asyncio.run(main()) == [200, 200, 200, 200, 400, 401, 404]
    assert [message["text"] for message in standin.history(ALICE)[1:]] == ["Chào"] * 4


def test_a_long_poll_waits_and_ends_with_the_client(standin: StandIn) -> None:
    async def main() -> None:
        async with served(standin) as base, aiohttp.ClientSession() as session:
            url = f"{base}/bot1:demo/getUpdates"

            async def poll(offset: int) -> Any:
                async with session.post(url, json={"offset": offset, "timeout": 30}) as answer:
                    return (await answer.json())["result"]

            [first] = await poll(0)
            waiting = asyncio.create_task(poll(first["update_id"] + 1))
            await asyncio.sleep(0.05)
            standin.says(ALICE, "đây")
            [second] = await waiting
            gone = asyncio.create_task(poll(second["update_id"] + 1))
            await asyncio.sleep(0.05)
            gone.cancel()
            await asyncio.sleep(0.05)
            standin.says(ALICE, "còn đây")
            [third] = await poll(second["update_id"] + 1)
            assert third["message"]["text"] == "còn đây"

    asyncio.run(main())


@pytest.mark.parametrize(
    ("fault", "error", "arrives"),
    [
        ("connect", aiohttp.ServerDisconnectedError, False),
        ("delivered_then_reset", aiohttp.ServerDisconnectedError, True),
        ("timeout_before", TimeoutError, False),
        ("timeout_after", TimeoutError, True),
    ],
)
def test_lost_answers_are_lost_on_the_wire(
    standin: StandIn, fault: str, error: type[Exception], arrives: bool
) -> None:
    standin.fail("sendMessage", fault=fault)

    async def main() -> None:
        async with asked(standin) as ask:
            with pytest.raises((error, aiohttp.ClientOSError)):
                await ask(
                    "/bot1:demo/sendMessage",
                    json={"chat_id": ALICE, "text": "một"},
                    timeout=aiohttp.ClientTimeout(total=0.1),
                )

    asyncio.run(main())
    assert len(standin.history(ALICE)) == 1 + arrives


def test_a_webhook_gets_every_update_in_order_until_it_takes_it(standin: StandIn) -> None:
    taken: list[tuple[str, str | None]] = []
    answers = iter([500, 200, 200])

    async def hook(request: web.Request) -> web.Response:
        update = await request.json()
        taken.append((update["message"]["text"], request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        return web.Response(status=next(answers))

    async def main() -> None:
        app = web.Application()
        app.router.add_post("/hook", hook)
        runner = web.AppRunner(app)
        await runner.setup()
        door = listen()
        await web.SockSite(runner, door).start()
        try:
            async with asked(standin) as ask:
                standin.says(ALICE, "hai")
                url = f"http://127.0.0.1:{door.getsockname()[1]}/hook"
                await ask("/bot1:demo/setWebhook", json={"url": url, "secret_token": "abc"})
                while len(taken) < 3:  # noqa: ASYNC110 - the hook runs on this loop
                    await asyncio.sleep(0.01)
                await asyncio.sleep(0.02)
                _, told = await ask("/bot1:demo/getWebhookInfo")
                assert told["result"]["pending_update_count"] == 0
                assert "500" in told["result"]["last_error_message"]
        finally:
            await runner.cleanup()

    asyncio.run(main())
    assert taken == [("/start", "abc"), ("/start", "abc"), ("hai", "abc")]


def test_people_act_from_another_process(standin: StandIn) -> None:
    async def main() -> None:
        async with asked(standin) as ask:
            assert (await ask("/stand-in/add_user", json={"user_id": 7, "first_name": "Bảy"}))[0] == 200
            status, told = await ask("/stand-in/says", json={"user_id": 7, "text": "chào"})
            assert (status, told["result"]) == (200, standin.history(7)[-1]["message_id"])
            file = {"user_id": 7, "kind": "voice", "name": "a.oga", "data": base64.b64encode(b"ogg").decode()}
            assert (await ask("/stand-in/sends_file", json=file))[0] == 200
            assert (await ask("/stand-in/history", json={"chat_id": 7}))[1]["result"] == standin.history(7)
            await ask("/stand-in/fail", json={"method": "getMe", "fault": "flood:9"})
            assert (await ask("/bot1:demo/getMe"))[1]["parameters"] == {"retry_after": 9}
            refused = [
                await ask("/stand-in/taps", json={"user_id": 7, "message_id": 1, "data": "x"}),
                await ask("/stand-in/says", json={"nonsense": 1}),
                await ask("/stand-in/call", json={}),
            ]
            assert [status for status, _ in refused] == [404, 400, 404]

    asyncio.run(main())


def test_a_file_name_with_a_quote_arrives_as_it_was() -> None:
    body = (
        b'--b\r\nContent-Disposition: form-data; name="document"; filename="a%22b.txt"\r\n\r\nx\r\n--b--\r\n'
    )
    _, files = read_arguments("multipart/form-data; boundary=b", b"", body)
    assert (files["document"].name, files["document"].data) == ('a"b.txt', b"x")
