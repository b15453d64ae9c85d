"""The one server that calls from outside come to: webhooks, the door, the page, the reply slip.

Who sends a request slowly, goes on sending after it was answered, or does not read the answer, is not waited for; one asker
does not take all the places. What a body may weigh each route says (bot/web/guard.py).
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
from collections.abc import Iterator, Sequence

import h11
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.web.guard import HEADERS, Places, who_asks

_READ_SECONDS = 10.0  # from the connection, or the answer before, until a request is here
_LEAST = (
    8 * 1024
)  # bytes that come in such a time all the same: a photo over a slow network goes on, a trickle does not
_UNREAD = 6  # such times in a row in which nothing of an answer is taken: the net hands on in large pieces
_SENT_AHEAD = (
    64 * 1024
)  # bytes of an answer that the system takes from us before they are read: by more we could not tell whether they are
_HEADER_BYTES = 16 * 1024
_WORTH = 500  # bytes of a page: a smaller one goes in one packet anyway
_CONNECTIONS = 500  # above, 503: Telegram opens a hundred at the most, and calls again
_IDLE = 150  # seconds between two requests: on a slow network a new connection costs two seconds, and a proxy keeps its own for two minutes
_IDLE_CROWDED = 5  # where half of the places are taken
_ENDING = 3  # seconds for what is under way when we end: a page that waits for news waits for five minutes
_OF_ONE = 120  # requests of one asker that are under way: a network of many phones behind one address, not one that takes all


class _Impatient(H11Protocol):
    """Hangs up on a request that is not here, headers and body, within some seconds, unless it keeps coming; uvicorn waits for ever.

    h11, not httptools: it bounds the headers, and its speed is far beyond Telegram's.
    """

    _came = 0  # bytes since we looked last
    _left = 0  # bytes of an answer that were not taken when we looked last
    _stuck = 0  # looks in a row at which none of them had gone

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        place = transport.get_extra_info("socket")
        place.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SENT_AHEAD)
        self._wait()

    def data_received(self, data: bytes) -> None:
        self._came += len(data)
        super().data_received(data)

    def resume_writing(self) -> None:
        self._stuck = 0
        super().resume_writing()

    def on_response_complete(self) -> None:
        self.timeout_keep_alive = _IDLE if len(self.connections) < _CONNECTIONS // 2 else _IDLE_CROWDED
        super().on_response_complete()
        self._timer.cancel()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._timer.cancel()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._came = 0
        self._timer = self.loop.call_later(_READ_SECONDS, self._look)

    def _look(self) -> None:
        if self._is_too_slow():
            self.transport.abort()
        else:
            self._wait()

    def _is_too_slow(self) -> bool:
        left = self.transport.get_write_buffer_size()
        self._stuck = self._stuck + 1 if left and left >= self._left else 0
        self._left = left
        if left:
            return self._stuck >= _UNREAD
        if self.cycle is not None and self.cycle.response_complete and self.conn.their_state is h11.SEND_BODY:
            return True  # it goes on sending what was answered already
        if self.timeout_keep_alive_task is not None and not self.conn.trailing_data[0]:
            return False  # between two requests, where its own time counts
        is_read = self.cycle is not None and not self.cycle.response_complete and not self.cycle.more_body
        return not is_read and self._came < _LEAST


class _Server(uvicorn.Server):
    """Leaves the signals to the program: it is the program that ends, and this with it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def site(routes: Sequence[BaseRoute]) -> Starlette:
    """Return the routes as one site. What is nowhere is kept by nobody, and nothing is redirected to a host that was asked for."""

    async def refused(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return Response(status_code=status, headers=HEADERS)

    app = Starlette(routes=routes, exception_handlers={HTTPException: refused})
    app.router.redirect_slashes = False
    return app


def packed(app: ASGIApp) -> ASGIApp:
    """Return `app` with its pages packed for who takes that: on the slowest network a page of words is there in half the time.

    Only whole answers of HTML: files are packed already, and what goes on must not wait. A page holds secrets beside words
    that others wrote, which by its packed length could be guessed from outside (BREACH); not here: whoever has a browser ask
    from another site gets a stranger's page, for its cookie stays at home (SameSite=Strict).
    """

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or b"gzip" not in dict(scope["headers"]).get(b"accept-encoding", b""):
            await app(scope, receive, send)
            return
        begun: Message | None = None

        async def pack(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start" and _is_page(message):
                begun = message
                return
            if begun is not None and message["type"] == "http.response.body":
                if message.get("more_body"):
                    raise RuntimeError("a page comes whole")
                body = gzip.compress(message.get("body", b""), mtime=0)
                kept = [one for one in begun["headers"] if one[0].lower() != b"content-length"]
                told = [(b"content-encoding", b"gzip"), (b"content-length", str(len(body)).encode())]
                await send({**begun, "headers": [*kept, *told]})  # no Vary: nobody keeps a page
                message = {**message, "body": body}
            await send(message)

        await app(scope, receive, pack)

    return serve


def _is_page(message: Message) -> bool:
    headers = dict(message["headers"])
    is_html = headers.get(b"content-type", b"").startswith(b"text/html")
    return is_html and int(headers.get(b"content-length", b"0")) > _WORTH


def fairly(app: ASGIApp, *, of_one: int = _OF_ONE) -> ASGIApp:
    """Return `app` with a bound on what one asker has under way."""
    places = Places(each=of_one, together=_CONNECTIONS)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        with places.held(who_asks(Request(scope))) as has_one:
            served = app if has_one else Response(status_code=429, headers={**HEADERS, "Retry-After": "5"})
            await served(scope, receive, send)

    return serve


async def serve_http(
    address: tuple[str, int],
    routes: Sequence[BaseRoute],
    stop: asyncio.Event,
    *,
    place: socket.socket | None = None,
) -> None:
    """Listen on `address` until `stop`; `place`: a socket that is bound to it already."""
    host, port = address
    server = _Server(
        uvicorn.Config(
            fairly(packed(site(routes))),
            host=host,
            port=port,
            access_log=False,
            server_header=False,
            log_level="error",  # who sends garbage fills no log
            lifespan="off",
            http=_Impatient,
            ws="none",
            h11_max_incomplete_event_size=_HEADER_BYTES,
            limit_concurrency=_CONNECTIONS,
            timeout_graceful_shutdown=_ENDING,
        )
    )
    serving = asyncio.create_task(server.serve([place] if place else None))
    await stop.wait()
    server.should_exit = True
    await serving
