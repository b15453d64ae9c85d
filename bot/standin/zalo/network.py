"""Zalo's stand-in at the program's own seam, without sockets; and over HTTP, on this machine only."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.standin.faults import NeverConnected
from bot.standin.zalo import ZaloStandIn
from bot.zalo.api import NoAnswer, Unsent


class ZaloPost:
    """A bot in this process; what went wrong is told as the program's own transport tells it."""

    def __init__(self, standin: ZaloStandIn) -> None:
        self._standin = standin

    async def send(self, url: str, body: bytes, *, seconds: float) -> tuple[int, bytes]:
        await asyncio.sleep(0)  # others get their turn, as they would while the network is at work
        token, _, method = unquote(urlsplit(url).path).rpartition("/bot")[2].partition("/")
        try:
            answer = await self._standin.answer(token, method, _arguments(body))
        except NeverConnected as lost:
            raise Unsent from lost
        except OSError as lost:
            raise NoAnswer from lost
        return answer.status, json.dumps(answer.body).encode()

    async def close(self) -> None:
        """Do nothing: there is nothing to close."""


def zalo_api(standin: ZaloStandIn) -> list[Route]:
    """Return Zalo's API, for a Starlette application. An answer that is lost is half an answer."""

    async def call(request: Request) -> Response:
        path = request.path_params
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return JSONResponse({"ok": False, "error_code": 400, "description": "Bad Request: no JSON"}, 400)
        try:
            answer = await standin.answer(path["token"], path["method"], _arguments(await request.body()))
        except OSError:
            return Response(status_code=502, headers={"content-length": "1"})
        return JSONResponse(answer.body, answer.status)

    return [Route("/bot{token}/{method}", call, methods=["POST"])]


def _arguments(body: bytes) -> Any:
    try:
        return json.loads(body or b"{}")
    except ValueError:
        return None
