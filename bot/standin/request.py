"""The stand-in at python-telegram-bot's own seam: a bot in this process, and no sockets.

What went wrong is told as the program's own transport tells it, with the reason as the error's cause:

- `NotSent` caused by `NeverConnected` (a ConnectionRefusedError): Telegram has not got the call;
- `TimedOut` caused by `ReadTimedOut` (a TimeoutError) or `ConnectionLost` (a ConnectionResetError): whether
  Telegram has got it is not known;
- 429 and 5xx come as answers, and python-telegram-bot makes RetryAfter and NetworkError of them.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from telegram.error import TimedOut
from telegram.request import BaseRequest, RequestData

from bot.standin import CallAnswer, ConnectionLost, NeverConnected, ReadTimedOut, StandIn, UploadedFile
from bot.telegram.transport import NotSent

_UNAUTHORIZED = CallAnswer(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
_NOT_FOUND = CallAnswer(404, {"ok": False, "error_code": 404, "description": "Not Found"})


class StandInRequest(BaseRequest):
    def __init__(self, standin: StandIn) -> None:
        self._standin = standin

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        await asyncio.sleep(0)  # others get their turn, as they would while the network is at work
        address = urlsplit(url)
        path = unquote(address.path)
        try:
            if "/file/bot" in path:
                return self._download(path)
            answer = await self._answer(path, dict(parse_qsl(address.query)), request_data)
        except NeverConnected as lost:
            raise NotSent(str(lost)) from lost
        except (ReadTimedOut, ConnectionLost) as lost:
            raise TimedOut(str(lost)) from lost
        return answer.status, json.dumps(answer.body).encode()

    async def _answer(
        self, path: str, query: Mapping[str, str], request_data: RequestData | None
    ) -> CallAnswer:
        token, _, method = path.rpartition("/bot")[2].partition("/")
        if token != self._standin.token:
            return _UNAUTHORIZED
        params = {**query, **(request_data.parameters if request_data else {})}
        if method.lower() == "getupdates":
            return await self._standin.poll(params)
        return self._standin.call(method, params, _uploads(request_data))

    def _download(self, path: str) -> tuple[int, bytes]:
        token, _, file_path = path.rpartition("/file/bot")[2].partition("/")
        try:
            if token == self._standin.token:
                return 200, self._standin.download(file_path)
        except LookupError:
            pass
        refusal = _NOT_FOUND if token == self._standin.token else _UNAUTHORIZED
        return refusal.status, json.dumps(refusal.body).encode()


def _uploads(request_data: RequestData | None) -> Mapping[str, UploadedFile]:
    if request_data is None or not request_data.contains_files:
        return {}
    uploads = {}
    for part, (name, content, mime) in request_data.multipart_data.items():
        data = content if isinstance(content, bytes) else content.read()
        uploads[part] = UploadedFile(name, data, mime)
    return uploads
