"""How the page looks: its templates, its files, the headers that every answer has.

A message is the outbox's HTML (models/ground/markup.py); what only a messenger knows, covered words, is shown plainly.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
import re
import secrets
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from bot.web.guard import HEADERS
from handlers.ground.context import Given
from handlers.ground.form import Shape
from handlers.ground.whole import TYPED, PageQuestion, WholeView
from models.delivery.body import WireBody
from models.delivery.message import LOGIN
from models.delivery.policy import PagePolicy
from models.phrases.delivery import page as phrases
from models.phrases.text import Lang, Text

_HERE = Path(__file__).parent
_SPOKEN = {
    "failed": phrases.WAITS_FOR_NET, "sent": phrases.SENT_NOW, "again": phrases.SEND_AGAIN, "working": phrases.WORKING,
    "kept": phrases.kept_here(), "lookOver": phrases.look_over(), "tapAgain": phrases.tap_again(), "loses": phrases.loses_words(),
    "wholeFailed": phrases.NOT_SENT, "here": phrases.CLOCK_HERE, "home": phrases.CLOCK_HOME, "copied": phrases.COPIED,
    "notCopied": phrases.NOT_COPIED, "ring": phrases.RING, "ringOff": phrases.RING_NO_MORE, "notRung": phrases.NOT_RUNG,
    "keyFailed": phrases.KEY_FAILED,
}  # fmt: skip
# nothing from elsewhere, nothing inline; a page of ours within another's would be a way to have buttons tapped
_POLICY = (
    "default-src 'none';style-src 'self';script-src 'self';img-src 'self';media-src 'self';connect-src 'self';"
    "manifest-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'"
)
_PAGE_HEADERS = {
    **HEADERS,
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_PIECE = 64 * 1024  # bytes of a file that are sent at once
_LONG = 7  # choices: more stand in a list that opens
_COVER = re.compile(r"</?tg-[a-z]+[^>]*>")
_SHOWN = {"image/jpeg": "picture", "image/png": "picture", "audio/ogg": "sound"}


def shown_html(html: str) -> Markup:
    """Return a message's words for a browser."""
    return Markup(_COVER.sub("", html))  # noqa: S704 - escaped where it was filled in (models/phrases/text.py)


@dataclass(frozen=True, slots=True)
class Beyond:
    """What there is besides what a page shows."""

    waiting: int  # messages that want the second proof first
    older: int  # the place before which there are more; 0: there are none
    is_now: bool  # nothing newer
    is_working: bool  # what was sent is not answered yet
    together: int  # so many questions of the open form can be answered on one page


class PageLook:
    """Makes answers; knows nothing of who asks."""

    cookie = "__Host-so"

    def __init__(self, policy: PagePolicy) -> None:
        self._policy = policy
        self._made = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._files = _static_files()
        self._stamp = hashlib.sha256(b"".join(self._files.values())).hexdigest()[:10]
        self._made.globals.update(stamp=self._stamp, words=phrases)

    def page(
        self,
        lang: Lang,
        messages: Sequence[tuple[int, WireBody, bool, datetime]],
        *,
        key: str,
        person: str,
        beyond: Beyond,
        is_member: bool,
        is_wide: bool,
    ) -> Response:
        """Show what stands on a page, the newest last, and what does not. `is_wide`: with tables.

        `person`: by what the browser's scripts know whose the words are that they keep.
        """
        shown = [_Shown(*one) for one in messages]
        return self.answer(
            "page.html",
            lang,
            messages=shown,
            beside=_beside(shown) if beyond.is_now else "",
            key=key,
            once=secrets.token_urlsafe(9),
            person=person,
            is_member=is_member,
            is_wide=is_wide,
            **asdict(beyond),
            headers={"X-Read": "own"},  # a browser may keep it, to be read without a network
        )

    def whole(self, lang: Lang, view: WholeView, *, key: str, person: str, is_outdated: bool) -> Response:
        """Show questions of a form on one page. `is_outdated`: others were answered meanwhile, and this is how it stands."""
        form = view.form
        return self.answer(
            "whole.html",
            lang,
            about=view.about,
            asked=[_ShownQuestion(one, lang) for one in view.asked],
            refusal=view.refusal,
            asks_back=view.asks_back,
            past=view.past,
            is_outdated=is_outdated,
            is_anew=any(one.given != Given() for one in view.asked),
            form=f"{form.room}:{form.step}~{form.version}",
            looked_over=view.looked_over,
            typed=TYPED,
            key=key,
            person=person,
            once=secrets.token_urlsafe(9),
        )

    def way_in(
        self,
        lang: Lang,
        words: Text | None = None,
        *,
        typed: str = "",
        is_wrong: bool = False,
        has_left: bool = False,
        status: int = 200,
    ) -> Response:
        """Show who is not known how to come in; `words`: what has just happened; `typed`: what could not be sent; `is_wrong`: the code is."""
        return self.answer(
            "way_in.html", lang, said=words, typed=typed, is_wrong=is_wrong, has_left=has_left, status=status
        )

    def enter(self, lang: Lang, said: Text, button: Text, *, path: str, key: str) -> Response:
        """Ask for the one tap that lets in."""
        return self.answer("enter.html", lang, said=said, button=button, path=path, key=key)

    def key(self, lang: Lang, *, is_in: bool, may_make: bool, key: str) -> Response:
        """Show what a key on this device can do. `may_make`: the PIN was given a short while ago."""
        return self.answer("key.html", lang, is_in=is_in, may_make=may_make, key=key)

    def leave(self, lang: Lang, key: str) -> Response:
        """Ask whoever could not come in again by themselves whether they go out."""
        return self.answer("leave.html", lang, key=key)

    def once_more(self, lang: Lang) -> Response:
        """Let the browser ask again by itself: then it brings its cookie."""
        return self.answer("once_more.html", lang)

    def sentence(self, lang: Lang, said: Text, *, status: int) -> Response:
        return self.answer("sentence.html", lang, said=said, status=status)

    def file(self, name: str, data: bytes, ends: Callable[[], None]) -> Response:
        """Send a file: a picture or sound to be shown, everything else to be kept, and none to be run.

        `ends` is called when it is sent, or given up.
        """
        type_ = type_of(name)
        way = "inline" if type_ in _SHOWN else "attachment"
        headers = {
            **_PAGE_HEADERS,
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Content-Disposition": f"{way}; filename*=UTF-8''{quote(name)}",
            "Content-Length": str(len(data)),
        }
        return _InPieces(data, type_ if type_ in _SHOWN else "application/octet-stream", headers, ends)

    def answer(
        self,
        template: str,
        lang: Lang,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **given: object,
    ) -> Response:
        """Make a page of a template; `words` may be another room's than the page's."""

        def say(text: Text) -> Markup:
            return shown_html(text.to(lang))

        html = self._made.get_template(template).render(lang=lang.value, say=say, **given)
        return Response(
            html, status_code=status, media_type="text/html", headers={**_PAGE_HEADERS, **(headers or {})}
        )

    def static_routes(self) -> list[BaseRoute]:
        """Return the routes of what is the same for everybody: it may be kept for ever, under a path that changes with it."""
        files = self._files
        small = {name: gzip.compress(data, mtime=0) for name, data in files.items()}

        async def send(request: Request) -> Response:
            name = request.path_params["name"]
            if name not in files:
                return Response(status_code=404, headers=HEADERS)
            headers = {
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "public, max-age=31536000, immutable",
            }
            if name == "worker.js":  # of the whole page, and looked at each time
                headers |= {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
            if "gzip" in request.headers.get("accept-encoding", ""):
                headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
                return Response(small[name], media_type=type_of(name), headers=headers)
            return Response(files[name], media_type=type_of(name), headers=headers)

        return [Route(f"/s/{self._stamp}/{{name}}", send), Route("/s/{name}", send)]


class _InPieces(StreamingResponse):
    """As quickly as it is read, and no quicker."""

    def __init__(
        self, data: bytes, media_type: str, headers: Mapping[str, str], ends: Callable[[], None]
    ) -> None:
        self._data, self._ends = data, ends
        super().__init__(self._pieces(), media_type=media_type, headers=headers)

    async def _pieces(self) -> AsyncIterator[bytes]:
        for at in range(0, len(self._data), _PIECE):
            yield self._data[at : at + _PIECE]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._ends()


class _Shown:
    """One message as the template shows it."""

    def __init__(self, row: int, body: WireBody, own: bool, at: datetime) -> None:
        self.row, self.own, self.at = row, own, at
        # the words are whole, so that they can be moved to another account; here those to be handed on stand apart
        apart = body.share and body.share in body.text
        text = (
            body.text.replace(f"<code>{body.share}</code>", "").replace(body.share, "")
            if apart
            else body.text
        )
        self.html = shown_html(text.strip())
        self.share = Markup(body.share).unescape() if apart else ""  # noqa: S704 - shown as text, and escaped there
        self.beside = shown_html(body.beside)
        self.buttons = [[_ShownButton(label, to) for label, to in line] for line in body.buttons]
        self.file_name = "" if own else body.file_name
        self.sent_along = body.file_name if own else ""
        self.head, self.lines = body.table[:1], body.table[1:]
        in_table = {line[0] for line in self.lines}
        kept = [[one for one in line if one.to not in in_table] for line in self.buttons]
        self.besides = [line for line in kept if line]  # where the table is shown, its buttons stand in it
        self.kind = _SHOWN.get(type_of(body.file_name), "file")


def _beside(shown: Sequence[_Shown]) -> Markup | str:
    """What stands beside the newest, as long as the person has not gone on since."""
    for one in reversed(shown):
        if one.own:
            return ""
        if one.beside:
            return one.beside
    return ""


class _ShownButton:
    def __init__(self, label: str, to: str) -> None:
        self.label = label
        self.link = to.removeprefix(LOGIN) if to.startswith((LOGIN, "https://")) else ""
        self.to = to


class _ShownQuestion:
    """One question of a form on one page: what is asked names its field, the rest of its words describes it."""

    def __init__(self, one: PageQuestion, lang: Lang) -> None:
        self.name, self.given, self.shape = one.name, one.given, one.shape.value
        label, hint = _asked_and_said(one.words.to(lang))
        self.label, self.hint = shown_html(label), shown_html(hint)
        self.choices = [(key, label.to_plain(lang)) for key, label in one.choices]
        self.is_long = len(self.choices) > _LONG and one.shape is Shape.CHOICE


def _asked_and_said(html: str) -> tuple[str, str]:
    """Return the question itself and what else its words say, above all how it is answered."""
    lines = [line for line in html.splitlines() if line.strip()]
    asked = next((line for line in lines if "?" in line), lines[0])
    before, after = lines[: lines.index(asked)], lines[lines.index(asked) + 1 :]
    others = [*(line for line in before if not line.startswith("<b>")), *after]  # the page has a heading
    label, mark, rest = asked.partition("? ")
    if mark and "<" not in label:
        return f"{label}?", "\n".join([rest, *others])
    return asked, "\n".join(others)


def escaped(text: str) -> str:
    """Return what a person typed as a message's words."""
    return str(escape(text))


def type_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _static_files() -> dict[str, bytes]:
    """What is the same for everybody, by name; the page's script in each language, with what it says put before it."""
    files = {path.name: path.read_bytes() for path in sorted((_HERE / "static").iterdir())}
    script = files.pop("page.js")
    for lang in Lang:
        spoken = {name: text.to_plain(lang) for name, text in _SPOKEN.items()}
        words = f'"use strict";\nconst WORDS = {json.dumps(spoken, ensure_ascii=False)};\n'
        files[f"page.{lang.value}.js"] = words.encode() + script
    return files
