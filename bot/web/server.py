"""The one server that calls from outside come to: Telegram's webhook, the door.

Who sends a request slowly, or none at all, is not waited for.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator, Sequence

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from uvicorn.protocols.http.h11_impl import H11Protocol

_READ_SECONDS = 10.0  # from the connection, or the answer before, until a request is here
_LEAST = (
    8 * 1024
)  # bytes that come in such a time all the same: a photo over a slow network goes on, a trickle does not
_HEADER_BYTES = 16 * 1024
_CONNECTIONS = 500  # above, 503: Telegram opens a hundred at the most, and calls again


class _Impatient(H11Protocol):
    """Hangs up on a request that is not here, headers and body, within some seconds, unless it keeps coming; uvicorn waits for ever.

    h11, not httptools: it bounds the headers, and its speed is far beyond Telegram's.
    """

    _came = 0  # bytes since we looked last

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        self._came += len(data)
        super().data_received(data)

    def on_response_complete(self) -> None:
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
        """Still reading, and little has come: it was too slow. Else we are the slow ones, and look again."""
        is_read = self.cycle is not None and not self.cycle.response_complete and not self.cycle.more_body
        if not is_read and self._came < _LEAST:
            self.transport.abort()
        else:
            self._wait()


class _Server(uvicorn.Server):
    """Leaves the signals to the program: it is the program that ends, and this with it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve_http(address: tuple[str, int], routes: Sequence[BaseRoute], stop: asyncio.Event) -> None:
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
