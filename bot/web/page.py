"""The page: the second door. Every screen and form of a room as plain HTML that works without scripts.

    GET  /                what stands on this browser's page, what waits for it included; nobody yet: the way in
    POST /say             a text, a file, or both             ┐ stored in the inbox under a key of the form, stepped like any
    POST /part            a piece of a large file, which /say then names
    POST /tap             a button                            ┘ update, then 303 to /: posted twice is once
    GET  /whole, POST /whole        the open form on one page (whole.py)
    GET  /file/<row>      a file that was sent to this page
    GET  /i/<token>       an invite     ┐ one button; looking changes nothing, whoever looks
    GET  /o/<token>       a page link   ┘ POST lets the browser in
    GET  /p/<token>, POST /p/<token>      one person's papers, by a link, once (papers.py)
    POST /in              a return code, typed by whoever lost the old browser
    POST /out             "Thoát": the key, what is stored in the browser and, of the last one, the page are gone
    GET  /events          the browser's scripts wait here for something new
    GET  /push/key, POST /push      its scripts let it be rung (push.py)

A browser is let in by its cookie (models/people/browser.py). What the person reads is taken from the outbox in the transaction
that marks it as sent. Forms carry a key bound to the browser, and are taken from our own page only. Nothing of a call is
logged: paths are secrets.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TypeVar

from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.alarm import Alarm
from bot.receiving import Receiver
from bot.settings import Settings
from bot.web.ear import posted
from bot.web.guard import (
    FIELDS,
    HEADERS,
    Places,
    TooLarge,
    claims_more,
    form_key,
    is_form_key,
    is_from_here,
    is_photo,
    only_looks,
    read_body,
    read_form,
    spoken_by,
    who_asks,
)
from bot.web.look import Beyond, PageLook, escaped
from bot.web.push import push_routes
from handlers.ground.context import Context, Incoming, Kind
from handlers.ground.whole import Flows, count_together
from models.delivery.body import WireBody
from models.delivery.conversation import Conversation, current_conversation
from models.delivery.flood import Bucket, Guesses
from models.delivery.inbox import Received
from models.delivery.message import Lane
from models.delivery.page import PageFile, file_on_page, note_own, page_of, take_page, waits_for
from models.delivery.protected import protect
from models.delivery.upload import UploadTooLarge, take_part, whole_upload
from models.entry.invite import invite_in
from models.entry.knock import note_visit
from models.ground.channel import Address
from models.ground.clock import Clock
from models.ground.db import Database
from models.ground.errors import Refused
from models.people.browser import (
    Browser,
    BrowserEnd,
    LetIn,
    device_of,
    end_browser,
    is_proved,
    is_wide,
    let_in,
    new_page,
    open_browser,
    use_page_link,
)
from models.people.member import Member, account_at, open_accounts, speaker
from models.people.passkey import passkeys_of
from models.people.rights import holds_office
from models.people.secret import CODE_DIGITS, SecretKind, digits_of, has_secret, names_a_code
from models.phrases.delivery import page as phrases
from models.phrases.text import Lang, Text
from models.policies import Policies

T = TypeVar("T")
_FORM = 64 * 1024  # bytes of a form without a file
_MANY = 300  # fields of a form on one page
_PIECE = 64 * 1024  # bytes of a large file that come at once
_AT_ONCE = 32  # pages that are made side by side; the rest wait in line
_LISTENERS = 200  # browsers whose scripts wait for something new; the others reload
_LISTENS_OF_ONE = 3  # tabs of one browser that do
_FILES_OF_ONE, _FILES = (
    2,
    40,
)  # that one browser, and all, bring at the same time; they lie on the disk as they come
_LOADS_OF_ONE, _LOADS = 3, 20  # the same of files that are fetched: whoever reads slowly has them in memory
_IN_HAND = 4  # files that are read into memory side by side, until they are stored
_BEHIND = 3  # of one address that wait for their step; more files are not taken
_LISTENS = 300  # seconds: proxies cut what is longer, and a script comes again
_EVERY = 3.0  # seconds between two looks for something new
_WORKING = "working"  # in the page's address: what was sent is not answered yet
_COOKIE_SECONDS = (
    400 * 86_400
)  # as long as browsers keep one: when it is over we know, and say so to whoever still brings it
_PATIENCE = 15.0  # seconds that a browser waits for its answer; then it reads what is there

Served = Callable[[Request], Awaitable[Response]]


class Sight(StrEnum):
    """What may be read in a browser."""

    OWN = "own"  # whoever holds no office is told nothing about others
    UNPROVED = "unproved"  # an office's matters wait for the second proof
    PROVED = "proved"


_LANES = {
    Sight.OWN: Lane.BULK,
    Sight.UNPROVED: Lane.REPLY,
    Sight.PROVED: Lane.BULK,
}  # what comes unasked is no reply


@dataclass(frozen=True, slots=True)
class Here:
    """A browser that was let in, and how its person is spoken to."""

    browser: LetIn
    lang: Lang
    member_id: int | None = None

    @property
    def address(self) -> Address:
        return self.browser.address


class WebPage:
    def __init__(
        self,
        settings: Settings,
        database: Database,
        receiver: Receiver,
        clock: Clock,
        alarm: Alarm,
        *,
        leads: Callable[[], bool],
        flows: Flows,
    ) -> None:
        self._database, self._receiver, self.clock, self._alarm = database, receiver, clock, alarm
        self.policies: Policies = settings.policies()
        self.door = self.policies.attendance.door
        self.secret = settings.token.get_secret_value()
        self._leads = leads  # whether this process steps what it takes in
        self._flows = flows
        self.look = PageLook(self.policies.page)
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self.guesses, flood = Guesses(self.policies.flood), self.policies.flood
        # codes that begin as one does are counted apart: who tries them at random keeps nobody out who has one
        self._near = Guesses(flood)
        self._codes, self._near_codes = (
            Bucket.full(flood.codes_burst, flood.codes_every, clock()) for _ in range(2)
        )  # of all askers together
        self._largest = self.policies.file.megabytes * 1_000_000
        self._listeners = Places(each=_LISTENS_OF_ONE, together=_LISTENERS)
        self._coming = Places(each=_FILES_OF_ONE, together=_FILES)
        self.going = Places(each=_LOADS_OF_ONE, together=_LOADS)
        self._hands = asyncio.Semaphore(_IN_HAND)

    def routes(self) -> list[BaseRoute]:
        """Return the page's routes, the first of the server's: what they do not know is another's."""
        served = {
            "/": ("GET", self.show), "/say": ("POST", self.say), "/tap": ("POST", self.tap),
            "/part": ("POST", self.part), "/file/{row:int}": ("GET", self.file), "/i/{token}": ("GET POST", self.invite),
            "/o/{token}": ("GET POST", self.link), "/in": ("POST", self.come_back), "/out": ("POST", self.leave),
            "/events": ("GET", self.events),
        }  # fmt: skip
        routes = [
            Route(path, self.guarded(run), methods=methods.split()) for path, (methods, run) in served.items()
        ]
        rung = push_routes(
            self._database, self.clock, self.policies.push, door=self.door, visitor=self.here,
            is_ours=self._is_form_key, keep_key=self.keep_key, guarded=self.guarded,
        )  # fmt: skip
        return [*routes, *rung, *self.look.static_routes()]

    # --- what a person reads ----------------------------------------------------------------------------------------

    async def show(self, request: Request) -> Response:
        if only_looks(request):  # what stands on the page counts as read
            return Response(status_code=204, headers=HEADERS)
        here = await self.here(request)
        if here is None:
            if _came_from_elsewhere(request):
                return self.look.once_more(spoken_by(request))
            return await self.nobody(request, status=200)
        asked = request.query_params
        return await self._shown(
            request, here, _number(asked.get("before", "")), is_working=_WORKING in asked
        )

    async def _shown(
        self, request: Request, here: Here, before: int | None = None, *, is_working: bool = False
    ) -> Response:
        work = partial(self._read, here=here, before=before)
        messages, waiting, older = await self.ask(work)
        is_now = before is None
        together = await self._together(here) if is_now else 0
        return self.keep_key(
            self.look.page(
                here.lang,
                messages,
                key=self.key_of(here),
                beyond=Beyond(waiting, older, is_now, is_working, together),
                person=self.person_mark(here),
                is_member=here.member_id is not None,
                is_wide=is_wide(device_of(request.headers.get("user-agent", ""))),
            ),
            here,
        )

    def _read(
        self, db: Session, here: Here, before: int | None
    ) -> tuple[list[tuple[int, WireBody, bool, datetime]], int, int]:
        """What stands there, after what waits was put there; how many wait for the second proof; the oldest place."""
        now, page = self.clock(), self.policies.page
        sight = self._sight(db, here, now)
        if before is None:
            take_page(
                db,
                here.address,
                now=now,
                outbox=self.policies.outbox,
                page=page,
                up_to=_LANES[sight],
                behind_proof=sight is Sight.PROVED,
            )
            self._note_visit(db, here, now)
        is_all = sight is not Sight.UNPROVED
        rows, has_older = page_of(db, here.address, limit=page.shown, before=before, proved=is_all)
        waiting = 0 if is_all else waits_for(db, here.address, now=now)
        shown = [(row.id, row.body, row.own, row.at) for row in rows]
        return shown, waiting, rows[0].place if has_older and rows else 0

    async def _together(self, here: Here) -> int:
        """How many of the open form's questions one page would show."""

        def work(db: Session) -> int:
            trial = db.begin_nested()  # looking leaves no trace
            try:
                return count_together(self.context(db, here), self._flows)
            except Refused:  # its right has ended: the next answer is told so
                return 0
            finally:
                trial.rollback()

        try:
            return await self.ask(work)
        except Exception as error:  # the page is worth more than an offer on it
            self._alarm.ring("page.whole", error)
            return 0

    def _note_visit(self, db: Session, here: Here, now: datetime) -> None:
        account = account_at(db, here.address)
        if account is not None:
            note_visit(db, account, self.policies.reachability, self.policies.checkin, now=now)

    def _sight(self, db: Session, here: Here, now: datetime) -> Sight:
        found = speaker(db, here.address)
        if found is None or not holds_office(db, found[1].id, now=now):
            return Sight.OWN
        row = db.get(Browser, here.browser.id)
        return Sight.PROVED if is_proved(row, self.policies.page, now=now) else Sight.UNPROVED

    async def file(self, request: Request) -> Response:
        here = await self.here(request)
        row = request.path_params["row"]
        if here is None:
            return await self.nobody(request)

        def work(db: Session) -> PageFile | None:
            sight = self._sight(db, here, self.clock())
            return file_on_page(db, here.address, row, proved=sight is not Sight.UNPROVED)

        with ExitStack() as going:
            if not going.enter_context(self.going.held(here.browser.id)):
                return self.look.sentence(here.lang, phrases.busy(), status=503)
            found = await self.ask(work)
            if found is None:
                return self.look.sentence(here.lang, phrases.no_file(), status=404)
            data = found.data
            if found.password:  # beside everything else: it takes 100 ms
                data = await asyncio.to_thread(protect, found.name, found.data, found.password)
            # the place is held until the answer is sent
            return self.keep_key(self.look.file(found.name, data, ends=going.pop_all().close), here)

    async def events(self, request: Request) -> Response:
        """Say that something is new; the script then fetches the page as anybody does."""
        here = await self.here(request)
        if here is None:
            return Response(status_code=204, headers=HEADERS)

        async def listen() -> AsyncIterator[bytes]:
            ends = asyncio.get_running_loop().time() + _LISTENS
            with self._listeners.held(here.browser.id) as has_one:
                yield b"retry: 5000\n\n"
                while (
                    has_one and asyncio.get_running_loop().time() < ends
                ):  # else: the script comes again later
                    if await self.ask(partial(self._is_new, here=here)):
                        yield b"data: new\n\n"
                        return
                    await asyncio.sleep(_EVERY)
                    yield b":\n\n"

        return self.keep_key(
            StreamingResponse(listen(), media_type="text/event-stream", headers=HEADERS), here
        )

    def _is_new(self, db: Session, here: Here) -> bool:
        now = self.clock()
        return waits_for(db, here.address, now=now, up_to=_LANES[self._sight(db, here, now)]) > 0

    # --- what a person says -----------------------------------------------------------------------------------------

    async def say(self, request: Request) -> Response:
        here = await self.here(request)
        if here is None:
            return await self.nobody(request)
        if not claims_more(request, _FORM):
            return await self._say(request, here)
        with self._coming.held(here.browser.id) as has_one:
            if not has_one or self._receiver.behind(here.address) >= _BEHIND:
                return self.look.sentence(here.lang, phrases.busy(), status=503)
            return await self._say(request, here)

    async def _say(self, request: Request, here: Here) -> Response:
        form = await self._form_of(request, here, self._largest + _FORM)
        if isinstance(form, Response):
            return form
        async with self._hands if _brings_file(form) else nullcontext():
            item = await self._said(request, here, form)
            if item is None:
                return self.back(here)
            await self._accept(item)
        return await self._shown_after(request, replace(item, body=b""), here)

    async def _said(self, request: Request, here: Here, form: FormData) -> Received | None:
        """What was said, as it is stored; None: nothing was."""
        text, upload = str(form.get("text", "")), form.get("file")
        data, name, type_ = await self._file_of(here, form, upload)
        if not text.strip() and not data:
            return None
        key = self.key(here, form, text, name, hashlib.sha256(data).hexdigest())
        own = row_of(key)
        words = WireBody(text=escaped(text), file_name=name if data else "")
        await self.ask(partial(self._note, here=here, row=own, words=words))
        return posted(
            key,
            here.address,
            Kind.FILE if data else Kind.TEXT,
            at=self.clock(),
            text=text,
            message_id=own,
            language=spoken_by(request).value,
            browser=here.browser.id,
            file_name=name,
            picture=is_photo(type_),
            file=data,
        )

    async def _file_of(self, here: Here, form: FormData, upload: object) -> tuple[bytes, str, str]:
        """The bytes, name and type of what was sent along, at once or in pieces; all empty where nothing was."""
        if isinstance(upload, UploadFile):
            data = await upload.read()
            await form.close()  # a large one lies in a file of its own
            return data, upload.filename or "", upload.content_type or ""
        pieces = str(form.get("upload", ""))[:64]
        if not pieces:
            return b"", "", ""
        data = await self.ask(partial(whole_upload, address=here.address, upload=pieces))
        return data, str(form.get("name", "")), str(form.get("type", ""))

    async def part(self, request: Request) -> Response:
        """Take a piece of a large file; say how many bytes are here, and the browser goes on from there."""
        here, query = await self.here(request), request.query_params
        key = f"page:{here.browser.id}" if here is not None else ""
        if (
            here is None
            or not is_from_here(request, self.door)
            or not is_form_key(query.get("k", ""), self.secret, key)
        ):
            return Response(status_code=403, headers=HEADERS)
        try:
            data = await read_body(request, _PIECE)
            work = partial(
                take_part,
                address=here.address,
                upload=query.get("upload", "")[:64],
                begins=_number(query.get("at", "")) or 0,
                data=data,
                most=self._largest,
                now=self.clock(),
            )
            taken = await self.ask(work)
        except (TooLarge, UploadTooLarge):
            return Response(status_code=413, headers=HEADERS)
        return self.keep_key(Response(str(taken), media_type="text/plain", headers=HEADERS), here)

    def _note(self, db: Session, here: Here, row: int, words: WireBody) -> None:
        note_own(db, here.address, row, words, now=self.clock())

    async def tap(self, request: Request) -> Response:
        given = await self.posted(request, _FORM)
        if isinstance(given, Response):
            return given
        here, form = given
        data, row = str(form.get("to", "")), _number(str(form.get("row", "")))
        if not data or len(data) > 200:
            return self.back(here)
        item = posted(
            self.key(here, form, data, str(row)),
            here.address,
            Kind.BUTTON,
            at=self.clock(),
            data=data,
            message_id=row,
            language=spoken_by(request).value,
            browser=here.browser.id,
        )
        await self._accept(item)
        return await self._shown_after(request, item, here)

    async def step(self, item: Received) -> bool:
        """Store it and wait for its step; False: it takes longer than anybody waits."""
        await self._accept(item)
        return await self._receiver.answered(item, patience=_PATIENCE)

    async def _accept(self, item: Received) -> None:
        await self._receiver.accept([item], step=self._leads())
        if not self._leads():
            self._receiver.hurry()

    async def _shown_after(self, request: Request, item: Received, here: Here) -> Response:
        """Show the page after the step of what was stored; it is not lost, however long the step takes.

        Without scripts the browser is sent to the page, so that a reload posts nothing again; scripts take it as the answer,
        which spares a slow network one way there and back.
        """
        is_working = not await self._receiver.answered(item, patience=_PATIENCE)
        if request.headers.get("x-answer") == "page":
            return await self._shown(request, here, is_working=is_working)
        return self.back(here, is_working=is_working)

    def key(self, here: Here, form: FormData, *what: str) -> str:
        """Return the key of what was posted: the same form posted again, by a second click, a reload or a browser that was cut off, is the same update."""
        once = str(form.get("once", ""))[:64]
        said = "\0".join((str(here.browser.id), once, *what))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:40]

    # --- the ways in, and out ---------------------------------------------------------------------------------------

    async def invite(self, request: Request) -> Response:
        """Open an invite: one button, then as if its link had been opened on the messenger."""
        return await self._enter(request, self._by_invite, phrases.begin(), phrases.BEGIN)

    async def _by_invite(self, request: Request, token: str) -> tuple[Here, str] | None:
        device, lang = device_of(request.headers.get("user-agent", "")), spoken_by(request)

        def work(db: Session) -> tuple[int, Address, str] | None:
            if invite_in(db, token) is None:
                return None
            row, key = open_browser(db, new_page(), device=device, now=self.clock())
            return row.id, row.address, key

        opened = await self.ask(work)
        if opened is None:
            return None
        here = Here(LetIn(opened[0], opened[1], opened[2]), lang)
        await self._bring(here, f"/start {token}", lang)
        return here, "/"

    async def link(self, request: Request) -> Response:
        """Open the page by a link that its person has made on another device, or on the messenger."""
        return await self._enter(request, self._by_link, phrases.open_here(), phrases.OPEN_HERE)

    async def _by_link(self, request: Request, token: str) -> tuple[Here, str] | None:
        device, lang = device_of(request.headers.get("user-agent", "")), spoken_by(request)

        def work(db: Session) -> tuple[int, Address, str] | None:
            found = use_page_link(db, token, device=device, now=self.clock())
            return (found[0].id, found[0].address, found[1]) if found is not None else None

        opened = await self.ask(work)
        if opened is None:
            return None
        here = Here(LetIn(opened[0], opened[1], opened[2]), lang)
        await self._bring(here, "/menu", lang)
        return here, "/"

    async def come_back(self, request: Request) -> Response:
        """Take a return code, typed where nobody is known: a message like on any channel, from a new address."""
        form = await read_form(request, _FORM)
        asker, now, lang = who_asks(request), self.clock(), spoken_by(request)
        if form is None or not is_from_here(request, self.door):
            return self.look.way_in(lang, status=403)
        code = str(form.get("code", "")).strip()[:64]
        if not code:
            return self.look.way_in(lang)
        is_near = len(digits_of(code)) == CODE_DIGITS and await self._is_near(code)
        guesses, codes = (self._near, self._near_codes) if is_near else (self.guesses, self._codes)
        if not guesses.may_try(asker, now):
            return self.look.way_in(lang, phrases.too_many(), status=429)
        if guesses.missed(asker, now):  # each try counts: a right one comes once
            self._alarm.say("page", "many return codes were tried")
        if len(digits_of(code)) != CODE_DIGITS:
            return self.look.way_in(lang, phrases.wrong_code(), is_wrong=True, status=403)
        if not codes.take(now):
            return self.look.way_in(lang, phrases.too_many(), status=429)
        device = device_of(request.headers.get("user-agent", ""))

        def work(db: Session) -> tuple[int, Address, str]:
            row, key = open_browser(db, new_page(), device=device, now=self.clock())
            return row.id, row.address, key

        id, address, key = await self.ask(work)
        here = Here(LetIn(id, address, key), lang)
        await self._bring(here, code, lang)
        known = await self.ask(lambda db: speaker(db, address) is not None)
        if not known:  # a wrong code leaves nothing open
            await self.ask(partial(self._close, browser_id=id))
            return self.look.way_in(lang, phrases.wrong_code(), is_wrong=True, status=403)
        await self._bring(here, "/menu", lang)
        return self.back(here)

    async def _is_near(self, code: str) -> bool:
        async with self._turns:
            return await self.ask(lambda db: names_a_code(db, code))

    async def _bring(self, here: Here, text: str, lang: Lang) -> None:
        key = hashlib.sha256(f"{here.browser.id}:{text}".encode()).hexdigest()[:40]
        item = posted(
            key,
            here.address,
            Kind.TEXT,
            at=self.clock(),
            text=text,
            language=lang.value,
            browser=here.browser.id,
        )
        await self.step(item)

    async def _enter(
        self,
        request: Request,
        let: Callable[[Request, str], Awaitable[tuple[Here, str] | None]],
        words: Text,
        button: Text,
    ) -> Response:
        token, lang, now, asker = (
            request.path_params["token"],
            spoken_by(request),
            self.clock(),
            who_asks(request),
        )
        bound = f"enter:{token}"
        if request.method == "GET":
            if only_looks(request):
                return Response(status_code=204, headers=HEADERS)
            return self.look.enter(
                lang, words, button, path=request.url.path, key=form_key(self.secret, bound)
            )
        form = await read_form(request, _FORM)
        if form is None or not is_from_here(request, self.door):
            return self.look.way_in(lang, status=403)
        if not is_form_key(str(form.get("k", "")), self.secret, bound):
            return self.look.way_in(lang, status=403)
        found = await let(request, token)
        if found is None:
            # a network hides thousands behind one address: whoever has a link that there is does not wait for those who guess
            may_try = self.guesses.may_try(asker, now)
            if self.guesses.missed(asker, now):
                self._alarm.say("page", "many links that do not exist were tried")
            words, status = (phrases.useless_link(), 403) if may_try else (phrases.too_many(), 429)
            return self.look.way_in(lang, words, status=status)
        here, to = found
        return self.keep_key(self._see(to), here)

    async def leave(self, request: Request) -> Response:
        given = await self.posted(request, _FORM)
        if isinstance(given, Response):
            return given
        here, form = given
        if not form.get("sure") and not await self.ask(partial(self._can_come_back, here=here)):
            return self.keep_key(self.look.leave(here.lang, self.key_of(here)), here)
        await self.ask(partial(self._close, browser_id=here.browser.id))
        response = self.look.way_in(here.lang, phrases.you_left(), has_left=True)
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        response.delete_cookie(self.look.cookie, path="/", secure=True, httponly=True, samesite="strict")
        return response

    def _can_come_back(self, db: Session, here: Here) -> bool:
        """Whether whoever goes out can come in again by themselves: a code, a key, or an account elsewhere."""
        found = speaker(db, here.address)
        if found is None:
            return True
        member = found[1].id
        has_code = has_secret(db, member, SecretKind.RETURN_CODE)
        return has_code or bool(passkeys_of(db, member)) or len(open_accounts(db, member)) > 1

    def _close(self, db: Session, browser_id: int) -> None:
        row = db.get_one(Browser, browser_id)
        end_browser(db, row, BrowserEnd.LEFT, now=self.clock())

    # --- within -----------------------------------------------------------------------------------------------------

    def guarded(self, run: Served) -> Served:
        """Answer with a sentence where something of ours has failed."""

        async def guarded(request: Request) -> Response:
            try:
                return await run(request)
            except HTTPException:  # 413
                words = phrases.too_large(megabytes=self.policies.file.megabytes)
                return self.look.sentence(spoken_by(request), words, status=413)
            except Exception as error:  # the database is away: what was typed stands in the browser still
                self._alarm.ring("page", error)
                return self.look.sentence(spoken_by(request), phrases.busy(), status=503)

        return guarded

    async def here(self, request: Request) -> Here | None:
        """Return the browser that asks, if it is let in."""
        key = request.cookies.get(self.look.cookie, "")
        device, now = device_of(request.headers.get("user-agent", "")), self.clock()
        heard = spoken_by(request)

        def work(db: Session) -> Here | None:
            found = let_in(db, key, secret=self.secret, device=device, policy=self.policies.page, now=now)
            if found is None:
                return None
            known = speaker(db, found.address)
            if known is None:
                return Here(found, _spoken_in(current_conversation(db, found.address), heard))
            return Here(found, Lang(known[1].lang), known[1].id)

        if not key:
            return None
        async with self._turns:
            return await self.ask(work)

    async def posted(
        self, request: Request, most: int, *, fields: int = FIELDS
    ) -> tuple[Here, FormData] | Response:
        """Return the form of our own page, by a browser that was let in; else what is answered."""
        here = await self.here(request)
        if here is None:
            return await self.nobody(request)
        form = await self._form_of(request, here, most, fields)
        return form if isinstance(form, Response) else (here, form)

    async def _form_of(
        self, request: Request, here: Here, most: int, fields: int = FIELDS
    ) -> FormData | Response:
        """The form of our own page that was posted; else what is answered."""
        form = await read_form(request, most, fields=fields)
        is_ours = form is not None and self._is_form_key(here, str(form.get("k", "")))
        if form is None or not is_from_here(request, self.door) or not is_ours:
            return self.look.way_in(here.lang, status=403)
        return form

    async def nobody(self, request: Request, *, status: int = 403) -> Response:
        """Show how to come in; to a browser that was let in once, that this is over, and what was typed and is not sent."""
        is_over = self.look.cookie in request.cookies
        typed = await self._unsent(request) if is_over else ""
        words = phrases.page_is_closed() if is_over else None
        return self.look.way_in(spoken_by(request), words, typed=typed, status=status)

    async def _unsent(self, request: Request) -> str:
        """The words of a form of ours that came too late; scripts keep them by themselves."""
        is_small = request.method == "POST" and not claims_more(request, _FORM)
        if not is_small or request.headers.get("x-answer") or not is_from_here(request, self.door):
            return ""
        form = await read_form(request, _FORM, fields=_MANY)
        if form is None:
            return ""
        texts = [one for name, one in form.multi_items() if isinstance(one, str) and _is_words(name)]
        await form.close()
        return "\n\n".join(filter(None, (one.strip() for one in texts)))

    def person_mark(self, here: Here) -> str:
        """Return by what a browser knows that words kept in it are this person's, whichever session they were typed in."""
        who = str(here.member_id) if here.member_id is not None else str(here.address)
        return form_key(self.secret, f"person:{who}")[:12]

    def key_of(self, here: Here | None) -> str:
        """Return what the forms of this browser hold; empty where nobody is in."""
        return form_key(self.secret, f"page:{here.browser.id}") if here is not None else ""

    def member_at(self, db: Session, address: Address) -> Member:
        """Return the member whose page it is; LookupError: nobody's."""
        found = speaker(db, address)
        if found is None:
            raise LookupError("nobody's page")
        return found[1]

    def let(
        self, response: Response, id: int, address: Address, key: str | None, here: Here | None
    ) -> Response:
        """Let a browser in with this answer, or keep it in where it is in already."""
        came = here if key is None and here is not None else Here(LetIn(id, address, key), Lang.VI)
        return self.keep_key(response, came)

    def context(self, db: Session, here: Here) -> Context:
        """Return a context in which a room can be asked what it would show in this browser; nothing has arrived."""
        nothing = Incoming("", here.address, Kind.OTHER, browser=here.browser.id, language=here.lang.value)
        now = self.clock()
        return Context(db, now, self.policies.at(now), nothing)

    def _is_form_key(self, here: Here, given: str) -> bool:
        return is_form_key(given, self.secret, f"page:{here.browser.id}")

    def back(self, here: Here, *, is_working: bool = False) -> Response:
        """Send the browser to the newest that stands on the page. `is_working`: what it sent is not answered yet."""
        return self.keep_key(self._see(f"/?{_WORKING}=1" if is_working else "/#new"), here)

    def _see(self, to: str) -> Response:
        return RedirectResponse(to, status_code=303, headers={"Cache-Control": "no-store"})

    def keep_key(self, response: Response, here: Here) -> Response:
        """Give the browser its new key with this answer, where it has one: `__Host-`, so no other site of the domain can set it."""
        if here.browser.key is not None:
            response.set_cookie(
                self.look.cookie,
                here.browser.key,
                max_age=_COOKIE_SECONDS,
                path="/",
                secure=True,
                httponly=True,
                samesite="strict",
            )
        return response

    def say_alarm(self, what: str) -> None:
        """Call the operator; in words that hold nothing personal."""
        self._alarm.say("page", what)

    async def ask(self, work: Callable[[Session], T]) -> T:
        """Do it in one transaction."""
        return await asyncio.wrap_future(self._database.submit(work))


def _came_from_elsewhere(request: Request) -> bool:
    """A link in another program: with a strict cookie a browser brings none the first time, and does when our own page asks."""
    return request.headers.get("sec-fetch-site") == "cross-site" and "again" not in request.query_params


def _spoken_in(row: Conversation | None, heard: Lang) -> Lang:
    """The language of what is being asked of a stranger, who may have chosen another than their browser's."""
    chosen = json.loads(row.draft or "{}").get("lang") if row is not None else None
    return Lang(chosen) if chosen in list(Lang) else heard


def _is_words(name: str) -> bool:
    """Whether a person types into this field of a form."""
    return name == "text" or name.startswith("t.")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def row_of(key: str) -> int:
    """Return the row of what was posted under a key: the same again for the same."""
    return int(key[:15], 16)


def _brings_file(form: FormData) -> bool:
    upload = form.get("file")
    return "upload" in form or (isinstance(upload, UploadFile) and bool(upload.size))
