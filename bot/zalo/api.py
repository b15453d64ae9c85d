"""Calls of the Zalo Bot Platform (2.5): POST with JSON to <url>/bot<token>/<method>.

    {"ok": true, "result": {...}}                               done; HTTP 200 alone says nothing
    {"ok": false, "error_code": 400, "description": "..."}      refused

The token stands in the address: no error here tells one.
"""

from __future__ import annotations

import json
from typing import Any, Protocol

import aiohttp

CONNECT_SECONDS = 10.0
NO_UPDATE = 408  # getUpdates: nothing came while it waited


class Unsent(Exception):
    """No connection was made: Zalo has not seen the call."""


class NoAnswer(Exception):
    """It was written, and what came back, if anything, says nothing: nobody knows."""


class ZaloRefused(Exception):
    """Zalo's own answer: `code`, what it says, and how many seconds it wants to be left alone, where it says so."""

    def __init__(self, code: int, said: str, pause: float | None = None) -> None:
        super().__init__(f"{code} {said}"[:200])
        self.code, self.said, self.pause = code, said, pause


class Post(Protocol):
    """The way to the network."""

    async def send(self, url: str, body: bytes, *, seconds: float) -> tuple[int, bytes]:
        """Send JSON; return status and body. Raise Unsent or NoAnswer."""
        ...

    async def close(self) -> None: ...


class HttpPost:
    """One pool of connections, opened with the first call."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def send(self, url: str, body: bytes, *, seconds: float) -> tuple[int, bytes]:
        if self._session is None:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        timeout = aiohttp.ClientTimeout(
            total=seconds + CONNECT_SECONDS, connect=CONNECT_SECONDS, sock_read=seconds
        )
        headers = {"Content-Type": "application/json"}
        try:
            async with self._session.post(
                url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise Unsent(type(error).__name__) from None  # its text would hold the address, and so the token
        except (TimeoutError, aiohttp.ClientError) as error:
            raise NoAnswer(type(error).__name__) from None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None


class Zalo:
    """One bot; `post` stands in for the network."""

    def __init__(self, token: str, url: str, *, post: Post | None = None) -> None:
        self._base, self._post = f"{url}/bot{token}", post or HttpPost()

    async def call(self, method: str, *, seconds: float = 20.0, **given: Any) -> Any:
        """Call a method and return its result. Raise Unsent, NoAnswer or ZaloRefused."""
        body = json.dumps(given, ensure_ascii=False).encode()
        status, answer = await self._post.send(f"{self._base}/{method}", body, seconds=seconds)
        return _result(status, answer)

    async def close(self) -> None:
        await self._post.close()


def _result(status: int, answer: bytes) -> Any:
    try:
        told = json.loads(answer)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or "ok" not in told:
        if status >= 400:  # a page of some proxy on the way
            raise ZaloRefused(status, "no JSON")
        raise NoAnswer("no JSON")
    if told["ok"] is True:
        return told.get("result")
    code = told.get("error_code")
    said = told.get("description")
    raise ZaloRefused(
        code if isinstance(code, int) and not isinstance(code, bool) else status,
        said if isinstance(said, str) else "",
        _pause(told),
    )


def _pause(told: dict[str, Any]) -> float | None:
    """Seconds to wait, as Telegram tells them; whether Zalo does is not known."""
    parameters = told.get("parameters")
    found = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return float(found) if isinstance(found, int | float) and 0 < found < 86_400 else None
