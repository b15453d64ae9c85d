"""Let a browser be rung: its script asks for our key, subscribes with its push service and brings the subscription here.

    GET  /push/key   {"key": "BNc…", "on": false}      our public key in base64url; whether this browser is subscribed
    POST /push       {"k": …, "subscription": {…}}     `PushSubscription.toJSON()`, kept for this browser: 204
                     {"k": …, "subscription": null}    it is not to be rung any more: 204

`k` is the key that every form of the page holds. Whoever was not let in gets 403 from both; what is no subscription, or of no
push service that we know, 400. Where an endpoint may lead says models/people/push.py, what is sent there bot/knocking.py.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.web.guard import HEADERS, TooLarge, is_from_here, read_body
from bot.web.webpush import BrowserKeys, from_base64, to_base64
from models.ground.clock import Clock
from models.ground.db import Database
from models.people.browser import LetIn
from models.people.policy import PushPolicy
from models.people.push import (
    PushTarget,
    drop_subscriptions,
    is_push_service,
    is_subscribed,
    signing_key,
    subscribe,
)

T = TypeVar("T")
_BODY = 4096  # bytes of a subscription: 500 are usual
Served = Callable[[Request], Awaitable[Response]]


class Visitor(Protocol):
    """A browser that was let in."""

    @property
    def browser(self) -> LetIn: ...


V = TypeVar("V", bound=Visitor)


class _Posted(BaseModel):
    model_config = ConfigDict(extra="forbid")

    k: str
    subscription: PushTarget | None


def push_routes(
    database: Database,
    clock: Clock,
    policy: PushPolicy,
    *,
    door: str,
    visitor: Callable[[Request], Awaitable[V | None]],
    is_ours: Callable[[V, str], bool],
    keep_key: Callable[[Response, V], Response],
    guarded: Callable[[Served], Served],
) -> list[BaseRoute]:
    """Return the two routes. The page says who comes, whether a form's key is theirs, and gives cookies their new keys."""

    async def ask(work: Callable[[Session], T]) -> T:
        return await asyncio.wrap_future(database.submit(work))

    async def key(request: Request) -> Response:
        here = await visitor(request)
        if here is None:
            return Response(status_code=403, headers=HEADERS)

        def work(db: Session) -> dict[str, object]:
            public = signing_key(db, now=clock()).public
            return {"key": to_base64(public), "on": is_subscribed(db, here.browser.id)}

        return keep_key(JSONResponse(await ask(work), headers=HEADERS), here)

    async def post(request: Request) -> Response:
        here = await visitor(request)
        if here is None or not is_from_here(request, door):
            return Response(status_code=403, headers=HEADERS)
        try:
            said = _Posted.model_validate(json.loads(await read_body(request, _BODY)))
            if said.subscription is not None:
                _check(said.subscription, policy)
        except TooLarge:
            return Response(status_code=413, headers=HEADERS)
        except (ValueError, ValidationError):
            return keep_key(Response(status_code=400, headers=HEADERS), here)
        if not is_ours(here, said.k):
            return Response(status_code=403, headers=HEADERS)

        def work(db: Session) -> None:
            if said.subscription is None:
                drop_subscriptions(db, [here.browser.id])
            else:
                subscribe(db, here.browser.id, said.subscription, now=clock())

        await ask(work)
        return keep_key(Response(status_code=204, headers=HEADERS), here)

    return [
        Route("/push/key", guarded(key), methods=["GET"]),
        Route("/push", guarded(post), methods=["POST"]),
    ]


def _check(target: PushTarget, policy: PushPolicy) -> None:
    """Raise ValueError where nothing could be sent to it."""
    if not is_push_service(target.endpoint, policy):
        raise ValueError("no push service")
    BrowserKeys(from_base64(target.keys.p256dh), from_base64(target.keys.auth))
