"""HTTP to the Bot API through aiohttp: a quarter of the CPU of python-telegram-bot's own transport.

The one thing it must get right is what is known after a failure:

    NotSent    no connection was made: Telegram has not seen the request
    TimedOut   it was written, no answer came: nobody knows
"""

from __future__ import annotations

import io
import json
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 10.0


class NotSent(NetworkError):
    """The request never left: the address does not answer."""


class AiohttpRequest(BaseRequest):
    """One connection pool; `connections` at once, `timeout` seconds for an answer."""

    def __init__(self, *, connections: int = 64, timeout: float = 20.0) -> None:
        self._connections, self._timeout = connections, timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._timeout

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=30)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NotSent("not initialized")
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._timeout
        # connect: the wait for a place in the pool too, so that running out of it is known as "not sent"
        timeout = aiohttp.ClientTimeout(
            total=seconds + CONNECT_SECONDS, connect=CONNECT_SECONDS, sock_read=seconds
        )
        try:
            body, headers = _body(request_data)
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout
            ) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise NotSent(type(error).__name__) from None  # the text would hold the address, and so the token
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            raise TimedOut(f"connection lost: {type(error).__name__}") from None
        except Exception as error:  # a mistake of ours; its text may hold what is being sent
            raise TelegramError(type(error).__name__) from None


_JSON = {"Content-Type": "application/json"}


def _body(data: RequestData | None) -> tuple[Any, dict[str, str] | None]:
    """The arguments as JSON, which is made in a tenth of a form's time; a form where there are files."""
    if data is None:
        return None, None
    if not data.multipart_data:
        return json.dumps(data.json_parameters).encode(), _JSON
    form = aiohttp.FormData(quote_fields=False)  # or a Vietnamese file name arrives percent-encoded
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        # in pieces: a file may be large
        body = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, body, filename=filename, content_type=mime)
    return form, None
