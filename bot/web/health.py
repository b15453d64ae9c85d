"""/healthz, /readyz, /metrics: for whoever watches machines, on an address of their own, on this machine only by default.

/healthz   200: the program turns; it asks nothing else        a service manager restarts what does not answer
/readyz    200, or 503 with what is wrong                      database, lag of inbox and outbox, timetable, leader or standby
/metrics   figures in Prometheus' text format

A standby is ready when its database answers: it receives, and the rest is the leader's to do. Hosts with a dot are names of
the outside, which no watcher of ours uses: a page in a browser that had its name point here gets nothing.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime
from ipaddress import ip_address

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.metrics import Metrics
from bot.web.guard import HEADERS
from bot.web.server import serve_http
from models.delivery.backlog import Backlog, see_backlog
from models.delivery.policy import ReadinessPolicy
from models.ground.clock import Clock
from models.ground.db import Database

log = structlog.get_logger()
_AGAIN = 5.0  # seconds until a taken address is tried anew: the program before us may be about to end


class Health:
    """Answers the three questions. `leads`: whether this process does the work now."""

    def __init__(
        self,
        database: Database,
        metrics: Metrics,
        policy: ReadinessPolicy,
        clock: Clock,
        *,
        leads: Callable[[], bool],
    ) -> None:
        self._database, self._metrics, self._policy = database, metrics, policy
        self._clock, self._leads = clock, leads
        self._looking: Future[Backlog] | None = None

    def routes(self) -> list[Route]:
        return [
            Route("/healthz", _from_here(self._turns), methods=["GET"]),
            Route("/readyz", _from_here(self._is_ready), methods=["GET"]),
            Route("/metrics", _from_here(self._figures), methods=["GET"]),
        ]

    async def _turns(self, request: Request) -> Response:
        return PlainTextResponse("ok\n", headers=HEADERS)

    async def _is_ready(self, request: Request) -> Response:
        backlog, leads = await self._look(), self._leads()
        wrong = wrong_with(backlog, self._policy, leads=leads, now=self._clock())
        said = {"ready": not wrong, "role": "leader" if leads else "standby", "wrong": wrong}
        return JSONResponse(said, status_code=503 if wrong else 200, headers=HEADERS)

    async def _figures(self, request: Request) -> Response:
        page = self._metrics.page(await self._look(), now=self._clock(), leads=self._leads())
        return Response(page, media_type="text/plain; version=0.0.4; charset=utf-8", headers=HEADERS)

    async def _look(self) -> Backlog | None:
        """Ask the database; None: it does not answer in time. One question is under way at a time, however many ask."""
        looking = self._looking
        if looking is None or looking.done():
            looking = self._looking = Future()
            # no thread of a pool: one that hangs would hold up the end of the program
            threading.Thread(target=self._ask, args=(looking,), name="health", daemon=True).start()
        with suppress(Exception):  # whatever it is, the database does not answer
            return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(looking)), self._policy.patience)
        return None

    def _ask(self, looking: Future[Backlog]) -> None:
        try:
            with self._database.reading() as db:
                looking.set_result(see_backlog(db, now=self._clock()))
        except Exception as error:
            looking.set_exception(error)


def wrong_with(backlog: Backlog | None, policy: ReadinessPolicy, *, leads: bool, now: datetime) -> list[str]:
    """Return what keeps this process from being ready, a word each: database, inbox, outbox, timetable."""
    if backlog is None:
        return ["database"]
    if not leads:
        return []
    wrong = []
    if any(one.age(now) > policy.inbox for one in backlog.inbox.values()):
        wrong.append("inbox")
    if any(one.age(now) > policy.outbox for one in backlog.outbox.values()):
        wrong.append("outbox")
    if backlog.beat_at is None or now - backlog.beat_at > policy.beat:
        wrong.append("timetable")
    return wrong


Answer = Callable[[Request], Awaitable[Response]]


def _from_here(answer: Answer) -> Answer:
    async def guarded(request: Request) -> Response:
        if not is_local_name(request.headers.get("host", "")):
            return Response(status_code=404, headers=HEADERS)
        return await answer(request)

    return guarded


def is_local_name(host: str) -> bool:
    """Return whether `host` (a Host header) is an IP address or a name without a dot, as of a container."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return name.replace("-", "").replace("_", "").isalnum()
    return True


async def serve_health(address: tuple[str, int], health: Health, stop: asyncio.Event) -> None:
    """Answer on `address` until `stop`. Where it is taken the program goes on, and tries again: it is no reason to end."""
    warned = False
    while not stop.is_set():
        try:
            place = _bound(address)
        except OSError as error:
            if not warned:
                log.warning(
                    "health.no_address", address=f"{address[0]}:{address[1]}", error=type(error).__name__
                )
            warned = True
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _AGAIN)
            continue
        with place:
            await serve_http(address, health.routes(), stop, place=place)


def _bound(address: tuple[str, int]) -> socket.socket:
    kind = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    return socket.create_server(address, family=kind)
