"""A form on one page: shown whole, posted once (handlers/ground/whole.py says how its answers are taken).

    GET  /whole     the open question and those that can be shown beside it; nothing to show: back to the page
    POST /whole     stored in the inbox like all that is posted, stepped once; then
                      something is still ahead         the same page, with what was typed there and what is wrong above it
                      all of it was taken              303 to /, where the next question stands
                      the form has gone on elsewhere   nothing is taken; the page as it is now, and all that was typed

What was taken stands on the person's page as their own words, as what they type there does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.web.ear import posted, typed
from bot.web.guard import spoken_by
from bot.web.look import escaped
from bot.web.page import Here, WebPage, row_of
from handlers.ground.context import Context, Given, Kind, WholeForm
from handlers.ground.whole import (
    Flows,
    WholeView,
    is_outdated,
    past_words,
    view,
    view_after,
    view_outdated,
)
from models.delivery.body import WireBody
from models.delivery.inbox import Received, is_settled
from models.delivery.page import note_own
from models.ground.errors import Refused

T = TypeVar("T")
_FORM = 256 * 1024  # bytes of a form of several texts
_MOST = 40  # questions of one page


@dataclass(frozen=True, slots=True)
class _After:
    """What is shown once the form was posted. `view` None: the page of messages."""

    view: WholeView | None
    is_outdated: bool = False


class WholeDoor:
    def __init__(self, page: WebPage, flows: Flows) -> None:
        self._page, self._flows = page, flows

    def routes(self) -> list[BaseRoute]:
        show, post = self._page.guarded(self.show), self._page.guarded(self.post)
        return [Route("/whole", show, methods=["GET"]), Route("/whole", post, methods=["POST"])]

    async def show(self, request: Request) -> Response:
        here = await self._page.here(request)
        if here is None:
            return await self._page.nobody(request)
        found = await self._page.ask(partial(self._view, here=here))
        return self._answer(here, _After(found))

    async def post(self, request: Request) -> Response:
        given = await self._page.posted(request, _FORM, fields=3 * _MOST)
        if isinstance(given, Response):
            return given
        here, form = given
        whole = _read(form)
        if whole is None:
            return self._page.back(here)
        item = self._item(request, here, form, whole)
        outdated = await self._page.ask(partial(self._outdated, here=here, item=item, whole=whole))
        if outdated is not None:
            return self._answer(here, _After(outdated, is_outdated=True))
        await self._page.step(item)
        return self._answer(
            here, _After(await self._page.ask(partial(self._after, here=here, item=item, whole=whole)))
        )

    # --- within -----------------------------------------------------------------------------------------------------

    def _item(self, request: Request, here: Here, form: FormData, whole: WholeForm) -> Received:
        said = [text for name, one in sorted(whole.given.items()) for text in (name, one.text, one.key)]
        return posted(
            self._page.key(here, form, whole.room, whole.step, str(whole.version), *said),
            here.address,
            Kind.WHOLE,
            at=self._page.clock(),
            language=spoken_by(request).value,
            browser=here.browser.id,
            whole=whole,
        )

    def _answer(self, here: Here, after: _After) -> Response:
        if after.view is None:
            return self._page.back(here)
        return self._page.keep_key(
            self._page.look.whole(
                here.lang,
                after.view,
                key=self._page.key_of(here),
                person=self._page.person_mark(here),
                is_outdated=after.is_outdated,
            ),
            here,
        )

    def _view(self, db: Session, here: Here) -> WholeView | None:
        return _looks(db, self._page.context(db, here), lambda ctx: view(ctx, self._flows))

    def _outdated(self, db: Session, here: Here, item: Received, whole: WholeForm) -> WholeView | None:
        """Return what is shown where the form has gone on elsewhere; None: it has not, or this was posted before."""
        ctx = self._page.context(db, here)
        if is_settled(db, item) or not is_outdated(ctx, whole):
            return None
        return _looks(db, ctx, lambda ctx: view_outdated(ctx, self._flows, whole))

    def _after(self, db: Session, here: Here, item: Received, whole: WholeForm) -> WholeView | None:
        ctx = self._page.context(db, here)
        shown = _looks(db, ctx, lambda ctx: view_after(ctx, self._flows, whole))
        if words := past_words(whole, shown):
            note_own(
                db,
                here.address,
                row_of(item.external_id),
                WireBody(text=escaped("\n".join(words))),
                now=ctx.now,
            )
        return shown


def _looks(db: Session, ctx: Context, look: Callable[[Context], T | None]) -> T | None:
    """Look at the form without a trace; None where its right has ended, which its step says."""
    trial = db.begin_nested()
    try:
        return look(ctx)
    except Refused:
        return None
    finally:
        trial.rollback()


def _read(form: FormData) -> WholeForm | None:
    """Read what was posted; None: it is not a page of ours."""
    room, _, rest = str(form.get("form", "")).partition(":")
    step, _, version = rest.partition("~")
    if not (room and step and version.isascii() and version.isdigit() and len(version) < 10):
        return None
    names = [str(name)[:64] for name in form.getlist("f")][:_MOST]
    given = {
        name: Given(typed(str(form.get(f"t.{name}", ""))), str(form.get(f"c.{name}", ""))[:200])
        for name in names
    }
    return WholeForm(room[:64], step[:64], int(version), given)
