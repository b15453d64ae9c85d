"""Telegram calls us: the secret header is checked, the update is stored, then 200 is answered."""

from __future__ import annotations

import asyncio
import hmac
import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

if TYPE_CHECKING:
    from bot.app import App

log = structlog.get_logger()
MAX_BODY = 1 << 20  # Telegram's updates are a few kilobytes


def webhook_routes(app: App) -> list[Route]:
    secret = app.settings.webhook_secret.get_secret_value()

    async def receive(request: Request) -> Response:
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        if int(request.headers.get("content-length", 0)) > MAX_BODY:
            return Response(status_code=413)
        try:
            update = json.loads(await request.body())
            if not isinstance(update["update_id"], int):
                return Response(status_code=400)
        except (ValueError, KeyError, TypeError):
            return Response(status_code=400)
        try:
            await app.receiver.accept([update], step=False)
        except Exception as error:
            app.alarm.ring("webhook", error)
            return Response(status_code=503)  # not stored: Telegram keeps it and calls again
        app.receiver.hurry()
        return Response(status_code=200)

    return [Route(urlsplit(app.settings.webhook_url).path or "/", receive, methods=["POST"])]


async def serve_webhook(app: App, stop: asyncio.Event) -> None:
    """Listen on BOT_LISTEN until `stop`."""
    host, port = app.settings.address
    config = uvicorn.Config(
        Starlette(routes=webhook_routes(app)),
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        lifespan="off",
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(server.serve())
    await stop.wait()
    server.should_exit = True
    await serving
