"""`python -m bot demo`: the playground on 127.0.0.1, the stage behind it, and beside it the page, for who has no Telegram."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.demo.door import browsers, page_doors
from bot.demo.stage import DemoStage
from bot.demo.web import playground
from bot.web.server import serve_http

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


def _page_of(stage: DemoStage) -> ASGIApp:
    """The page of the program that is on the stage now: beginning anew puts another there."""

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        await Router(routes=[*page_doors(stage), *stage.app.web_routes])(scope, receive, send)

    return page


def serve(port: int = 8080) -> None:
    """Serve the playground until Ctrl+C."""
    stage, ending = DemoStage(), asyncio.Event()
    place = free_port(port)
    with free_port(place.getsockname()[1] + 1) as beside:
        page_port = beside.getsockname()[1]
    stage.page = f"http://localhost:{page_port}"  # by this name a browser keeps the page's cookie without TLS
    address = f"http://{HOST}:{place.getsockname()[1]}/"

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        await stage.open()
        served = asyncio.create_task(serve_http((HOST, page_port), [Mount("/", _page_of(stage))], ending))
        print(f"\n  Xa Nhà: {address}\n  Ctrl+C để dừng · Ctrl+C stops it\n", flush=True)
        yield
        ending.set()
        await served
        await stage.close()

    app = Starlette(routes=[*playground(stage, ending), *browsers(stage)], lifespan=life)
    config = uvicorn.Config(app, access_log=False, log_level="warning", timeout_graceful_shutdown=1)
    server = _Server(config, ending)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(server.serve(sockets=[place]))
