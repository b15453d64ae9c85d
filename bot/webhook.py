"""Telegram calls us: the secret header is checked, the update is stored, then 200 is answered.

People come to the same server by the door (door.py). Who sends a request slowly, or none at all, is not waited for.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.alarm import Alarm
from bot.inbox import Receiver
from bot.reading import Unreadable, load_update
from bot.settings import Settings

log = structlog.get_logger()
MAX_BODY = 1 << 20  # Telegram's updates are a few kilobytes
_READ_SECONDS = 10.0  # from the connection, or the answer before, until a request is here
_HEADER_BYTES = 16 * 1024
_CONNECTIONS = 500  # above, 503: Telegram opens a hundred at the most, and calls again


def webhook_secret(settings: Settings) -> str:
    """Return the header that proves a call is Telegram's: as set, else one that only the token's holder can know."""
    given = settings.webhook_secret.get_secret_value()
    return given or hmac.digest(settings.token.get_secret_value().encode(), b"webhook", "sha256").hex()


def webhook_routes(settings: Settings, receiver: Receiver, alarm: Alarm) -> list[Route]:
    """Make the route on which Telegram calls."""
    secret = webhook_secret(settings).encode()

    async def receive(request: Request) -> Response:
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        if not hmac.compare_digest(given.encode(), secret):
            return Response(status_code=403)
        body = await _read(request)
        if body is None:
            return Response(status_code=413)
        try:
            update = load_update(body)
        except Unreadable:
            return Response(status_code=400)
        try:
            await receiver.accept([update], step=False)
        except Exception as error:
            alarm.ring("webhook", error)
            return Response(status_code=503)  # not stored: Telegram keeps it and calls again
        receiver.hurry()
        return Response(status_code=200)

    return [Route(urlsplit(settings.webhook_url).path or "/", receive, methods=["POST"])]


async def _read(request: Request) -> bytes | None:
    """Read the body; None when it is too large, whatever its header says. One that breaks off is none at all."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)


class _Impatient(H11Protocol):
    """Hangs up on a request that is not here, headers and body, within some seconds; uvicorn waits for ever.

    h11, not httptools: it bounds the headers, and its speed is far beyond Telegram's.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._timer.cancel()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._timer.cancel()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._timer = self.loop.call_later(_READ_SECONDS, self._look)

    def _look(self) -> None:
        """Still reading: it was too slow. Else we are the slow ones, and look again."""
        if self.cycle is None or self.cycle.response_complete or self.cycle.more_body:
            self.transport.abort()
        else:
            self._wait()


class _Server(uvicorn.Server):
    """Leaves the signals to the program: it is the program that ends, and this with it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve_http(address: tuple[str, int], routes: Sequence[Route], stop: asyncio.Event) -> None:
    """Listen on `address` until `stop`."""
    host, port = address
    server = _Server(
        uvicorn.Config(
            Starlette(routes=routes),
            host=host,
            port=port,
            access_log=False,
            log_level="error",  # who sends garbage fills no log
            lifespan="off",
            http=_Impatient,
            ws="none",
            h11_max_incomplete_event_size=_HEADER_BYTES,
            limit_concurrency=_CONNECTIONS,
            timeout_keep_alive=5,
        )
    )
    serving = asyncio.create_task(server.serve())
    await stop.wait()
    server.should_exit = True
    await serving
