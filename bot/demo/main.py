"""`python -m bot demo`: the page on 127.0.0.1, the stage behind it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import uvicorn
from starlette.applications import Starlette

from bot.demo.door import browsers
from bot.demo.stage import DemoStage
from bot.demo.web import playground

HOST = "127.0.0.1"


def free_port(wanted: int) -> socket.socket:
    """Return a listening socket on `wanted`, or on the next free port."""
    for port in [*range(wanted, wanted + 20), 0]:
        place = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            place.bind((HOST, port))
            place.listen(64)
        except OSError:
            place.close()
            continue
        return place
    raise OSError("no free port")


class _Server(uvicorn.Server):
    """Lets the waiting pages go before it waits for them: Ctrl+C ends at once and says nothing more."""

    def __init__(self, config: uvicorn.Config, ending: asyncio.Event) -> None:
        super().__init__(config)
        self._ending = ending

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ending.set()
        await super().shutdown(sockets)


def serve(port: int = 8080) -> None:
    """Serve the playground until Ctrl+C."""
    stage, ending = DemoStage(), asyncio.Event()
    place = free_port(port)
    address = f"http://{HOST}:{place.getsockname()[1]}/"

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        await stage.open()
        print(f"\n  Xa Nhà: {address}\n  Ctrl+C để dừng · Ctrl+C stops it\n", flush=True)
        yield
        await stage.close()

    app = Starlette(routes=[*playground(stage, ending), *browsers(stage)], lifespan=life)
    config = uvicorn.Config(app, access_log=False, log_level="warning", timeout_graceful_shutdown=1)
    server = _Server(config, ending)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(server.serve(sockets=[place]))
