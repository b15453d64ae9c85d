"""The playground's web side: a page with a few phones and a time machine, and the calls it makes.

It stands on a `Stage` (who is there, what time it is) and on the phone's side of the Bot API stand-in; it knows
nothing of members or check-ins. The page listens with one long poll for all phones (`/api/changes`): a browser opens
at most six connections to a host, and four phones that each wait would leave two for everything else.

It is meant for 127.0.0.1 and says so itself: a foreign `Host` is refused (DNS rebinding), and a change is taken only
from the page's own origin.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE = Path(__file__).parent / "page"
_ROOT = Path(__file__).parents[2]
READ = {  # what a visitor may go on reading, by the page's language
    "vi": {
        "readme": "README.vi.md",
        "member": "docs/guide/member.md",
        "secretary": "docs/guide/secretary.md",
        "officer": "docs/guide/officer.md",
    },
    "en": {
        "readme": "README.md",
        "member": "docs/guide/member.md",
        "secretary": "docs/guide/secretary.md",
        "officer": "docs/guide/officer.md",
    },
}
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
LONGEST_WAIT = 25.0  # seconds of one long poll; proxies and people give up after 30
TAP_WAIT = 10.0  # seconds a tapped button may turn before we say that nobody answered
BIGGEST_FILE = 20 * 1024 * 1024  # what the Bot API lets a bot fetch
BIGGEST_JSON = 64 * 1024
SHOWN_INLINE = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp"}
)  # no SVG: it can hold a script
JUMPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1), "next": None}


# --- What the page stands on -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Phone:
    """One phone on the page."""

    user_id: int
    name: str
    about: Mapping[str, str]  # {"vi": …, "en": …}: who this is, in a few words
    zone: str  # IANA
    lang: str = "vi"
    short: str = ""  # for a narrow tab; the given name when empty
    guest: bool = False  # the phone that the visitor registers; invites offer it first
    discreet: bool = False  # its lock screen is shown, and tells nobody what it is about


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something the program did by itself while time passed."""

    at: datetime
    what: Mapping[str, str]  # {"vi": …, "en": …}


@dataclass(frozen=True, kw_only=True)
class TourStep:
    """One stop of the tour: whose phone to look at, what to see there, and what the page does when asked."""

    phone: int
    title: Mapping[str, str]
    text: Mapping[str, str]
    does: Mapping[str, str]  # the label of its button
    locks: bool = False  # begins at the lock screen


class PhoneOwner(Protocol):
    @property
    def blocked(self) -> bool: ...


class Phones(Protocol):
    """The side of the Bot API stand-in on which people hold their phones.

    What a phone cannot do (an unknown button, a blocked chat) raises LookupError or ValueError.
    """

    @property
    def bot(self) -> Mapping[str, Any]: ...  # its "username"
    @property
    def users(self) -> Mapping[int, PhoneOwner]: ...

    def says(self, user_id: int, text: str, /) -> object: ...
    def taps(self, user_id: int, message_id: int, data: str, /) -> str: ...
    def toast(self, callback_id: str, /) -> Mapping[str, Any] | None: ...
    def shares_contact(self, user_id: int, /) -> object: ...
    def sends_file(
        self,
        user_id: int,
        kind: str,
        name: str,
        data: bytes,
        /,
        *,
        caption: str = "",
        mime: str | None = None,
    ) -> object: ...
    def opened_link(self, user_id: int, payload: str, /) -> object: ...
    def blocks(self, user_id: int, /) -> object: ...
    def unblocks(self, user_id: int, /) -> object: ...
    def history(self, chat_id: int, /) -> Sequence[Mapping[str, Any]]: ...
    def reply_keyboard(self, chat_id: int, /) -> Mapping[str, Any] | None: ...
    def commands_for(self, chat_id: int, language: str, /) -> Sequence[Mapping[str, str]]: ...
    def revision(self, chat_id: int, /) -> int: ...
    async def wait_change(self, chat_id: int, since: int, seconds: float, /) -> object: ...
    def file(self, file_id: str, /) -> tuple[str, str, bytes]: ...


class Commune(Protocol):
    """The invented commune: its phones, its clock, its program."""

    @property
    def telegram(self) -> Phones: ...
    @property
    def door(self) -> str: ...  # where personal links lead
    @property
    def page(self) -> str: ...  # where the page is served, for who has no Telegram; empty: nowhere
    @property
    def rooms(self) -> str: ...  # where meetings are held; neither is outside: /browser/<user_id>/<host>/…

    def now(self) -> datetime: ...
    def phones(self) -> Sequence[Phone]: ...  # each in the language that is spoken with it now
    def tour(self) -> Sequence[TourStep]: ...
    def touched(
        self, user_id: int, /
    ) -> None: ...  # the visitor holds this phone: its person no longer acts alone
    async def next_at(self) -> datetime | None: ...
    async def advance(self, by: timedelta | datetime | None, /) -> Sequence[Happening]: ...
    async def guide(self, step: int, /) -> Sequence[Happening]: ...
    async def reset(self, lang: str, /) -> None: ...


def playground(stage: Commune, ending: asyncio.Event | None = None) -> list[Route]:
    """Return the page and its endpoints for a Starlette application; `ending` lets go of every waiting page."""
    return _Playground(stage, ending or asyncio.Event()).routes()


# --- What comes in ---------------------------------------------------------------------------------------------------


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Text(_Body):
    text: str


class _Tap(_Body):
    message_id: int
    data: str


class _Link(_Body):
    payload: str = ""


class _Jump(_Body):
    """By a while, or to eight in the morning of a day in Vietnam."""

    add: Literal["hour", "day", "week", "next"] | None = None
    to: date | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> _Jump:
        if (self.add is None) == (self.to is None):
            raise ValueError("add or to")
        return self


class _Step(_Body):
    step: int


class _Anew(_Body):
    lang: Literal["vi", "en"] = "vi"


class _Nothing(_Body):
    pass


BodyT = TypeVar("BodyT", bound=_Body)


async def _body(request: Request, limit: int) -> bytes:
    """The request's body, given up as soon as it is larger than it may be."""
    declared = request.headers.get("content-length", "0")
    if not declared.isdigit() or int(declared) > limit:
        raise HTTPException(413, f"At most {limit} bytes are taken.")
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > limit:
            raise HTTPException(413, f"At most {limit} bytes are taken.")
    return bytes(data)


async def _read(request: Request, shape: type[BodyT]) -> BodyT:
    # A form could be posted from any website without asking; JSON cannot.
    if _media_type(request) != "application/json":
        raise HTTPException(415, "Send application/json.")
    try:
        return shape.model_validate_json(await _body(request, BIGGEST_JSON))
    except ValidationError as error:
        raise HTTPException(422, f"Not what was expected: {error.error_count()} faults.") from error


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _known_revisions(text: str) -> dict[int, int]:
    """`7001:12,7002:3` -> {7001: 12, 7002: 3}."""
    try:
        pairs = (pair.split(":") for pair in text.split(",") if pair)
        return {int(user_id): int(revision) for user_id, revision in pairs}
    except ValueError as error:
        raise HTTPException(422, "since is written user:revision,user:revision.") from error


def _seconds(text: str) -> float:
    try:
        return min(max(float(text), 0.0), LONGEST_WAIT)
    except ValueError as error:
        raise HTTPException(422, "wait is a number of seconds.") from error


# --- The endpoints ---------------------------------------------------------------------------------------------------


@dataclass
class _Playground:
    stage: Commune
    ending: asyncio.Event
    #: Changes when the stage begins anew, also by a restart: revisions of another life mean nothing.
    life: str = field(default_factory=lambda: secrets.token_hex(4))
    #: Counts what changes without a message: time, a block. A page that missed one is answered at once.
    turn: int = 0
    happened: list[dict[str, object]] | None = None  # by the last jump: every window of the page shows it
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _jumping: asyncio.Lock = field(default_factory=asyncio.Lock)

    def routes(self) -> list[Route]:
        chat = "/api/chats/{user_id:int}"
        table: list[tuple[str, str, Callable[[Request], Awaitable[Response]]]] = [
            ("GET", "/", _index),
            ("GET", "/page/{name}", _static),
            ("GET", "/read/{lang}/{name}", _document),
            ("GET", "/api/alive", _alive),
            ("GET", "/api/stage", self.show_stage),
            ("GET", "/api/changes", self.changes),
            ("GET", chat, self.show_chat),
            ("POST", f"{chat}/text", self.say),
            ("POST", f"{chat}/tap", self.tap),
            ("POST", f"{chat}/contact", self.share_contact),
            ("POST", f"{chat}/file", self.send_file),
            ("POST", f"{chat}/link", self.open_link),
            ("POST", f"{chat}/block", self.block),
            ("POST", f"{chat}/unblock", self.unblock),
            ("GET", "/api/files/{file_id}", self.show_file),
            ("POST", "/api/time", self.jump),
            ("POST", "/api/tour", self.guide),
            ("POST", "/api/reset", self.reset),
        ]
        guard = [Middleware(OnlyHere)]
        return [Route(path, _plainly(do), methods=[method], middleware=guard) for method, path, do in table]

    # Reading

    async def show_stage(self, request: Request) -> Response:
        return JSONResponse(
            {
                **await self._clock(),
                "bot": {"username": self.stage.telegram.bot["username"]},
                "door": self.stage.door,
                "page": self.stage.page,
                "rooms": self.stage.rooms,
                "phones": self._phones(),
                "tour": [_step(one) for one in self.stage.tour()],
            }
        )

    async def show_chat(self, request: Request) -> Response:
        phone = self._phone(request)
        if "since" in request.query_params:
            seen = _known_revisions(f"{phone.user_id}:{request.query_params['since']}")
            await self._wait(seen, _seconds(request.query_params.get("wait", "0")))
        return JSONResponse(self._chat(phone))

    async def changes(self, request: Request) -> Response:
        """Return the chats that differ from what the page has seen, once there is one, or time has moved."""
        query = request.query_params
        seen = _known_revisions(query.get("since", ""))
        if (query.get("life"), query.get("turn")) == (self.life, str(self.turn)):
            await self._wait(seen, _seconds(query.get("wait", "0")))
        if query.get("life") != self.life:  # also when it began anew while we waited
            seen = {}
        telegram = self.stage.telegram
        chats = {
            str(phone.user_id): self._chat(phone)
            for phone in self.stage.phones()
            if telegram.revision(phone.user_id) != seen.get(phone.user_id)
        }
        return JSONResponse({**await self._clock(), "chats": chats})

    async def show_file(self, request: Request) -> Response:
        try:
            name, mime, data = self.stage.telegram.file(request.path_params["file_id"])
        except LookupError as error:
            raise HTTPException(404, "No such file.") from error
        inline = mime in SHOWN_INLINE and "download" not in request.query_params
        return Response(
            data,
            media_type=mime if inline or mime.startswith("audio/") else "application/octet-stream",
            headers={
                "content-disposition": f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(name, safe='')}",
                "content-security-policy": "default-src 'none'; sandbox",
                "cache-control": "private, max-age=3600",
            },
        )

    # Acting as the person who holds the phone

    async def say(self, request: Request) -> Response:
        phone, body = self._phone(request), await _read(request, _Text)
        if not body.text.strip():
            raise HTTPException(422, "An empty message cannot be sent.")
        with _as_a_phone():
            self.stage.telegram.says(phone.user_id, body.text)
        self.stage.touched(phone.user_id)
        return JSONResponse({})

    async def tap(self, request: Request) -> Response:
        """Press a button and wait, as a phone does, until the program has answered it."""
        phone, body = self._phone(request), await _read(request, _Tap)
        telegram = self.stage.telegram  # held: the stage may begin anew while we wait
        with _as_a_phone():
            callback_id = telegram.taps(phone.user_id, body.message_id, body.data)
        self.stage.touched(phone.user_id)
        waited = 0.0
        while (toast := telegram.toast(callback_id)) is None and waited < TAP_WAIT:
            await asyncio.sleep(0.02)
            waited += 0.02
        if toast is None:
            return JSONResponse({"answered": False, "text": "", "alert": False})
        return JSONResponse(
            {
                "answered": True,
                "text": toast.get("text") or "",
                "alert": bool(toast.get("show_alert")),
            }
        )

    async def share_contact(self, request: Request) -> Response:
        phone, _ = self._phone(request), await _read(request, _Nothing)
        with _as_a_phone():
            self.stage.telegram.shares_contact(phone.user_id)
        self.stage.touched(phone.user_id)
        return JSONResponse({})

    async def send_file(self, request: Request) -> Response:
        """Send a file: the body itself is the file, and the address says what it is. No form, so no form parser."""
        phone, query = self._phone(request), request.query_params
        if _media_type(request) != "application/octet-stream":
            raise HTTPException(415, "Send the file itself as application/octet-stream.")
        kind, name = query.get("kind", "document"), query.get("name", "")
        if kind not in {"photo", "document", "voice"} or not 0 < len(name) <= 255:
            raise HTTPException(422, "kind is photo, document or voice; name has 1 to 255 characters.")
        data = await _body(request, BIGGEST_FILE)
        if not data:
            raise HTTPException(422, "The file is empty.")
        mime, caption = query.get("mime") or None, query.get("caption", "")
        with _as_a_phone():
            self.stage.telegram.sends_file(phone.user_id, kind, name, data, caption=caption, mime=mime)
        return JSONResponse({})

    async def open_link(self, request: Request) -> Response:
        phone, body = self._phone(request), await _read(request, _Link)
        with _as_a_phone():
            self.stage.telegram.opened_link(phone.user_id, body.payload)
        self.stage.touched(phone.user_id)
        return JSONResponse({})

    async def block(self, request: Request) -> Response:
        phone, _ = self._phone(request), await _read(request, _Nothing)
        self.stage.telegram.blocks(phone.user_id)
        self._wake()  # a block is not a message: the chat's revision may stay
        return JSONResponse({})

    async def unblock(self, request: Request) -> Response:
        phone, _ = self._phone(request), await _read(request, _Nothing)
        self.stage.telegram.unblocks(phone.user_id)
        self._wake()
        return JSONResponse({})

    # Time

    async def jump(self, request: Request) -> Response:
        body = await _read(request, _Jump)
        to = JUMPS[body.add] if body.add else None
        if body.to is not None:
            return await self._travelled(self.stage.advance(_morning(body.to)))
        return await self._travelled(self.stage.advance(to))

    async def guide(self, request: Request) -> Response:
        """Do what a stop of the tour offers; 409 where the visitor has since gone another way."""
        body = await _read(request, _Step)
        if not 0 <= body.step < len(self.stage.tour()):
            raise HTTPException(404, "No such stop.")
        with _as_a_phone():
            return await self._travelled(self.stage.guide(body.step))

    async def _travelled(self, travel: Awaitable[Sequence[Happening]]) -> Response:
        async with self._jumping:
            before = self.stage.now()
            happened = await travel
        if happened or self.stage.now() - before > timedelta(minutes=1):  # a stop of the tour may not travel
            self.happened = [{"at": _iso(each.at), "what": dict(each.what)} for each in happened]
        self._wake()
        return JSONResponse(await self._clock())

    async def reset(self, request: Request) -> Response:
        body = await _read(request, _Anew)
        async with self._jumping:
            await self.stage.reset(body.lang)
        self.life, self.happened = secrets.token_hex(4), None
        self._wake()
        return JSONResponse(await self._clock())

    # Parts

    def _phone(self, request: Request) -> Phone:
        for phone in self.stage.phones():
            if phone.user_id == request.path_params["user_id"]:
                return phone
        raise HTTPException(404, "No such phone.")

    def _phones(self) -> list[dict[str, object]]:
        return [
            {
                "user_id": phone.user_id,
                "name": phone.name,
                "short": phone.short,
                "about": dict(phone.about),
                "zone": phone.zone,
                "lang": phone.lang,
                "guest": phone.guest,
                "discreet": phone.discreet,
            }
            for phone in self.stage.phones()
        ]

    def _chat(self, phone: Phone) -> dict[str, object]:
        telegram = self.stage.telegram
        return {
            "rev": telegram.revision(phone.user_id),
            "messages": list(telegram.history(phone.user_id)),
            "reply_keyboard": telegram.reply_keyboard(phone.user_id),
            "commands": list(telegram.commands_for(phone.user_id, phone.lang)),
            "blocked": telegram.users[phone.user_id].blocked,
            "lang": phone.lang,
        }

    async def _clock(self) -> dict[str, object]:
        next_at = await self.stage.next_at()
        users = self.stage.telegram.users
        blocked = [phone.user_id for phone in self.stage.phones() if users[phone.user_id].blocked]
        return {
            "life": self.life,
            "turn": self.turn,
            "now": _iso(self.stage.now()),
            "next_at": _iso(next_at) if next_at else None,
            "blocked": blocked,
            "happened": self.happened,
        }

    def _wake(self) -> None:
        """Ends every waiting poll: something changed that is not a message."""
        self.turn += 1
        self._woken.set()
        self._woken = asyncio.Event()

    async def _wait(self, seen: Mapping[int, int], seconds: float) -> None:
        telegram = self.stage.telegram
        if any(telegram.revision(user_id) != revision for user_id, revision in seen.items()):
            return
        waiting: list[asyncio.Task[object]] = [
            asyncio.create_task(_any(telegram.wait_change(user_id, revision, seconds)))
            for user_id, revision in seen.items()
        ]
        waiting += [asyncio.create_task(_any(one.wait())) for one in (self._woken, self.ending)]
        try:
            await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _cancel(waiting)


@contextmanager
def _as_a_phone() -> Iterator[None]:
    """What the stand-in does not let a phone do (an unknown button, a chat never begun) is an answer, not our bug."""
    try:
        yield
    except (LookupError, ValueError) as refused:
        raise HTTPException(409, str(refused) or "A phone could not do that.") from refused


async def _any(awaitable: Awaitable[object]) -> object:
    return await awaitable


async def _cancel(tasks: Iterable[asyncio.Task[object]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


async def _index(request: Request) -> Response:
    return FileResponse(PAGE / "index.html", headers={"cache-control": "no-cache"})


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in {"style.css", "chat.css", "chat.js", "playground.js", "words.js", "tour.js", "icon.svg"}:
        raise HTTPException(404, "No such part of the page.")
    return FileResponse(PAGE / name, headers={"cache-control": "no-cache"})


async def _document(request: Request) -> Response:
    """A guide as it is written: Markdown reads well as plain text."""
    place = READ.get(request.path_params["lang"], {}).get(request.path_params["name"])
    if place is None or not (_ROOT / place).is_file():
        raise HTTPException(404, "No such document.")
    return FileResponse(_ROOT / place, media_type="text/plain; charset=utf-8")


async def _alive(request: Request) -> Response:
    """The page asks every few seconds, so that a program that hangs is noticed before anything is typed."""
    return JSONResponse({})


def _step(one: TourStep) -> dict[str, object]:
    return {
        "phone": one.phone,
        "title": dict(one.title),
        "text": dict(one.text),
        "does": dict(one.does),
        "locks": one.locks,
    }


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), ZoneInfo("Asia/Ho_Chi_Minh"))


def _plainly(
    endpoint: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Says in JSON what was refused."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except HTTPException as refused:
            return JSONResponse({"error": refused.detail}, status_code=refused.status_code)
        except (
            ClientDisconnect,
            asyncio.CancelledError,
        ):  # nobody waits any more: the page left, or we are asked to end
            return Response(status_code=499)

    return answer


# --- Only from here --------------------------------------------------------------------------------------------------

_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}


class OnlyHere:
    """Refuses what another website sent through the visitor's browser, and closes every answer against reuse."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = _why_not(Headers(scope=scope), scope["method"], scope["path"])
        if refused:
            await JSONResponse({"error": refused}, status_code=403)(scope, receive, send_closed)
        else:
            await self.app(scope, receive, send_closed)


def _why_not(headers: Headers, method: str, path: str) -> str | None:
    host = headers.get("host", "")
    if _host_name(host) not in LOCAL_NAMES:
        return "This page answers only on this machine: open it as localhost or 127.0.0.1."
    # Browsers say where a request comes from; other programs do not, and are on this machine anyway.
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if path.startswith("/api/") and site not in {None, "same-origin", "none"}:
        return "Only the page itself may ask."
    if method == "POST" and origin is not None and urlsplit(origin).netloc != host:
        return "Only the page itself may change something."
    return None


def _host_name(host: str) -> str | None:
    with suppress(ValueError):
        return urlsplit(f"//{host}").hostname
    return None
