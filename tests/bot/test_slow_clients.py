"""Who sends slowly, too much, without end, or not at all: they are told or hung up on, and the others are served meanwhile."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, suppress

import pytest
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.web.guard import Places, form_key
from bot.web.server import fairly, serve_http
from models.meeting.policy import AttendancePolicy
from tests.fakes import World
from tests.people import Cell, a_cell, invite
from tests.tab import DOOR, Tab
from tests.walk.test_http import ask

MB = 1_000_000


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    with World.open(sqlite_url, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


@pytest.fixture
def cell(world: World) -> Cell:
    return a_cell(world)


@pytest.fixture
def dan(world: World, cell: Cell) -> Tab:
    """Somebody whose browser was let in."""
    return Tab(world).opens(f"/i/{invite(world, cell.dan, by_id=cell.deputy)}").enters()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten seconds are too long for a test."""
    monkeypatch.setattr("bot.web.server._READ_SECONDS", 0.3)


# --- callers ----------------------------------------------------------------------------------------------------------


class Served:
    def __init__(self, port: int) -> None:
        self.port = port

    async def opens(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def status(self, *chunks: bytes, then: bytes = b"") -> int:
        """Send these, and `then` again and again until it is hung up; what was answered, 0 for nothing."""
        reader, writer = await self.opens()
        answer = asyncio.create_task(_all_of(reader))
        with suppress(ConnectionError):
            for chunk in chunks:
                writer.write(chunk)
                await writer.drain()
            while then and not answer.done():
                writer.write(then)
                await writer.drain()
                await asyncio.sleep(0.02 if len(then) < 100 else 0)
        async with asyncio.timeout(30):
            said = await answer
        writer.close()
        return int(said.split(b" ")[1]) if said else 0

    async def looks(self) -> int:
        """Whoever comes meanwhile opens the page."""
        return await self.status(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")


async def _all_of(reader: asyncio.StreamReader) -> bytes:
    said = b""
    with suppress(ConnectionError):
        while chunk := await reader.read(65536):
            said = (said + chunk)[:200]
    return said


def head(path: str, tab: Tab | None = None, *more: str, method: str = "POST") -> bytes:
    """The head of a request, as the browser of `tab` sends it."""
    lines = [f"{method} {path} HTTP/1.1", "Host: so.example", f"Origin: {DOOR}", *more]
    if tab is not None:
        cookies = "; ".join(f"{one.name}={one.value}" for one in tab.cookies.jar)
        lines += [f"User-Agent: {tab.headers['User-Agent']}", f"Cookie: {cookies}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


@asynccontextmanager
async def served(world: World | None = None, routes: list[Route] | None = None) -> AsyncIterator[Served]:
    stop = asyncio.Event()
    with socket.create_server(("127.0.0.1", 0)) as place:
        port = place.getsockname()[1]
    found = world.app.web_routes if world is not None else routes or []
    task = asyncio.create_task(serve_http(("127.0.0.1", port), found, stop))
    there = Served(port)
    try:
        async with asyncio.timeout(20):
            while True:
                with suppress(OSError):
                    (await there.opens())[1].close()
                    break
                await asyncio.sleep(0.01)
        yield there
    finally:
        stop.set()
        await task


def plays(world: World, scene: Callable[[Served], Awaitable[None]]) -> None:
    async def run() -> None:
        async with served(world) as there:
            await scene(there)

    world.run(run())


FORM = "Content-Type: multipart/form-data; boundary=b"
PATHS = [
    "/say", "/tap", "/out", "/in", "/part?at=0", "/push", "/key/make", "/key/made", "/key/shown", "/i/x", "/o/x",
    "/r/123456789012", "/j/" + "a" * 32, "/nowhere",
]  # fmt: skip


# --- bodies -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["a member", "a stranger"])
def test_bodies_without_end_are_answered_and_hung_up_on(world: World, dan: Tab, who: str) -> None:
    tab = dan if who == "a member" else None

    async def scene(there: Served) -> None:
        heads = [head(path, tab, FORM, "Transfer-Encoding: chunked") for path in PATHS]
        piece = b"10000\r\n" + b"a" * 65536 + b"\r\n"
        endless = [asyncio.create_task(there.status(one, then=piece)) for one in heads]
        assert await there.looks() == 200
        statuses = dict(zip(PATHS, await asyncio.gather(*endless), strict=True))
        assert {
            path: one for path, one in statuses.items() if not 400 <= one < 500 and one not in (0, 200)
        } == {}
        assert await there.looks() == 200

    plays(world, scene)


def test_a_byte_at_a_time_is_not_waited_for(world: World, dan: Tab) -> None:
    async def scene(there: Served) -> None:
        slow = [
            asyncio.create_task(there.status(head(path, dan, FORM, "Content-Length: 5000"), then=b"a"))
            for path in PATHS
        ]
        heads = [asyncio.create_task(there.status(b"GET / HTTP/1.1\r\nX-A: ", then=b"a")) for _ in range(5)]
        assert await there.looks() == 200
        answered = await asyncio.gather(*slow, *heads)
        assert set(answered) <= {0, 403, 404}

    plays(world, scene)


def test_a_hundred_megabytes_are_told_to_be_too_much_before_they_come(world: World, dan: Tab) -> None:
    async def scene(there: Served) -> None:
        for path in ("/say", "/r/123456789012"):
            claims = head(path, dan, FORM, f"Content-Length: {100 * MB}")
            assert await there.status(claims) == 413
            assert await there.status(claims, then=b"a" * 65536) == 413
        for path in ("/say", "/tap", "/part?at=0", "/push"):
            stranger = head(path, None, FORM, f"Content-Length: {100 * MB}")
            assert await there.status(stranger) == 403
        assert await there.looks() == 200

    plays(world, scene)


def test_two_hundred_who_say_nothing_take_no_place_of_anybody(world: World, dan: Tab) -> None:
    async def scene(there: Served) -> None:
        idle = [await there.opens() for _ in range(200)]
        assert await there.looks() == 200
        async with asyncio.timeout(20):
            assert await asyncio.gather(*(_all_of(reader) for reader, _ in idle)) == [b""] * 200
        for _, writer in idle:
            writer.close()
        assert await there.looks() == 200

    plays(world, scene)


@pytest.mark.parametrize("crowded", [False, True])
def test_a_connection_waits_for_the_next_tap_unless_places_are_few(
    world: World, dan: Tab, monkeypatch: pytest.MonkeyPatch, crowded: bool
) -> None:
    """Who reads before the next tap pays for no new connection; where half of the places are taken they make room."""
    monkeypatch.setattr("bot.web.server._IDLE_CROWDED", 0.05)
    monkeypatch.setattr("bot.web.server._CONNECTIONS", 2 if crowded else 500)

    async def scene(there: Served) -> None:
        reader, writer = await there.opens()
        for _ in range(2):
            writer.write(b"GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b" 404 " in await reader.readuntil(b"\r\n\r\n")
            if crowded:
                assert await reader.read() == b""
                break
            await asyncio.sleep(0.7)  # longer than a request may take to come
        writer.close()

    plays(world, scene)


def test_one_browser_brings_two_large_files_at_once_and_its_words_go_on(
    world: World, dan: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies about of files that are under way is bounded, whoever sends them."""
    monkeypatch.setattr("bot.web.server._READ_SECONDS", 2)

    async def scene(there: Served) -> None:
        large = head("/say", dan, FORM, f"Content-Length: {15 * MB}")
        begun = [await there.opens() for _ in range(8)]
        for _, writer in begun:
            writer.write(large + b"--b\r\n")
        answers = [asyncio.create_task(_all_of(reader)) for reader, _ in begun]
        form = "Content-Type: application/x-www-form-urlencoded"
        words = head("/say", dan, form, "Content-Length: 1", "Connection: close")
        assert await there.status(words + b"a") == 403  # read, and found to be no form of ours
        said = [answer.split(b" ")[1] for answer in await asyncio.gather(*answers) if answer]
        assert said == [b"503"] * 6
        for _, writer in begun:
            writer.close()

    plays(world, scene)


def test_slow_answers_of_a_place_of_stay_hold_up_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A turn is waited for with the form in hand, not while it comes."""
    monkeypatch.setattr("bot.web.server._READ_SECONDS", 60)

    async def scene(there: Served) -> None:
        path, form = "/r/123456789012", "Content-Type: application/x-www-form-urlencoded"
        slow = [await there.opens() for _ in range(6)]
        for _, writer in slow:
            writer.write(head(path, None, form, "Content-Length: 5000") + b"a")
        key = form_key(world.settings.token.get_secret_value(), "slip:123456789012")
        body = f"k={key}&code=1".encode()
        asks = head(path, None, form, f"Content-Length: {len(body)}", "Connection: close") + body
        async with asyncio.timeout(20):
            assert await there.status(asks) == 403
        for _, writer in slow:
            writer.close()

    plays(world, scene)


# --- answers ----------------------------------------------------------------------------------------------------------


def slow_reader(port: int) -> socket.socket:
    place = socket.socket()
    place.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32768)
    place.connect(("127.0.0.1", port))
    place.setblocking(False)
    return place


@pytest.mark.parametrize("streamed", [True, False])
def test_a_large_answer_goes_on_as_long_as_it_is_read_and_is_given_up_when_it_is_not(streamed: bool) -> None:
    data = b"a" * (2 * MB)

    async def file(request: Request) -> Response:
        if not streamed:
            return Response(data)

        async def pieces() -> AsyncIterator[bytes]:
            for at in range(0, len(data), 65536):
                yield data[at : at + 65536]

        return StreamingResponse(pieces())

    async def main() -> None:
        loop = asyncio.get_running_loop()
        async with served(routes=[Route("/file", file)]) as there:
            asks = b"GET /file HTTP/1.1\r\nHost: x\r\n\r\n"
            reads, sleeps = slow_reader(there.port), slow_reader(there.port)
            for place in (reads, sleeps):
                await loop.sock_sendall(place, asks)
            got = 0
            async with asyncio.timeout(60):
                while got < len(data):
                    chunk = await loop.sock_recv(reads, 20_000)
                    assert chunk, f"hung up after {got} bytes"
                    got += len(chunk)
                    await asyncio.sleep(0.01)
                await asyncio.sleep(2.5)  # more than six looks, while the other has read nothing
                left = 0
                with suppress(ConnectionError):
                    while chunk := await loop.sock_recv(sleeps, 1 << 20):
                        left += len(chunk)
                assert left < len(data) / 2
            for place in (reads, sleeps):
                place.close()

    asyncio.run(main())


def test_of_one_browser_three_tabs_wait_for_news_and_the_fourth_looks_by_itself(
    world: World, dan: Tab
) -> None:
    async def scene(there: Served) -> None:
        asks = head("/events", dan, method="GET")
        tabs = [await there.opens() for _ in range(5)]
        for _, writer in tabs:
            writer.write(asks)
        for reader, _ in tabs:
            await reader.readuntil(b"retry: 5000\n\n")
        ends = [asyncio.create_task(reader.readuntil(b"0\r\n\r\n")) for reader, _ in tabs]
        async with asyncio.timeout(20):
            while sum(one.done() for one in ends) < 2:  # noqa: ASYNC110 - whichever two they are
                await asyncio.sleep(0.01)
        assert sum(one.done() for one in ends) == 2
        for one in ends:
            one.cancel()
        await asyncio.gather(*ends, return_exceptions=True)
        for _, writer in tabs:
            writer.close()
            await writer.wait_closed()

    plays(world, scene)


def test_one_asker_leaves_places_for_the_others() -> None:
    async def main() -> None:
        let_go = asyncio.Event()

        async def slow(scope: object, receive: object, send: Callable[[object], Awaitable[None]]) -> None:
            await let_go.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})

        app = fairly(slow, of_one=2)  # type: ignore[arg-type]
        two = [asyncio.create_task(ask(app, "GET", "/", b"", {})) for _ in range(2)]
        await asyncio.sleep(0)
        assert (await ask(app, "GET", "/", b"", {}))[0] == 429
        let_go.set()
        assert [status for status, _ in await asyncio.gather(*two)] == [200, 200]
        assert (await ask(app, "GET", "/", b"", {}))[0] == 200

    asyncio.run(main())


def test_a_place_is_free_again_however_its_holder_ends() -> None:
    places = Places(each=1, together=2)
    with ExitStack() as held:
        taken = [held.enter_context(places.held(who)) for who in ("a", "a", "b", "c")]
        assert taken == [True, False, True, False]
    with suppress(ZeroDivisionError), places.held("a"):
        _ = 1 / 0
    with places.held("a") as again:
        assert again
