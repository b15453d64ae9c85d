"""One person's papers, fetched by a link: one button, and the PIN where none was given a short while ago in this browser.

    GET  /p/<token>     the button; whether there is such a link nobody learns by looking
    POST /p/<token>     the file, once; nothing is kept of it on the way (`no-store`)

Whose link it is, the PIN and the right are asked in models/trust/papers_link.py. Wrong PINs are counted at the person, links that
do not exist at who asks; a browser fetches a few at a time.
"""

from __future__ import annotations

from contextlib import ExitStack

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.web.guard import (
    HEADERS,
    form_key,
    is_form_key,
    is_from_here,
    only_looks,
    read_form,
    spoken_by,
    who_asks,
)
from bot.web.page import Here, WebPage
from models.delivery.papers import TemplateBroken
from models.ground.errors import Refused
from models.people.member import Account, account_at
from models.people.secret import SecretKind, is_fresh, tries_left
from models.phrases.delivery import page as page_phrases
from models.phrases.desk.absence import template_broken
from models.phrases.text import Lang, Text
from models.phrases.trust import member_papers as phrases
from models.trust.papers_link import PapersRefusal, TakenPapers, reader_of, take_papers

_FORM = 4 * 1024  # bytes


class PapersDoor:
    def __init__(self, page: WebPage) -> None:
        self._page = page

    def routes(self) -> list[BaseRoute]:
        show, post = self._page.guarded(self.show), self._page.guarded(self.post)
        return [Route("/p/{token}", show, methods=["GET"]), Route("/p/{token}", post, methods=["POST"])]

    async def show(self, request: Request) -> Response:
        page = self._page
        if only_looks(request):
            return Response(status_code=204, headers=HEADERS)
        if not page.guesses.may_try(who_asks(request), page.clock()):
            return page.look.way_in(spoken_by(request), page_phrases.too_many(), status=429)
        here = await page.here(request)
        return self._ask(request, here, asks_pin=not await self._is_fresh(here))

    async def post(self, request: Request) -> Response:
        page, asker, token = self._page, who_asks(request), request.path_params["token"]
        lang = spoken_by(request)
        if not page.guesses.may_try(asker, page.clock()):
            return page.look.way_in(lang, page_phrases.too_many(), status=429)
        form = await read_form(request, _FORM)
        if form is None or not is_from_here(request, page.door):
            return page.look.way_in(lang, status=403)
        if not is_form_key(str(form.get("k", "")), page.secret, f"papers:{token}"):
            return page.look.way_in(lang, status=403)
        here = await page.here(request)
        with ExitStack() as going:
            if not going.enter_context(page.going.held(asker)):
                return page.look.sentence(lang, page_phrases.busy(), status=503)
            pin = "".join(str(form.get("pin", ""))[:32].split())
            try:
                found = await page.ask(lambda db: self._take(db, token, here, pin))
            except Refused as refused:  # the PIN is locked
                return self._ask(request, here, refused.phrase, status=429)
            except TemplateBroken:
                return page.look.sentence(lang, template_broken(), status=503)
            if isinstance(found, TakenPapers):
                # the place is held until the answer is sent
                file = page.look.file(found.name, found.data, ends=going.pop_all().close)
                return page.keep_key(file, here) if here is not None else file
        return await self._refused(request, here, found, token)

    def _take(self, db: Session, token: str, here: Here | None, pin: str) -> TakenPapers | PapersRefusal:
        page, now = self._page, self._page.clock()
        at, policies = self._account(db, here), page.policies.at(now)
        fresh = at is not None and is_fresh(at, now=now, policy=policies.secret)
        return take_papers(db, token, at=at, pin_is_fresh=fresh, pin=pin, policies=policies, now=now)

    async def _refused(self, request: Request, here: Here | None, why: PapersRefusal, token: str) -> Response:
        page = self._page
        if why is PapersRefusal.USELESS:
            if page.guesses.missed(who_asks(request), page.clock()):
                page.say_alarm("many links that do not exist were tried")
            return page.look.sentence(self._lang(request, here), phrases.useless_link(), status=403)
        if why is PapersRefusal.PIN_WANTED:
            return self._ask(request, here, status=403)
        left = await page.ask(lambda db: self._left(db, token))
        return self._ask(request, here, phrases.wrong_pin(left=left), status=403)

    def _left(self, db: Session, token: str) -> int:
        reader = reader_of(db, token) or 0
        return tries_left(db, reader, SecretKind.PIN, policy=self._page.policies.secret)

    def _ask(
        self,
        request: Request,
        here: Here | None,
        said: Text | None = None,
        *,
        asks_pin: bool = True,
        status: int = 200,
    ) -> Response:
        page, path = self._page, request.url.path
        answer = page.look.answer(
            "papers.html",
            self._lang(request, here),
            status=status,
            said=said,
            about=phrases.page(asks_pin=asks_pin),
            pin=phrases.PIN,
            button=phrases.FETCH_NOW,
            asks_pin=asks_pin,
            path=path,
            key=form_key(page.secret, f"papers:{request.path_params['token']}"),
        )
        return page.keep_key(answer, here) if here is not None else answer

    async def _is_fresh(self, here: Here | None) -> bool:
        now, policy = self._page.clock(), self._page.policies.secret

        def work(db: Session) -> bool:
            at = self._account(db, here)
            return at is not None and is_fresh(at, now=now, policy=policy)

        return here is not None and await self._page.ask(work)

    @staticmethod
    def _account(db: Session, here: Here | None) -> Account | None:
        return account_at(db, here.address) if here is not None else None

    @staticmethod
    def _lang(request: Request, here: Here | None) -> Lang:
        return here.lang if here is not None else spoken_by(request)
