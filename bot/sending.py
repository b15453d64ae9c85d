"""Stored -> a channel: pace, retry, give up. The only file that has messages sent, each channel by its own `Wire`.

    cycle:  settle what came back + claim what is due     one transaction
            each chat its own line, in order              at most `chat_burst` at once, then one a second
            one gate for all, best lane first             `rate` a second
            on the wire                                    outcome -> the next cycle

An answer to somebody who waits takes a shorter way: its step claims it in its own transaction and hands it over
(`take`). What a wire raises is one of five things: Flooded and NotReached (later), Unanswered (unknown: it was counted before
the wire), Broken (later, a few times), Declined (never).

What must wait goes back as it was, with all that stands behind it, and its chat is on hold until then: so the order
within a chat outlives every retry, and a restart merely asks sooner.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from sqlalchemy.orm import Session

from bot.alarm import Alarm
from bot.pace import ChatPace, Gate
from models.delivery.outbox import (
    Claimed,
    Lane,
    OutboxState,
    Outcome,
    Writer,
    claim_outbox,
    next_outbox_at,
    settle_outbox,
)
from models.entry.reachability import REFUSALS, Signal, hear, say_elsewhere, tell_writer
from models.ground.channel import Address, Channel
from models.ground.clock import Clock
from models.ground.db import Database, is_passing
from models.people.member import account_at, silent_chats
from models.policies import Policies

log = structlog.get_logger()
Mark = Callable[[str], None]  # named places where a test may kill the process
_LONGEST_REST = 5.0  # seconds until we look for what another process may have put into the outbox
_SHORT_REST = 0.05  # where there was something just now, then twice as long each time: a job goes on putting
_WIRE_SECONDS = timedelta(seconds=35)  # one call takes no longer: a lease must last as long
_LONGEST_LINE = 10
_COMPANY = 0.004  # seconds that an outcome may wait for somebody else's COMMIT
_GATHER = 0.05  # seconds that it may wait for more of its kind, where nobody at all waits for it
_FAILURES = 5  # so many in a row, and it is not the message: everything waits


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one message. `in_words`: words went for a file."""

    message_id: int | None
    in_words: bool = False


class Flooded(Exception):
    """The channel wants nothing more from us for `pause`."""

    def __init__(self, pause: timedelta) -> None:
        super().__init__(f"{pause.total_seconds():.0f} s")
        self.pause = pause


class NotReached(Exception):
    """Nothing left us. `ours`: what the operator has to put right, a token that is not known."""

    def __init__(self, ours: Exception | None = None) -> None:
        super().__init__(type(ours).__name__ if ours else "")
        self.ours = ours


class Unanswered(Exception):
    """It was written, and no answer came: nobody knows."""


class Broken(Exception):
    """The channel's servers are not well."""


class Declined(Exception):
    """The channel will never take it: `why`, as it says itself. `ours`: a mistake of ours, to be rung."""

    def __init__(self, why: str, *, ours: Exception | None = None) -> None:
        super().__init__(why)
        self.why, self.ours = why, ours


class Wire(Protocol):
    """One channel's way out."""

    channel: Channel

    async def send(self, item: Claimed) -> Sent:
        """Send one row of the outbox; raise one of the five above."""
        ...


class Sender:
    """`run()` sends until `stop()`; `drain()` sends what is due now and returns."""

    def __init__(
        self,
        database: Database,
        wire: Wire,
        policies: Policies,
        clock: Clock,
        alarm: Alarm,
        *,
        mark: Mark = lambda name: None,
    ) -> None:
        self._database, self._wire, self._clock = database, wire, clock
        self._policies, self._policy = policies, policies.outbox
        self._alarm, self._mark = alarm, mark
        self._wake = asyncio.Event()
        self._ended = asyncio.Event()
        self._running = self._stopping = False
        self._window = max(16, int(self._policy.rate * 0.4))
        self._lines: dict[Address, deque[Claimed]] = {}
        self._held = 0  # in our hands: claimed, and its outcome not yet written down
        self._outcomes: list[_Noted] = []
        self._next_at: datetime | None = None
        self._cycles = 0
        self._look, self._looked = True, 0.0  # there may be rows to claim; when we looked
        self._patience = _LONGEST_REST  # until we look again, told or not
        self._caught_up = False  # nothing is due that an earlier process left
        self._behind: dict[
            Address, int
        ] = {}  # chats with answers that the cycle must claim first: since which
        self._gate = Gate(self._policy.rate)
        self._paces: dict[Address, ChatPace] = {}
        self._holds = _Holds()
        self._tasks: set[asyncio.Task[None]] = set()
        self._gathering: asyncio.TimerHandle | None = None

    def wake(self, address: Address | None = None) -> None:
        """Wake it: there may be something new. `address`: an answer that its step has not claimed."""
        if address is not None:
            self._behind[address] = self._cycles
        self._look = True
        self._wake.set()

    async def run(self) -> None:
        self._running = True
        try:
            while not self._stopping:
                self._wake.clear()
                try:
                    await self._cycle()
                except Exception as error:
                    self._alarm.ring("outbox", error)
                    await asyncio.sleep(1)
                await self._rest()
            await self._finish()
        finally:
            self._ended.set()

    async def stop(self) -> None:
        """Claim no more, finish what is on the wire, write it down."""
        self._stopping = True
        self._wake.set()
        if self._running:
            await self._ended.wait()

    async def drain(self) -> int:
        """Send until nothing is due; how many left our hands."""
        done, self._look = 0, True
        while True:
            self._wake.clear()
            done += len(self._outcomes)
            self._look |= bool(self._outcomes)  # what became of one message may be the reason for another
            claimed = await self._cycle()
            if not claimed and not self._held:
                return done
            if not self._outcomes:
                await self._wake.wait()

    # --- what the inbox asks ----------------------------------------------------------------------------------------

    def ready_for(self, address: Address) -> bool:
        """Return whether an answer to this chat may be claimed by its step and handed over by `take`."""
        if self._stopping or not self._caught_up or address in self._behind or self._is_on_hold(address):
            return False
        return len(self._lines.get(address, ())) < self._policy.chat_burst

    def take(self, claimed: Sequence[Claimed]) -> None:
        """Send these, claimed in a transaction that is committed."""
        self._held += len(claimed)
        for item in claimed:
            self._put_in_line(item)

    def resumes_at(self) -> datetime | None:
        """Return when the next chat on hold goes on."""
        return self._holds.next_end(self._clock())

    # --- the cycle --------------------------------------------------------------------------------------------------

    async def _rest(self) -> None:
        """Until there may be something to do: whatever cannot be claimed now waits for one of these."""
        if self._stopping:
            return
        try:
            await asyncio.wait_for(self._wake.wait(), max(0.0, self._look_in()))
        except TimeoutError:
            self._look = True

    def _look_in(self) -> float:
        """Seconds until there may be something to claim of which nobody has told us."""
        now, looked = self._clock(), asyncio.get_running_loop().time() - self._looked
        ends = [at for at in (self._next_at, self._holds.next_end(now)) if at is not None]
        return min([self._patience - looked, *((at - now).total_seconds() for at in ends)])

    async def _cycle(self) -> int:
        """Write down what came back, claim what fits; how many were claimed."""
        outcomes, self._outcomes = self._outcomes, []
        self._cycles += 1
        now = self._clock()
        busy = [chat for chat, line in self._lines.items() if len(line) >= self._policy.chat_burst]
        busy += self._holds.chats(now)
        free = self._window - self._held + len(outcomes)
        # a reply finds room in a full house
        up_to, limit = (Lane.BULK, free) if free > 0 else (Lane.REPLY, 4)
        if self._stopping or self._holds.everything(now) or not (self._look or self._look_in() <= 0):
            limit = 0
        else:
            self._look, self._looked = False, asyncio.get_running_loop().time()

        def work(db: Session) -> tuple[list[Claimed], datetime | None]:
            _write_down(db, outcomes, self._policies, self._alarm, now=now)
            if not limit:
                return [], None
            claimed = claim_outbox(
                db, self._wire.channel, now=now, policy=self._policy, limit=limit, busy=busy, up_to=up_to
            )
            return claimed, next_outbox_at(db, self._wire.channel, after=now) if len(
                claimed
            ) < limit else None

        submitted = self._database.submit(work, linger=0 if limit else _COMPANY)
        try:
            claimed, next_at = await asyncio.wrap_future(submitted)
        except Exception:
            self._outcomes = outcomes + self._outcomes  # not written down: again with the next cycle
            self.wake()
            raise
        if limit:
            self._next_at = next_at
            self._patience = _SHORT_REST if claimed else min(2 * self._patience, _LONGEST_REST)
            # what there was no room for waits for an outcome
            self._look |= len(claimed) == limit or up_to is not Lane.BULK or bool(busy)
        for noted in outcomes:
            noted.written.set_result(None)
        if outcomes:
            self._mark("outbox.settled")
        self._held += len(claimed) - len(outcomes)
        if claimed:
            self._mark("outbox.claimed")
        for item in claimed:
            self._put_in_line(item)
        if limit and len(claimed) < limit:
            self._catch_up({*busy})
        return len(claimed)

    def _catch_up(self, busy: set[Address]) -> None:
        """All that was due has been claimed, but for the busy chats: the others' next answers may go at once."""
        self._caught_up = True
        self._behind = {
            chat: since for chat, since in self._behind.items() if chat in busy or since >= self._cycles
        }

    async def _finish(self) -> None:
        """The lines end after the message that is on the wire; the outcomes are written down."""
        patience = asyncio.get_running_loop().time() + _WIRE_SECONDS.total_seconds()
        while self._outcomes or (self._tasks and asyncio.get_running_loop().time() < patience):
            if self._outcomes:
                await self._cycle()
            else:
                await asyncio.wait(self._tasks, timeout=0.05, return_when=asyncio.FIRST_COMPLETED)
        self._gate.close()

    # --- one chat ---------------------------------------------------------------------------------------------------

    def _put_in_line(self, item: Claimed) -> None:
        line = self._lines.get(item.address)
        if line is not None and len(line) < _LONGEST_LINE:
            line.append(item)
            self._wake.set()  # it waits for the outcome of those in front
            return
        if line is not None:  # one chat must not fill the whole house
            self._note(item, item.untouched())
            return
        self._lines[item.address] = deque([item])
        task = asyncio.get_running_loop().create_task(self._serve(item.address))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, address: Address) -> None:
        """One chat's messages, one after the other; where one must wait, those behind it wait with it."""
        line, pace = self._lines[address], self._pace_of(address)
        while line:
            await pace.wait()
            await self._gate.wait(line[0].lane)
            if not self._may_go(line[0]):
                break
            began = self._clock()
            outcome = await self._send(line[0])
            written = self._note(line.popleft(), outcome, began=began)
            if outcome.state is OutboxState.PENDING:
                self._put_back(line)
            await (
                written
            )  # the next goes when this one is written down: a crash leaves one in doubt, and no more
            if outcome.state is OutboxState.PENDING:
                break
        self._put_back(line)
        del self._lines[address]

    def _put_back(self, line: deque[Claimed]) -> None:
        while line:
            item = line.popleft()
            self._note(item, item.untouched())

    def _may_go(self, item: Claimed) -> bool:
        """Not while we stop or hold, and not when it may be somebody else's before it is said."""
        if self._stopping or self._is_on_hold(item.address):
            return False
        return self._clock() <= item.lease_until - _WIRE_SECONDS

    def _is_on_hold(self, address: Address) -> bool:
        now = self._clock()
        return self._holds.everything(now) or self._holds.chat(address, now)

    def _note(
        self, item: Claimed, outcome: Outcome, *, began: datetime | None = None
    ) -> asyncio.Future[None]:
        """For the next cycle; the future is done when it has been written down. `began`: it went over the wire."""
        written = asyncio.get_running_loop().create_future()
        signal = self._signal(item.address, outcome) if began else None
        self._outcomes.append(_Noted(item, outcome, written, signal, began or self._clock()))
        if outcome.state is OutboxState.PENDING:
            self.wake(item.address)
        if item.lane is Lane.REPLY or self._lines[item.address] or not self._running:
            self._wake.set()
        elif self._gathering is None:
            self._gathering = asyncio.get_running_loop().call_later(_GATHER, self._gathered)
        return written

    def _gathered(self) -> None:
        self._gathering = None
        self._wake.set()

    def _signal(self, address: Address, outcome: Outcome) -> Signal | None:
        """What the outcome says about the chat."""
        match outcome.state:
            case OutboxState.SENT:
                return Signal.ARRIVED
            case OutboxState.FAILED if outcome.reached_nobody:
                return Signal.FAILING
            case OutboxState.FAILED:
                return Signal(outcome.error) if outcome.error in REFUSALS else None
            case _:
                patience = self._policies.reachability.network_after
                alone = self._holds.fails_alone(address, self._clock(), patience)
                return Signal.FAILING if alone else None

    def _pace_of(self, address: Address) -> ChatPace:
        if len(self._paces) > 5_000:
            self._paces = {chat: pace for chat, pace in self._paces.items() if not pace.is_rested()}
        return self._paces.setdefault(address, ChatPace(self._policy))

    # --- one message ------------------------------------------------------------------------------------------------

    async def _send(self, item: Claimed) -> Outcome:
        self._mark("outbox.sending")
        try:
            sent = await self._wire.send(item)
        except Exception as error:
            return self._outcome(item, error)
        self._mark("outbox.sent")
        self._holds.all_is_well(item.address, self._clock())
        return item.becomes(OutboxState.SENT, message_id=sent.message_id, in_words=sent.in_words)

    def _outcome(self, item: Claimed, error: Exception) -> Outcome:
        now = self._clock()
        match error:
            case Flooded():
                log.warning("outbox.flood", seconds=error.pause.total_seconds())
                self._holds.flooded(item.address, now, now + error.pause)
                return item.later("flood control")
            case NotReached():  # says nothing about this message: it is never given up for it
                self._holds.failed(item.address, now, item.tries)
                if error.ours is not None:
                    self._alarm.ring("outbox.token", error.ours)
                return item.later("no connection")
            case Unanswered():
                return item.unknown()
            case Declined():
                self._holds.answered(item.address)
                if error.ours is not None:
                    self._alarm.ring("outbox.refused", error.ours)
                return item.becomes(OutboxState.FAILED, error=error.why[:200])
            case Broken():
                self._holds.failed(item.address, now, item.tries)
                if item.tries < self._policy.tries:
                    return item.later("server error")
                return item.becomes(OutboxState.FAILED, error="server error, given up", reached_nobody=True)
            case _:
                self._alarm.ring("outbox.send", error)
                return item.becomes(OutboxState.FAILED, error=type(error).__name__)


@dataclass(frozen=True, slots=True)
class _Noted:
    item: Claimed
    outcome: Outcome
    written: asyncio.Future[None]
    signal: Signal | None  # what it says about the chat
    began: datetime


def _write_down(db: Session, noted: list[_Noted], policies: Policies, alarm: Alarm, *, now: datetime) -> None:
    settle_outbox(db, [one.outcome for one in noted], now=now)
    arrived = {one.item.address for one in noted if one.signal is Signal.ARRIVED}
    silent = silent_chats(db, arrived) if arrived else []
    for one in noted:
        news = one.signal if one.signal is not Signal.ARRIVED or one.item.address in silent else None
        unread = one.item.body.writer is not None and (one.outcome.in_words or _is_lost(one.outcome))
        lost = _is_lost(one.outcome) and one.item.lane is not Lane.REPLY
        if news is None and not unread and not lost:
            continue
        try:
            with db.begin_nested():
                if news is not None:
                    _hear(db, one, news, policies, now=now)
                goes_on = lost and say_elsewhere(db, one.item.address, one.item.id)
                if unread and not goes_on:
                    _tell_writer(db, one, now=now)
        except Exception as error:  # what it costs is one account's state; the other outcomes must be kept
            if is_passing(error):
                raise
            alarm.ring("outbox.reachability", error)


def _is_lost(outcome: Outcome) -> bool:
    return outcome.state is OutboxState.FAILED


def _tell_writer(db: Session, noted: _Noted, *, now: datetime) -> None:
    """Whoever wrote or recorded it hears that it was not read, and what to do."""
    if noted.item.body.writer is None:
        return
    writer = Writer(*noted.item.body.writer)
    what = noted.item.method.value if noted.outcome.in_words else None
    tell_writer(db, writer, address=noted.item.address, file=what, now=now)


def _hear(db: Session, noted: _Noted, signal: Signal, policies: Policies, *, now: datetime) -> None:
    account = account_at(db, noted.item.address)
    if account is not None:
        hear(db, account, signal, policies.reachability, policies.checkin, now=now, since=noted.began)


class _Holds:
    """Who must wait, and until when: a chat after a 429, everybody when the channel cannot be reached."""

    def __init__(self) -> None:
        self._chats: dict[Address, datetime] = {}
        self._all: datetime | None = None
        self._floods: dict[Address, datetime] = {}
        self._failures = 0  # in a row
        self._failing: dict[Address, datetime] = {}  # chats that nothing is taken for: since when
        self._well_at: datetime | None = None  # when something arrived last, anywhere

    def everything(self, now: datetime) -> bool:
        return self._all is not None and now < self._all

    def chat(self, address: Address, now: datetime) -> bool:
        until = self._chats.get(address)
        return until is not None and now < until

    def chats(self, now: datetime) -> list[Address]:
        self._chats = {chat: until for chat, until in self._chats.items() if now < until}
        return list(self._chats)

    def next_end(self, now: datetime) -> datetime | None:
        if self._all is not None and now < self._all:
            return self._all
        return min((until for until in self._chats.values() if now < until), default=None)

    def flooded(self, address: Address, now: datetime, until: datetime) -> None:
        """Hold the chat of a 429. Two chats within two seconds, and it is the bot that is too fast."""
        self._chats[address] = until
        self._floods = {chat: at for chat, at in self._floods.items() if at > now - timedelta(seconds=2)}
        self._floods[address] = now
        if len(self._floods) > 1:
            self._all = max(until, self._all or until)

    def failed(self, address: Address, now: datetime, tries: int) -> None:
        """Note that Telegram did not take it. After several in a row nobody else need try for a while."""
        self._failures += 1
        self._failing.setdefault(address, now)
        self._chats[address] = now + _backoff(tries, longest=300)
        if self._failures >= _FAILURES:
            self._all = now + _backoff(self._failures - _FAILURES, longest=60)

    def all_is_well(self, address: Address, now: datetime) -> None:
        self._failures, self._well_at = 0, now
        self.answered(address)

    def answered(self, address: Address) -> None:
        """Note that Telegram has spoken about this chat: its servers are well."""
        self._failing.pop(address, None)

    def fails_alone(self, address: Address, now: datetime, patience: timedelta) -> bool:
        """Return whether nothing has gone through to this chat for so long while others were heard."""
        since = self._failing.get(address)
        if since is None or self._well_at is None:
            return False
        return now - since >= patience and self._well_at > since


def _backoff(tries: int, *, longest: int) -> timedelta:
    return timedelta(seconds=min(1 << min(tries, 10), longest))
