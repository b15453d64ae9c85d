"""The one place where the parts are joined.

app = build(settings, clock)          nothing runs yet
await app.start()                     the bot is known to Telegram, what was left undone is taken up
await app.run()                       polling or webhook, sender, timetable, until stop()
await app.pump()                      instead of run(): do all that can be done now, then return
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

import structlog
from sqlalchemy.orm import Session
from starlette.routing import BaseRoute

from bot.alarm import Alarm
from bot.anchor import Anchor
from bot.clockwatch import ClockWatch, after_outage
from bot.ear import Ear
from bot.files import ChildOpener, Files, Opener
from bot.gathering import Gatherer
from bot.heartbeat import HeartbeatSender
from bot.keeping import Keeper
from bot.knocking import Knocker, Ring
from bot.leader import Leader, LeasedWire
from bot.ledger import Ledger
from bot.mailing import Mailer
from bot.metrics import CountedWire, Metrics
from bot.news import OperatorNews
from bot.noting import note_uncertain
from bot.receiving import Receiver
from bot.scheduler import Ticker
from bot.senders import Senders
from bot.sending import Sender
from bot.settings import Settings
from bot.telegram.api import Request, Telegram
from bot.telegram.chats import chat_address
from bot.telegram.ear import TelegramEar
from bot.telegram.hearing import Hearing
from bot.telegram.polling import Polling
from bot.telegram.wire import TelegramWire, say_straight
from bot.text.links import DoorLinks, Links
from bot.timekeeping import Timekeeper
from bot.web.ear import WebEar
from bot.wire import Wire
from bot.zalo.api import Post
from bot.zalo.app import ZaloApp
from handlers import ROUTES
from handlers.ground.routing import Routes
from jobs import TIMETABLE
from jobs.ground.runner import Run, Runner
from jobs.trust.audit import LOOK
from models.delivery.leadership import require_thawed
from models.entry.reachability import free_stuck
from models.ground.channel import Channel
from models.ground.clock import Clock, system_clock
from models.ground.db import Database
from models.policies import Policies
from models.trust.recount import turn_rules

log = structlog.get_logger()
T = TypeVar("T")
# Seconds for each part to end what it has under way: what does not end in time is as after a crash
_STEPS, _WIRE, _TRAIL, _TURN = 1.5, 3.0, 1.5, 0.5
_SELDOM = 30  # looks, a second each
_ENDS_WITHIN = _STEPS + _WIRE + _TRAIL


@dataclass(frozen=True, slots=True)
class Outside:
    """What is not the program's own: a test or the playground puts something else in its place.

    `seconds`: a watch that nobody sets; with it the clock is doubted (timekeeping.py), without it it is as it is given.
    `anchor`: the directory in which the trail's newest link and the ledger of deletions are kept.
    """

    request: Request | None = None
    poll_request: Request | None = None
    opener: Opener | None = None
    zalo_post: Post | None = None
    links: Links | None = None
    ring: Ring | None = None
    seconds: Callable[[], float] | None = None
    anchor: Path | None = None
    mark: Callable[[str], None] = lambda name: None


class App:
    def __init__(
        self,
        settings: Settings,
        database: Database,
        clock: Clock,
        *,
        routes: Routes = ROUTES,
        outside: Outside = Outside(),
    ) -> None:
        self._policies = settings.policies()
        self.time = (
            Timekeeper(clock, outside.seconds, self._policies.clock) if outside.seconds is not None else None
        )
        self.settings, self.database, self.clock = settings, database, self.time or clock
        self._flows, self._mark = routes.flows, outside.mark
        self._leader = Leader(database, self._policies.leadership)
        self._leads = False  # we step what comes in, and no other process does
        self._stop = asyncio.Event()
        self._join_telegram(outside)
        self._join_watchers(outside.anchor)
        self._join_senders(self._join_zalo(outside), outside)
        self._join_files(outside.opener)
        self._join_receiver(routes)
        self._join_runner()

    def _join_telegram(self, outside: Outside) -> None:
        hears = self.time.hear if self.time is not None else None
        self.telegram = Telegram(
            self.settings, request=outside.request, poll_request=outside.poll_request, hears=hears
        )
        chat = self.settings.operator_chat
        self.alarm = Alarm(
            self.database,
            self.clock,
            operator=None if chat is None else chat_address(chat),
            straight=partial(say_straight, self.telegram.bot),
        )
        self.hearing = Hearing(self.telegram.bot, self.settings, self.clock, self.alarm)

    def _join_watchers(self, place: Path | None) -> None:
        database, clock, alarm = self.database, self.clock, self.alarm
        self.clock_watch = ClockWatch(self.time, database, alarm) if self.time is not None else None
        self.heartbeat = HeartbeatSender(
            database, alarm, self.settings.heartbeat_url, is_deaf=lambda: self.hearing.is_deaf
        )
        self.anchor = Anchor(database, place, clock, alarm)
        self.ledger = Ledger(database, place, clock, alarm)
        self.news = OperatorNews(self.settings, database, clock, alarm, self.hearing, place=place)

    def _join_zalo(self, outside: Outside) -> ZaloApp | None:
        self.zalo: ZaloApp | None = None
        if self.settings.zalo.is_on:
            self.zalo = ZaloApp(
                self.settings,
                self.database,
                outside.links or DoorLinks(self._policies.attendance.door),
                self.clock,
                self.alarm,
                invites_to=lambda: self.telegram.bot.username,
                post=outside.zalo_post,
            )
        return self.zalo

    def _join_senders(self, zalo: ZaloApp | None, outside: Outside) -> None:
        wires: list[Wire] = [TelegramWire(self.telegram.bot, self.database, self.alarm)]
        wires += [zalo.wire] if zalo is not None else []
        mails = Mailer(self.settings.mail).post if self.settings.mail.is_on else None
        self.knocker = Knocker(
            self.database, self._policies, self.clock, self.alarm, ring=outside.ring, post=mails
        )
        self.metrics = Metrics([wire.channel for wire in wires])
        self.sender = Senders(
            {wire.channel: self._sender_of(wire) for wire in wires},
            beside=self.knocker.errand if mails is not None else None,  # codes to be mailed
        )

    def _sender_of(self, wire: Wire) -> Sender:
        counted = LeasedWire(CountedWire(wire, self.metrics), self._leader)
        policies = _paced(self._policies, wire, self.settings)
        return Sender(self.database, counted, policies, self.clock, self.alarm, mark=self._mark)

    def _join_files(self, opener: Opener | None) -> None:
        policy = self._policies.file
        opener = opener or ChildOpener(policy, words=self.settings.words)
        self.files = Files(self.telegram, opener, self.alarm, policy)
        self.gatherer = Gatherer(self.database, self.files, self.clock, self.alarm)
        self.keeper = Keeper(self.database, self.files, policy, self.clock, self.alarm)

    def _join_receiver(self, routes: Routes) -> None:
        ears: list[Ear] = [TelegramEar(self.telegram.bot), WebEar(lambda: self.telegram.bot.username)]
        ears += [self.zalo.ear] if self.zalo is not None else []
        self.receiver = Receiver(
            self.database,
            ears,
            routes,
            self._policies,
            self.clock,
            self.alarm,
            self.sender,
            self.files,
            mark=self._mark,
            answers=self.metrics.answers,
        )
        self.polling = Polling(
            self.telegram.bot, self.telegram.poll_request, self.receiver, self.hearing, self.alarm
        )
        if self.zalo is not None:
            self.zalo.listen(self.receiver)

    def _join_runner(self) -> None:
        self.runner = Runner(
            self.database,
            self._policies,
            self.clock,
            on_error=lambda where, error: void(self.alarm.ring(where, error)),
            on_outage=partial(after_outage, self.alarm),
            on_run=self._after_run,
            holds=lambda: self.time is not None and self.time.holds,
        )

    def _after_run(self, run: Run) -> None:
        self.metrics.after(run)
        self.heartbeat.after(run)
        self.anchor.after(run)
        self.ledger.after(run)
        self.gatherer.after(run)
        self.knocker.after(run)
        if run.job == LOOK:
            self.news.tell()

    # --- run --------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Make the bot known, take up what was left undone. Waits for the network as long as it takes."""
        self._leads = True
        self.heartbeat.start()
        self.news.tell_wrong_rules()
        if await self.telegram.is_known(self._stop, self._sleep):
            if self.clock_watch is not None:
                await self.receiver.patiently("clock", self.clock_watch.begin)
            await self.receiver.patiently("app.start", self._take_up)

    async def _take_up(self) -> None:
        """What the last process left undone, and whom an older copy of the database has brought back."""
        await asyncio.to_thread(self.ledger.apply)
        await asyncio.to_thread(self.runner.beat)  # before anybody is answered: deadlines may have moved
        now = self.clock()
        if self.time is None or not self.time.holds:
            await self._ask(lambda db: turn_rules(db, self._policies.at(now), now=now))
        freed, chats = await self._ask(lambda db: free_stuck(db, now=self.clock(), all_of_them=True))
        note_uncertain(self.alarm, chats, now=self.clock())
        taken_up = await self.receiver.take_up()
        if taken_up or freed:
            log.warning("app.took_up", updates=taken_up, messages=freed)

    async def run(self) -> bool:
        """Serve until `stop()`; while another process leads, only receive. False: we have led, and another one does now."""
        background, alarming = self._listen(), asyncio.create_task(self.alarm.errand.run())
        try:
            self._mark("app.stands_by")
            log.info("app.stands_by")
            self.database.guard(require_thawed)  # until we lead: then the epoch is asked for
            leads = await self._leader.wait_for_turn(
                self._stop, lambda error: self.alarm.ring("leader", error)
            )
            return await self._lead() if leads else True
        finally:
            self._stop.set()
            alarming.cancel()
            await asyncio.gather(*background, alarming, return_exceptions=True)
            await _in_time("turn", _TURN, asyncio.to_thread(self._leader.resign))
            await self.files.close()
            await self.telegram.bot.shutdown()
            if self.zalo is not None:
                await self.zalo.bot.close()

    def _listen(self) -> list[asyncio.Task[None]]:
        """Listen for those who call us: messengers, browsers, and whoever watches machines."""
        listening = []
        if (watched := self.settings.health_address) is not None:
            from bot.web.health import Health, serve_health

            health = Health(
                self.database, self.metrics, self._policies.readiness, self.clock,
                leads=lambda: self._leads and self._leader.may_act,
            )  # fmt: skip
            listening.append(asyncio.create_task(serve_health(watched, health, self._stop)))
        if not self.settings.serves:
            return listening
        from bot.telegram.webhook import webhook_routes
        from bot.web.server import serve_http  # a server that nobody calls need not be loaded

        routes = self.web_routes
        if self.settings.webhook_url:
            routes = [*webhook_routes(self.settings, self.receiver, self.alarm), *routes]
        if self.settings.zalo.is_on and self.settings.zalo.webhook_url:
            from bot.zalo.webhook import webhook_routes as zalo_routes

            routes = [*zalo_routes(self.settings, self.receiver, self.alarm), *routes]
        return [*listening, asyncio.create_task(serve_http(self.settings.address, routes, self._stop))]

    @cached_property
    def web_routes(self) -> list[BaseRoute]:
        """Return what browsers open: the page, the receiving side of letters, and the doors of meetings."""
        from bot.web.door import door_routes
        from bot.web.page import WebPage
        from bot.web.papers import PapersDoor
        from bot.web.passkey import KeyDoor
        from bot.web.reply_slip import ReceivingSide
        from bot.web.whole import WholeDoor

        page = WebPage(
            self.settings, self.database, self.receiver, self.clock, self.alarm,
            leads=lambda: self._leads, flows=self._flows,
        )  # fmt: skip
        receiving_side = ReceivingSide(
            self.settings, self.database, self.files, self.clock, self.alarm, wake=self.sender.wake
        )
        return [
            *page.routes(),
            *KeyDoor(page).routes(),
            *WholeDoor(page, self._flows).routes(),
            *PapersDoor(page).routes(),
            *receiving_side.routes(),
            *door_routes(self.settings, self.database, self.clock, self.alarm),
        ]

    async def _lead(self) -> bool:
        """Work until `stop()`; False: another process leads since, or may. Then nothing of ours is done any more."""
        holding = asyncio.create_task(self._leader.hold(self.stop))
        working, stopping = asyncio.create_task(self._work()), asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait([holding, working, stopping], return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                working.result()  # an error that nobody handled ends the process, loudly
            if not holding.done():
                return True
            holding.result()
            self._leads = False
            self.database.hang_up()
            return False
        finally:
            for task in (holding, stopping, working):
                task.cancel()
            await asyncio.wait([working], timeout=_ENDS_WITHIN)

    async def _work(self) -> None:
        """Do what the leader does, until it is cancelled."""
        tasks: list[asyncio.Task[None]] = []
        try:
            await self.start()
            log.info(
                "app.leads",
                bot=self.telegram.bot.username,
                by="webhook" if self.settings.webhook_url else "polling",
            )
            tasks = [asyncio.create_task(work) for work in self._all_day()]
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await self._end(tasks)

    def _all_day(self) -> list[Coroutine[None, None, None]]:
        work = [self.sender.run(), self._watch(), self.hearing.run(), self.keeper.run()]
        ticker = Ticker(
            TIMETABLE,
            self.runner,
            self.clock,
            after_run=self.sender.wake,
            on_error=lambda where, error: void(self.alarm.ring(where, error)),
        )
        work += [ticker.run(), self.gatherer.errand.run(), self.knocker.errand.run()]
        if self.clock_watch is not None:
            work.append(self.clock_watch.run())
        if not self.settings.webhook_url:
            work.append(self.polling.run())
        if self.zalo is not None:
            work.append(self.zalo.run())
        return work

    async def _end(self, tasks: Sequence[asyncio.Task[None]]) -> None:
        """Begin nothing more, end what is under way."""
        self.runner.stop()
        # the receiver first: its last steps still hand their answers to the sender
        await _in_time("receiving", _STEPS, self.receiver.stop())
        await _in_time("sending", _WIRE, self.sender.stop())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._leader.may_act:
            await _in_time("trail", _TRAIL, asyncio.to_thread(self._write_down))

    def _write_down(self) -> None:
        try:
            self.anchor.end(self.settings.trail)
            self.ledger.write()
        except (
            Exception
        ) as error:  # the file is held, or the lead has just gone elsewhere: the next start does both
            log.warning("app.not_written_down", error=type(error).__name__)

    async def _watch(self) -> None:
        """Take up what other processes stored; where there are none, now and then what nobody has in hand all the same."""
        for looks in itertools.count(1):
            with contextlib.suppress(TimeoutError):  # nothing came; another process may have stored something
                await asyncio.wait_for(self.receiver.stored.wait(), 1)
            self.receiver.stored.clear()
            if self.settings.serves or looks % _SELDOM == 0:
                await self.receiver.patiently("inbox.recover", self.receiver.recover)

    def stop(self) -> None:
        self._stop.set()

    async def _sleep(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return

    # --- one round, for tests and the time machine ------------------------------------------------------------------

    async def pump(self) -> None:
        """Receive, step and send until nothing is left to do at this moment."""
        await self.receiver.recover()
        came, told = 1, -1  # the first round looks at everything
        while True:
            came += await self.polling.once()
            came += await self.zalo.polling.once() if self.zalo is not None else 0
            await self.receiver.drain()
            await self.alarm.told()
            await self.heartbeat.told()
            rung = sum(self.alarm.rung.values())
            if not came and rung == told:
                return
            await self.sender.drain()
            came, told = await self.knocker.errand.once() + await self.gatherer.errand.once(), rung

    async def tick(self, at: datetime | None = None) -> None:
        """Run every job of the timetable once, whatever its hour, then `pump`."""
        for job in TIMETABLE:
            await asyncio.to_thread(self.runner.run, job)
        await self.pump()

    async def _ask(self, work: Callable[[Session], T]) -> T:
        return await asyncio.wrap_future(self.database.submit(work))


async def _in_time(what: str, seconds: float, ending: Awaitable[None]) -> None:
    try:
        await asyncio.wait_for(ending, seconds)
    except TimeoutError:
        log.warning("app.cut_short", what=what)


def void(_: object) -> None:
    """Drop a result."""


def _paced(policies: Policies, wire: Wire, settings: Settings) -> Policies:
    """What a messenger of words takes in a second is not known: it has a pace of its own."""
    if wire.channel is not Channel.TEXT:
        return policies
    rate = min(policies.outbox.rate, settings.zalo.rate)
    return policies.model_copy(update={"outbox": policies.outbox.model_copy(update={"rate": rate})})


def build(
    settings: Settings,
    clock: Clock = system_clock,
    *,
    database: Database | None = None,
    routes: Routes = ROUTES,
    outside: Outside = Outside(),
) -> App:
    """Join the parts."""
    return App(settings, database or Database(settings.database_url), clock, routes=routes, outside=outside)
