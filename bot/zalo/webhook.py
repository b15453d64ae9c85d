"""Zalo calls us: the secret header is checked, the event is stored, then 200 is answered."""

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
from bot.web.guard import UPDATE_BYTES, TooLarge, read_body
from bot.zalo.ear import received
from bot.zalo.reading import load_event


def webhook_secret(settings: Settings) -> str:
    """Return the header that proves a call is Zalo's: as set, else one that only the token's holder can know."""
    given = settings.zalo.webhook_secret.get_secret_value()
    token = settings.zalo.token.get_secret_value()
    return given or hmac.digest(token.encode(), b"zalo webhook", "sha256").hex()


def webhook_routes(settings: Settings, receiver: Receiver, alarm: Alarm) -> list[Route]:
    """Make the route on which Zalo calls."""
    secret = webhook_secret(settings).encode()

    async def receive(request: Request) -> Response:
        given = request.headers.get("x-bot-api-secret-token", "")
        if not hmac.compare_digest(given.encode(), secret):
            return Response(status_code=403)
        try:
            body = await read_body(request, UPDATE_BYTES)
        except TooLarge:
            return Response(status_code=413)
        try:
            event = load_event(body)
        except Unreadable:
            return Response(status_code=400)
        try:
            await receiver.accept([received(event)], step=False)
        except Exception as error:
            alarm.ring("webhook", error)
            return Response(status_code=503)  # not stored; whether Zalo calls again is not known
        receiver.hurry()
        return Response(status_code=200)

    return [Route(urlsplit(settings.zalo.webhook_url).path or "/", receive, methods=["POST"])]
