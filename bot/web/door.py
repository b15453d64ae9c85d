"""The door: a personal link that a browser opens, on the server that Telegram's calls come to.

    GET  /j/<token>                  a page with one button; nothing is changed by looking, whoever looks
    POST /j/<token>  (that button) ──> models.meeting.attendance.open_link ──> 303 to the meeting's own link, and a cookie the first time
    GET  /j/<token>?id=…&hash=…    ──^   with `door_login`: Telegram's proof of who opens it (proof.py), or the cookie of
                                         their page, which a browser brings from there alone; no button is needed

No page names a cell, a person or a meeting. Nothing of a call is logged: the path is the secret. Messengers, mail scanners and
robots fetch links to show or to check them: they get the page, and the link stays unused.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
from urllib.parse import parse_qs

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.alarm import Alarm
from bot.settings import Settings
from bot.telegram.chats import chat_address
from bot.telegram.proof import proven_visitor
from bot.web.guard import (
    HEADERS,
    TooLarge,
    form_key,
    is_form_key,
    is_from_here,
    only_looks,
    read_body,
    who_asks,
)
from bot.web.look import PageLook
from models.delivery.flood import Guesses
from models.ground.clock import Clock
from models.ground.db import Database
from models.meeting.attendance import Opened, Why, open_link
from models.people.browser import address_shown, device_of
from models.phrases.meeting import attendance as phrases
from models.phrases.text import Text

COOKIE = "j"
_AT_ONCE = 8  # who tries a thousand links waits in line; Telegram's calls do not wait behind them
_TOKEN = re.compile(r"[\w-]{32}", re.ASCII)
_STYLE = """*{box-sizing:border-box}body{font:1.25rem/1.6 sans-serif;max-width:32rem;margin:2rem auto;padding:0 1rem}
button{display:block;width:100%;min-height:3.5rem;font:inherit;font-weight:bold;border:0;border-radius:.5rem;
background:#0b57d0;color:#fff}button:focus{outline:.25rem solid #f9ab00}p{margin:1rem 0}p[lang=en]{color:#444}"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    **HEADERS,
    # form-action: Chrome asks it of the redirect that answers the form as well, and that leads to the meeting's https link
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self' https:; "
    "base-uri 'none'; frame-ancestors 'none'",
}
_PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>Xa Nhà</title><style>{style}</style>
<p>{vi}</p><p lang="en">{en}</p>{form}</html>"""
_FORM = """<form method="post" action="{path}"><input type="hidden" name="k" value="{key}">
<button>{vi} · <span lang="en">{en}</span></button></form>"""
_BODY = 1024  # bytes of a form with one field


def door_routes(settings: Settings, database: Database, clock: Clock, alarm: Alarm) -> list[Route]:
    """Return the door's one route; guesses are counted in it."""
    policies, gate = settings.policies(), asyncio.Semaphore(_AT_ONCE)
    policy, bot_token = policies.attendance, settings.token.get_secret_value()
    guesses = Guesses(policies.flood)

    async def enter(request: Request) -> Response:
        token, cookie = request.path_params["token"], request.cookies.get(COOKIE, "")
        if only_looks(request):
            return Response(status_code=204, headers=_HEADERS)
        if not _TOKEN.fullmatch(token) or not (cookie == "" or _TOKEN.fullmatch(cookie)):
            return page(Why.USELESS)
        now, address = clock(), who_asks(request)
        if not guesses.may_try(address, now):
            return page("many", status=429)
        confirmed = request.method == "POST" and await _is_ours(request, token, bot_token, policy.door)
        query = request.query_params.multi_items()
        telegram = proven_visitor(query, bot_token, lasts=policy.login_lasts, now=now)
        key, device = (
            request.cookies.get(PageLook.cookie, ""),
            device_of(request.headers.get("user-agent", "")),
        )

        def work(db: Session) -> Opened:
            visitor = chat_address(telegram) if telegram is not None else None
            return open_link(
                db,
                token,
                cookie=cookie,
                visitor=visitor or address_shown(db, key, device=device, policy=policies.page, now=now),
                confirmed=confirmed,
                policy=policy,
                now=now,
            )

        try:
            async with gate:
                opened = await asyncio.wrap_future(database.submit(work))
        except Exception as error:
            alarm.ring("door", error)
            return page("busy", status=503)
        if not opened.is_known and guesses.missed(address, now):
            alarm.say("door", "many links that do not exist were tried")
        if opened.why is Why.CONFIRM:
            return confirmation(request.url.path, form_key(bot_token, f"door:{token}"))
        return answer(opened, token, secure=policy.door.startswith("https://"))

    return [Route("/j/{token}", enter, methods=["GET", "HEAD", "POST"])]


# --- who asks -------------------------------------------------------------------------------------------------------


async def _is_ours(request: Request, token: str, bot_token: str, door: str) -> bool:
    """Whether our own page's button was tapped, by the browser's word and by what the form holds."""
    if not is_from_here(request, door):
        return False
    try:
        body = await read_body(request, _BODY)
        form = parse_qs(body.decode("ascii", "replace"), max_num_fields=4)
    except (ValueError, TooLarge):
        return False
    return is_form_key(form.get("k", [""])[0], bot_token, f"door:{token}")


# --- what is answered -----------------------------------------------------------------------------------------------


def answer(opened: Opened, token: str, *, secure: bool) -> Response:
    """Send the browser on, or say why not."""
    if opened.why is not Why.GO:
        return page(opened.why)
    response = RedirectResponse(
        opened.to, status_code=303, headers={**_HEADERS, "Referrer-Policy": "no-referrer"}
    )
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


def confirmation(path: str, key: str) -> HTMLResponse:
    """Ask for the one tap that goes in; it works without scripts."""
    words = phrases.DOOR_ENTER
    form = _FORM.format(path=path, key=key, vi=words.vi, en=words.en)
    return sentence(phrases.DOOR[Why.CONFIRM], status=200, form=form)


def page(why: str, *, status: int = 403) -> HTMLResponse:
    """Say why not."""
    return sentence(phrases.DOOR[why], status=status)


def sentence(words: Text, *, status: int, form: str = "") -> HTMLResponse:
    """Say it in both languages; the words are escaped already."""
    html = _PAGE.format(style=_STYLE, vi=words.vi, en=words.en, form=form)
    return HTMLResponse(html, status_code=status, headers=_HEADERS)
