"""The door: a personal link that a browser opens, on the server that Telegram's calls come to.

    GET /j/<token>[?id=…&hash=…] ──> models.attendance.open_link ──> 303 to the meeting's own link, and a cookie the first time
                                                                └──> a plain page that says why not, and nothing else

With `door_login` the query holds Telegram's proof of who opens it (proof.py). No page names a cell, a person or a meeting.
Nothing of a call is logged: the path is the secret. A link that only looks (HEAD, a prefetch, a preview) does not use it up.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.proof import proven_visitor
from models.attendance import Opened, Why, open_link
from models.phrases import attendance as phrases
from models.phrases.text import Text

if TYPE_CHECKING:
    from bot.app import App

COOKIE = "j"
_AT_ONCE = 8  # who tries a thousand links waits in line; Telegram's calls do not wait behind them
_TOKEN = re.compile(r"[\w-]{32}", re.ASCII)
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}
_PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Xa Nhà</title><style>body{{font:1.25rem/1.6 sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem}}</style>
<p>{vi}</p><p lang="en">{en}</p></html>"""
_LOOKS_ONLY = re.compile(r"prefetch|preview|prerender", re.IGNORECASE)


def door_routes(app: App) -> list[Route]:
    policy, gate = app.settings.policies().attendance, asyncio.Semaphore(_AT_ONCE)
    bot_token = app.settings.token.get_secret_value()

    async def enter(request: Request) -> Response:
        token, cookie = request.path_params["token"], request.cookies.get(COOKIE, "")
        if request.method == "HEAD" or _only_looks(request):
            return Response(status_code=204, headers=_HEADERS)
        if not _TOKEN.fullmatch(token) or not (cookie == "" or _TOKEN.fullmatch(cookie)):
            return page(Why.USELESS)
        now = app.clock()
        query = request.query_params.multi_items()
        visitor = proven_visitor(query, bot_token, lasts=policy.login_lasts, now=now)

        def work(db: Session) -> Opened:
            return open_link(db, token, cookie=cookie, visitor=visitor, policy=policy, now=now)

        try:
            async with gate:
                opened = await asyncio.wrap_future(app.database.submit(work))
        except Exception as error:
            app.alarm.ring("door", error)
            return page("busy", status=503)
        return answer(opened, token, secure=policy.door.startswith("https://"))

    return [Route("/j/{token}", enter, methods=["GET", "HEAD"])]


def _only_looks(request: Request) -> bool:
    said = " ".join(request.headers.get(name, "") for name in ("purpose", "sec-purpose", "x-moz"))
    return _LOOKS_ONLY.search(said) is not None


def answer(opened: Opened, token: str, *, secure: bool) -> Response:
    if opened.why is not Why.GO:
        return page(opened.why)
    response = RedirectResponse(opened.to, status_code=303, headers=_HEADERS)
    if opened.cookie:  # of this one link, for a day: a meeting and a dropped line
        response.set_cookie(
            COOKIE,
            opened.cookie,
            max_age=86_400,
            path=f"/j/{token}",
            secure=secure,
            httponly=True,
            samesite="lax",
        )
    return response


def page(why: str, *, status: int = 403) -> HTMLResponse:
    """Why not."""
    return sentence(phrases.DOOR[why], status=status)


def sentence(words: Text, *, status: int) -> HTMLResponse:
    """In both languages; the words are escaped already."""
    return HTMLResponse(_PAGE.format(vi=words.vi, en=words.en), status_code=status, headers=_HEADERS)
