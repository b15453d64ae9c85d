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
    """A listening socket on `wanted`, or on the next free port."""
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


def serve(port: int = 8080) -> None:
    """Serve the playground until Ctrl+C."""
    stage = DemoStage()
    place = free_port(port)
    address = f"http://{HOST}:{place.getsockname()[1]}/"

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        await stage.open()
        print(f"\n  Xa Nhà: {address}\n  Ctrl+C để dừng · Ctrl+C stops it\n", flush=True)
        yield
        await stage.close()

    app = Starlette(routes=[*playground(stage), *browsers(stage)], lifespan=life)
    server = uvicorn.Server(
        uvicorn.Config(app, access_log=False, log_level="warning", timeout_graceful_shutdown=1)
    )
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(server.serve(sockets=[place]))
