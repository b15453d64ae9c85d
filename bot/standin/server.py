"""The stand-in over HTTP, on this machine only: for the bot in another process, and for its benchmarks.

    python -m bot.standin.server --port 8081

prints its address, then answers as the Bot API does under `/bot<token>/<method>` and
`/file/bot<token>/<path>`. What people do is told to it by POST `/stand-in/<verb>` with a JSON object of
arguments (files in base64), what they see is read from there too: `history`, `toast`, `calls` and so on.

A planned fault is met as far as HTTP can show it: an answer that is lost breaks the connection, one that
comes too late never comes. A connection that was never made cannot be shown by a server that listens:
`connect` breaks it too, before anything is done.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import re
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import parse_qsl

import aiohttp
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.standin import CallAnswer, ReadTimedOut, StandIn, UploadedFile

_BODY_BYTES = 64 * 1024 * 1024  # room for the largest upload, so that its refusal is Telegram's
_SILENCE = 75.0  # seconds for which an answer that never comes keeps the connection
_LONGEST_RETRY = 1.0
_BREAK = "stand-in.break"
_JSON = [(b"content-type", b"application/json")]

_UNAUTHORIZED = CallAnswer(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
_NOT_FOUND = CallAnswer(404, {"ok": False, "error_code": 404, "description": "Not Found"})
_TOO_LARGE = CallAnswer(413, {"ok": False, "error_code": 413, "description": "Request Entity Too Large"})
_NO_JSON = CallAnswer(
    400, {"ok": False, "error_code": 400, "description": "Bad Request: can't parse JSON object"}
)

Params = dict[str, Any]
Files = dict[str, UploadedFile]


class _TooLarge(Exception):
    """More was sent than anything may hold."""


# -- what was asked -------------------------------------------------------------------------------


async def _body(receive: Receive) -> bytes:
    message = await receive()
    if not message.get("more_body"):
        return cast(bytes, message.get("body", b""))
    parts, size = [], 0
    while True:
        part = message.get("body", b"")
        parts.append(part)
        size += len(part)
        if size > _BODY_BYTES:
            raise _TooLarge
        if not message.get("more_body"):
            return b"".join(parts)
        message = await receive()


def read_arguments(content_type: str, query: bytes, body: bytes) -> tuple[Params, Files]:
    """Return the arguments of a call, from wherever the Bot API takes them."""
    params: Params = dict(parse_qsl(query.decode(), keep_blank_values=True)) if query else {}
    if not body:
        return params, {}
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        given = json.loads(body)
        if not isinstance(given, dict):
            raise ValueError("not an object")
        return params | given, {}
    if kind == "multipart/form-data":
        fields, files = _read_multipart(content_type, body)
        return params | fields, files
    return params | dict(parse_qsl(body.decode(), keep_blank_values=True)), {}


_BOUNDARY = re.compile(r'boundary="?([^";]+)"?')
_NAME = re.compile(r'[;\s]name="((?:[^"\\]|\\.)*)"')
_FILENAME = re.compile(r'[;\s]filename="((?:[^"\\]|\\.)*)"')
_TYPE = re.compile(r"(?im)^content-type:\s*(\S[^\r\n]*)")


def _read_multipart(content_type: str, body: bytes) -> tuple[Params, Files]:
    found = _BOUNDARY.search(content_type)
    if not found:
        raise ValueError("no boundary")
    params: Params = {}
    files: Files = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + found.group(1).encode())[1:]:
        head, gap, content = part.partition(b"\r\n\r\n")
        headers = head.decode()
        if not gap or not (name := _NAME.search(headers)):
            continue
        if filename := _FILENAME.search(headers):
            mime = _TYPE.search(headers)
            files[name.group(1)] = UploadedFile(_plain(filename.group(1)), content, mime and mime.group(1))
        else:
            params[name.group(1)] = content.decode()
    return params, files


def _plain(name: str) -> str:
    """A file name without what clients put before a quote."""
    return name.replace("%22", '"').replace('\\"', '"')


# -- the Bot API ----------------------------------------------------------------------------------


class _BotApi:
    """One endpoint for every method; plain ASGI, because benchmarks run through it."""

    def __init__(self, standin: StandIn) -> None:
        self._standin = standin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path_params"]
        try:
            answer = await self._answer(path["token"], path["method"], scope, receive)
        except ReadTimedOut:
            await _stay_silent(receive)
            answer = None
        except OSError:
            answer = None
        if answer is None:
            await _break(scope, send)
        else:
            await _send(send, answer.status, _JSON, json.dumps(answer.body).encode())

    async def _answer(self, token: str, method: str, scope: Scope, receive: Receive) -> CallAnswer:
        if token != self._standin.token:
            return _UNAUTHORIZED
        try:
            content_type = next((v for k, v in scope["headers"] if k == b"content-type"), b"").decode(
                "latin-1"
            )
            params, files = read_arguments(content_type, scope["query_string"], await _body(receive))
        except _TooLarge:
            return _TOO_LARGE
        except ValueError:
            return _NO_JSON
        if method.lower() == "getupdates":
            return await self._poll(params, receive)
        return self._standin.call(method, params, files)

    async def _poll(self, params: Params, receive: Receive) -> CallAnswer:
        """A client that hangs up takes no updates with it, and its poll ends."""
        if not params.get("timeout"):
            return await self._standin.poll(params)
        poll = asyncio.create_task(self._standin.poll(params))
        gone = asyncio.create_task(_hung_up(receive))
        try:
            await asyncio.wait({poll, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not poll.done():
                raise ConnectionAbortedError("the client hung up")
            return poll.result()
        finally:
            poll.cancel()
            gone.cancel()


class _Files:
    """Downloads."""

    def __init__(self, standin: StandIn) -> None:
        self._standin = standin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path_params"]
        refusal = _NOT_FOUND if path["token"] == self._standin.token else _UNAUTHORIZED
        if refusal is _NOT_FOUND:
            with suppress(LookupError):
                data = self._standin.download(path["path"])
                await _send(send, 200, [(b"content-type", b"application/octet-stream")], data)
                return
        await _send(send, refusal.status, _JSON, json.dumps(refusal.body).encode())


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _stay_silent(receive: Receive) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(_hung_up(receive), _SILENCE)


async def _break(scope: Scope, send: Send) -> None:
    """Closes the connection without an answer; half an answer has to do under a foreign server."""
    if abort := scope.get("extensions", {}).get(_BREAK):
        abort()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return
    await send({"type": "http.response.start", "status": 502, "headers": [(b"content-length", b"1")]})


class _Breakable(HttpToolsProtocol):
    """Lets an endpoint break its connection, as networks do."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        cast(Scope, self.scope).setdefault("extensions", {})[_BREAK] = self.transport.abort


# -- webhooks -------------------------------------------------------------------------------------


async def deliver(standin: StandIn) -> None:
    """Bring updates to the webhook while one is set: in order, each until it is taken. Runs for ever."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        delay = 0.0
        while True:
            await standin.wait_delivery()
            update, hook = standin.next_update(), standin.webhook
            if update is None or hook is None:
                continue
            if await _took(session, hook, update, standin.webhook_failed):
                standin.webhook_took(update)
                delay = 0.0
            else:
                delay = min(max(2 * delay, 0.05), _LONGEST_RETRY)
                await asyncio.sleep(delay)


async def _took(
    session: aiohttp.ClientSession, hook: Params, update: Params, failed: Callable[[str], None]
) -> bool:
    secret = hook["secret_token"]
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    try:
        async with session.post(hook["url"], json=update, headers=headers, allow_redirects=False) as answer:
            if answer.status == 200:
                return True
            failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
    except (aiohttp.ClientError, TimeoutError) as error:
        failed(f"{type(error).__name__}: {error}")
    return False


# -- people, for tests in another process ---------------------------------------------------------

_VERBS = {
    *("add_user", "says", "says_in_group", "opened_link", "edits", "taps", "shares_contact", "sends_file"),
    *("sends_location", "sends_sticker", "blocks", "unblocks", "deactivates", "fail"),
    *("history", "reply_keyboard", "commands_for", "revision", "toast"),
}


class _Control:
    def __init__(self, standin: StandIn) -> None:
        self._standin = standin

    async def act(self, request: Request) -> JSONResponse:
        verb = request.path_params["verb"]
        if verb not in _VERBS:
            return JSONResponse({"error": f"no such verb: {verb}"}, 404)
        try:
            given = json.loads(await request.body() or b"{}")
            if "data" in given and verb == "sends_file":
                given["data"] = base64.b64decode(given["data"])
            result = getattr(self._standin, verb)(**given)
        except LookupError as error:
            return JSONResponse({"error": str(error)}, 404)
        except (TypeError, ValueError) as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse({"result": None if verb == "add_user" else result})

    async def history(self, request: Request) -> JSONResponse:
        chat_id = request.path_params["chat_id"]
        if chat_id not in self._standin.chats:
            return JSONResponse({"error": f"no such chat: {chat_id}"}, 404)
        return JSONResponse(self._standin.history(chat_id))

    async def calls(self, _: Request) -> JSONResponse:
        told = [
            {"method": call.method, "params": call.params, "files": call.files, "status": call.status}
            for call in self._standin.calls
        ]
        return JSONResponse(told)


# -- the server -----------------------------------------------------------------------------------


def bot_api(standin: StandIn) -> list[Route]:
    """Return the Bot API, for a Starlette application. Webhooks need a task that runs `deliver`, too."""
    return [
        Route("/bot{token}/{method}", _BotApi(standin)),
        Route("/file/bot{token}/{path:path}", _Files(standin)),
    ]


def control(standin: StandIn) -> list[Route]:
    """Return what people do and see, for tests in another process; not for a page that others can reach."""
    people = _Control(standin)
    return [
        Route("/stand-in/history/{chat_id:int}", people.history),
        Route("/stand-in/calls", people.calls),
        Route("/stand-in/{verb}", people.act, methods=["POST"]),
    ]


def application(standin: StandIn) -> Starlette:
    """Return everything together, with the deliverer of webhooks."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[Mapping[str, Any]]:
        delivery = asyncio.create_task(deliver(standin))
        try:
            yield {}
        finally:
            delivery.cancel()
            with suppress(asyncio.CancelledError):
                await delivery

    return Starlette(routes=[*bot_api(standin), *control(standin)], lifespan=lifespan)


def server(standin: StandIn) -> uvicorn.Server:
    """Return a server that writes no log of its requests; run it on a socket of `listen`."""
    return uvicorn.Server(
        uvicorn.Config(
            application(standin),
            http=_Breakable,
            access_log=False,
            log_level="warning",
            ws="none",
            loop="auto",
        )
    )


def listen(port: int = 0) -> socket.socket:
    """Return a socket on this machine only; port 0 finds a free one."""
    return socket.create_server(("127.0.0.1", port), backlog=1024)


def main() -> None:
    parser = argparse.ArgumentParser(description="A stand-in for Telegram's Bot API on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=8081, help="0 finds a free one")
    parser.add_argument("--token", default="1:demo")
    parser.add_argument("--pace", action="store_true", help="refuse more than 30 messages a second")
    options = parser.parse_args()
    standin = StandIn(now=lambda: datetime.now(UTC), token=options.token, pace=options.pace)
    door = listen(options.port)
    sys.stdout.write(f"http://127.0.0.1:{door.getsockname()[1]}\n")
    sys.stdout.flush()
    server(standin).run(sockets=[door])


if __name__ == "__main__":
    main()
