"""HTTP to the Bot API through aiohttp: a quarter of the CPU of python-telegram-bot's own transport.

The one thing it must get right is what is known after a failure:

    NotSent    no connection was made: Telegram has not seen the request
    TimedOut   it was written, no answer came: nobody knows
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 10.0


class NotSent(NetworkError):
    """The request never left: the address does not answer."""


class AiohttpRequest(BaseRequest):
    """One connection pool; `connections` at once, `timeout` seconds for an answer."""

    def __init__(
        self,
        *,
        connections: int = 64,
        timeout: float = 20.0,
        hears: Callable[[datetime], None] | None = None,
        tells_time: bool = False,
    ) -> None:
        """`hears` is told the time there: by each message's date, and by each answer's where the server `tells_time`."""
        self._connections, self._timeout = connections, timeout
        self._hears, self._tells_time = hears, tells_time
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
                said = await answer.read()
                if self._hears is not None and answer.status == 200:
                    self._hear(url, answer.headers.get("Date", "") if self._tells_time else "", said)
                return answer.status, said
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise NotSent(type(error).__name__) from None  # the text would hold the address, and so the token
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            raise TimedOut(f"connection lost: {type(error).__name__}") from None
        except Exception as error:  # a mistake of ours; its text may hold what is being sent
            raise TelegramError(type(error).__name__) from None

    def _hear(self, url: str, date: str, said: bytes) -> None:
        moment = _date_of(date) or (_sent_at(said) if "/send" in url else None)
        if moment is not None and self._hears is not None:
            self._hears(moment)


def _date_of(header: str) -> datetime | None:
    try:
        return parsedate_to_datetime(header)
    except ValueError:
        return None


_DATE = re.compile(rb'(?<!\\)"date":\s?(\d{9,11})\b')  # what a person writes has its quotes escaped


def _sent_at(said: bytes) -> datetime | None:
    """When Telegram has taken what was just sent; one that it answers is older."""
    found = [int(number) for number in _DATE.findall(said)]
    return datetime.fromtimestamp(max(found), UTC) if found else None


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
