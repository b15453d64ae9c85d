"""Telegram calls us: the secret header is checked, the update is stored, then 200 is answered."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.alarm import Alarm
from bot.ear import Unreadable
from bot.receiving import Receiver
from bot.settings import Settings
from bot.telegram.reading import load_update, received
from bot.web.guard import UPDATE_BYTES, TooLarge, read_body


def webhook_secret(settings: Settings) -> str:
    """Return the header that proves a call is Telegram's: as set, else one that only the token's holder can know."""
    given = settings.webhook_secret.get_secret_value()
    return given or hmac.digest(settings.token.get_secret_value().encode(), b"webhook", "sha256").hex()


def webhook_routes(settings: Settings, receiver: Receiver, alarm: Alarm) -> list[Route]:
    """Make the route on which Telegram calls."""
    secret = webhook_secret(settings).encode()

    async def receive(request: Request) -> Response:
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        # bytes: of strings it compares ASCII only, and raises for others
        if not hmac.compare_digest(given.encode(), secret):
            return Response(status_code=403)
        try:
            body = await read_body(request, UPDATE_BYTES)
        except TooLarge:
            return Response(status_code=413)
        try:
            update = load_update(body)
        except Unreadable:
            return Response(status_code=400)
        try:
            await receiver.accept([received(update, alarm)], step=False)
        except Exception as error:
            alarm.ring("webhook", error)
            return Response(status_code=503)  # not stored: Telegram keeps it and calls again
        receiver.hurry()
        return Response(status_code=200)

    return [Route(urlsplit(settings.webhook_url).path or "/", receive, methods=["POST"])]
