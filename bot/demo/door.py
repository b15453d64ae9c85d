"""The playground's browsers: one for each phone, with cookies of its own, in a net of two invented hosts.

    a login button ── the page asks whose phone ── its own ──> /browser/<user_id>/login?url=… ── Telegram's proof ─┐
                                        └── another's: the bare address, as if it had been copied ─────────────────┤
                              bot.web.door <── /browser/<user_id>/xanha.example/j/<token> <────────────────────────────┘
                                  └ 303 to the room ──> /browser/<user_id>/hop.xanha.example/<room>, "no real room here"

The door itself is the program's own; only what lies around it is invented. A link that was passed on is refused as it
would be outside: Telegram proves who taps, and each phone keeps the door's cookie under a path of its own.
"""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.demo.hosts import DOOR, ROOMS
from bot.demo.stage import DemoStage
from bot.demo.web import OnlyHere
from bot.web.door import door_routes, sentence
from models.phrases.text import say


def browsers(stage: DemoStage) -> list[Route]:
    """Return what every phone's browser opens."""

    async def through_the_door(request: Request) -> Response:
        if request.path_params["user_id"] not in {phone.user_id for phone in stage.phones()}:
            raise HTTPException(404)
        (door,) = door_routes(stage.app.settings, stage.app.database, stage.app.clock, stage.app.alarm)
        response: Response = await door.endpoint(request)
        return _within(response, request)

    async def log_in(request: Request) -> Response:
        try:
            url = stage.telegram.logs_in(request.path_params["user_id"], request.query_params.get("url", ""))
        except (LookupError, ValueError) as error:
            raise HTTPException(404) from error
        return _within(RedirectResponse(url, status_code=303), request)

    under, guard = "/browser/{user_id:int}", [Middleware(OnlyHere)]
    return [
        Route(f"{under}/login", log_in, middleware=guard),
        Route(
            f"{under}/{urlsplit(DOOR).netloc}/j/{{token}}",
            through_the_door,
            methods=["GET", "HEAD", "POST"],
            middleware=guard,
        ),
        Route(f"{under}/{urlsplit(ROOMS).netloc}/{{room}}", _room, middleware=guard),
    ]


def page_doors(stage: DemoStage) -> list[Route]:
    """Return what stands before the page's own routes: the way in for the phone that has a browser alone, as often as it is tapped."""

    async def enter(request: Request) -> Response:
        try:
            return RedirectResponse(
                await asyncio.to_thread(stage.page_link, request.path_params["user_id"]), 303
            )
        except LookupError as error:
            raise HTTPException(404) from error

    return [Route("/o/{user_id:int}", enter)]


def _within(response: Response, request: Request) -> Response:
    """As a proxy would: cookies and ways on stay below this phone's browser, and there is no TLS."""
    headers, browser = response.headers, f"/browser/{request.path_params['user_id']}/"
    if cookie := headers.get("set-cookie"):
        inner = f"/j/{request.path_params['token']}"
        headers["set-cookie"] = cookie.replace(f"Path={inner}", f"Path={request.url.path}").replace(
            "; Secure", ""
        )
    if headers.get("location", "").startswith((f"{DOOR}/", f"{ROOMS}/")):
        headers["location"] = headers["location"].replace("https://", browser, 1)
    return response


async def _room(request: Request) -> Response:
    words = say(
        "Đây là phòng họp {room}. Bản dùng thử không có phòng họp thật nên dừng ở đây; ai vào bằng đường dẫn riêng thì "
        "giờ vào đã được ghi lại.",
        room=f"{ROOMS}/{request.path_params['room']}",
    )
    return sentence(words, status=200)
